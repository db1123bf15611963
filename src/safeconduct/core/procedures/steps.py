"""From a procedure pack and dated events to the steps of a case: done, due, of unknown rule, or not yet triggered.

Rules are chosen by the day that triggers them, not by today. Where the rule that gave a step its days is no
longer in force on the trigger day, the answer is “unknown, ask a lawyer”, never a guessed date.
"""

import datetime
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from safeconduct.core.packtext import LocalText, PackRefused, PackStamp, local_text, read_pack

KIND = "procedure"

Events: TypeAlias = Mapping[str, datetime.date]
"""The day of each event that has happened or is fixed, by its id."""


class Confidence(enum.Enum):
    """How well a rule is known."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNCONFIRMED = "unconfirmed"


class StepState(enum.Enum):
    """Where a step stands."""

    DONE = "done"
    DUE = "due"
    UNKNOWN_RULE = "unknown_rule"
    """It is triggered, but no rule in force says how or until when: ask a lawyer."""
    NOT_TRIGGERED = "not_triggered"
    NOT_NEEDED = "not_needed"
    """Another event has taken its place."""


@dataclass(frozen=True)
class Rule:
    """One rule with its source and the day on which somebody last read it there."""

    id: str
    states: LocalText
    source: str
    read_on: datetime.date
    confidence: Confidence
    valid_from: datetime.date | None
    valid_until: datetime.date | None
    """The last day on which it is known to hold."""
    ended_by: str

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the rule is known to hold on that day."""
        began = self.valid_from is None or self.valid_from <= day
        return began and not self.has_ended_by(day)

    def has_ended_by(self, day: datetime.date) -> bool:
        """Whether that day is after the last on which the rule is known to hold."""
        return self.valid_until is not None and day > self.valid_until

    @property
    def unknown_from(self) -> datetime.date | None:
        """The first day on which nothing is known any more; None while no end is known."""
        return None if self.valid_until is None else self.valid_until + datetime.timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """How the last day of a step is found: days or months after its trigger, or the day of another event."""

    days: int | None = None
    months: int | None = None
    on_event: str = ""
    rule: str = ""


@dataclass(frozen=True)
class StepPlan:
    """A step as the pack has it."""

    id: str
    title: LocalText
    do: LocalText
    after: str
    done_by: str
    rules: tuple[str, ...]
    due: Due | None
    not_before: str
    unless: tuple[str, ...]


@dataclass(frozen=True)
class Procedure:
    """A checked procedure pack."""

    stamp: PackStamp
    title: LocalText
    jurisdiction: str
    reviewed_by: str
    disclaimer: LocalText
    unknown: LocalText
    """What is shown for an unknown rule; fill `{since}`."""
    events: Mapping[str, LocalText]
    rules: Mapping[str, Rule]
    steps: tuple[StepPlan, ...]


@dataclass(frozen=True)
class Step:
    """A step of one case, today."""

    plan: StepPlan
    state: StepState
    rules: tuple[Rule, ...]
    done_on: datetime.date | None = None
    due_on: datetime.date | None = None
    """The last safe day: weekends and holidays are not used to move it later. None: as soon as possible."""
    not_before: datetime.date | None = None
    unknown_since: datetime.date | None = None
    """None, in the state UNKNOWN_RULE, where the pack does not reach back to the trigger day."""
    rule_changes_on: datetime.date | None = None
    """The rule held on the trigger day, but is not known to hold until the due day: have it confirmed."""
    overdue: bool = False


def load_procedure(text: bytes, *, schema: bytes) -> Procedure:
    """The procedure of a pack's YAML text.

    Raises PackRefused when it does not fit the schema, or a step or rule names an event or rule that is not there.
    """
    pack = read_pack(text, schema=schema, kind=KIND)
    content = cast("Mapping[str, Any]", pack.content)  # Its shape has been checked by the schema.
    procedure = Procedure(
        stamp=pack.stamp,
        title=local_text(content["title"]),
        jurisdiction=content["jurisdiction"],
        reviewed_by=content.get("reviewed_by", ""),
        disclaimer=local_text(content["disclaimer"]),
        unknown=local_text(content["unknown"]),
        events={each["id"]: local_text(each["name"]) for each in content["events"]},
        rules={each["id"]: _rule(each) for each in content["rules"]},
        steps=tuple(_plan(each) for each in content["steps"]),
    )
    _require_unlike(content)
    _require_known(procedure)
    return procedure


def steps(procedure: Procedure, events: Events, *, today: datetime.date) -> tuple[Step, ...]:
    """Every step of the procedure, in its order, as it stands on that day."""
    return tuple(_step(procedure, plan, events, today) for plan in procedure.steps)


