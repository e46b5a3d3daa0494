"""Inflected forms of names and adjectives of countries, by the regular rules of each language."""
from common import unique

# ── adjectives ──


def spanish(word):
    if word.endswith(("és", "án")):
        plain = word[:-2] + {"és": "es", "án": "an"}[word[-2:]]
        return [word, plain + "a", plain + "es", plain + "as"]
    if word.endswith("ón"):
        return [word, word[:-2] + "ona", word[:-2] + "ones", word[:-2] + "onas"]
    if word.endswith("o"):
        return [word, word[:-1] + "a", word + "s", word[:-1] + "as"]
    if word.endswith(("l",)):
        return [word, word + "a", word + "es", word + "as"]
    return [word, word + ("es" if word.endswith(("í", "ú")) else "s")]


def french(word):
    if word.endswith("e"):
        return [word, word + "s"]
    if word.endswith(("ien", "éen")):
        return [word, word + "ne", word + "s", word + "nes"]
    if word.endswith("turc"):
        return [word, "turque", word + "s", "turques"]
    if word.endswith("s"):
        return [word, word + "e", word + "es"]
    if word.endswith(("é", "è", "i")):
        return [word, word + "s", word + "e", word + "es"]
    return [word, word + "e", word + "s", word + "es"]


def portuguese(word):
    if word.endswith("ês"):
        return [word, word[:-2] + "esa", word[:-2] + "eses", word[:-2] + "esas"]
    if word.endswith("ão"):
        return [word, word[:-2] + "ã", word[:-2] + "ães", word[:-2] + "ãs", word[:-2] + "ãos"]
    if word.endswith("o"):
        return [word, word[:-1] + "a", word + "s", word[:-1] + "as"]
    if word.endswith("ol"):
        return [word, word + "a", word[:-1] + "is", word + "as"]
    return [word, word + ("es" if word.endswith("z") else "s")]


def german(word):
    return [word] + [word + ending for ending in ("e", "er", "en", "es", "em")]


def russian(word):
    stem = word[:-2]
    return [stem + ending for ending in ("ий", "ая", "ое", "ие", "ого", "ой", "их", "ому", "им", "ую", "ими", "ом")]


def arabic(word):
    """The article before a word is the matcher's; both words of كوري جنوبي take it, as both take the ending."""
    words = word.split(" ")
    endings = ("", "ة", "ون", "ين") if len(words) == 1 else ("", "ة")
    forms = [" ".join(part + ending for part in words) for ending in endings]
    if len(words) > 1:
        forms += [" ".join("ال" + part + ending for part in words) for ending in endings]
    return with_plain_alif(forms)


def with_plain_alif(names):
    """Many papers leave the hamza out: امريكا for أمريكا."""
    return unique([*names, *(name.translate(str.maketrans("أإآ", "ااا")) for name in names)])


ADJECTIVES = {"es": spanish, "fr": french, "pt": portuguese, "de": german, "ru": russian, "ar": arabic}


# ── names ──

VOWEL_MARKS = dict.fromkeys(range(0x64B, 0x653))

HUSHING, VELAR = tuple("жшчщц"), tuple("гкхжшчщ")


def russian_noun(word):
    """The forms of its cases, the nominative first."""
    if word.isupper():
        return [word]
    if word.endswith("ия"):
        s = word[:-1]
        return [word, s + "и", s + "ю", s + "ей"]
    if word.endswith("я"):
        s = word[:-1]
        return [word, s + "и", s + "е", s + "ю", s + "ей"]
    if word.endswith("а") and not word.endswith("уа"):
        s = word[:-1]
        return [word, s + ("и" if s.endswith(VELAR) else "ы"), s + "е", s + "у", s + ("ей" if s.endswith(HUSHING) else "ой")]
    if word.endswith("ы"):
        s = word[:-1]
        return [word, s, s + "ам", s + "ами", s + "ах"]
    if word == "Беларусь":
        return [word, word[:-1] + "и", word + "ю"]
    if word.endswith(("й", "ь")):
        s = word[:-1]
        return [word, s + "я", s + "ю", s + "ем", s + "е"]
    if word.endswith(("о", "е", "и", "у", "э", "а", "ю")):
        return [word]
    return [word, word + "а", word + "у", word + "ом", word + "е"]


def russian_adjective_forms(word, noun):
    """In the order of `russian_noun`, for the noun that follows."""
    if word.endswith("ая"):
        s = word[:-2]
        middle = [s + "ой"] if noun.endswith("ия") else [s + "ой"] * 2
        return [word, *middle, s + "ую", s + "ой"]
    if word.endswith(("ые", "ие")):
        s = word[:-1]
        return [word, s + "х", s + "м", s + "ми", s + "х"]
    return None


def russian_name(name):
    """`Демократическая Республика Конго`: adjectives and the first noun take cases, the rest stays."""
    words = name.split(" ")
    adjectives = []
    while len(words) > 1 and words[0].endswith(("ая", "ые", "ие")):
        adjectives.append(words.pop(0))
    noun, rest = words[0], words[1:]
    if noun == "Штаты":
        nouns = ["Штаты", "Штатов", "Штатам", "Штатами", "Штатах"]
    elif noun == "Эмираты":
        nouns = ["Эмираты", "Эмиратов", "Эмиратам", "Эмиратами", "Эмиратах"]
    elif noun == "Острова":
        nouns = ["Острова", "Островов", "Островам", "Островами", "Островах"]
    else:
        nouns = russian_noun(noun)
    forms = [nouns]
    for adjective in reversed(adjectives):
        forms.insert(0, russian_adjective_forms(adjective, noun))
    if any(form is None or len(form) < len(nouns) for form in forms):
        return [name]
    return unique(" ".join([*(form[i] for form in forms), *rest]) for i in range(len(nouns)))


def german_name(name):
    """`Vereinigte Staaten`, `Demokratische Republik Kongo`: the weak forms of the adjective; the matcher knows the genitive."""
    first, _, rest = name.partition(" ")
    if rest and first.endswith(("ische", "igte")):
        return [name, f"{first}n {rest}", f"{first}r {rest}"]
    return [name]


def arabic_name(name):
    """`للصين`: the preposition ل swallows the article's first letter."""
    plain = name.translate(VOWEL_MARKS)
    return with_plain_alif(unique([plain, "لل" + plain[2:]] if plain.startswith("ال") and len(plain) > 4 else [plain]))


NAMES = {"ru": russian_name, "de": german_name, "ar": arabic_name}
