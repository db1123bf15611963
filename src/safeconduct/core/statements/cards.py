"""The site card: under which addresses and keys an organisation can be reached, so that a copy of its site is noticed.

Source: spec/statements-v1.md section 3.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from safeconduct.core import canonical
from safeconduct.core.statements.fields import Fields

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
ADDRESS = re.compile(
    rf"(?=.{{1,200}}\Z)(?:https://(?:{_LABEL}\.)+{_LABEL}(?::[1-9][0-9]{{0,4}})?|https?://[a-z2-7]{{56}}\.onion)/(?:[A-Za-z0-9._~-]+/)*"
)
"""A web address in its one spelling, with a slash at its end; without https only as an onion address."""
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
LONGEST = timedelta(days=400)
"""A card has to be renewed: one that was stolen or has become wrong dies by itself."""
_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCard:
    """These addresses are the organisation's, and these are the fingerprints of its keys, from one day to another."""

    kind: ClassVar[str] = "site-card"
    names: ClassVar[tuple[str, ...]] = ("addresses", "fingerprints", "valid_from", "valid_until")

    addresses: tuple[str, ...]
    """1 to 12, each matching ADDRESS."""
    fingerprints: tuple[str, ...]
    """1 to 12, each 64 hexadecimal digits; the key that requests are sealed to among them."""
    valid_from: date
    valid_until: date

    @property
    def first_day(self) -> date:
        """It holds from this day on."""
        return self.valid_from

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds."""
        return self.valid_until

    def require_sound(self, signed_on: date) -> None:
        """Raises ValueError for days in the wrong order, or for a card that lives too long."""
        if not signed_on <= self.valid_until or not self.valid_from <= self.valid_until <= self.valid_from + LONGEST:
            raise ValueError("days that do not fit together")

    def value(self) -> dict[str, canonical.Value]:
        """What stands under `says`."""
        return {
            "addresses": list(self.addresses),
            "fingerprints": list(self.fingerprints),
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat(),
        }

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """From `says`. Raises NotStatementForm."""
        return cls(
            addresses=fields.texts("addresses", ADDRESS, least=1, most=_MOST),
            fingerprints=fields.texts("fingerprints", _FINGERPRINT, least=1, most=_MOST),
            valid_from=fields.day("valid_from"),
            valid_until=fields.day("valid_until"),
        )
