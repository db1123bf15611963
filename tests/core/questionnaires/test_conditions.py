"""Conditions hold of what was answered, and of nothing that was not."""

import datetime

import pytest

from safeconduct.core.questionnaires import Answer, AnswerState, PartialDate, Place, Row
from safeconduct.core.questionnaires.conditions import (
    AllOf,
    Answered,
    AnyOf,
    Condition,
    Is,
    Not,
    Replied,
    WithinDays,
    YoungerThan,
    holds,
    looks_at_calendar,
)

TODAY = datetime.date(2026, 11, 22)
EVENTS: tuple[Row, ...] = ({"when": PartialDate(2026, 11, 1), "kind": "threat"}, {"kind": "search"})
ANSWERS = {
    "calm": Answer(AnswerState.ANSWERED, {"safe": True, "ways": ("signal", "email"), "where": Place("KZ"), "number": 3}),
    "silent": Answer(AnswerState.PREFER_NOT_TO_SAY),
    "past": Answer(AnswerState.ANSWERED, {"born": PartialDate(1990), "events": EVENTS}),
}
SAFE = Is("calm", "safe", frozenset({True}))
UNSAFE = Is("calm", "safe", frozenset({False}))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (SAFE, True),
        (UNSAFE, False),
        (Is("calm", "ways", frozenset({"email", "phone"})), True),
        (Is("calm", "ways", frozenset({"phone"})), False),
        (Is("calm", "where", frozenset({"KZ"})), True),
        (Is("calm", "number", frozenset({"3"})), False),
        (Is("silent", "safe", frozenset({True})), False),
        (Is("absent", "safe", frozenset({True})), False),
        (Is("past", "events", frozenset({"search"}), "kind"), True),
        (Is("past", "events", frozenset({"award"}), "kind"), False),
        (Is("calm", "safe", frozenset({True}), "kind"), False),
        (Answered("calm"), True),
        (Answered("silent"), False),
        (Answered("absent"), False),
        (Replied("silent"), True),
        (Replied("absent"), False),
        (Not(Replied("absent")), True),
        (AllOf((SAFE, Not(UNSAFE))), True),
        (AllOf((SAFE, UNSAFE)), False),
        (AnyOf((SAFE, UNSAFE)), True),
        (AnyOf((UNSAFE, UNSAFE)), False),
        (YoungerThan("past", "born", 18), False),
        (YoungerThan("past", "born", 37), True),
        (YoungerThan("absent", "born", 18), False),
        (WithinDays("past", "events", "when", 30), True),
        (WithinDays("past", "events", "when", 20), False),
        (WithinDays("past", "born", None, 30), False),
    ],
)
def test_a_condition_holds_of_what_was_answered(condition: Condition, expected: bool) -> None:
    assert holds(condition, ANSWERS, today=TODAY) is expected


def test_only_ages_and_recent_days_look_at_the_calendar() -> None:
    assert looks_at_calendar(AnyOf((SAFE, Not(YoungerThan("past", "born", 18)))))
    assert looks_at_calendar(WithinDays("past", "events", "when", 30))
    assert not looks_at_calendar(AllOf((SAFE, Replied("silent"))))
