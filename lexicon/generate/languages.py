"""Writes languages/*-countries.toml: names of countries from CLDR, adjectives and capitals from the lists kept by hand."""
from common import LEXICON, arguments, entry, read_json, unique, write
from countries import NOT_ISO, territories
from forms import ADJECTIVES, NAMES, russian_noun, with_plain_alif

# Locales of each language: the first gives most names, the others what their readers call otherwise.
LOCALES = {
    "es": ["es", "es-419", "es-MX"], "fr": ["fr"], "pt": ["pt", "pt-PT"], "de": ["de"], "ru": ["ru"], "id": ["id"], "ja": ["ja"],
    "ko": ["ko"], "ar": ["ar"],
}
# Names that are words of the language, given names or other places; what stands for them is in `ADDED`.
DROPPED = {
    "es": {"RU", "R. U.", "Mauricio", "Congo", "Granada", "San Martín", "Santa Elena", "Jersey", "Dominica", "Mónaco"},
    "fr": {"R.-U.", "É.-U.", "Maurice", "Dominique", "Grenade", "Saint-Martin", "Jersey", "Guernesey"},
    "pt": {"GB", "Congo", "Granada", "São Martinho", "Santa Helena", "Jersey", "Maurício", "Dominica"},
    "de": {"UK", "Jersey", "Dominica", "Réunion"},
    "ru": {"Того", "Доминика", "Джерси", "Питкэрн"},
    "id": {"UK", "Jersey", "Dominika", "Dominica", "Saint Martin", "Reunion"},
    "ja": {"ジャージー", "ドミニカ国", "イギリス領インド洋地域", "英領インド洋地域"},
    "ko": {"수단", "저지", "도미니카", "건지", "모리셔스"},
    "ar": {"مالي", "عُمان", "جيرسي", "دومينيكا", "نيوي", "غوام"},
}
# What CLDR does not have, or has only with a bracket.
ADDED = {
    "es": {
        "CD": ["RD Congo", "RDC", "Congo"], "US": ["EE.UU.", "EEUU", "EUA"], "MM": ["Birmania"], "ML": ["Malí"], "SA": ["Arabia Saudita"],
        "HK": ["Hong Kong"], "CI": ["Costa de Marfil"], "ZW": ["Zimbabue", "Zimbabwe"], "KR": ["Corea"], "NZ": ["Nueva Zelanda"],
        "NL": ["Holanda"], "GB": ["Gran Bretaña"], "MA": ["Marruecos"], "MC": ["Principado de Mónaco"], "MU": ["isla Mauricio"], "GL": ["Groenlandia"],
    },
    "fr": {
        "CD": ["RD Congo", "RDC", "République démocratique du Congo", "Congo"], "US": ["Etats-Unis"], "MM": ["Birmanie"],
        "MU": ["île Maurice"], "VN": ["Vietnam"], "GB": ["Grande-Bretagne"], "CG": ["Congo Brazzaville"], "NL": ["Hollande"],
        "AE": ["Emirats arabes unis"], "EC": ["Equateur"], "EG": ["Egypte"], "ET": ["Ethiopie"], "ER": ["Erythrée"],
    },
    "pt": {
        "CD": ["RD Congo", "RDC", "Congo"], "US": ["EUA"], "MM": ["Mianmar", "Myanmar", "Birmânia"], "MU": ["Maurícia", "Ilhas Maurício"],
        "GB": ["Grã-Bretanha"], "NL": ["Holanda"], "KR": ["Coreia"], "GL": ["Groenlândia", "Gronelândia"],
    },
    "de": {
        "CD": ["Demokratische Republik Kongo", "DR Kongo", "Kongo"], "US": ["Vereinigten Staaten von Amerika"], "MM": ["Birma"],
        "GB": ["Großbritannien", "Vereinigten Königreich", "Vereinigten Königreichs"], "CN": ["Volksrepublik China"], "CI": ["Elfenbeinküste"],
        "NL": ["Holland"], "HK": ["Hongkong"],
    },
    "ru": {
        "CD": ["Демократическая Республика Конго", "ДР Конго", "ДРК", "Конго"], "US": ["Соединённые Штаты", "Америка"], "CN": ["КНР"],
        "KR": ["Южная Корея"], "KP": ["Северная Корея"], "ZA": ["Южная Африка", "ЮАР"], "MM": ["Мьянма"], "RU": ["РФ", "Российская Федерация"],
        "AE": ["Объединённые Арабские Эмираты", "Объединенные Арабские Эмираты"], "PG": ["Папуа-Новая Гвинея"], "HK": ["Гонконг"],
        "TG": ["Республика Того"], "KG": ["Кыргызстан", "Киргизия"], "BY": ["Белоруссия", "Беларусь"], "DE": ["ФРГ"], "CF": ["ЦАР"],
        "NL": ["Нидерланды", "Голландия"], "GL": ["Гренландия"], "CI": ["Кот-д'Ивуар"],
    },
    "id": {
        "CN": ["China", "Cina", "RRT"], "CD": ["Republik Demokratik Kongo", "RD Kongo", "Kongo"], "US": ["Amerika"], "MM": ["Myanmar"],
        "GB": ["Inggris", "Britania Raya"], "KR": ["Korsel"], "KP": ["Korut"], "RU": ["Federasi Rusia"], "ID": ["RI", "Republik Indonesia"],
        "SA": ["Arab Saudi"], "ZA": ["Afsel"], "PH": ["Filipina"], "SG": ["Singapura"], "MY": ["Malaysia"], "CI": ["Pantai Gading"],
    },
    "ja": {
        "US": ["米国", "アメリカ"], "CD": ["コンゴ民主共和国", "コンゴ"], "CG": ["コンゴ共和国"], "AU": ["豪州", "オーストラリア"], "MM": ["ミャンマー"],
        "ZA": ["南ア"], "GB": ["英国"], "KP": ["北朝鮮"], "TW": ["台湾"],
    },
    "ko": {
        "CD": ["콩고민주공화국", "콩고"], "AU": ["호주", "오스트레일리아"], "ZA": ["남아프리카공화국", "남아공"], "US": ["미합중국"], "SA": ["사우디"],
        "SD": ["수단 정부", "수단 내전"], "TR": ["터키"], "TW": ["대만"], "DE": ["독일"], "HK": ["홍콩"], "MU": ["모리셔스 공화국"],
        "AE": ["아랍에미리트연합"], "CF": ["중앙아프리카공화국"], "CG": ["콩고공화국"], "KR": ["한국", "대한민국", "남한"],
    },
    "ar": {
        "US": ["أمريكا", "أميركا", "الولايات المتحدة الأمريكية"], "SA": ["السعودية"], "CD": ["الكونغو الديمقراطية", "الكونغو"],
        "OM": ["سلطنة عمان"], "ML": ["جمهورية مالي", "دولة مالي"], "ZA": ["جنوب إفريقيا"], "GB": ["بريطانيا"], "AE": ["الإمارات"],
        "MM": ["ميانمار", "بورما"], "KR": ["كوريا"], "AU": ["أستراليا"], "CL": ["تشيلي"], "PS": ["فلسطين"], "HK": ["هونغ كونغ"],
    },
}
COLUMNS = ["es", "fr", "pt", "de", "ru", "ar"]
CAPITAL_COLUMNS = ["es", "fr", "pt", "de", "ru", "id", "ja", "ko", "ar"]
SHOWN = {
    "es": "Spanish", "fr": "French", "pt": "Portuguese", "de": "German", "ru": "Russian", "id": "Indonesian", "ja": "Japanese", "ko": "Korean",
    "ar": "Arabic",
}


