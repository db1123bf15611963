"""Reading the fields of a statement that a stranger may have written (spec/statements-v1.md section 1)."""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from safeconduct.core import canonical
from safeconduct.core.sealing import SealingRefused, SigningPublicKey
from safeconduct.core.statements.refusals import NotStatementForm

ORGANISATION = re.compile(r"(?=.{2,40}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")
# Nothing that ends a line, or turns the order of what a reader sees.
LINE = re.compile(r"(?=.*\S)[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]{1,160}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Word = TypeVar("Word", bound=StrEnum)


class Fields:
    """The fields of one JSON object; each reading raises NotStatementForm and names the field."""

    def __init__(self, value: canonical.Value, names: Sequence[str]) -> None:
        """`names` are exactly the fields that there must be."""
        if not isinstance(value, Mapping) or set(value) != set(names):
            raise NotStatementForm("not the expected fields")
        self._value = value

    def text(self, name: str, form: re.Pattern[str]) -> str:
        """A text that has the form as a whole."""
        value = self._value[name]
        if not isinstance(value, str) or not form.fullmatch(value):
            raise self.refused(name)
        return value

    def texts(self, name: str, form: re.Pattern[str], *, least: int = 0, most: int = 100) -> tuple[str, ...]:
        """A list of different texts of one form."""
        value = self._value[name]
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise self.refused(name)
        found = tuple(each for each in value if isinstance(each, str) and form.fullmatch(each))
        if len(set(found)) != len(value):
            raise self.refused(name)
        return found

    def word(self, name: str, words: type[Word]) -> Word:
        """A member of a closed set."""
        value = self._value[name]
        if not isinstance(value, str) or value not in {word.value for word in words}:
            raise self.refused(name)
        return words(value)

    def number(self, name: str) -> int:
        """A whole number from 0."""
        value = self._value[name]
        if type(value) is not int or value < 0:
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

    def signing_key(self, name: str) -> SigningPublicKey:
        """A signing public key in base64."""
        try:
            return SigningPublicKey.decode(self.octets(name))
        except SealingRefused:
            raise self.refused(name) from None

    def inside(self, name: str, names: Sequence[str]) -> "Fields":
        """An object with exactly these fields."""
        return Fields(self._value[name], names)

    def refused(self, name: str) -> NotStatementForm:
        """The refusal that names this field."""
        return NotStatementForm(f"{name} is not of its form")


def base64_text(octets: bytes) -> str:
    """Base64 in its one spelling."""
    return base64.b64encode(octets).decode()
