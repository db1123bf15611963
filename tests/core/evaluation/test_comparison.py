"""Evaluations are put side by side by the rules, and nothing is ever added up."""

import dataclasses
import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.evaluation import (
    Agreement,
    BarCode,
    Comparison,
    CriterionComparison,
    Evaluation,
    NotComparable,
    Outcome,
    PossibleOutcomes,
    compare,
    expires_on,
    possible_outcomes,
)
from safeconduct.core.packtext import PackStamp
from tests.core.evaluation.parts import AMAL, BEA, CALM, CHIDI, CRITERIA, SIGNED, TODAY, any_evaluation, evaluation, signed

EVERY_OUTCOME = frozenset(Outcome)


def side_by_side(*evaluations: Evaluation) -> Comparison:
    return compare(CRITERIA, evaluations, today=TODAY)


def test_two_that_agree_leave_every_outcome_to_the_coordinator() -> None:
    comparison = side_by_side(evaluation(AMAL), evaluation(BEA))
    assert {row.agreement for row in comparison.rows} == {Agreement.SAME}
    assert not comparison.third_needed
    assert possible_outcomes(comparison) == PossibleOutcomes(EVERY_OUTCOME, ())


AGREEMENTS = [
    ("identity", "4", "4", Agreement.SAME, 0),
    ("identity", "4", "3", Agreement.CLOSE, 1),
    ("identity", "5", "3", Agreement.APART, 2),
    ("identity", "1", "5", Agreement.APART, 4),
    ("identity", "0", "4", Agreement.ONE_SIDED, None),
    ("identity", "0", "0", Agreement.NOT_ASSESSED, None),
    ("call_up", "0", "4", Agreement.ONE_SIDED, None),
    ("exclusion", "A", "B", Agreement.CLOSE, 1),
    ("exclusion", "B", "C", Agreement.APART, 1),
    ("exclusion", "C", "D", Agreement.APART, 1),
    ("exclusion", "A", "D", Agreement.APART, 3),
    ("exclusion", "C", "C", Agreement.SAME, 0),
    ("security", "A", "C", Agreement.APART, 2),
    ("risk_on_return", "5", "4", Agreement.CLOSE, 1),
    ("vulnerability", "none", "priority", Agreement.APART, 2),
]


@pytest.mark.parametrize(("criterion", "first", "second", "agreement", "distance"), AGREEMENTS)
def test_each_criterion_is_compared_by_itself(
    criterion: str, first: str, second: str, agreement: Agreement, distance: int | None
) -> None:
    comparison = side_by_side(evaluation(AMAL, **{criterion: first}), evaluation(BEA, **{criterion: second}))
    row = comparison.row(criterion)
    assert (row.agreement, row.distance) == (agreement, distance)
    assert [rating.id for rating in row.ratings] == [first, second]
    assert {other.agreement for other in comparison.rows if other is not row} == {Agreement.SAME}


@pytest.mark.parametrize(
    ("ratings", "called"),
    [
        ({}, False),
        ({"identity": "3"}, False),
        ({"identity": "2"}, True),
        ({"identity": "0"}, True),
        ({"call_up": "0"}, False),
        ({"call_up": "1"}, True),
        ({"exclusion": "B"}, False),
        ({"exclusion": "C"}, True),
        ({"security": "D"}, True),
        ({"risk_in_transit": "5"}, True),
    ],
)
def test_a_third_is_called_when_two_are_far_apart(ratings: dict[str, str], called: bool) -> None:
    comparison = side_by_side(evaluation(AMAL), evaluation(BEA, **ratings))
    assert comparison.third_needed is called
    possible = possible_outcomes(comparison)
    assert bool(possible.outcomes) is not called
    if called:
        assert {bar.code for bar in possible.bars} == {BarCode.THIRD_NEEDED}


