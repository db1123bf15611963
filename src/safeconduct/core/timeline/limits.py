"""T8: days of stay in a country beyond what it allows without a certificate.

“90 days in any 180” is read in both ways that authorities use: any 180 days in a row, and stretches of 180 days counted from
the first entry. The first warns earlier, so it decides what is possible; certain is what exceeds in both. The day of entry
and the day of exit are counted both.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from safeconduct.core.timeline.model import Statement, Topic
from safeconduct.core.timeline.prompts import Certainty, Found, Outside
from safeconduct.core.timeline.readings import HIGH, LOW
from safeconduct.core.timeline.rules import Rule

_Days = list[tuple[int, int]]
"""Stretches of days, inclusive, in order and apart."""
_MOST_ANCHORS = 400


def found(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """One find for each limit that the stays in its country exceed, naming stays and certificates together."""
    for limit in rule.parameters["limits"]:
        here = [each for each in about if each.place and each.place.country == limit["country"] and each.when]
        stays = [each for each in here if each.topic is Topic.STAY]
        if not stays:
            continue
        lawful = [each for each in here if each.topic is Topic.STATUS and each.value in rule.parameters["lawful"]]
        since = date.fromisoformat(limit["since"]).toordinal() if "since" in limit else LOW
        most, window = limit["days"], limit.get("window", 0)
        surely = _without(
            _joined([core for each in stays if (core := each.every.core)]),
            _joined([(each.every.first_lo, each.every.last_hi) for each in lawful]),
            since,
        )
        perhaps = _without(
            _joined([span for each in stays if (span := _at_most(each, outside.on))]),
            _joined([core for each in lawful if (core := each.plain.core)]),
            since,
        )
        anchors = (min(each.every.first_lo for each in stays), min(each.every.first_hi for each in stays))
        certain = _exceeds(surely, most, window) and (not window or _exceeds_fixed(surely, most, window, anchors))
        if certain or _exceeds(perhaps, most, window):
            counted = _most_days(surely if certain else perhaps, window)
            facts = {"days": str(counted), "window": str(window), "limit": str(most)}
            ids = tuple(each.id for each in (*stays, *lawful))
            yield Found("window" if window else "stay", ids, Certainty.CERTAIN if certain else Certainty.POSSIBLE, facts)


def _at_most(each: Statement, on: date | None) -> tuple[int, int] | None:
    """From the first to the last day of a stay at its word; one without an end goes on until `on`."""
    first, last = each.plain.first_lo, each.plain.last_hi
    if last == HIGH and on is not None:
        last = max(on.toordinal(), first)
    return (first, last) if first > LOW and last < HIGH else None


def _joined(spans: Sequence[tuple[int, int]]) -> _Days:
    joined: _Days = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _without(days: _Days, taken: _Days, since: int) -> _Days:
    left: _Days = []
    for first, last in days:
        start = max(first, since)
        for out_first, out_last in taken:
            if out_last < start or out_first > last:
                continue
            if out_first > start:
                left.append((start, out_first - 1))
            start = max(start, out_last + 1)
        if start <= last:
            left.append((start, last))
    return left


def _within(days: _Days, first: int, last: int) -> int:
    return sum(max(0, min(end, last) - max(start, first) + 1) for start, end in days)


def _most_days(days: _Days, window: int) -> int:
    """The most days of any stretch in a row, or within any window."""
    if not window:
        return max((last - first + 1 for first, last in days), default=0)
    # The fullest window may be taken to begin with a stretch, or to end with one.
    starts = [first for first, _ in days] + [last - window + 1 for _, last in days]
    return max((_within(days, start, start + window - 1) for start in starts), default=0)


def _exceeds(days: _Days, most: int, window: int) -> bool:
    return _most_days(days, window) > most


def _exceeds_fixed(days: _Days, most: int, window: int, anchors: tuple[int, int]) -> bool:
    """Whether some window counted from the first entry holds too many days, whichever of its possible days that was."""
    first, last = anchors
    if first == LOW or last - first > _MOST_ANCHORS:
        return False
    end = days[-1][1]
    return all(
        any(_within(days, start, start + window - 1) > most for start in range(anchor, end + 1, window))
        for anchor in range(first, last + 1)
    )
