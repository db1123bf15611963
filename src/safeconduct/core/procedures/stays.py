"""How long somebody may stay: 90 days in 180 in both readings, so long after an entry, so many days a year.

Presences are pairs of entry and exit; the day of entry and the day of exit both count (the cautious reading). An open presence
goes on; the answer is its last lawful day.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from safeconduct.core.errors import SafeconductError

DAY = datetime.timedelta(days=1)
_A_YEAR = 365
_FARTHEST = 4 * 366
"""No rule lets a presence of one entry last longer than that."""


class PresencesUnclear(SafeconductError):
    """Entries and exits do not follow one another; nothing was worked out."""


@dataclass(frozen=True)
class Presence:
    """In the country from one day to another, both inclusive; None: still there."""

    entry: datetime.date
    exit: datetime.date | None


def presences(entries: Sequence[datetime.date], exits: Sequence[datetime.date]) -> Sequence[Presence]:
    """Pairs in the order of time. PresencesUnclear where two entries have no exit between them, or an exit no entry."""
    marks = sorted([(day, 0) for day in entries] + [(day, 1) for day in exits])
    kinds = [kind for _, kind in marks]
    if (kinds and kinds[0] != 0) or any(one == two for one, two in pairwise(kinds)):
        raise PresencesUnclear("each exit follows an entry, and each further entry an exit")
    days = [day for day, _ in marks]
    return [
        Presence(day, days[place + 1] if place + 1 < len(days) else None) for place, (day, kind) in enumerate(marks) if kind == 0
    ]


def rolling(found: Sequence[Presence], most: int, window: int) -> datetime.date | None:
    """The last day of the last presence on which no window of days that ends there holds more than `most` days of presence.

    None where the entry itself was one too many.
    """
    last = found[-1]
    before = _days_before(found)
    day, allowed = last.entry, None
    for _ in range(_FARTHEST):
        begins = day - DAY * (window - 1)
        used = sum(1 for each in before if each >= begins) + (day - max(last.entry, begins)).days + 1
        if used > most:
            return allowed
        allowed = day
        day += DAY
    return allowed


def fixed(found: Sequence[Presence], most: int, window: int) -> datetime.date | None:
    """The same where windows do not roll: the first begins with the first entry, the next with the first entry after it."""
    begins = found[0].entry
    used = 0
    for presence in found[:-1]:
        if presence.entry > begins + DAY * (window - 1):
            begins, used = presence.entry, 0
        used += ((presence.exit or presence.entry) - presence.entry).days + 1
    last = found[-1]
    if last.entry > begins + DAY * (window - 1):
        used = 0
    return last.entry + DAY * (most - used - 1) if used < most else None


def in_calendar_year(found: Sequence[Presence], most: int) -> datetime.date | None:
    """The last day of the last presence on which no calendar year holds more than `most` days of presence."""
    last = found[-1]
    before = sum(1 for each in _days_before(found) if each.year == last.entry.year)
    if before >= most:
        return None
    end = last.entry + DAY * (most - before - 1)
    # What goes on into the next year has its days anew; so the first year's end is a limit only where it is used up before.
    new_year = datetime.date(last.entry.year + 1, 1, 1)
    return end if end < new_year else new_year + DAY * (most - 1)


def in_rolling_year(found: Sequence[Presence], most: int) -> datetime.date | None:
    """The same for any 365 days in a row."""
    return rolling(found, most, _A_YEAR)


def _days_before(found: Sequence[Presence]) -> Sequence[datetime.date]:
    """Every day of presence before the last one."""
    return [
        presence.entry + DAY * place
        for presence in found[:-1]
        for place in range(((presence.exit or presence.entry) - presence.entry).days + 1)
    ]
