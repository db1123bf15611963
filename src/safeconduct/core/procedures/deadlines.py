"""From the rules of a jurisdiction and dated events to the last day of each step, with its counting; or why there is none.

Two days are given: the *safe* one, by the most cautious reading (the day of the trigger counts, no weekend moves it), and the
*legal* one, by the rule as it is read (docs/procedures.md). Where a rule is past its validity, or is not known well enough,
there is no date: the answer is unknown, since when, and what was known before. Nothing here reads a clock.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from safeconduct.core.errors import SafeconductError
from safeconduct.core.packtext import LocalText
from safeconduct.core.procedures import wording
from safeconduct.core.procedures.calendars import DAY, after, is_working, last_working, next_working
from safeconduct.core.procedures.rulebook import (
    Count,
    Deadlines,
    DeadlineStep,
    Rulebook,
    RuleVersion,
)
from safeconduct.core.procedures.stays import (
    Presence,
    PresencesUnclear,
    fixed,
    in_calendar_year,
    in_rolling_year,
    presences,
    rolling,
)


class Status(StrEnum):
    """What can be said of a step."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    """It is triggered, but no rule that is known to hold gives its day: ask a lawyer now."""
    NOT_TRIGGERED = "not-triggered"


class EventsRefused(SafeconductError):
    """Events that this procedure does not have, or that contradict one another. Nothing was worked out.

    `event` names the first of them.
    """

    def __init__(self, event: str, what: str) -> None:
        super().__init__(f"{event}: {what}")
        self.event = event


@dataclass(frozen=True)
class When:
    """The day of an event, as far as it is known: between two days, both inclusive."""

    earliest: datetime.date
    latest: datetime.date

    @classmethod
    def on(cls, day: datetime.date) -> "When":
        """One certain day."""
        return cls(day, day)


@dataclass(frozen=True)
class Line:
    """One line of a counting: a day and what happens on it."""

    day: datetime.date
    text: LocalText


@dataclass(frozen=True)
class Deadline:
    """One step of a procedure, worked out."""

    procedure: str
    step: DeadlineStep
    status: Status
    safe: datetime.date | None
    """The last day by the most cautious reading."""
    legal: datetime.date | None
    """The last day by the rule; None while something stops it from running, or where it cannot be known."""
    latest_safe: datetime.date | None
    """The same safe day for the latest day of an uncertain event; equal to `safe` where events are certain."""
    rule: RuleVersion | None
    """The rule that gave the days, or the one last known."""
    counting: Sequence[Line]
    advice: Sequence[LocalText]
    """What to do, the most urgent first."""


Events = Mapping[str, Sequence[When]]
"""Days of each event by its id; several only where the event repeats."""
_Days = Mapping[str, Sequence[datetime.date]]


@dataclass(frozen=True)
class _Asked:
    book: Rulebook
    procedure: Deadlines
    days: _Days
    done: dict[str, Deadline]
    """Steps already worked out, by id."""


@dataclass(frozen=True)
class _Ending:
    safe: datetime.date | None
    legal: datetime.date | None
    lines: tuple[Line, ...]
    advice: tuple[LocalText, ...] = ()


def deadlines(book: Rulebook, procedure: str, events: Events) -> Sequence[Deadline]:
    """Every step of a procedure, in its order. EventsRefused for events it does not have, or several where one can be.

    An uncertain event is read at its earliest day for every answer; `latest_safe` is the safe day of the latest.
    """
    chosen = book.procedures[procedure]
    _require_events(chosen, events)
    first = _worked_out(book, chosen, {name: [each.earliest for each in days] for name, days in events.items()})
    last = _worked_out(book, chosen, {name: [each.latest for each in days] for name, days in events.items()})
    return [_joined(one, other) for one, other in zip(first, last, strict=True)]


def day_by_day(found: Deadline, country: str) -> Sequence[tuple[datetime.date, bool]]:
    """Every day from the first line of a counting to the last day, and whether it is a working day."""
    end = max((day for day in (found.safe, found.legal) if day), default=None)
    if end is None or not found.counting:
        return []
    begin = min(line.day for line in found.counting)
    return [(begin + DAY * place, is_working(begin + DAY * place, country)) for place in range(min((end - begin).days, 800) + 1)]


def _require_events(procedure: Deadlines, events: Events) -> None:
    for name, days in events.items():
        if name not in procedure.events:
            raise EventsRefused(name, f"no event of {procedure.id}: {', '.join(sorted(procedure.events))}")
        if len(days) > 1 and not procedure.events[name].repeats:
            raise EventsRefused(name, "happens once")


def _joined(one: Deadline, other: Deadline) -> Deadline:
    """The answer at the earliest days, with how late it may be; unknown where either is."""
    if one.safe == other.safe and one.status is other.status:
        return replace(one, latest_safe=one.safe)
    if Status.UNKNOWN in (one.status, other.status):
        return one if one.status is Status.UNKNOWN else other
    return replace(one, latest_safe=other.safe, advice=(*one.advice, wording.UNCERTAIN))


def _worked_out(book: Rulebook, procedure: Deadlines, days: _Days) -> Sequence[Deadline]:
    derived, notes = _with_derived(book, procedure, days)
    asked = _Asked(book, procedure, derived, {})
    for step in procedure.steps:
        found = _step(asked, step)
        named = next((each for each in step.after if each in derived), "")
        if named in notes and found.status is not Status.NOT_TRIGGERED:
            found = replace(found, counting=(*notes[named], *found.counting))
        asked.done[step.id] = found
    return list(asked.done.values())


def _with_derived(book: Rulebook, procedure: Deadlines, days: _Days) -> tuple[_Days, Mapping[str, tuple[Line, ...]]]:
    """Events with those that follow from others, and how they follow."""
    found, notes = dict(days), dict[str, tuple[Line, ...]]()
    for each in procedure.derived:
        if each.event in found or each.source not in found:
            continue
        source = found[each.source][0]
        rule = book.in_force(each.rule, source)
        if rule is None or rule.value is None or rule.unit is None:
            # The day cannot be derived; the step says that the rule is unknown, by the rule's own validity.
            found[each.event] = [source]
            continue
        limit = after(source, rule.value, rule.unit, procedure.calendar)
        early = [day for day in found.get(each.earlier, ()) if day <= limit]
        otherwise = limit if each.how == "opened-or-after" else source
        found[each.event] = [early[0] if early else otherwise]
        notes[each.event] = (
            Line(source, wording.happened(procedure.events[each.source].name)),
            Line(found[each.event][0], wording.counts_as(procedure.events[each.event].name, rule.id)),
        )
    return found, notes


def _step(asked: _Asked, step: DeadlineStep) -> Deadline:
    trigger_name = next((each for each in step.after if each in asked.days), "")
    blocked = next((each for each in step.unless if each in asked.days), "")
    if not trigger_name or blocked or any(each not in asked.days for each in step.needs):
        why = (wording.takes_its_place(asked.procedure.events[blocked].name),) if blocked else (step.advice,)
        return _answer(asked, step, Status.NOT_TRIGGERED, advice=why)
    trigger = max(asked.days[trigger_name]) if step.count in _STAYS else min(asked.days[trigger_name])
    versions = [asked.book.in_force(rule, trigger) for rule in (step.rule, *step.also)]
    rule = versions[0]
    if rule is None or rule.value is None or rule.unit is None or any(each is None for each in versions):
        return _unknown(asked, step, trigger)
    ending = _stay(asked, step, rule) if step.count in _STAYS else _period(asked, step, rule, trigger, trigger_name)
    return _settled(asked, step, rule, ending)


_STAYS = (Count.STAY_WINDOW, Count.STAY_ENTRY, Count.STAY_YEAR)


def _answer(asked: _Asked, step: DeadlineStep, status: Status, *, advice: Sequence[LocalText] = ()) -> Deadline:
    return Deadline(asked.procedure.id, step, status, None, None, None, None, (), advice)


def _unknown(asked: _Asked, step: DeadlineStep, trigger: datetime.date) -> Deadline:
    """No date: which rule is not known, since when, and what it was before."""
    missing = next(rule for rule in (step.rule, *step.also) if asked.book.in_force(rule, trigger) is None)
    since = asked.book.unknown_since(missing, trigger)
    known = max(asked.book.rules[step.rule], key=lambda each: each.valid_to or datetime.date.max)
    told = wording.unknown(missing, since), wording.known_before(known.states)
    return replace(_answer(asked, step, Status.UNKNOWN, advice=told), rule=known)


def _settled(asked: _Asked, step: DeadlineStep, rule: RuleVersion, ending: _Ending) -> Deadline:
    """With what a careful person adds: the rule's own end, how well it is known, days off."""
    safe, advice = ending.safe, [*ending.advice]
    if safe and rule.valid_to and safe > rule.valid_to:
        advice.append(wording.rule_ends(rule.id, rule.valid_to))
        safe = rule.valid_to
    if safe and not is_working(safe, asked.procedure.calendar):
        advice.append(wording.day_off(last_working(safe, asked.procedure.calendar)))
    if rule.trust.value != "high":
        advice.append(wording.CONFIRM)
    if rule.applies_if:
        advice.append(rule.applies_if)
    return Deadline(asked.procedure.id, step, Status.KNOWN, safe, ending.legal, safe, rule, ending.lines, (*advice, step.advice))


