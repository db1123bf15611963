"""Withdrawals: an organisation's word that a dossier, or one of its keys, is no longer to be believed.

Published for anybody to read, so they hold nothing that tells of a person: whoever has the dossier knows its digest, and
nobody else learns anything from it. Source: spec/statements-v1.md section 3.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from safeconduct.core import canonical
from safeconduct.core.statements.fields import Fields

_DIGEST = re.compile(r"[0-9a-f]{64}")


class DossierReason(StrEnum):
    """Why a dossier is withdrawn."""

    REPLACED = "replaced"
    """A newer version stands in its place."""
    MISTAKEN = "mistaken"
    """Something in it turned out to be wrong."""
    CONSENT = "consent"
    """The person took their consent back."""
    EVALUATION = "evaluation"
    """An evaluation in it is no longer stood by."""
    SECURITY = "security"


class KeyReason(StrEnum):
    """Why a key is withdrawn."""

    STOLEN = "stolen"
    """It is, or may be, in other hands."""
    LOST = "lost"
    LEFT = "left"
    """Its holder is no longer with the organisation."""
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawal:
    """The dossier of this manifest is no longer to be relied on."""

    kind: ClassVar[str] = "dossier-withdrawal"
    names: ClassVar[tuple[str, ...]] = ("manifest", "withdrawn_on", "reason")

    manifest: str
    """SHA-256 of its manifest.json, hexadecimal."""
    withdrawn_on: date
    reason: DossierReason

    @property
    def first_day(self) -> date:
        """It holds from the day of withdrawal on."""
        return self.withdrawn_on

    @property
    def last_day(self) -> date | None:
        """It does not expire."""
        return None

    def require_sound(self, signed_on: date) -> None:
        """Raises ValueError for a withdrawal that lay ahead when it was signed."""
        if self.withdrawn_on > signed_on:
            raise ValueError("withdrawn after it was signed")

    def value(self) -> dict[str, canonical.Value]:
        """What stands under `says`."""
        return {"manifest": self.manifest, "withdrawn_on": self.withdrawn_on.isoformat(), "reason": self.reason.value}

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """From `says`. Raises NotStatementForm."""
        return cls(
            manifest=fields.text("manifest", _DIGEST),
            withdrawn_on=fields.day("withdrawn_on"),
            reason=fields.word("reason", DossierReason),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyWithdrawal:
    """What this key signs from a day on is not to be believed."""

    kind: ClassVar[str] = "key-withdrawal"
    names: ClassVar[tuple[str, ...]] = ("key", "withdrawn_from", "reason")

    key: str
    """Fingerprint of the signing key."""
    withdrawn_from: date
    """The first day on which it may have been in other hands."""
    reason: KeyReason

    @property
    def first_day(self) -> date:
        """It holds from that day on."""
        return self.withdrawn_from

    @property
    def last_day(self) -> date | None:
        """It does not expire."""
        return None

    def require_sound(self, signed_on: date) -> None:
        """Raises ValueError for a withdrawal from a day that lay ahead when it was signed."""
        if self.withdrawn_from > signed_on:
            raise ValueError("withdrawn from a later day than it was signed")

    def value(self) -> dict[str, canonical.Value]:
        """What stands under `says`."""
        return {"key": self.key, "withdrawn_from": self.withdrawn_from.isoformat(), "reason": self.reason.value}

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """From `says`. Raises NotStatementForm."""
        return cls(
            key=fields.text("key", _DIGEST),
            withdrawn_from=fields.day("withdrawn_from"),
            reason=fields.word("reason", KeyReason),
        )
