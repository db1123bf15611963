"""Rules of a jurisdiction as data, with their validity, sources and how well they are known; and the deadlines they give.

A rule may stand in several versions of one id, each with the days on which it holds. A local overlay (an organisation's lawyer
signs in new values) adds versions; where two hold on one day, the signed one counts, and of two of a kind the later one.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, cast

from safeconduct.core.packtext import LocalText, PackRefused, PackStamp, local_text, read_pack

KIND = "rulebook"


class Trust(StrEnum):
    """How well a rule is known. Below `MEDIUM` it never gives a date."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNCONFIRMED = "unconfirmed"

    @property
    def gives_dates(self) -> bool:
        """Whether a date may rest on it."""
        return self in (Trust.HIGH, Trust.MEDIUM)


class Unit(StrEnum):
    """In what a rule counts."""

    DAYS = "days"
    WORKING_DAYS = "working-days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"


class Count(StrEnum):
    """How a step comes from its rule's value."""

    DATE_TO_DATE = "date-to-date"
    """A period that runs from its trigger."""
    CALENDAR_DAYS = "calendar-days"
    """Days of which the day of the trigger is the first, in the cautious reading."""
    STAY_WINDOW = "stay-window"
    """At most so many days of presence within a window."""
    STAY_ENTRY = "stay-entry"
    """So long after each entry."""
    STAY_YEAR = "stay-year"
    """At most so many days of presence within a year."""


@dataclass(frozen=True)
class RuleVersion:
    """One rule as it is known to hold between two days."""

    id: str
    topic: str
    states: LocalText
    value: int | None
    unit: Unit | None
    trigger: str
    applies_if: LocalText | None
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    """The last day on which it is known to hold."""
    ended_by: str
    source: str
    read_on: datetime.date
    trust: Trust
    review_by: datetime.date
    signed_by: str
    signed_on: datetime.date | None

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it is known to hold on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Event:
    """Something that happens in a procedure."""

    id: str
    name: LocalText
    repeats: bool


@dataclass(frozen=True)
class Derived:
    """An event that follows from others, where nobody recorded it itself."""

    event: str
    source: str
    earlier: str
    """The event that counts instead when it came in time: opened, or collected."""
    how: str
    """`opened-or-after`: when first opened, else so long after the deposit. `collected-or-presented`: when collected in time,
    else when presented."""
    rule: str


@dataclass(frozen=True)
class Suspension:
    """What stops a period for a while."""

    begins: str
    ends: str
    within_step: str
    rule: str


@dataclass(frozen=True)
class DeadlineStep:
    """A step whose last day a rule gives."""

    id: str
    title: LocalText
    advice: LocalText
    after: tuple[str, ...]
    rule: str
    also: tuple[str, ...]
    unless: tuple[str, ...]
    needs: tuple[str, ...]
    count: Count
    rolls: bool
    from_next_day: bool
    window: int
    suspended: Suspension | None


@dataclass(frozen=True)
class Deadlines:
    """One procedure: its events and its steps."""

    id: str
    calendar: str
    title: LocalText
    events: Mapping[str, Event]
    derived: tuple[Derived, ...]
    steps: tuple[DeadlineStep, ...]


@dataclass(frozen=True)
class Rulebook:
    """A checked pack of rules, with what an overlay added."""

    stamp: PackStamp
    jurisdiction: str
    title: LocalText
    reviewed_by: str
    rules: Mapping[str, Sequence[RuleVersion]]
    """Versions of each rule, in the order in which they are asked: signed ones first, then the later ones."""
    procedures: Mapping[str, Deadlines]
    overlays: Sequence[PackStamp] = field(default=())

    def in_force(self, rule: str, day: datetime.date) -> RuleVersion | None:
        """The version that is known to hold on that day and to be good enough for a date; None where there is none."""
        return next((each for each in self.rules[rule] if each.holds_on(day) and each.trust.gives_dates), None)

    def unknown_since(self, rule: str, day: datetime.date) -> datetime.date | None:
        """The first day on which nothing is known any more; None where the rule never reached that far back."""
        ends = [each.valid_to for each in self.rules[rule] if each.valid_to and each.valid_to < day]
        return max(ends) + datetime.timedelta(days=1) if ends else None

    def overlaid(self, other: "Rulebook") -> "Rulebook":
        """With the rules of a local overlay. PackRefused where one of them is not signed or not of this jurisdiction."""
        unsigned = [each.id for versions in other.rules.values() for each in versions if not each.signed_by]
        if unsigned:
            raise PackRefused(f"{other.stamp.id}: {unsigned[0]}: in an overlay every rule names who signed it in, and when")
        if other.jurisdiction != self.jurisdiction or other.procedures or not set(other.rules) <= set(self.rules):
            raise PackRefused(f"{other.stamp.id}: an overlay holds versions of this rulebook's rules and nothing else")
        rules = {rule: _asked((*versions, *other.rules.get(rule, ()))) for rule, versions in self.rules.items()}
        return replace(self, rules=rules, overlays=(*self.overlays, other.stamp))


