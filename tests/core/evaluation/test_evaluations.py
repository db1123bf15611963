"""An evaluation can be signed when every rating has its reasons; its bytes are one and the same for ever."""

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.core.canonical import Value
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.evaluation import (
    CriterionRating,
    Evaluation,
    EvaluationUnreadable,
    GapCode,
    decode_evaluation,
    encode_evaluation,
    gaps,
    rating_value,
    read_rating,
    reason_length,
)
from tests.core.evaluation.parts import AMAL, CRITERIA, any_evaluation, evaluation, signed

COMPLETE = evaluation(AMAL).ratings


def with_identity(**changes: object) -> tuple[CriterionRating, ...]:
    first = dataclasses.replace(COMPLETE[0], **changes)  # type: ignore[arg-type]  # any field of a rating
    return (first, *COMPLETE[1:])


def test_a_complete_evaluation_lacks_nothing() -> None:
    assert gaps(CRITERIA, COMPLETE) == ()


@pytest.mark.parametrize(
    ("ratings", "code"),
    [
        (with_identity(rating="6"), GapCode.NOT_ON_THE_SCALE),
        (with_identity(rating="A"), GapCode.NOT_ON_THE_SCALE),
        (with_identity(reason="It fits."), GapCode.REASON_TOO_SHORT),
        (with_identity(reason="word " + " " * 300 + "word"), GapCode.REASON_TOO_SHORT),
        (with_identity(cited=()), GapCode.NOTHING_CITED),
        (with_identity(cited=(), no_evidence_because="  "), GapCode.NOTHING_CITED),
        (with_identity(no_evidence_because="none was left"), GapCode.CITED_AND_NONE),
        (with_identity(cited=("item-1", "item-1")), GapCode.CITED_TWICE),
        (with_identity(would_change_my_mind=" \n"), GapCode.CHANGE_OF_MIND_MISSING),
        (COMPLETE[1:], GapCode.NOT_RATED),
        ((*COMPLETE, COMPLETE[0]), GapCode.RATED_TWICE),
        ((*COMPLETE, dataclasses.replace(COMPLETE[0], criterion="charm")), GapCode.UNKNOWN_CRITERION),
    ],
)
def test_what_is_lacking_is_named(ratings: tuple[CriterionRating, ...], code: GapCode) -> None:
    assert [gap.code for gap in gaps(CRITERIA, ratings)] == [code]


def test_no_evidence_with_a_reason_is_enough() -> None:
    assert gaps(CRITERIA, with_identity(cited=(), no_evidence_because="The papers were kept by the unit.")) == ()


@pytest.mark.parametrize(("length", "complete"), [(199, False), (200, True), (201, True)])
def test_two_hundred_characters_are_asked_for(length: int, complete: bool) -> None:
    found = gaps(CRITERIA, with_identity(reason="x" * length))
    assert (found == ()) is complete
    assert all(gap.parameters == {"length": length, "least": 200} for gap in found)


@given(st.text(max_size=300))
def test_padding_a_reason_does_not_lengthen_it(reason: str) -> None:
    padded = "\n  " + reason.replace(" ", "  \n ") + " \t"
    assert reason_length(padded) == reason_length(reason) <= len(reason)


@given(any_evaluation(AMAL))
def test_an_evaluation_is_read_back_from_its_bytes(one: Evaluation) -> None:
    encoded = encode_evaluation(one)
    assert decode_evaluation(encoded) == one
    assert encode_evaluation(decode_evaluation(encoded)) == encoded


def value_of(one: Evaluation) -> dict[str, Value]:
    value = canonical.decode(encode_evaluation(one))
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    "change",
    [
        {"version": True},
        {"version": "1"},
        {"signed_on": "yesterday"},
        {"signed_on": "20261001"},
        {"ratings": "none"},
        {"ratings": [{}]},
        {
            "ratings": [
                {
                    **dict.fromkeys(("criterion", "rating", "reason", "no_evidence_because", "would_change_my_mind"), ""),
                    "cited": [1],
                }
            ]
        },
        {"evaluator": {"member": "amal", "organisation": "almaty", "name": "x"}},
        {"more": 1},
    ],
)
def test_bytes_of_anything_else_are_refused(change: dict[str, Value]) -> None:
    with pytest.raises(EvaluationUnreadable):
        decode_evaluation(canonical.encode(value_of(evaluation(AMAL)) | change))


@given(st.binary(max_size=80))
def test_any_bytes_are_an_evaluation_or_refused(encoded: bytes) -> None:
    with pytest.raises(UnreadableInput):
        decode_evaluation(encoded)


def test_a_rating_is_read_back_from_a_draft() -> None:
    draft = CriterionRating("identity", "", "not yet")
    assert read_rating(rating_value(draft)) == draft


def test_reasons_do_not_show_themselves() -> None:
    assert "open sources" not in repr(evaluation(AMAL))
    assert "roll of the unit" not in repr(COMPLETE[0])


def test_the_day_of_signing_is_part_of_what_is_signed() -> None:
    later = signed(AMAL, datetime.date(2026, 10, 2))
    assert encode_evaluation(later) != encode_evaluation(evaluation(AMAL))
