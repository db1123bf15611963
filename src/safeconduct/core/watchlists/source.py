"""One file being read: where one is, what was odd in it, what it says about itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Protocol

from safeconduct.core.watchlists.errors import ListRefused, Notice, Place

MOST_NOTICES = 50
"""Notices that are kept; the rest are counted."""


class Shelf(Protocol):
    """Keeps, outside memory, what stands in lines of its own until the entry that it belongs to is known."""

    def hang(self, holder: str, body: str) -> None:
        """Keep what is said beside `holder`: the id of an entry, or of what an entry refers to."""

    def refer(self, entry: str, other: str) -> None:
        """Note that an entry takes what hangs at `other` too."""


@dataclass
class Source:
    """A file under its name, with what is gathered while it is read."""

    name: str
    stream: BinaryIO
    today: date
    list_id: str
    strict: bool = False
    """Whether an odd field refuses the list instead of being left out."""
    published: date | None = None
    """The day that the list gives itself."""
    skipped: int = 0
    """Records of kinds that nobody is screened against: addresses, payments."""
    odd: int = 0
    shelf: Shelf | None = None
    """Of flat dumps; what would hang there is skipped where it is missing."""
    notices: list[Notice] = field(default_factory=list)

    def refused(self, line: int, what: str, field: str = "") -> ListRefused:
        """What to raise about a line."""
        return ListRefused(Place(self.name, line, field), what)

    def note(self, line: int, field: str, what: str) -> None:
        """Leave out an odd field; ListRefused where the reading is strict."""
        if self.strict:
            raise self.refused(line, what, field)
        self.odd += 1
        if len(self.notices) < MOST_NOTICES:
            self.notices.append(Notice(Place(self.name, line, field), what))

    def dated(self, line: int, field: str, day: date | None) -> None:
        """Keep the day on which the list was published; ListRefused for none that can be read, or one that has not come.

        A day ahead is allowed: lists are dated by their publisher's clock.
        """
        if day is None:
            raise self.refused(line, "no day can be read here", field)
        if (day - self.today).days > 1:
            raise self.refused(line, f"the list is dated {day.isoformat()}, which has not come yet", field)
        self.published = max(day, self.published) if self.published else day


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in order, without empty ones."""
    return tuple(dict.fromkeys(value for value in values if value))


def clean(text: str | None) -> str:
    """Text with single spaces and no control characters."""
    if not text:
        return ""
    if text.isprintable() and "  " not in text and "\xa0" not in text:
        return text.strip()
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def require(condition: bool, source: Source, line: int, what: str, field: str = "") -> None:
    """Return where it holds; ListRefused else."""
    if not condition:
        raise source.refused(line, what, field)
