"""Fit the weights of the model: packs/weights.json of core/names.

    python tools/train_names.py --exams FOLDER

`--exams`: the folder with screen_ru, screen_real, name_bench and un_consolidated. They are not shipped: what was made of lists in
the Official Journal is CC BY-NC; only the fitted numbers are kept here. Logistic regression with signs held (what speaks
for one never counts against), on the candidates that the index itself gives for each query; a fifth of the people, by
hash, is never trained on and gives the calibration that is printed. Weights are shifted from the half that match in the
exams to the stated prior.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import math
import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from safeconduct.bench.name_exams import index_of, people_of, plain, population
from safeconduct.core.errors import SafeconductError
from safeconduct.core.names import Query, compare
from safeconduct.core.names.comparison import SCALE
from safeconduct.core.names.engine import compared, side_of
from safeconduct.core.names.evidence import INPUTS, gathered

OUT = Path(__file__).resolve().parent.parent / "src/safeconduct/core/names/packs/weights.json"
PLOT = OUT.parents[5] / "docs/screening-calibration.svg"
PRIOR = 0.05
MONTH_OVER_YEAR, YEAR_OVER_NEAR = 1.0, 4.0
_FOR = {
    "surname_rarity",
    "given_rarity",
    "patronymic_rarity",
    "initials",
    "born_exact",
    "born_swapped",
    "born_slip",
    "born_month",
    "born_year",
    "born_other_day",
    "country_same",
    "place_same",
    "identifier_same",
}
_FREE = {"born_unknown"}
# Exams have no countries, places and numbers, few genders, no months without days, and questions that lack words more often than
# lists do; these are set by judgement.
_SET = {"country_same": 0.4, "country_other": -0.4, "gender_other": -1.0,
    "ours_left": -0.8, "theirs_left": -0.9,
        "place_same": 1.2, "place_other": -0.4, "identifier_same": 6.0, "identifier_other": -0.2}  # fmt: skip


def main() -> None:
    """Fit, write, print calibration."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exams", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.4)
    arguments = parser.parse_args()
    rows = [*_screening(arguments.exams, arguments.share), *_pairs(arguments.exams)]
    x = np.array([r[0] for r in rows]) / SCALE
    y = np.array([r[1] for r in rows], dtype=float)
    weight = np.array([r[2] for r in rows])
    held = np.array([r[3] for r in rows])
    fitted, bias = _fit(x[~held], y[~held], weight[~held])
    # The exams have no months without days, and no years that are one off, as lists have them.
    at = {name: place for place, name in enumerate(INPUTS)}
    fitted[at["born_month"]] = fitted[at["born_year"]] + MONTH_OVER_YEAR
    fitted[at["born_near"]] = max(fitted[at["born_near"]], fitted[at["born_year"]] - YEAR_OVER_NEAR)
    odds = bias + x @ fitted
    _calibration(odds[held], y[held], weight[held])
    base = weight[~held] @ y[~held] / weight[~held].sum()
    bias += math.log(PRIOR / (1 - PRIOR)) - math.log(base / (1 - base))
    found = {
        "prior": PRIOR,
        "bias": math.ceil(bias * 5) / 5,
        "inputs": {n: round(float(w), 3) for n, w in zip(INPUTS, fitted, strict=True)},
    }
    OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found["inputs"]))


Array = npt.NDArray[Any]
_Row = tuple[tuple[int, ...], bool, float, bool]


def _screening(exams: Path, share: float) -> Iterator[_Row]:
    for exam, size in (("screen_ru", 10_000), ("screen_ru", 100_000), ("screen_real", 10_000)):
        people = people_of(exams / exam / "targets.jsonl.gz")
        names = {p["id"]: plain(p["names"][0]) for p in people}
        index = index_of(population(people, people_of(exams / "screen_ru/distractors_100k.jsonl.gz"), size))
        queries = list(csv.DictReader(io.StringIO(gzip.decompress((exams / exam / "queries.csv.gz").read_bytes()).decode())))
        random.Random(6).shuffle(queries)
        for query in queries[: int(len(queries) * (share if exam == "screen_ru" else 1.0))]:
            asked = Query(name=query["name"], born=query["dob"] or None)
            found = compared(index, asked)
            # The best and the hardest: what decides is the first of each query, not the tail.
            for rank, (_, position, row) in enumerate(found[:4]):
                evidence = gathered(side_of(asked), index.side(position, row), len(index))
                right = (
                    bool(query["target"])
                    and plain(index.segment.row_name(int(index.segment["entry_starts"][position]))) == names[query["target"]]
                )
                weight = (1.0 if right or rank == 0 else 0.3) * (1.0 if size == 10_000 else 0.5)
                yield evidence.inputs, right, weight, _is_held(query["target"] or query["qid"])
        index.close()


