"""Count how common names are, by sound: packs/population.tsv of core/names.

    python tools/count_names.py --names FOLDER --ofac FILE

`--names`: surnames, given names and patronymics with counts (russiannames 2.0.0, BSD-3).
`--ofac`: sdn.csv.gz of the OFAC SDN list (a
work of the United States government), for words that are common in names of other peoples.
"""

import argparse
import csv
import gzip
import math
from collections import Counter
from pathlib import Path

from safeconduct.core.names.parts import stem
from safeconduct.core.names.sounds import readings
from safeconduct.core.names.text import tokens_of

OUT = Path(__file__).resolve().parent.parent / "src/safeconduct/core/names/packs/population.tsv"
FILES = (("s", "surnames", 14_000), ("g", "names", 3000), ("p", "midnames", 2500))
FEWEST_OF_OTHERS = 6


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=Path, required=True)
    parser.add_argument("--ofac", type=Path, required=True)
    arguments = parser.parse_args()
    lines = [
        "# How common a name is by its sound: role (s surname, g given name, p patronymic, o any part of others'), skeleton,",
        "# minus ten times the binary logarithm of its share; tools/count_names.py, from russiannames 2.0.0 (BSD-3, Ivan",
        "# Begtin) and from the OFAC SDN list (public domain), where a word stands in at least six names.",
    ]
    for role, file, most in FILES:
        lines += _rows(role, _russian(arguments.names / f"{file}.tsv.gz"), most)
    others, people = _others(arguments.ofac)
    lines += _rows("o", Counter({k: c for k, c in others.items() if c >= FEWEST_OF_OTHERS}), 2000, people)
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rows(role: str, counts: Counter[str], most: int, total: int = 0) -> list[str]:
    total = total or sum(counts.values())
    best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    return [f"{role}\t{skeleton}\t{round(-10 * math.log2(min(1.0, count / total)))}" for skeleton, count in sorted(best)]


def _russian(path: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        next(stream)
        for line in stream:
            text, _gender, count = line.rstrip("\n").split("\t")
            for token in tokens_of(text)[:1]:
                skeleton = readings(token.plain, token.script)[0].skeleton
                found[skeleton if path.name.startswith("names") else stem(skeleton)] += int(count)
    return found


def _others(path: Path) -> tuple[Counter[str], int]:
    found: Counter[str] = Counter()
    people = 0
    with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as stream:
        for row in csv.reader(stream):
            if len(row) > 2 and row[2].strip() == "individual":
                people += 1
                found.update({stem(readings(t.plain, t.script)[0].skeleton) for t in tokens_of(row[1])})
    return found, people


if __name__ == "__main__":
    main()