def next_step(taken: Sequence[Step]) -> Step | None:
    """The step to do next: one that is due, the earliest last day first; then one of unknown rule."""
    due = [each for each in taken if each.state is StepState.DUE]
    unknown = [each for each in taken if each.state is StepState.UNKNOWN_RULE]
    dated = sorted((each for each in due if each.due_on is not None), key=lambda each: each.due_on or datetime.date.max)
    return next(iter([*dated, *due, *unknown]), None)


def _step(procedure: Procedure, plan: StepPlan, events: Events, today: datetime.date) -> Step:
    rules = tuple(procedure.rules[each] for each in plan.rules)
    if plan.done_by in events:
        return Step(plan, StepState.DONE, rules, done_on=events[plan.done_by])
    if any(each in events for each in plan.unless):
        return Step(plan, StepState.NOT_NEEDED, rules)
    if plan.after not in events:
        return Step(plan, StepState.NOT_TRIGGERED, rules)
    trigger = events[plan.after]
    if not all(rule.holds_on(trigger) for rule in rules):
        return Step(plan, StepState.UNKNOWN_RULE, rules, unknown_since=_unknown_since(rules, trigger))
    return _due_step(procedure, plan, events, today)


def _due_step(procedure: Procedure, plan: StepPlan, events: Events, today: datetime.date) -> Step:
    due_on = _due_on(plan.due, events[plan.after], events)
    return Step(
        plan,
        StepState.DUE,
        tuple(procedure.rules[each] for each in plan.rules),
        due_on=due_on,
        not_before=events.get(plan.not_before),
        rule_changes_on=_change_before(procedure, plan, due_on),
        overdue=due_on is not None and today > due_on,
    )


def _due_on(due: Due | None, trigger: datetime.date, events: Events) -> datetime.date | None:
    if due is None:
        return None
    if due.on_event:
        return events.get(due.on_event)
    if due.months is not None:
        return _months_after(trigger, due.months)
    return trigger + datetime.timedelta(days=due.days or 0)


def _change_before(procedure: Procedure, plan: StepPlan, due_on: datetime.date | None) -> datetime.date | None:
    if due_on is None or plan.due is None or not plan.due.rule:
        return None
    rule = procedure.rules[plan.due.rule]
    return rule.unknown_from if rule.has_ended_by(due_on) else None


def _unknown_since(rules: Sequence[Rule], trigger: datetime.date) -> datetime.date | None:
    ends = [rule.unknown_from for rule in rules if rule.has_ended_by(trigger)]
    return max((each for each in ends if each is not None), default=None)


def _months_after(day: datetime.date, months: int) -> datetime.date:
    index = day.year * 12 + day.month - 1 + months
    following = datetime.date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    last = following - datetime.timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def _rule(content: Mapping[str, Any]) -> Rule:
    return Rule(
        id=content["id"],
        states=local_text(content["states"]),
        source=content["source"]["title"],
        read_on=_day(content["source"]["read_on"]),
        confidence=Confidence(content["confidence"]),
        valid_from=_day(content["valid_from"]) if "valid_from" in content else None,
        valid_until=_day(content["valid_until"]) if "valid_until" in content else None,
        ended_by=content.get("ended_by", ""),
    )


def _plan(content: Mapping[str, Any]) -> StepPlan:
    return StepPlan(
        id=content["id"],
        title=local_text(content["title"]),
        do=local_text(content["do"]),
        after=content["after"],
        done_by=content["done_by"],
        rules=tuple(content.get("rules", ())),
        due=Due(**content["due"]) if "due" in content else None,
        not_before=content.get("not_before", ""),
        unless=tuple(content.get("unless", ())),
    )


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise PackRefused("a day in the pack is not in the calendar") from None


def _require_unlike(content: Mapping[str, Any]) -> None:
    for name in ("events", "rules", "steps"):
        ids = [each["id"] for each in content[name]]
        if len(set(ids)) != len(ids):
            raise PackRefused(f"{name}: an id stands twice")


def _require_known(procedure: Procedure) -> None:
    for plan in procedure.steps:
        due = plan.due or Due()
        named = [plan.after, plan.done_by, *plan.unless, *filter(None, [plan.not_before, due.on_event])]
        if not set(named) <= set(procedure.events):
            raise PackRefused(f"{plan.id}: an event that it names is not there")
        # A rule that gives the days must also be one of those whose validity is looked at.
        if not {*plan.rules, *filter(None, [due.rule])} <= set(procedure.rules) or due.rule not in ("", *plan.rules):
            raise PackRefused(f"{plan.id}: a rule that it names is not there")
    for rule in procedure.rules.values():
        if rule.ended_by and rule.ended_by not in procedure.rules:
            raise PackRefused(f"{rule.id}: the rule that ended it is not there")