def _pairs(exams: Path) -> Iterator[_Row]:
    with (exams / "name_bench/cases.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["schema"] == "Person":
                yield from _pair(row["name1"], row["name2"], row["is_match"] == "true", 2.0)
    with (exams / "un_consolidated/pairs.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] != "alias_low"]
    for row, other in zip(rows, rows[7:] + rows[:7], strict=True):
        yield from _pair(row["name1"], other["name2"], row["id"] == other["id"], 0.2)


def _pair(one: str, other: str, same: bool, weight: float) -> Iterator[_Row]:
    try:
        yield compare(Query(name=one), Query(name=other)).inputs, same, weight, _is_held(other)
    except SafeconductError:
        return


def _is_held(name: str) -> bool:
    return hashlib.sha1(name.partition(":")[0].encode(), usedforsecurity=False).digest()[0] < 51


def _fit(x: Array, y: Array, weight: Array) -> tuple[Array, float]:
    """Projected gradient with momentum, ridge 1e-3, on scaled inputs."""
    scale = np.maximum(x.std(axis=0), 1e-3)
    scaled = np.column_stack([x / scale, np.ones(len(x))])
    lower = np.array([0.0 if n in _FOR else -np.inf for n in INPUTS] + [-np.inf])
    upper = np.array([np.inf if n in _FOR or n in _FREE else 0.0 for n in INPUTS] + [np.inf])
    fixed = {INPUTS.index(n): v for n, v in _SET.items()}
    w = np.zeros(scaled.shape[1])
    ahead, speed = w.copy(), 0.0
    step = 4 * weight.sum() / (np.linalg.norm(scaled * np.sqrt(weight)[:, None], 2) ** 2)
    ridge = np.array([2e-4] * len(INPUTS) + [0.0])
    for turn in range(2500):
        p = 1 / (1 + np.exp(-np.clip(scaled @ ahead, -40, 40)))
        gradient = scaled.T @ (weight * (p - y)) / weight.sum() + ridge * ahead
        new = np.clip(ahead - step * gradient, lower, upper)
        for at, value in fixed.items():
            new[at] = value * scale[at]
        speed = turn / (turn + 3)
        ahead, w = new + speed * (new - w), new
    return w[:-1] / scale, float(w[-1])


def _calibration(odds: Array, y: Array, weight: Array) -> None:
    p = 1 / (1 + np.exp(-odds))
    bounds = (0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.01)
    found = []
    for low, high in pairwise(bounds):
        of = (p >= low) & (p < high)
        if of.any():
            found.append(
                (float(np.average(p[of], weights=weight[of])), float(np.average(y[of], weights=weight[of])), int(of.sum()))
            )
    print("held: estimated, observed, number")
    for estimated, observed, number in found:
        print(f"{estimated:.3f}  {observed:.3f}  {number}")
    PLOT.write_text(plotted(found), encoding="utf-8")


def plotted(points: Sequence[tuple[float, float, int]]) -> str:
    """Calibration as SVG: estimated probability to the right, observed share upwards, with intervals of two standard errors."""

    def at(share: float) -> float:
        return round(40 + 280 * share, 1)

    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 360" font-family="sans-serif" font-size="11">',
        "<title>Calibration of name screening on people who were not trained on</title>",
        '<rect width="360" height="360" fill="white"/>',
        '<path d="M40 320H320M40 320V40" stroke="black" fill="none"/><path d="M40 320L320 40" stroke="silver"/>',
    ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        lines.append(f'<text x="{at(share)}" y="336" text-anchor="middle">{share}</text>')
        lines.append(f'<text x="34" y="{360 - at(share) + 4}" text-anchor="end">{share}</text>')
    for estimated, observed, number in points:
        error = 2 * math.sqrt(max(observed * (1 - observed), 1 / number) / number)
        low, high = max(0.0, observed - error), min(1.0, observed + error)
        x = at(estimated)
        lines.append(f'<path d="M{x} {round(360 - at(low), 1)}V{round(360 - at(high), 1)}" stroke="steelblue"/>')
        lines.append(
            f'<circle cx="{x}" cy="{round(360 - at(observed), 1)}" r="4" fill="steelblue"><title>{number} pairs</title></circle>'
        )
    lines.append('<text x="180" y="354" text-anchor="middle">estimated</text>')
    lines.append('<text x="12" y="180" text-anchor="middle" transform="rotate(-90 12 180)">observed</text></svg>')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