def hand(file, columns):
    """Code → language → words, from a list kept by hand."""
    rows = {}
    for line in (LEXICON / "generate" / file).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        code, _, rest = line.partition("\t")
        cells = [[word.strip() for word in cell.split(",")] for cell in rest.split("|")]
        assert len(cells) == len(columns), line
        rows[code] = {language: [word for word in words if word != "-"] for language, words in zip(columns, cells)}
    return rows


def is_name(name, language):
    """CLDR tells entries apart with brackets and dashes that no article writes."""
    return not any(sign in name for sign in "()[]（）—,") and " - " not in name and "о-в" not in name and "RAE" not in name and name not in DROPPED[language]


def names(cldr, language, code):
    found = []
    for locale in LOCALES[language]:
        table = territories(cldr, locale)
        keys = (code, f"{code}-alt-short", f"{code}-alt-variant")
        found += [table[key].replace("’", "'") for key in keys if key in table]
    found = [name for name in found if is_name(name, language)] + ADDED[language].get(code, [])
    return unique(form for name in found for form in NAMES.get(language, lambda name: [name])(name))


def capitals(language, words):
    if language == "ru":
        return [form for word in words for form in russian_noun(word)]
    return with_plain_alif(words) if language == "ar" else words


def main():
    args = arguments(__doc__, "cldr")
    adjectives, seats = hand("demonyms-hand.txt", COLUMNS), hand("capitals-hand.txt", CAPITAL_COLUMNS)
    for language in LOCALES:
        codes = sorted(c for c in territories(args.cldr, language) if len(c) == 2 and c.isupper() and c not in NOT_ISO)
        entries = []
        for code in codes:
            words = adjectives.get(code, {}).get(language, [])
            fields = {
                "id": code,
                f"names.{language}": names(args.cldr, language, code),
                f"demonyms.{language}": unique(form for word in words for form in ADJECTIVES[language](word)),
                f"metonyms.{language}": capitals(language, seats.get(code, {}).get(language, [])),
            }
            if len([value for value in fields.values() if value]) > 1:
                entries.append(entry("addition", fields))
        write(LEXICON / "languages" / f"{language}-countries.toml", (
            f"# Generated by generate/languages.py: countries in {SHOWN[language]}. Names are CLDR's; adjectives and capitals stand in\n"
            "# generate/demonyms-hand.txt and generate/capitals-hand.txt. Do not edit."
        ), entries)
        print(f"{language}: {len(entries)} countries")


if __name__ == "__main__":
    main()