def load_rulebook(text: bytes, *, schema: bytes) -> Rulebook:
    """The rulebook of a pack's YAML text.

    Raises PackRefused when it does not fit the schema, or a step names a rule or an event that is not there.
    """
    pack = read_pack(text, schema=schema, kind=KIND)
    content = cast("Mapping[str, Any]", pack.content)  # Its shape has been checked by the schema.
    rules: dict[str, list[RuleVersion]] = {}
    for each in content["rules"]:
        rules.setdefault(each["id"], []).append(_version(each))
    procedures = [_procedure(each) for each in content.get("procedures", ())]
    book = Rulebook(
        stamp=pack.stamp,
        jurisdiction=content["jurisdiction"],
        title=local_text(content["title"]),
        reviewed_by=content.get("reviewed_by", ""),
        rules={rule: _asked(versions) for rule, versions in rules.items()},
        procedures={each.id: each for each in procedures},
    )
    if len(book.procedures) != len(procedures):
        raise PackRefused("procedures: an id stands twice")
    for procedure in procedures:
        _require_known(book, procedure)
    return book


def _asked(versions: Sequence[RuleVersion]) -> Sequence[RuleVersion]:
    earliest = datetime.date.min
    return sorted(
        versions, key=lambda each: (bool(each.signed_by), each.signed_on or earliest, each.valid_from or earliest), reverse=True
    )


def _version(content: Mapping[str, Any]) -> RuleVersion:
    return RuleVersion(
        id=content["id"],
        topic=content["topic"],
        states=local_text(content["states"]),
        value=content.get("value"),
        unit=Unit(content["unit"]) if "unit" in content else None,
        trigger=content.get("trigger", ""),
        applies_if=local_text(content["applies_if"]) if "applies_if" in content else None,
        valid_from=_day(content.get("valid_from")),
        valid_to=_day(content.get("valid_to")),
        ended_by=content.get("ended_by", ""),
        source=content["source"]["title"],
        read_on=_certain(content["source"]["read_on"]),
        trust=Trust(content["confidence"]),
        review_by=_certain(content["review_by"]),
        signed_by=content.get("signed_by", ""),
        signed_on=_day(content.get("signed_on")),
    )


def _procedure(content: Mapping[str, Any]) -> Deadlines:
    events = [Event(each["id"], local_text(each["name"]), each.get("repeats", False)) for each in content["events"]]
    return Deadlines(
        id=content["id"],
        calendar=content["calendar"],
        title=local_text(content["title"]),
        events={each.id: each for each in events},
        derived=tuple(
            Derived(each["event"], each["from"], each["earlier"], each["how"], each["rule"])
            for each in content.get("derived", ())
        ),
        steps=tuple(_step(each) for each in content["steps"]),
    )


def _step(content: Mapping[str, Any]) -> DeadlineStep:
    stops = content.get("suspended")
    return DeadlineStep(
        id=content["id"],
        title=local_text(content["title"]),
        advice=local_text(content["advice"]),
        after=tuple(content["after"]),
        rule=content["rule"],
        also=tuple(content.get("also", ())),
        unless=tuple(content.get("unless", ())),
        needs=tuple(content.get("needs", ())),
        count=Count(content["count"]),
        rolls=content.get("rolls", False),
        from_next_day=content.get("from_next_day", False),
        window=content.get("window", 0),
        suspended=Suspension(stops["from"], stops["until"], stops["within_step"], stops["rule"]) if stops else None,
    )


def _require_known(book: Rulebook, procedure: Deadlines) -> None:
    steps = [step.id for step in procedure.steps]
    if len(set(steps)) != len(steps):
        raise PackRefused(f"{procedure.id}: a step stands twice")
    for step in procedure.steps:
        stops = step.suspended
        events = {*step.after, *step.unless, *step.needs, *((stops.begins, stops.ends) if stops else ())}
        if not events <= set(procedure.events):
            raise PackRefused(f"{procedure.id}: {step.id}: an event that it names is not there")
        if not {step.rule, *step.also, *((stops.rule,) if stops else ())} <= set(book.rules):
            raise PackRefused(f"{procedure.id}: {step.id}: a rule that it names is not there")
        if any(each.value is None for each in book.rules[step.rule]):
            raise PackRefused(f"{procedure.id}: {step.id}: its rule gives no value")
        if stops and stops.within_step not in steps[: steps.index(step.id)]:
            raise PackRefused(f"{procedure.id}: {step.id}: the step within which it is suspended does not stand before it")
        if step.count is Count.STAY_WINDOW and not step.window:
            raise PackRefused(f"{procedure.id}: {step.id}: a stay within a window needs its length")
    for each in procedure.derived:
        if not {each.event, each.source, each.earlier} <= set(procedure.events) or each.rule not in book.rules:
            raise PackRefused(f"{procedure.id}: what {each.event} is derived from is not there")


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else _certain(text)


def _certain(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise PackRefused("a day in the pack is not in the calendar") from None
