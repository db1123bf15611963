"""Pairs of names by people's naming customs: who is one person and who is not, each row with its reason.

With the same year of birth on both sides, one person is at least a possible hit (0.3) and another person stays below it.
"""

from pathlib import Path

import pytest

from safeconduct.core.names import Query, compare, probability
from safeconduct.core.names.scoring import POSSIBLE

FOLDER = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def score(one: str, other: str) -> float:
    return probability(compare(Query(name=one, born="1980"), Query(name=other, born="1980")))


def test_there_are_enough_pairs_and_each_has_a_reason() -> None:
    pairs = rows("pairs.tsv")
    assert len(pairs) >= 400
    assert all(len(row) == 5 and row[1] in ("same", "other") and row[4] for row in pairs)


@pytest.mark.parametrize("custom", sorted({row[0] for row in rows("pairs.tsv")}))
def test_every_pair_of_a_custom_is_told(custom: str) -> None:
    wrong = [
        f"{verdict}: {one} ~ {other} ({reason}): {score(one, other):.2f}"
        for named, verdict, one, other, reason in rows("pairs.tsv")
        if named == custom and (score(one, other) >= POSSIBLE) != (verdict == "same")
    ]
    assert wrong == []


@pytest.mark.parametrize("row", rows("better.tsv"), ids=lambda row: f"{row[1]} before {row[2]}")
def test_the_better_answer_scores_higher(row: list[str]) -> None:
    asked, better, worse, _reason = row
    first, _, second = asked.partition("|")
    assert score(first, better) > score(second or first, worse)
