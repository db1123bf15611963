"""What the readers of lists refuse, and what they let pass with a word."""

from dataclasses import dataclass

from safeconduct.core.errors import UnreadableInput


@dataclass(frozen=True)
class Place:
    """Where something stands in a file."""

    file: str
    line: int = 0
    """From 1; 0 for the file as a whole."""
    field: str = ""

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}{f', {self.field}' if self.field else ''}"


class ListRefused(UnreadableInput):
    """A list, or one row of it, is not of the form it claims; nothing of it is taken.

    The message is one line: file, line, field, what is wrong. It never repeats what stands in the field.
    """

    def __init__(self, place: Place, what: str) -> None:
        super().__init__(f"{place}: {what}")
        self.place = place
        self.what = what


@dataclass(frozen=True)
class Notice:
    """Something odd in one field: the entry is taken without that field."""

    place: Place
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"
