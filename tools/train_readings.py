"""Learn how Latin letters are read: packs/readings.tsv of core/names, from pairs of one token in two scripts.

    python tools/train_readings.py --pairs wd_russian_tokens.tsv.gz --names FOLDER [--check PAIRS]

`--pairs`: Latin, Cyrillic, count (Merhav and Ash, COLING 2018, mined from Wikidata, CC0). `--names`: surnames, given names and
patronymics with counts (russiannames 2.0.0, BSD-3), from which spellings are made by the tables of SCHEMES. Expectation
maximisation over monotone alignments: each segment of Latin letters gives 0 to 3 letters of the Cyrillic token's skeleton.
A tenth of the pairs, by hash, is never trained on; agreement of keys and chance collisions are printed for it.
"""

import argparse
import csv
import gzip
import hashlib
import math
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from safeconduct.core.names import sounds
from safeconduct.core.names.text import Script, tokens_of

OUT = Path(__file__).resolve().parent.parent / "src/safeconduct/core/names/packs/readings.tsv"
ROUNDS = 5
LONGEST_OUTPUT = 3
MADE_WEIGHT = 3.0
# Names of the people we screen count more than the French, English and Japanese names that Wikidata has most of.
_RU = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SCHEMES = {
    "passport 2014": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia",
    "passport 2010": "a b v g d e e zh z i y k l m n o p r s t u f kh tc ch sh shch - y - e iu ia",
    "bgn": "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya",
    "iso 9": "a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ - y - è û â",
    "scientific": "a b v g d e ë ž z i j k l m n o p r s t u f ch c č š šč - y - e ju ja",
    "plain": "a b v g d e yo zh z i j k l m n o p r s t u f h c ch sh sch - y - e ju ja",
    "french": "a b v gu d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia",
    "german": "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja",
    "polish": "a b w g d ie io ż z i j k ł m n o p r s t u f ch c cz sz szcz - y - e ju ja",
    "turkish": "a b v g d e yo j z i y k l m n o p r s t u f h ts ç ş şç - ı - e yu ya",
    "ukrainian": "a b v h d e yo zh z y i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia",
}
_Pair = tuple[list[str], str, float]


