#!/usr/bin/env python3
"""Writes en.jsonl and zh.jsonl: the corpus of the benchmarks, made of this repository's own articles.

Sources are samples/articles.jsonl and the labelled articles of eval/dev. Whole articles are joined, never cut, until
a length is reached; lengths are spread as those of news are: many short, few long, 0.5 to 20 KB. The same sources give
the same corpus. Run it from anywhere: python3 benches/corpus/make.py
"""

import json
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCES = ["samples/articles.jsonl", "eval/dev/*.jsonl"]
# Bytes of title and text. The mean is about 3 KB; half of the articles are shorter than 2.3 KB.
LENGTHS = [
    500, 600, 700, 800, 900, 1000, 1200, 1400, 1600, 1700, 1900, 2000,
    2200, 2400, 2600, 2800, 3000, 3500, 4000, 5000, 6500, 17000,
]
ROUNDS = 3
LONGEST = 20_000


def articles():
    """All articles that name their text plainly, each once."""
    seen = {}
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            for line in path.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                article = record.get("article", record)
                if article.get("title") and article.get("text"):
                    seen.setdefault((article["title"], article["text"]), article)
    return list(seen.values())


def is_chinese(article):
    """Whether more than a tenth of the text is Han: an English text that quotes a name stays English."""
    text = article["text"]
    return sum("\u4e00" <= c <= "\u9fff" for c in text) * 10 > len(text)


def size(text):
    return len(text.encode("utf-8"))


def join(pool, at, length):
    """Articles of the pool from `at` on, as one of about `length` bytes; and where the next one starts."""
    first = pool[at % len(pool)]
    parts, total = [first["text"]], size(first["title"]) + size(first["text"])
    at += 1
    for _ in range(len(pool) - 1):
        following = pool[at % len(pool)]
        part = following["title"] + "\n\n" + following["text"]
        if total >= length or total + size(part) > max(length * 1.15, length + 200) or total + size(part) > LONGEST:
            break
        parts.append(part)
        total += size(part) + 2
        at += 1
    return first["title"], "\n\n".join(parts), at


def corpus(language, pool):
    shuffle = random.Random(language)
    at, turn = 0, -1
    for number, length in enumerate(LENGTHS * ROUNDS):
        if at // len(pool) != turn:
            turn = at // len(pool)
            shuffle.shuffle(pool)
        title, text, at = join(pool, at, length)
        yield {
            "id": f"{language}-{number:03}",
            "title": title,
            "source": f"Example Wire {language.upper()}",
            "published_at": f"2025-09-{1 + number % 28:02}T08:30:00Z",
            "url": f"https://news.example/{language}/{number:03}",
            "text": text,
        }


def main():
    everything = articles()
    for language, wanted in [("en", False), ("zh", True)]:
        pool = [article for article in everything if is_chinese(article) == wanted]
        lines = [json.dumps(article, ensure_ascii=False) for article in corpus(language, pool)]
        (HERE / f"{language}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        sizes = sorted(size(line) for line in lines)
        print(
            f"{language}: {len(pool)} sources, {len(lines)} articles, {sum(sizes)} bytes; "
            f"{sizes[0]} to {sizes[-1]}, mean {sum(sizes) // len(sizes)}, median {sizes[len(sizes) // 2]}"
        )


if __name__ == "__main__":
    main()
