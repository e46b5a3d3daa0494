"""Writes scripts/traditional-simplified.tsv from OpenCC's TSCharacters dictionary (as text)."""
from common import LEXICON, arguments



def main():
    args = arguments(__doc__, "characters")
    pairs = {}
    for line in args.characters.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        source, targets = line.split("\t")
        target = targets.split()[0]
        if len(source) == len(target) == 1 and source != target:
            pairs[source] = target
    # folding is one look-up per character: follow chains here, not there
    for source in pairs:
        while pairs[source] in pairs and pairs[pairs[source]] != pairs[source]:
            pairs[source] = pairs[pairs[source]]
    path = LEXICON / "scripts" / "traditional-simplified.tsv"
    path.write_text("".join(f"{s}\t{t}\n" for s, t in sorted(pairs.items())), encoding="utf-8")
    print(f"{len(pairs)} pairs")


if __name__ == "__main__":
    main()
