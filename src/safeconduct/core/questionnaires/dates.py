"""Days as people remember them: a year, a month or a day, exact or “about”, and stretches between two."""

import datetime
import re
from dataclasses import dataclass

from safeconduct.core.errors import UnreadableInput

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
FIRST_YEAR = 1900
LAST_YEAR = 2100


class DateUnreadable(UnreadableInput):
    """Not a year, a year and month, or a day that the calendar has."""


@dataclass(frozen=True, repr=False)
class PartialDate:
    """A day, a month or a year; `about` when the person is not sure of it."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR or (self.day is not None and self.month is None):
            raise DateUnreadable("not a year, a month or a day")
        try:
            datetime.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError:
            raise DateUnreadable("the calendar has no such day") from None

    def __repr__(self) -> str:
        return "PartialDate(…)"

    @classmethod
    def parse(cls, text: str, *, about: bool = False) -> "PartialDate":
        """The date of "2022", "2022-09" or "2022-09-21"; DateUnreadable otherwise."""
        found = _ISO.fullmatch(text)
        if found is None or not text.isascii():
            raise DateUnreadable("not a year, a month or a day")
        year, month, day = (None if each is None else int(each) for each in found.groups())
        assert year is not None
        return cls(year, month, day, about)

    def text(self) -> str:
        """The date as `parse` reads it, without `about`."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    def earliest(self) -> datetime.date:
        """The first day that it can mean; `about` widens nothing, since nobody said by how much."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> datetime.date:
        """The last day that it can mean."""
        if self.month is None:
            return datetime.date(self.year, 12, 31)
        if self.day is None:
            following = datetime.date(self.year + self.month // 12, self.month % 12 + 1, 1)
            return following - datetime.timedelta(days=1)
        return datetime.date(self.year, self.month, self.day)


@dataclass(frozen=True, repr=False)
class DateRange:
    """From one partial date to another; a missing end is open or not known."""

    start: PartialDate | None
    end: PartialDate | None

    def __repr__(self) -> str:
        return "DateRange(…)"

    def ends_before_it_begins(self) -> bool:
        """Whether no reading of the two dates puts the end on or after the beginning."""
        return self.start is not None and self.end is not None and self.end.latest() < self.start.earliest()


def full_years_at_least(born: PartialDate, on: datetime.date) -> int:
    """The age that is certain on the day: that of someone born on the last day the date can mean."""
    birthday = born.latest()
    return on.year - birthday.year - ((on.month, on.day) < (birthday.month, birthday.day))
