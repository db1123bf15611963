"""Kappa and weighted kappa against published worked examples, and what must hold for any ratings."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.evaluation import NoAgreementToMeasure, Weights, kappa, kappa_of_table

COHEN_1960 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
"""Cohen (1960), table 2: 200 things, three categories."""
FLEISS_1969 = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
"""Fleiss, Cohen and Everitt (1969), table 1, as counts of 200."""
FLEISS_BOOK = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
"""Fleiss, Levin and Paik (2003), table 18.1: two raters, 100 people."""
SKIN = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
"""The agreement study of the SAS/STAT manual, FREQ procedure: two dermatologists, 88 patients."""
SCALE = ("1", "2", "3", "4", "5")
RATINGS = st.lists(st.tuples(st.sampled_from(SCALE), st.sampled_from(SCALE)), min_size=1, max_size=60)


def test_cohens_own_example() -> None:
    found = kappa_of_table(COHEN_1960)
    assert (round(found.observed, 2), round(found.expected, 2), round(found.value, 3)) == (0.70, 0.41, 0.492)


def test_the_variance_of_fleiss_cohen_and_everitt() -> None:
    found = kappa_of_table(FLEISS_1969)
    assert (round(found.value, 3), round(found.standard_error**2, 6)) == (0.429, 0.002885)


def test_the_interval_of_the_book() -> None:
    found = kappa_of_table(FLEISS_BOOK)
    assert (round(found.value, 2), round(found.standard_error, 3)) == (0.68, 0.088)
    assert (round(found.low, 2), round(found.high, 2)) == (0.50, 0.85)


@pytest.mark.parametrize(
    ("weights", "value", "error", "low", "high"),
    [(Weights.NONE, 0.3449, 0.0724, 0.2030, 0.4868), (Weights.LINEAR, 0.5082, 0.0655, 0.3798, 0.6366)],
)
def test_plain_and_weighted_by_steps_as_in_the_manual(
    weights: Weights, value: float, error: float, low: float, high: float
) -> None:
    found = kappa_of_table(SKIN, weights=weights)
    assert [round(each, 4) for each in (found.value, found.standard_error, found.low, found.high)] == [value, error, low, high]


def test_pairs_and_their_table_give_the_same() -> None:
    names = "abc"
    pairs = [(names[i], names[j]) for i, row in enumerate(COHEN_1960) for j, count in enumerate(row) for _ in range(count)]
    by_pairs, by_table = kappa(pairs, names), kappa_of_table(COHEN_1960)
    assert math.isclose(by_pairs.value, by_table.value)
    assert math.isclose(by_pairs.standard_error, by_table.standard_error)
    assert by_pairs.pairs == by_table.pairs == 200


@pytest.mark.parametrize("pairs", [[], [("4", "4")] * 20])
def test_where_there_is_nothing_to_measure_it_says_so(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(NoAgreementToMeasure):
        kappa(pairs, SCALE)
    with pytest.raises(NoAgreementToMeasure):
        kappa_of_table([[0, 0], [0, 0]])


@given(RATINGS, st.sampled_from(Weights))
def test_it_stays_within_bounds_and_does_not_depend_on_who_is_first(pairs: list[tuple[str, str]], weights: Weights) -> None:
    try:
        found = kappa(pairs, SCALE, weights=weights)
    except NoAgreementToMeasure:
        return
    assert -1 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1
    turned = kappa([(second, first) for first, second in pairs], SCALE, weights=weights)
    assert math.isclose(found.value, turned.value, abs_tol=1e-9)
    assert math.isclose(found.standard_error, turned.standard_error, abs_tol=1e-9)


@given(st.lists(st.sampled_from(SCALE), min_size=2, max_size=40), st.sampled_from(Weights))
def test_complete_agreement_is_one(ratings: list[str], weights: Weights) -> None:
    found = kappa([(each, each) for each in [*SCALE, *ratings]], SCALE, weights=weights)
    assert math.isclose(found.value, 1)
    assert found.standard_error < 1e-6


def test_a_near_miss_counts_less_than_a_far_one_by_steps() -> None:
    same = [(each, each) for each in SCALE] * 3
    near, far = (kappa([*same, pair], SCALE, weights=Weights.LINEAR) for pair in (("1", "2"), ("1", "5")))
    assert near.value > far.value
