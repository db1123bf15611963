"""The proof of having filed: an organisation's word that a request reached it, which names nobody and nothing.

Source: spec/statements-v1.md section 3.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from safeconduct.core import canonical
from safeconduct.core.statements.fields import Fields

_NUMBER = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A request reached the organisation on a day. The number is random: whoever has it was given this proof."""

    kind: ClassVar[str] = "filing"
    names: ClassVar[tuple[str, ...]] = ("filed_on", "number")

    filed_on: date
    number: str
    """32 hexadecimal digits, drawn for this proof alone; in no way derived from the request, the code or the person."""

    @property
    def first_day(self) -> date:
        """It holds from the day of filing on."""
        return self.filed_on

    @property
    def last_day(self) -> date | None:
        """It does not expire."""
        return None

    def require_sound(self, signed_on: date) -> None:
        """Raises ValueError for a request that was filed after its proof was signed."""
        if self.filed_on > signed_on:
            raise ValueError("filed after it was signed")

    def value(self) -> dict[str, canonical.Value]:
        """What stands under `says`."""
        return {"filed_on": self.filed_on.isoformat(), "number": self.number}

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """From `says`. Raises NotStatementForm."""
        return cls(filed_on=fields.day("filed_on"), number=fields.text("number", _NUMBER))
