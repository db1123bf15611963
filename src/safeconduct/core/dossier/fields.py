"""Reading the fields of a JSON object that a stranger may have written."""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from safeconduct.core import canonical
from safeconduct.core.dossier.refusals import NotDossierForm
from safeconduct.core.sealing import SealingRefused, SigningPublicKey

ORGANISATION = re.compile(r"(?=.{2,40}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
IDENTIFIER = re.compile(r"[a-hjkmnp-z2-9]{16}")
REFERENCE = re.compile(r"[A-Z0-9][A-Za-z0-9./-]{2,39}")
CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
DIGEST = re.compile(r"[0-9a-f]{64}")
# Control characters, and those that change the direction or order of what a reader sees.
CONTROLS = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
LINE = re.compile(rf"(?=.*\S)[^{CONTROLS}]{{1,160}}")
"""One line of text with something on it, safe to show on a terminal."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z")
_MINUTE_FORM = "%Y-%m-%dT%H:%MZ"
Word = TypeVar("Word", bound=StrEnum)


def decode_object(encoded: bytes, part: str, names: Sequence[str]) -> "Fields":
    """The fields of a canonical JSON object with exactly these names. Raises NotDossierForm."""
    try:
        value = canonical.decode(encoded)
    except canonical.NotCanonical:
        raise NotDossierForm(f"{part}: not canonical JSON") from None
    return Fields.of(value, part, names)


class Fields:
    """The fields of one JSON object; every reading raises NotDossierForm and names part and field."""

    def __init__(self, part: str, value: Mapping[str, canonical.Value]) -> None:
        self.part = part
        self._value = value

    @classmethod
    def of(cls, value: canonical.Value, part: str, names: Sequence[str]) -> "Fields":
        """The fields of a value that must be an object with exactly these names."""
        if not isinstance(value, Mapping) or set(value) != set(names):
            raise NotDossierForm(f"{part}: not the expected fields")
        return cls(part, value)

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

    def day_or_none(self, name: str) -> date | None:
        """A day, or null."""
        return None if self._value[name] is None else self.day(name)

    def minute(self, name: str) -> datetime:
        """A minute of universal time."""
        try:
            return datetime.strptime(self.text(name, _MINUTE), _MINUTE_FORM).replace(tzinfo=UTC)
        except ValueError:
            raise self.refused(name) from None

    def octets(self, name: str) -> bytes:
        """Bytes in the one spelling of base64."""
        value = self._value[name]
        try:
            decoded = base64.b64decode(value, validate=True) if isinstance(value, str) else None
        except (binascii.Error, ValueError):
            decoded = None
        if decoded is None or base64.b64encode(decoded).decode() != value:
            raise self.refused(name)
        return decoded

    def signing_key(self, name: str) -> SigningPublicKey:
        """A signing public key in base64."""
        try:
            return SigningPublicKey.decode(self.octets(name))
        except SealingRefused:
            raise self.refused(name) from None

    def items(self, name: str, *, most: int = 20_000) -> Sequence[canonical.Value]:
        """A list."""
        value = self._value[name]
        if not isinstance(value, list) or len(value) > most:
            raise self.refused(name)
        return value

    def texts(self, name: str, form: re.Pattern[str]) -> tuple[str, ...]:
        """A list of texts of one form."""
        found = tuple(item for item in self.items(name) if isinstance(item, str) and form.fullmatch(item))
        if len(found) != len(self.items(name)):
            raise self.refused(name)
        return found

    def objects(self, name: str, names: Sequence[str]) -> "tuple[Fields, ...]":
        """A list of objects with exactly these fields."""
        return tuple(Fields.of(item, f"{self.part}: {name}[{number}]", names) for number, item in enumerate(self.items(name)))

    def inside(self, name: str, names: Sequence[str]) -> "Fields":
        """An object with exactly these fields."""
        return Fields.of(self._value[name], f"{self.part}: {name}", names)

    def inside_or_none(self, name: str, names: Sequence[str]) -> "Fields | None":
        """An object with exactly these fields, or null."""
        return None if self._value[name] is None else self.inside(name, names)

    def mapping(self, name: str, keys: re.Pattern[str], values: re.Pattern[str]) -> dict[str, str]:
        """An object of texts, whose keys and values have these forms."""
        value = self._value[name]
        if not isinstance(value, Mapping):
            raise self.refused(name)
        read: dict[str, str] = {}
        for key, item in value.items():
            if not isinstance(item, str) or not keys.fullmatch(key) or not values.fullmatch(item):
                raise self.refused(name)
            read[key] = item
        return read

    def refused(self, name: str) -> NotDossierForm:
        """The refusal that names this field."""
        return NotDossierForm(f"{self.part}: {name} is not of its form")


def minute_text(moment: datetime) -> str:
    """The minute of universal time that an aware moment lies in, such as `2026-11-22T09:41Z`."""
    return moment.astimezone(UTC).strftime(_MINUTE_FORM)


def base64_text(octets: bytes) -> str:
    """Base64 in its one spelling."""
    return base64.b64encode(octets).decode()