def _period(asked: _Asked, step: DeadlineStep, rule: RuleVersion, trigger: datetime.date, event: str) -> _Ending:
    assert rule.value is not None
    assert rule.unit is not None
    country = asked.procedure.calendar
    name = asked.procedure.events[event].name
    lines = [Line(trigger, wording.happened(name))]
    first = trigger + DAY if step.from_next_day else trigger
    if step.from_next_day:
        lines.append(Line(first, wording.FIRST_DAY))
    if step.count is Count.CALENDAR_DAYS:
        safe = after(trigger, rule.value, rule.unit, country) - DAY
    else:
        safe = after(trigger, rule.value, rule.unit, country)
    end = after(first, rule.value, rule.unit, country)
    stopped = _suspended(asked, step, rule, trigger)
    if stopped is not None:
        return replace(stopped, lines=(*lines, *stopped.lines))
    lines.append(Line(safe, wording.safe_end(rule.value, rule.unit)))
    legal = next_working(end, country) if step.rolls else end
    if end != safe:
        lines.append(Line(end, wording.legal_end(rule.value, rule.unit)))
    if legal != end:
        lines.append(Line(legal, wording.MOVED))
    return _Ending(safe, legal, tuple(lines), _late_request(asked, step))


def _late_request(asked: _Asked, step: DeadlineStep) -> tuple[LocalText, ...]:
    """That a request came too late to stop anything."""
    stops = step.suspended
    return (wording.NO_SUSPENSION,) if stops and stops.begins in asked.days else ()


