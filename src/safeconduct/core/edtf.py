"""Dates as people know them: a year, a month, a season, about a day, before, until now; and what each can mean at most.

Extended Date/Time Format, Library of Congress, 2019 (ISO 8601-2): levels 0 and 1, and of level 2 the seasons' halves and
quarters, `{a..b}` read as “between”. Hours, years of more than four digits and exponents are refused.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from safeconduct.core.errors import SafeconductError

_QUALIFIED = re.compile(r"^(?P<body>[0-9X-]+)(?P<mark>[?~%]?)$")
_SHAPE = re.compile(r"^(?P<year>[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?$")
# Meteorological seasons of the northern hemisphere (21 to 24), quarters (33 to 36), terms (37 to 39), halves (40, 41).
_PARTS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip
_ABOUT = {"day": timedelta(days=3), "month": timedelta(days=15), "part": timedelta(days=30), "year": timedelta(days=183)}
"""How far “about” (~) is taken to reach on either side; a convention of ours, stated wherever it is used."""


class DateUnreadable(SafeconductError):
    """A text is no date in this form; it is never quoted, because it may come from a person's file."""


@dataclass(frozen=True)
class Moment:
    """A day as far as it is known: between `earliest` and `latest`, both inclusive."""

    earliest: date
    latest: date
    is_approximate: bool = False
    """“About” (~): the bounds have been widened."""
    is_uncertain: bool = False
    """“Perhaps” (?): the source doubts it; the bounds are as written."""

    @property
    def is_exact(self) -> bool:
        """Whether it is one certain day."""
        return self.earliest == self.latest and not self.is_uncertain


@dataclass(frozen=True)
class Interval:
    """From a moment to a moment; None is open (..) or unknown (empty)."""

    start: Moment | None
    end: Moment | None

    @property
    def earliest(self) -> date | None:
        """The first day that can belong to it; None when it is open."""
        return self.start.earliest if self.start else None

    @property
    def latest(self) -> date | None:
        """The last day that can belong to it; None when it is open."""
        return self.end.latest if self.end else None

    @property
    def certain(self) -> tuple[date, date] | None:
        """The days that belong to it however its bounds are read; None where there is none."""
        if self.start is None or self.end is None or self.start.is_uncertain or self.end.is_uncertain:
            return None
        first, last = self.start.latest, self.end.earliest
        return (first, last) if first <= last else None


def read_moment(text: str) -> Moment:
    """One date, season or `{a..b}`. DateUnreadable for anything else."""
    text = text.strip()
    if text.startswith("{") and text.endswith("}") and ".." in text:
        first, _, last = text[1:-1].partition("..")
        return _joined(_read(first), _read(last))
    return _read(text)


def read_interval(text: str) -> Interval:
    """One date (a period of its own length), or two with a slash; `..` is open, nothing is unknown.

    DateUnreadable for anything else, and for an interval that ends before it can begin.
    """
    first, slash, last = text.strip().partition("/")
    if not slash:
        moment = read_moment(text)
        return Interval(moment, moment)
    found = Interval(_bound(first), _bound(last))
    if found.start is None and found.end is None:
        raise DateUnreadable("an interval without any bound says nothing")
    if found.start and found.end and found.end.latest < found.start.earliest:
        raise DateUnreadable("the interval ends before it begins")
    return found


def _bound(text: str) -> Moment | None:
    return None if text.strip() in ("", "..") else read_moment(text)


def _read(text: str) -> Moment:
    qualified = _QUALIFIED.match(text.strip())
    if qualified is None:
        raise DateUnreadable("not a date in this form")
    shape = _SHAPE.match(qualified["body"])
    if shape is None:
        raise DateUnreadable("not a date in this form")
    try:
        size, first, last = _days(shape["year"], shape["month"], shape["day"])
    except (ValueError, OverflowError):
        raise DateUnreadable("there is no such day") from None
    mark = qualified["mark"]
    about = _ABOUT[size] if mark in ("~", "%") else timedelta()
    return Moment(first - about, last + about, is_approximate=mark in ("~", "%"), is_uncertain=mark in ("?", "%"))


def _days(year: str, month: str | None, day: str | None) -> tuple[str, date, date]:
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first_year == 0:
        raise ValueError(year)
    if month is None or (month == "XX" and day in (None, "XX")):
        return "year", date(first_year, 1, 1), date(last_year, 12, 31)
    if "X" in year or month == "XX":
        raise ValueError(month)
    number = int(month)
    if number in _PARTS:
        if day is not None:
            raise ValueError(day)
        return "part", *_months(first_year, *_PARTS[number])
    if day is None or day == "XX":
        return "month", *_months(first_year, number, number)
    only = date(first_year, number, int(day))
    return "day", only, only


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, first, 1), date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])


def _joined(first: Moment, last: Moment) -> Moment:
    if last.latest < first.earliest:
        raise DateUnreadable("it ends before it begins")
    return Moment(
        first.earliest,
        last.latest,
        first.is_approximate or last.is_approximate,
        first.is_uncertain or last.is_uncertain,
    )
