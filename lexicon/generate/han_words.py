"""Writes words/han-common.tsv from the dictionary of jieba (MIT).

    python3 han_words.py --dictionary dict.txt

`dict.txt` lies in the folder `jieba` of the unpacked package (PyPI `jieba` 0.42.1): a word, its frequency and its part of speech a
line. Words of two and three characters are kept from a frequency on, in three classes; personal names are left out.
"""

import argparse
import collections
import pathlib

LEXICON = pathlib.Path(__file__).resolve().parent.parent
# How often a word of so many characters has to be in jieba's corpus.
LEAST = {2: 10, 3: 8}
# Parts of speech that jieba gives to names of people.
PEOPLE = ("nr",)
CLASSES = {
    "verb": ("v", "vd", "vn", "vg", "vi", "vq"),
    "link": ("d", "df", "dg", "p", "c", "r", "rr", "rz", "rg", "u", "ud", "ug", "uj", "ul", "uv", "uz", "f", "t", "tg", "m", "mq", "q", "y", "e"),
}


def is_han(word):
    return all("\u4e00" <= c <= "\u9fff" for c in word)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--dictionary", required=True, type=pathlib.Path)
    rows = [line.split() for line in arguments.parse_args().dictionary.read_text(encoding="utf-8").splitlines()]
    rows = [(word, int(frequency), tag) for word, frequency, tag in rows if is_han(word)]

    groups = collections.defaultdict(list)
    for word, frequency, tag in rows:
        if frequency < LEAST.get(len(word), float("inf")) or tag.startswith(PEOPLE):
            continue
        kind = next((name for name, tags in CLASSES.items() if tag in tags), "noun")
        groups[kind, word[0]].append(word)
    lines = ["# Common Chinese words of two and three characters: class, a tab, words that begin with one character. See generate/README.md."]
    lines += [f"{kind}\t{' '.join(sorted(words))}" for (kind, _), words in sorted(groups.items())]
    (LEXICON / "words/han-common.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