def _suspended(asked: _Asked, step: DeadlineStep, rule: RuleVersion, trigger: datetime.date) -> _Ending | None:
    """The end of a period that something stopped for a while; None where nothing did, or not in time."""
    stops = step.suspended
    if stops is None or stops.begins not in asked.days:
        return None
    asked_on, limit = asked.days[stops.begins][0], asked.done[stops.within_step]
    if limit.legal is None or asked_on > limit.legal or asked.book.in_force(stops.rule, asked_on) is None:
        return None
    assert rule.value is not None
    assert rule.unit is not None
    country = asked.procedure.calendar
    plain = after(trigger, rule.value, rule.unit, country)
    first = trigger + DAY if step.from_next_day else trigger
    used, left = _used_and_left(first, asked_on, rule, country)
    lines: tuple[Line, ...] = (Line(asked_on, wording.stopped(used, left)),)
    # A request after the cautious end of its own step may be found late: the safe day then is that of an appeal at once.
    doubtful = limit.safe is not None and asked_on > limit.safe
    if stops.ends not in asked.days:
        return _Ending(plain, None, (*lines, Line(plain, wording.WITHOUT_SUSPENSION)), (wording.resumes(left),))
    resumed = asked.days[stops.ends][0]
    if resumed < asked_on:
        raise EventsRefused(stops.ends, f"comes before {stops.begins}")
    cautious = resumed + DAY * _used_and_left(trigger, asked_on, rule, country)[1]
    end = resumed + DAY * (left + (1 if step.from_next_day else 0))
    legal = next_working(end, country) if step.rolls else end
    lines += (Line(resumed, wording.resumed(left)), Line(cautious, wording.CAUTIOUS), Line(end, wording.REMAINING))
    if legal != end:
        lines += (Line(legal, wording.MOVED),)
    return _Ending(plain if doubtful else cautious, legal, lines, (wording.DOUBTFUL,) if doubtful else ())


