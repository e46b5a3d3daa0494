"""What the generators share: the paths of the unpacked packages, name folding, and a small TOML writer."""
import argparse
import json
import re
import tomllib
import unicodedata
from pathlib import Path

LEXICON = Path(__file__).resolve().parent.parent
PLACES = LEXICON / "places"


def arguments(description, *packages):
    """Parses `--cldr DIR --geonames DIR …`: where each package was unpacked."""
    parser = argparse.ArgumentParser(description=description)
    for package in packages:
        parser.add_argument("--" + package, type=Path, required=True)
    return parser.parse_args()


def read_json(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def read_toml(name):
    path = PLACES / name
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def read_pairs():
    """The traditional → simplified table, as `scripts.py` wrote it."""
    lines = (LEXICON / "scripts" / "traditional-simplified.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line)


def simplify(text, pairs):
    return "".join(pairs.get(c, c) for c in text)


def fold(name):
    """As the matcher compares names: lower case, no accents, hyphens as spaces."""
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ı", "i").replace("ł", "l").replace("ø", "o"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower().replace("-", " ").replace("–", " ")


def expand(pattern):
    """All forms of a name with optional parts in brackets."""
    match = re.search(r"\[([^]]*)\]", pattern)
    if not match:
        return [pattern]
    before, after = pattern[: match.start()], pattern[match.end():]
    return expand(before + after) + expand(before + match.group(1) + after)


def unique(names):
    seen, kept = set(), []
    for name in names:
        if name and name not in seen:
            seen.add(name)
            kept.append(name)
    return kept


def listed(entry):
    """All names of an entry, folded, whatever their language and form."""
    found = set()
    for form in ("names", "aliases", "demonyms", "metonyms"):
        for names in entry.get(form, {}).values():
            found.update(fold(x) for name in names for x in expand(name))
    found.update(fold(x) for name in entry.get("abbreviations", []) for x in expand(name))
    return found


def quote(text):
    return json.dumps(text, ensure_ascii=False)


def entry(kind, fields):
    """One `[[kind]]` table; empty lists are left out."""
    lines = [f"[[{kind}]]"]
    for key, value in fields.items():
        if isinstance(value, list):
            if value:
                lines.append(f"{key} = [{', '.join(map(quote, value))}]")
        else:
            lines.append(f"{key} = {quote(value)}")
    return "\n".join(lines) + "\n"


def write(path, header, entries):
    path.write_text(header.rstrip("\n") + "\n\n" + "\n".join(entries), encoding="utf-8")