def test_a_third_settles_who_decides_and_not_what() -> None:
    comparison = side_by_side(evaluation(AMAL), evaluation(BEA, stance="1"), evaluation(CHIDI))
    assert comparison.row("stance").agreement is Agreement.APART
    assert not comparison.third_needed
    assert possible_outcomes(comparison).outcomes == EVERY_OUTCOME


@pytest.mark.parametrize("criterion", ["exclusion", "security"])
@pytest.mark.parametrize("finding", ["C", "D"])
def test_an_open_finding_bars_a_recommendation(criterion: str, finding: str) -> None:
    both = side_by_side(evaluation(AMAL, **{criterion: finding}), evaluation(BEA, **{criterion: finding}))
    possible = possible_outcomes(both)
    assert possible.outcomes == {Outcome.NOT_RECOMMENDED, Outcome.INSUFFICIENT}
    assert [(bar.outcome, bar.code, bar.criterion) for bar in possible.bars] == [
        (Outcome.RECOMMENDED, BarCode.OPEN_FINDING, criterion)
    ]


def test_an_open_finding_stays_open_beside_two_that_cleared_it() -> None:
    comparison = side_by_side(evaluation(AMAL, exclusion="C"), evaluation(BEA), evaluation(CHIDI, exclusion="B"))
    assert Outcome.RECOMMENDED not in possible_outcomes(comparison).outcomes


def test_what_nobody_assessed_supports_no_recommendation() -> None:
    comparison = side_by_side(evaluation(AMAL, membership="0"), evaluation(BEA, membership="0"))
    possible = possible_outcomes(comparison)
    assert possible.outcomes == {Outcome.NOT_RECOMMENDED, Outcome.INSUFFICIENT}
    assert possible.bars[0].code is BarCode.NOT_ASSESSED


def test_someone_never_called_up_can_be_recommended() -> None:
    comparison = side_by_side(evaluation(AMAL, call_up="0"), evaluation(BEA, call_up="0"))
    assert Outcome.RECOMMENDED in possible_outcomes(comparison).outcomes


@pytest.mark.parametrize(
    "evaluations",
    [(), (evaluation(AMAL),), (evaluation(AMAL), evaluation(dataclasses.replace(BEA, organisation=AMAL.organisation)))],
)
def test_nothing_is_decided_on_fewer_than_two_organisations(evaluations: tuple[Evaluation, ...]) -> None:
    comparison = side_by_side(*evaluations)
    assert not comparison.enough
    assert not comparison.third_needed
    possible = possible_outcomes(comparison)
    assert possible.outcomes == frozenset()
    assert {bar.code for bar in possible.bars} == {BarCode.TOO_FEW_EVALUATIONS}


@pytest.mark.parametrize(
    ("on", "expires"),
    [("2026-05-22", "2026-11-22"), ("2026-08-31", "2027-02-28"), ("2026-06-30", "2026-12-30"), ("2027-08-31", "2028-02-29")],
)
def test_an_evaluation_expires_after_six_months(on: str, expires: str) -> None:
    old = signed(AMAL, datetime.date.fromisoformat(on))
    assert expires_on(old, CRITERIA) == datetime.date.fromisoformat(expires)


def test_an_expired_evaluation_no_longer_counts() -> None:
    old = signed(AMAL, datetime.date(2026, 5, 22))
    comparison = side_by_side(old, evaluation(BEA))
    assert comparison.expired == (old,)
    assert not comparison.enough


def test_new_facts_end_what_was_signed_before_them() -> None:
    pair = (evaluation(AMAL), evaluation(BEA))
    later = SIGNED + datetime.timedelta(days=1)
    assert compare(CRITERIA, pair, today=TODAY, new_facts_on=later).expired == pair
    assert compare(CRITERIA, pair, today=TODAY, new_facts_on=SIGNED).expired == ()


