"""Conditions over answers, as data. An answer that is missing, or whose question is hidden, fulfils none."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from safeconduct.core.questionnaires.dates import PartialDate, full_years_at_least
from safeconduct.core.questionnaires.values import Answer, Answers, AnswerState, PartValue, Place


@dataclass(frozen=True)
class Is:
    """The part has one of the values; for a place its country counts, for several values any of them.

    With a column, any row of the timeline counts.
    """

    question: str
    part: str
    values: frozenset[str | bool]
    column: str | None = None


@dataclass(frozen=True)
class Answered:
    """The question was answered, not only replied to."""

    question: str


@dataclass(frozen=True)
class Replied:
    """There is any reply, “prefer not to say” and “don't know” among them."""

    question: str


@dataclass(frozen=True)
class YoungerThan:
    """The person born on that date is, or may be, younger than so many years today."""

    question: str
    part: str
    years: int


@dataclass(frozen=True)
class WithinDays:
    """A date of the part (or of the column, in any row) may lie within so many days before today."""

    question: str
    part: str
    column: str | None
    days: int


@dataclass(frozen=True)
class AllOf:
    """Every one holds."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one holds."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """It does not hold; so also where the answer is missing."""

    condition: "Condition"


Leaf: TypeAlias = Is | Answered | Replied | YoungerThan | WithinDays
Condition: TypeAlias = Leaf | AllOf | AnyOf | Not


def holds(condition: Condition, answers: Answers, *, today: datetime.date | None) -> bool:
    """Whether the condition holds of these answers.

    `today` may be None only for conditions that do not look at the calendar (`looks_at_calendar`).
    """
    match condition:
        case AllOf(conditions):
            return all(holds(each, answers, today=today) for each in conditions)
        case AnyOf(conditions):
            return any(holds(each, answers, today=today) for each in conditions)
        case Not(inner):
            return not holds(inner, answers, today=today)
        case Answered(question):
            answer = answers.get(question)
            return answer is not None and answer.state is AnswerState.ANSWERED
        case Replied(question):
            return question in answers
        case Is():
            return not condition.values.isdisjoint(_simple_values(condition, answers))
        case _:
            assert today is not None, "a condition on the calendar needs a day"
            return _holds_today(condition, answers, today)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every condition in it that looks at one question."""
    match condition:
        case AllOf(conditions) | AnyOf(conditions):
            for each in conditions:
                yield from leaves(each)
        case Not(inner):
            yield from leaves(inner)
        case _:
            yield condition


def looks_at_calendar(condition: Condition) -> bool:
    """Whether it can change from one day to the next."""
    return any(isinstance(leaf, YoungerThan | WithinDays) for leaf in leaves(condition))


def _holds_today(condition: YoungerThan | WithinDays, answers: Answers, today: datetime.date) -> bool:
    dates = (each for each in _cells(condition, answers) if isinstance(each, PartialDate))
    if isinstance(condition, YoungerThan):
        return any(full_years_at_least(born, today) < condition.years for born in dates)
    since = today - datetime.timedelta(days=condition.days)
    return any(each.latest() >= since and each.earliest() <= today for each in dates)


def _simple_values(condition: Is, answers: Answers) -> Iterator[str | bool]:
    for value in _cells(condition, answers):
        if isinstance(value, Place):
            yield value.country
        elif isinstance(value, bool | str):
            yield value
        elif isinstance(value, tuple):
            yield from (each for each in value if isinstance(each, str))


def _cells(condition: Is | YoungerThan | WithinDays, answers: Answers) -> Iterable[PartValue]:
    answer: Answer | None = answers.get(condition.question)
    column = None if isinstance(condition, YoungerThan) else condition.column
    if answer is None or condition.part not in answer.parts:
        return ()
    value = answer.parts[condition.part]
    if column is None:
        return (value,)
    rows = value if isinstance(value, tuple) else ()
    return tuple(row[column] for row in rows if not isinstance(row, str) and column in row)
