"""What the days of a statement can be: bounds of its first and its last day, as proleptic Gregorian ordinals."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from safeconduct.core.edtf import Moment, read_interval

LOW, HIGH = date.min.toordinal(), date.max.toordinal()
"""No bound."""
_MARKS = re.compile(r"[?~%]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The first day lies from `first_lo` to `first_hi`, the last one from `last_lo` to `last_hi`; all inclusive."""

    first_lo: int
    first_hi: int
    last_lo: int
    last_hi: int
    is_point: bool = False
    """First and last day are the same."""

    @property
    def core(self) -> tuple[int, int] | None:
        """The days that belong to it however its bounds are read; None where there are none."""
        return (self.first_hi, self.last_lo) if self.first_hi <= self.last_lo else None

    @property
    def has_bounds(self) -> bool:
        """Whether anything is said about when it was."""
        return self.first_lo > LOW or self.last_hi < HIGH


ANY_TIME, ANY_DAY = Reading(LOW, HIGH, LOW, HIGH), Reading(LOW, HIGH, LOW, HIGH, is_point=True)
"""Nothing is said about when."""


@lru_cache(maxsize=8192)
def every_reading(text: str, is_point: bool) -> Reading:
    """All that an EDTF text can mean; “?” leaves a bound open, “~” widens it. DateUnreadable where it is none."""
    found = read_interval(text)
    return _reading(_open_if_doubted(found.start), _open_if_doubted(found.end), is_point)


@lru_cache(maxsize=8192)
def plain_reading(text: str, is_point: bool) -> Reading:
    """The text at its word, without its marks of doubt. DateUnreadable where it is none."""
    found = read_interval(_MARKS.sub("", text))
    return _reading(found.start, found.end, is_point)


def _reading(start: Moment | None, end: Moment | None, is_point: bool) -> Reading:
    first_lo, first_hi = (start.earliest.toordinal(), start.latest.toordinal()) if start else (LOW, HIGH)
    last_lo, last_hi = (end.earliest.toordinal(), end.latest.toordinal()) if end else (LOW, HIGH)
    if is_point:
        return Reading(first_lo, last_hi, first_lo, last_hi, is_point=True)
    # The first day is never after the last, so that each bound limits the other one.
    return Reading(first_lo, min(first_hi, last_hi), max(last_lo, first_lo), last_hi)


def _open_if_doubted(moment: Moment | None) -> Moment | None:
    return None if moment is None or moment.is_uncertain else moment


def day_of(ordinal: int) -> date | None:
    """The day of an ordinal; None where it stands for no bound."""
    return None if ordinal <= LOW or ordinal >= HIGH else date.fromordinal(ordinal)