def main() -> None:
    """Train, write, and print what the held tenth says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    arguments = parser.parse_args()
    real = list(_pairs(arguments.pairs))
    held = [pair for pair in real if _held(pair[1])]
    random.Random(1).shuffle(real)
    made = list(_made(arguments.names))
    training = [*((a, b, w) for a, b, w in real[:45_000] if not _held(b)), *made]
    learned = _learned([_aligned(a, b, w) for a, b, w in training])
    OUT.write_text(_text(learned), encoding="utf-8")
    sounds.table.cache_clear()
    _report(held)


def _pairs(path: Path) -> Iterator[tuple[str, str, float]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) == 3 and row[2].isdigit():
                latin, cyrillic = tokens_of(row[0]), tokens_of(row[1])
                if len(latin) == 1 == len(cyrillic) and latin[0].script is Script.LATIN and cyrillic[0].script is Script.CYRILLIC:
                    yield latin[0].plain, cyrillic[0].plain, 1 + math.log(int(row[2]))


def _made(folder: Path) -> Iterator[tuple[str, str, float]]:
    chosen = random.Random(2)
    for file, most in (("surnames", 9000), ("names", 1500), ("midnames", 1000)):
        with gzip.open(folder / f"{file}.tsv.gz", "rt", encoding="utf-8") as stream:
            rows = [line.rstrip("\n").split("\t") for line in stream][1 : most + 1]
        for text, _gender, count in rows:
            for scheme in chosen.sample(sorted(SCHEMES), 3):
                weight = MADE_WEIGHT * (0.5 + 0.3 * math.log(1 + int(count)))
                spelled = spell(text.lower(), scheme)
                latin = tokens_of(spelled)
                if len(latin) == 1:
                    yield latin[0].plain, tokens_of(text)[0].plain, weight


def spell(cyrillic: str, scheme: str) -> str:
    """A Russian token in a scheme of SCHEMES, with the habits that go with it."""
    letters = dict(zip(_RU, (o.replace("-", "") for o in SCHEMES[scheme].split()), strict=True))
    text = cyrillic
    if scheme in ("bgn", "turkish"):
        text = re.sub(r"(?<=[аеёиоуыэюяьъ])е|^е", "йэ", text)
    if scheme in ("bgn", "passport 1997", "french", "german", "plain"):
        text = re.sub(r"[иы]й$", {"french": "и", "german": "ий"}.get(scheme, "ы"), text)
    latin = "".join(letters.get(c, "") for c in text)
    if scheme == "french":
        latin = re.sub(r"gu(?=[^eiyï]|$)", "g", latin).replace("ksandr", "xandr")
        latin = re.sub(r"in$", "ine", latin)
    if scheme == "polish":
        latin = re.sub(r"(?<=[czżrj])ie", "e", latin)
    return latin.replace("ks", "x") if scheme == "plain" else latin


def _held(cyrillic: str) -> bool:
    return hashlib.sha1(cyrillic.encode(), usedforsecurity=False).digest()[0] < 26


def _aligned(latin: str, cyrillic: str, weight: float) -> _Pair:
    return sounds.segments(latin), sounds.settled("".join(sounds.CYRILLIC.get(c, "") for c in cyrillic)), weight


def _learned(pairs: Iterable[_Pair]) -> dict[str, dict[str, float]]:
    pairs = [(keys, skeleton, w) for keys, skeleton, w in pairs if keys and skeleton and len(skeleton) <= 3 * len(keys)]
    chances: dict[str, dict[str, float]] = {}
    for turn in range(ROUNDS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        total = 0.0
        for keys, skeleton, weight in pairs:
            # The first round knows no surroundings, so that rare ones do not settle on something odd.
            seen = keys if turn >= 2 else [key[1:-1] for key in keys]
            total += weight * _expected(keys, seen, skeleton, chances, counts, weight)
        print(f"round {turn + 1}: mean logarithm {total / sum(p[2] for p in pairs):.3f}", file=sys.stderr)
        chances = _smoothed(counts)
    return chances


def _chance(key: str, output: str, chances: dict[str, dict[str, float]]) -> float:
    if chances:
        return (chances.get(key) or chances.get(key[1:-1]) or {}).get(output, 1e-7)
    return _START[len(output)] * (3.0 if key[1:2] == output[:1] or not output else 1.0)


_START = (0.05, 0.5, 0.05, 0.01)


def _expected(keys, seen, skeleton, chances, counts, weight):  # type: ignore[no-untyped-def]
    """Add what one pair says to the counts; the logarithm of its chance."""
    rows, columns = len(keys), len(skeleton)
    here = [
        [
            [_chance(key, skeleton[at : at + n], chances) if at + n <= columns else 0.0 for n in range(LONGEST_OUTPUT + 1)]
            for at in range(columns + 1)
        ]
        for key in keys
    ]
    forward = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    forward[0][0] = 1.0
    for row in range(rows):
        for at in range(columns + 1):
            if forward[row][at]:
                for n in range(min(LONGEST_OUTPUT, columns - at) + 1):
                    forward[row + 1][at + n] += forward[row][at] * here[row][at][n]
    total = forward[rows][columns]
    if total < 1e-60:
        return -60.0
    backward = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    backward[rows][columns] = 1.0
    for row in range(rows - 1, -1, -1):
        for at in range(columns + 1):
            before = forward[row][at]
            value = 0.0
            for n in range(min(LONGEST_OUTPUT, columns - at) + 1):
                step = here[row][at][n] * backward[row + 1][at + n]
                value += step
                if before and step:
                    counts[seen[row]][skeleton[at : at + n]] += weight * before * step / total
            backward[row][at] = value
    return max(-60.0, math.log(total))


def _smoothed(counts: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    plain: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for key, outputs in counts.items():
        bare = key if key in sounds.SEGMENTS else key[1:-1]
        for output, count in outputs.items():
            plain[bare][output] += count
    bare_chances = {key: _shares(outputs) for key, outputs in plain.items()}
    found = dict(bare_chances)
    for key, outputs in counts.items():
        if key not in bare_chances and sum(outputs.values()) >= 4:
            mixed = {o: outputs.get(o, 0.0) + 4 * share for o, share in bare_chances[key[1:-1]].items()}
            found[key] = _shares(mixed)
    return found


def _shares(outputs: dict[str, float]) -> dict[str, float]:
    total = sum(outputs.values())
    return {o: c / total for o, c in outputs.items() if c / total > 1e-4}


def _text(learned: dict[str, dict[str, float]]) -> str:
    lines = [
        "# How segments of Latin letters are read; tools/train_readings.py, from token pairs of Wikidata (Merhav and Ash,",
        "# COLING 2018; CC0 1.0) and names of russiannames 2.0.0 (BSD-3-Clause, Ivan Begtin). Numbers alone.",
        "# segment with what stands around it <tab> output:weight ... (weight: -100 times the natural logarithm of its share)",
    ]
    for key, outputs in sorted(learned.items()):
        best = sorted(outputs.items(), key=lambda pair: (-pair[1], pair[0]))
        kept = [(o, s) for o, s in best if s >= 0.04][:4] or best[:1]
        lines.append("\t".join([key, *(f"{o}:{round(-100 * math.log(s))}" for o, s in kept)]))
    return "\n".join(lines) + "\n"


def _report(held: list[tuple[str, str, float]]) -> None:
    agree = first = 0
    for latin, cyrillic, _ in held:
        theirs = set(sounds.keys_of(cyrillic, Script.CYRILLIC))
        ours = sounds.keys_of(latin, Script.LATIN)
        agree += not theirs.isdisjoint(ours)
        first += ours[0] in theirs
    draw = random.Random(3)
    drawn = 400_000
    collide = sum(
        not set(sounds.keys_of(draw.choice(held)[0], Script.LATIN)).isdisjoint(
            sounds.keys_of(draw.choice(held)[1], Script.CYRILLIC)
        )
        for _ in range(drawn)
    )
    print(f"held: {len(held)} pairs, keys agree {agree / len(held):.4f} (first alone {first / len(held):.4f})")
    print(f"chance collisions {collide / drawn:.2e}")


if __name__ == "__main__":
    main()
