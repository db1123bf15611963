"""Reading the fields of a statement that a stranger may have written (spec/statements-v1.md section 1)."""

import re
from collections.abc import Mapping, Sequence

from safeconduct.core import canonical
from safeconduct.core.objects import LINE, ORGANISATION, ObjectFields, base64_text
from safeconduct.core.sealing import SealingRefused, SigningPublicKey
from safeconduct.core.statements.refusals import NotStatementForm

__all__ = ["KIND", "LINE", "ORGANISATION", "Fields", "base64_text"]
KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")


class Fields(ObjectFields):
    """The fields of one JSON object; each reading raises NotStatementForm and names the field."""

    def __init__(self, value: canonical.Value, names: Sequence[str]) -> None:
        """`names` are exactly the fields that there must be."""
        if not isinstance(value, Mapping) or set(value) != set(names):
            raise NotStatementForm("not the expected fields")
        super().__init__(value)

    def texts(self, name: str, form: re.Pattern[str], *, least: int = 0, most: int = 100) -> tuple[str, ...]:
        """A list of different texts of one form."""
        value = self._value[name]
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise self.refused(name)
        found = tuple(each for each in value if isinstance(each, str) and form.fullmatch(each))
        if len(set(found)) != len(value):
            raise self.refused(name)
        return found

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