def _used_and_left(first: datetime.date, asked_on: datetime.date, rule: RuleVersion, country: str) -> tuple[int, int]:
    """Days of the period before the request, and days that remain."""
    assert rule.value is not None
    assert rule.unit is not None
    whole = (after(first, rule.value, rule.unit, country) - first).days
    used = min(max(0, (asked_on - first).days), whole)
    return used, whole - used


def _stay(asked: _Asked, step: DeadlineStep, rule: RuleVersion) -> _Ending:
    assert rule.value is not None
    assert rule.unit is not None
    entries, exits = asked.days[step.after[0]], asked.days.get("exit", ())
    try:
        found = presences(entries, exits)
    except PresencesUnclear:
        raise EventsRefused("exit", "each exit follows an entry, and each further entry an exit") from None
    if found[-1].exit is not None:
        return _Ending(None, None, _presence_lines(found), (wording.HAS_LEFT,))
    readings = _readings(step, rule, found, asked.procedure.calendar)
    if any(end is None for _, end in readings):
        worst = found[-1].entry - DAY
        lines = (*_presence_lines(found), Line(found[-1].entry, wording.USED_UP))
        return _Ending(worst, max((end for _, end in readings if end), default=worst), lines, (wording.USED_UP,))
    ends = [(text, end) for text, end in readings if end is not None]
    lines = (*_presence_lines(found), *(Line(end, text) for text, end in ends))
    return _Ending(min(end for _, end in ends), max(end for _, end in ends), lines)


def _readings(
    step: DeadlineStep, rule: RuleVersion, found: Sequence[Presence], country: str
) -> list[tuple[LocalText, datetime.date | None]]:
    assert rule.value is not None
    assert rule.unit is not None
    most = rule.value
    if step.count is Count.STAY_ENTRY:
        entry = found[-1].entry
        # The cautious reading counts the day of entry; a year from 3 May ends on 2 May.
        return [(wording.FROM_ENTRY, after(entry, most, rule.unit, country) - DAY)]
    if step.count is Count.STAY_YEAR:
        return [(wording.CALENDAR_YEAR, in_calendar_year(found, most)), (wording.ANY_YEAR, in_rolling_year(found, most))]
    return [
        (wording.rolling_window(most, step.window), rolling(found, most, step.window)),
        (wording.fixed_window(most, step.window), fixed(found, most, step.window)),
    ]


def _presence_lines(found: Sequence[Presence]) -> tuple[Line, ...]:
    lines = []
    for each in found:
        lines.append(Line(each.entry, wording.ENTRY))
        if each.exit:
            lines.append(Line(each.exit, wording.EXIT))
    return tuple(lines)
