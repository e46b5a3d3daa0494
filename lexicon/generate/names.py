#!/usr/bin/env python3
"""Given names and surnames in Latin letters, from all of Faker's locales, into people/names-latin.txt.

    pip install Faker==40.54.0 && python3 names.py

A word stands there once: `Name` can be either, `Name ~given` or `Name ~surname` is only that. Accents are taken off, as texts are folded
before words are looked up. Left out: words that are no part of a name (people/not-names.toml), words of fewer than three letters,
and ordinary words of English that begin sentences.
"""
import importlib
import pathlib
import pkgutil
import re
import tomllib
import unicodedata

import faker.providers.person as person

LEXICON = pathlib.Path(__file__).parent.parent
UNFOLDED = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae"})
# Ordinary words and names of other things that some locale has as a name.
ORDINARY = set("""
    abbey acting amber angel april august autumn bank banks baron bay beach best bishop black blue bond book bridge brown bush cash castle chance
    charity church city clay cliff coal cobb coin college cook copper corn court cross crown day dean dawn december diamond dollar dove drought duke
    earl east easter english field fields fish flower flowers ford forest fox france french friend frost garden glass gold golden good grace grain
    grant gray great green hall hand harbor heart heaven high hill holy home honey honour hope house hunter ice iron island ivory jade june july
    justice key king knight lake land lane law lead league legend liberty life light lion little long love major man march mark market marsh may mercy
    mill mine miner miners moon moore mountain new noble north oak ocean olive opal page park parks parliament peace pearl penny plant pool poor port pound
    power price prince princess queen rain rice rich river road rock rose royal ruby sand school sea senior september shah shell ship short silver sky
    small smith snow south sparrow spring star state steel stone storm strong summer sun swan table temple tin tower town tree trinity true union
    valley victory view walker wall war water way well west wheat white will wind wine winter wise wolf wood woods world worth young zinc
    central china data delta echo federal general global india indian international italia italian japan korean london america american africa
    european asia energy capital group holding mining metals minerals resources lithium nickel cobalt uranium
""".split())


def fold(name):
    name = unicodedata.normalize("NFD", name.translate(UNFOLDED))
    return "".join(c for c in name if not unicodedata.combining(c))


def names(*kinds):
    found = set()
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            listed = getattr(provider, attribute)
            if not any(word in attribute for word in kinds) or not isinstance(listed, (list, tuple, dict)):
                continue
            for name in listed:
                # romanised names stand as (kanji, kana, romaji)
                name = name[-1] if isinstance(name, tuple) else name
                if isinstance(name, str) and re.fullmatch(r"[A-Z][A-Za-z]{2,}", fold(name).strip()):
                    found.add(fold(name).strip().capitalize())
    return found


no_names = {word for words in tomllib.loads((LEXICON / "people/not-names.toml").read_text("utf-8")).values() for word in words}
given, surnames = names("first_name", "first_romanized_name"), names("last_name", "last_romanized_name")
lines = []
for name in sorted(given | surnames):
    if name.lower() in no_names or name.lower() in ORDINARY:
        continue
    lines.append(name if name in given and name in surnames else f"{name} ~{'given' if name in given else 'surname'}")
head = """\
# Given names and surnames in Latin letters, without accents, from all locales of Faker 40.54.0 (MIT, © 2012 Daniele Faraglia); written by
# generate/names.py, which says what was left out. `~given` and `~surname`: only that. They are hints: a run of capitalised words needs more
# than one of them, or words around it, to be a person.
"""
(LEXICON / "people/names-latin.txt").write_text(head + "\n".join(lines) + "\n", "utf-8")
print(len(lines), "names")