@pytest.mark.parametrize(
    ("criterion", "rating"), [("risk_on_return", "5"), ("risk_in_transit", "5"), ("vulnerability", "urgent")]
)
def test_one_voice_is_enough_for_the_urgent_route(criterion: str, rating: str) -> None:
    assert side_by_side(evaluation(AMAL), evaluation(BEA, **{criterion: rating})).urgent
    assert not side_by_side(evaluation(AMAL), evaluation(BEA)).urgent


def test_evaluations_that_cannot_stand_together_are_refused() -> None:
    short = dataclasses.replace(evaluation(BEA), ratings=evaluation(BEA).ratings[1:])
    other = dataclasses.replace(evaluation(BEA), pack=PackStamp("criteria", "war-refusers", 1, "00" * 32))
    for wrong in (evaluation(AMAL, identity="5"), short, other):
        with pytest.raises(NotComparable):
            side_by_side(evaluation(AMAL), wrong)


def test_a_criterion_that_is_not_rated_has_no_row() -> None:
    with pytest.raises(KeyError):
        side_by_side().row("charm")
    with pytest.raises(KeyError):
        CRITERIA.criterion("charm")


def test_there_is_no_total_anywhere() -> None:
    names = {field.name for kind in (Comparison, CriterionComparison, PossibleOutcomes) for field in dataclasses.fields(kind)}
    names |= {name for kind in (Comparison, CriterionComparison, PossibleOutcomes) for name in vars(kind)}
    assert not {name for name in names for word in ("total", "score", "sum", "mean", "average", "weight") if word in name}


THREE = st.tuples(any_evaluation(AMAL), any_evaluation(BEA), any_evaluation(CHIDI))


@given(THREE, st.integers(2, 3))
def test_the_order_of_evaluators_changes_nothing(three: tuple[Evaluation, ...], count: int) -> None:
    first, *others = (compare(CRITERIA, each, today=TODAY) for each in itertools.permutations(three[:count]))
    for other in others:
        assert [(row.distance, row.agreement) for row in other.rows] == [(row.distance, row.agreement) for row in first.rows]
        assert other.third_needed == first.third_needed
        assert possible_outcomes(other) == possible_outcomes(first)


@given(THREE, st.integers(0, 3))
def test_a_recommendation_is_never_open_beside_an_open_finding(three: tuple[Evaluation, ...], count: int) -> None:
    comparison = compare(CRITERIA, three[:count], today=TODAY)
    possible = possible_outcomes(comparison)
    if any(comparison.row(criterion).open for criterion in ("exclusion", "security")):
        assert Outcome.RECOMMENDED not in possible.outcomes
    if count < 2 or comparison.third_needed:
        assert possible.outcomes == frozenset()
    else:
        assert {Outcome.NOT_RECOMMENDED, Outcome.INSUFFICIENT} <= possible.outcomes
    assert {bar.outcome for bar in possible.bars} == EVERY_OUTCOME - possible.outcomes


@given(any_evaluation(AMAL))
def test_two_equal_evaluations_are_never_apart(one: Evaluation) -> None:
    same = dataclasses.replace(one, evaluator=BEA)
    comparison = side_by_side(one, same)
    assert {row.agreement for row in comparison.rows} <= {Agreement.SAME, Agreement.NOT_ASSESSED}
    assert not comparison.third_needed


@given(st.sampled_from(sorted(CALM)), st.data())
def test_a_third_is_called_exactly_by_the_written_rule(criterion: str, data: st.DataObject) -> None:
    scale = CRITERIA.criterion(criterion).scale
    first, second = (data.draw(st.sampled_from(scale.ratings)) for _ in range(2))
    comparison = side_by_side(evaluation(AMAL, **{criterion: first.id}), evaluation(BEA, **{criterion: second.id}))
    if first.order is None or second.order is None:
        expected = (first.order is None) != (second.order is None) and criterion != "call_up"
    else:
        expected = abs(first.order - second.order) >= 2 or (first != second and (first.open or second.open))
    assert comparison.third_needed is expected
