"""Partial birth dates: reading them, and how two of them agree."""

import datetime
import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from safeconduct.core.names.model import BirthDateRefused

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Day(NamedTuple):
    """A partial date; 0 where month or day are not known."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """As one whole number, 19720612 or 19720000."""
        return self.year * 10_000 + self.month * 100 + self.day


class Agreement(StrEnum):
    """How two birth dates agree, best first."""

    EXACT = "exact"
    SWAPPED = "swapped"
    SLIP = "slip"
    MONTH = "month"
    OTHER_DAY = "other_day"
    YEAR = "year"
    NEAR = "near"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


@lru_cache(maxsize=10_000)
def day_of(text: str) -> Day:
    """A date from `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; BirthDateRefused, which does not repeat it."""
    found = _FORM.fullmatch(text.strip())
    if found is None or not 1000 <= int(found[1]) <= 2999:
        raise BirthDateRefused("a birth date is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        datetime.date(year, month if found[2] else 1, day if found[3] else 1)
    except ValueError:
        raise BirthDateRefused("a birth date is no day of the calendar") from None
    return Day(year, month, day)


def of_number(number: int) -> Day:
    """A day from its whole number."""
    return Day(number // 10_000, number // 100 % 100, number % 100)


def agreement(one: Day, other: Day) -> Agreement:
    """How two partial dates agree, by what both of them say; the order of the two does not count."""
    if one.day and other.day:
        return _of_days(one, other)
    if one.year != other.year:
        return Agreement.NEAR if abs(one.year - other.year) == 1 else Agreement.CONFLICT
    if one.month and other.month:
        return Agreement.MONTH if one.month == other.month else Agreement.CONFLICT
    return Agreement.YEAR


def _of_days(one: Day, other: Day) -> Agreement:
    if one == other:
        return Agreement.EXACT
    if one.year == other.year and one.month == other.day and one.day == other.month:
        return Agreement.SWAPPED
    if sum(a != b for a, b in zip(f"{one.number}", f"{other.number}", strict=True)) == 1:
        return Agreement.SLIP
    if one.year == other.year and abs(one.month * 31 + one.day - other.month * 31 - other.day) <= 2:
        return Agreement.SLIP
    if one.year != other.year:
        return Agreement.CONFLICT
    return Agreement.OTHER_DAY if one.month == other.month else Agreement.NEAR


_ORDER = list(Agreement)


def best_agreement(ours: Day | None, theirs: tuple[Day, ...]) -> tuple[Agreement, Day | None]:
    """The best agreement with any of several dates, and that date."""
    if ours is None or not theirs:
        return Agreement.UNKNOWN, None
    return min(((agreement(ours, their), their) for their in theirs), key=lambda pair: _ORDER.index(pair[0]))
