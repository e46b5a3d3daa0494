"""Writes places/subdivisions.toml: first-level subdivisions (ISO 3166-2 codes, CLDR names) of countries that mineral
news speaks of, with the hand-kept names of subdivisions-hand.txt. A name that a country or region already has, or that two
subdivisions would share, is left out of both unless the hand-kept file settles it."""
from collections import Counter
from pathlib import Path

from common import PLACES, arguments, entry, fold, listed, read_json, read_toml, unique, write

COUNTRIES = (
    "AE AF AL AM AO AR AT AU AZ BA BD BE BF BG BI BJ BO BR BT BW BY CA CD CF CG CH CI CL CM CN CO CR CU CZ DE DJ DK DO DZ EC EE "
    "EG ER ES ET FI FR GA GB GE GH GN GR GT GY HN HR HT HU ID IE IN IQ IR IT JM JO JP KE KG KH KP KR KZ LA LB LK LR LS LY MA MD "
    "MG ML MM MN MR MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PT PY RO RS RU RW SA SB SD SE SK SN SO SR SS SY SZ "
    "TD TG TH TJ TM TN TR TZ UA UG US UY UZ VE VN YE ZA ZM ZW"
).split()
# Countries whose first level in CLDR is a grouping (islands, regions) of the provinces that news names: both are taken.
TWO_LEVELS = {"ID", "IE", "MW", "PH"}
# Countries of many small units, or of units with names of everyday words: only these are taken.
SOME = {
    "AZ": "AGM CAB DAS FUZ GAD KAL LAC NX SUS ZAN", "EE": "45 60", "HT": "AR GA NI", "LK": "8 9", "MD": "GA SN",
    "RS": "08 09 11 12 14 15 16 VO", "TG": "K",
}
DIRECTIONS = {
    "central", "centre", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "north west", "north east",
    "south east", "south west", "northwest", "northeast", "southeast", "southwest", "nord", "sud", "est", "gulf", "upper east", "upper west",
    "western north", "bono east", "littoral", "federal capital territory", "capital district", "federal district",
}
# A country's name that a sense rule chooses a subdivision for.
SENSE_RULES = {"US-GA": {"georgia"}}
# A shared name that one subdivision keeps, being meant nearly always in mineral news.
KEEPS = {"amazonas": {"BR-AM"}}


def hand_kept():
    rows = {}
    for line in (Path(__file__).parent / "subdivisions-hand.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, en, zh = line.split("|")
            replace = en.startswith("=")
            rows[code] = (replace, [x for x in en.lstrip("=").split(";") if x], [x for x in zh.split(";") if x])
    return rows


def codes(containment):
    for country in COUNTRIES:
        for code in containment[country]["_contains"]:
            if country in SOME and code[2:].upper() not in SOME[country].split():
                continue
            yield country, code
            if country in TWO_LEVELS:
                for child in containment.get(code, {}).get("_contains", []):
                    yield country, child


def main():
    args = arguments(__doc__, "cldr")
    names = read_json(args.cldr / "cldr-subdivisions-full" / "subdivisions" / "en" / "en.json")
    while "localeDisplayNames" not in names:
        names = names.get("subdivisions") or names.get("main") or next(iter(names.values()))
    names = names["localeDisplayNames"]["subdivisions"]
    containment = read_json(args.cldr / "cldr-core" / "supplemental" / "subdivisionContainment.json")["supplemental"]["subdivisionContainment"]

    above = set()
    for file, kind in (("countries.toml", "country"), ("countries-additions.toml", "addition"), ("regions.toml", "region")):
        for item in read_toml(file).get(kind, []):
            above |= listed(item)

    hand, rows, dropped = hand_kept(), {}, []
    for country, code in codes(containment):
        key = f"{code[:2].upper()}-{code[2:].upper()}"
        if code not in names and key not in hand:
            continue
        replace, more_en, zh = hand.pop(key, (False, [], []))
        en = more_en if replace else [names[code].replace("’", "'")] + more_en if code in names else more_en
        allowed = SENSE_RULES.get(key, set())
        good = [n for n in unique(en) if (fold(n) not in above or fold(n) in allowed) and fold(n) not in DIRECTIONS]
        good_zh = [n for n in unique(zh) if fold(n) not in above]
        dropped += [f"{key} {n}" for n in en + zh if n not in good + good_zh]
        if good or good_zh:
            rows[key] = (country, good, good_zh)
    if hand:
        raise SystemExit(f"subdivisions-hand.txt names codes that CLDR does not: {', '.join(hand)}")

    shared = Counter(key for _, en, zh in rows.values() for key in set(map(fold, en + zh)))
    entries = []
    for key, (country, en, zh) in sorted(rows.items()):
        settled = [n for n in en if shared[fold(n)] == 1 or key in KEEPS.get(fold(n), ())]
        dropped += [f"{key} {n} (shared)" for n in en if n not in settled]
        zh = [n for n in zh if shared[fold(n)] == 1]
        if not settled:
            dropped.append(f"{key} (no English name left)")
            continue
        entries.append(entry("subdivision", {"id": key, "country": country, "name": settled[0], "names.en": settled, "names.zh": zh}))
    write(PLACES / "subdivisions.toml", (
        "# Generated by generate/subdivisions.py from CLDR and generate/subdivisions-hand.txt; do not edit.\n"
        "# Left out: names of countries, capitals and regions, points of the compass, names that two subdivisions share."
    ), entries)
    print(f"{len(entries)} subdivisions; {len(dropped)} names dropped:\n  " + "\n  ".join(dropped))


if __name__ == "__main__":
    main()
