"""Who may evaluate: two organisations, and nobody who interviewed the person or brought them in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.evaluation import IndependenceCode, Participant, independence_problems
from tests.core.evaluation.parts import AMAL, BEA, CHIDI

INTERVIEWER = Participant("ilya", "tbilisi")
BRINGER = Participant("boris", "yerevan")
AMALS_COLLEAGUE = Participant("anna", "almaty")
EVERYBODY = frozenset({"amal", "bea", "chidi", "anna", "ilya", "boris"})


def problems(*evaluators: Participant, **more: object) -> list[tuple[str, IndependenceCode, bool]]:
    arguments: dict[str, object] = {
        "interviewers": [INTERVIEWER],
        "brought_in_by": [BRINGER],
        "declared_conflict": frozenset(),
        "declared_none": EVERYBODY,
    }
    found = independence_problems(evaluators, **(arguments | more))  # type: ignore[arg-type]  # named as in the signature
    return [(each.member, each.code, each.bars) for each in found]


def test_two_of_different_organisations_are_independent() -> None:
    assert problems(AMAL, BEA) == []
    assert problems(AMAL, BEA, CHIDI) == []


@pytest.mark.parametrize(
    ("second", "more", "code", "bars"),
    [
        (AMALS_COLLEAGUE, {}, IndependenceCode.SAME_ORGANISATION, True),
        (INTERVIEWER, {"interviewers": [Participant("ilya", "elsewhere")]}, IndependenceCode.HELD_THE_INTERVIEW, True),
        (BRINGER, {}, IndependenceCode.BROUGHT_THE_PERSON_IN, True),
        (BEA, {"declared_conflict": frozenset({"bea"})}, IndependenceCode.CONFLICT_DECLARED, True),
        (BEA, {"declared_none": EVERYBODY - {"bea"}}, IndependenceCode.NOT_DECLARED_YET, True),
        (BEA, {"interviewers": [Participant("other", "paris")]}, IndependenceCode.INTERVIEWERS_ORGANISATION, False),
    ],
)
def test_what_stands_against_an_evaluator_is_named(
    second: Participant, more: dict[str, object], code: IndependenceCode, bars: bool
) -> None:
    assert problems(AMAL, second, **more) == [(second.member, code, bars)]


def test_one_person_cannot_be_both() -> None:
    assert {code for _, code, _ in problems(AMAL, AMAL)} == {IndependenceCode.SAME_PERSON, IndependenceCode.SAME_ORGANISATION}


def test_a_third_from_an_organisation_that_has_evaluated_is_a_question_and_not_a_bar() -> None:
    assert problems(AMAL, BEA, AMALS_COLLEAGUE) == [("anna", IndependenceCode.THIRD_FROM_A_REPRESENTED_ORGANISATION, False)]


PEOPLE = st.builds(Participant, st.sampled_from("abcdef"), st.sampled_from(["x", "y", "z"]))


@given(st.lists(PEOPLE, max_size=3), st.lists(PEOPLE, max_size=2), st.lists(PEOPLE, max_size=2))
def test_whoever_took_part_is_always_barred(
    evaluators: list[Participant], interviewers: list[Participant], bringers: list[Participant]
) -> None:
    found = independence_problems(
        evaluators,
        interviewers=interviewers,
        brought_in_by=bringers,
        declared_conflict=frozenset(),
        declared_none=frozenset("abcdef"),
    )
    barred = {each.member for each in found if each.bars}
    took_part = {each.member for each in (*interviewers, *bringers)}
    assert took_part & {each.member for each in evaluators} <= barred
    assert {each.member for each in found} <= {each.member for each in evaluators}
