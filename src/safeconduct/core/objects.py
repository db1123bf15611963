"""Reading the fields of a JSON object that a stranger may have written: what dossiers and statements share."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from safeconduct.core import canonical
from safeconduct.core.errors import UnreadableInput

ORGANISATION = re.compile(r"(?=.{2,40}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
# Control characters, and those that change the direction or order of what a reader sees.
CONTROLS = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
LINE = re.compile(rf"(?=.*\S)[^{CONTROLS}]{{1,160}}")
"""One line of text with something on it, safe to show on a terminal."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Word = TypeVar("Word", bound=StrEnum)


class ObjectFields:
    """The fields of one JSON object; each reading raises what `refused` gives for the field."""

    def __init__(self, value: Mapping[str, canonical.Value]) -> None:
        self._value = value

    def refused(self, name: str) -> UnreadableInput:
        """The refusal that names this field."""
        raise NotImplementedError

    def text(self, name: str, form: re.Pattern[str]) -> str:
        """A text that has the form as a whole."""
        value = self._value[name]
        if not isinstance(value, str) or not form.fullmatch(value):
            raise self.refused(name)
        return value

    def word(self, name: str, words: type[Word]) -> Word:
        """A member of a closed set."""
        value = self._value[name]
        if not isinstance(value, str) or value not in {word.value for word in words}:
            raise self.refused(name)
        return words(value)

    def number(self, name: str, *, least: int = 0) -> int:
        """A whole number, not below `least`."""
        value = self._value[name]
        if type(value) is not int or value < least:
            raise self.refused(name)
        return value

    def day(self, name: str) -> date:
        """A day of the calendar, written year-month-day."""
        try:
            return date.fromisoformat(self.text(name, _DAY))
        except ValueError:
            raise self.refused(name) from None

    def octets(self, name: str) -> bytes:
        """Bytes in the one spelling of base64."""
        value = self._value[name]
        try:
            decoded = base64.b64decode(value, validate=True) if isinstance(value, str) else None
        except (binascii.Error, ValueError):
            decoded = None
        if decoded is None or base64_text(decoded) != value:
            raise self.refused(name)
        return decoded


def base64_text(octets: bytes) -> str:
    """Base64 in its one spelling."""
    return base64.b64encode(octets).decode()
