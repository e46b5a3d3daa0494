#!/usr/bin/env python3
"""Capitals as cities, into places/capitals.toml: `capitals.py --geonames DIR`, as cities.py.

A capital is already a metonym of its country (places/countries*.toml); as a city it is read where something is, happens or is priced
there (senses/capitals.toml). Every metonym that GeoNames knows as a city of the country with its capital's feature, or by the capital's
name, becomes an entry; its Chinese names are the country's Chinese metonyms that are not seats of power.
"""
import argparse
import json
import pathlib
import tomllib

LEXICON = pathlib.Path(__file__).parent.parent
# Seats of power, which are no city.
SEATS = set("""白宫 五角大楼 国会山 克里姆林宫 爱丽舍宫 唐宁街 青瓦台 龙山 玫瑰宫 蓝宫 紫光阁 中南海 永田町 霞关 白厅 威斯敏斯特 奎里纳尔宫 基里巴里 拉莫内达宫
    White_House Westminster Kremlin Downing_Street Foggy_Bottom Capitol_Hill Whitehall Pentagon 总统府 马拉坎南宫 联邦宫 高原宫 高原宫殿 联合大厦""".split())

arguments = argparse.ArgumentParser()
arguments.add_argument("--geonames", type=pathlib.Path, required=True)
data = arguments.parse_args().geonames
countries = json.loads((data / "countries.json").read_text("utf-8"))
cities = json.loads((data / "cities500.json").read_text("utf-8")) if (data / "cities500.json").exists() else json.loads((data / "cities15000.json").read_text("utf-8"))

by_country = {}
for city in cities.values():
    by_country.setdefault(city["countrycode"], []).append(city)

rows = []
for addition in tomllib.loads((LEXICON / "places/countries-additions.toml").read_text("utf-8"))["addition"]:
    metonyms = addition.get("metonyms", {})
    capital = countries.get(addition["id"], {}).get("capital", "")
    for name in metonyms.get("en", []):
        if name.replace(" ", "_") in SEATS:
            continue
        known = [city for city in by_country.get(addition["id"], []) if name == city["name"] or name in city["alternatenames"]]
        if not known:
            continue
        city = max(known, key=lambda city: city["population"])
        is_capital = name == capital or name in city["alternatenames"] and capital in (city["name"], *city["alternatenames"])
        chinese = [zh for zh in metonyms.get("zh", []) if zh not in SEATS and is_capital and zh in city["alternatenames"] + metonyms.get("zh", [])[:1]]
        rows.append((addition["id"], name, city["geonameid"], chinese))

lines = ["# Capitals as cities; written by generate/capitals.py from GeoNames (CC BY 4.0, https://www.geonames.org) and countries-additions.toml."]
seen = set()
for country, name, geonameid, chinese in sorted(rows):
    if geonameid in seen:
        continue
    seen.add(geonameid)
    names = [other for c, other, i, _ in rows if i == geonameid]
    lines += ["", "[[city]]", f'id = "geonames:{geonameid}"', f'country = "{country}"', f"name = {json.dumps(names[0], ensure_ascii=False)}", "capital = true"]
    lines.append(f"names.en = {json.dumps(names, ensure_ascii=False)}")
    if chinese:
        lines.append(f"names.zh = {json.dumps(chinese, ensure_ascii=False)}")
(LEXICON / "places/capitals.toml").write_text("\n".join(lines) + "\n", "utf-8")
print(len(seen), "capitals")
