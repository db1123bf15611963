"""Reading the fields of a JSON object that a stranger may have written."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from safeconduct.core import canonical
from safeconduct.core.dossier.refusals import NotDossierForm
from safeconduct.core.objects import CONTROLS, LINE, ORGANISATION, ObjectFields, base64_text
from safeconduct.core.sealing import SealingRefused, SigningPublicKey

__all__ = [
    "CODE",
    "CONTROLS",
    "DIGEST",
    "IDENTIFIER",
    "LINE",
    "ORGANISATION",
    "REFERENCE",
    "Fields",
    "base64_text",
    "decode_object",
    "minute_text",
]
IDENTIFIER = re.compile(r"[a-hjkmnp-z2-9]{16}")
REFERENCE = re.compile(r"[A-Z0-9][A-Za-z0-9./-]{2,39}")
CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
DIGEST = re.compile(r"[0-9a-f]{64}")
_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z")
_MINUTE_FORM = "%Y-%m-%dT%H:%MZ"


def decode_object(encoded: bytes, part: str, names: Sequence[str]) -> "Fields":
    """The fields of a canonical JSON object with exactly these names. Raises NotDossierForm."""
    try:
        value = canonical.decode(encoded)
    except canonical.NotCanonical:
        raise NotDossierForm(f"{part}: not canonical JSON") from None
    return Fields.of(value, part, names)


class Fields(ObjectFields):
    """The fields of one JSON object; every reading raises NotDossierForm and names part and field."""

    def __init__(self, part: str, value: Mapping[str, canonical.Value]) -> None:
        super().__init__(value)
        self.part = part

    @classmethod
    def of(cls, value: canonical.Value, part: str, names: Sequence[str]) -> "Fields":
        """The fields of a value that must be an object with exactly these names."""
        if not isinstance(value, Mapping) or set(value) != set(names):
            raise NotDossierForm(f"{part}: not the expected fields")
        return cls(part, value)

    def day_or_none(self, name: str) -> date | None:
        """A day, or null."""
        return None if self._value[name] is None else self.day(name)

    def minute(self, name: str) -> datetime:
        """A minute of universal time."""
        try:
            return datetime.strptime(self.text(name, _MINUTE), _MINUTE_FORM).replace(tzinfo=UTC)
        except ValueError:
            raise self.refused(name) from None

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
