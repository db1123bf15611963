"""Whose keys to believe: the trust file, and the vouchers by which organisations name their evaluators' keys.

The trust file reaches an authority apart from any dossier; spec/dossier-v1.md section 7.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.core import canonical
from safeconduct.core.dossier import fields
from safeconduct.core.dossier.fields import Fields, base64_text, decode_object
from safeconduct.core.dossier.refusals import NotDossierForm
from safeconduct.core.sealing import (
    LogPublicKey,
    SealingRefused,
    SigningPrivateKey,
    SigningPublicKey,
    sign,
    verify,
)

VERSION = 1
KIND = "trust"
VOUCHER_PURPOSE = "evaluator-voucher"
VOUCHER_NAMES = ("organisation", "alias", "key", "first_day", "last_day", "signature")
_ORGANISATION_NAMES = ("id", "name", "keys", "logs", "evaluators", "withdrawn_evaluators")
_KEY_NAMES = ("key", "first_day", "last_day", "withdrawn_on")


class Standing(StrEnum):
    """What a trust file says about a key for one day."""

    VALID = "valid"
    UNKNOWN = "unknown"
    """The organisation or the key is not in the file."""
    OUT_OF_TIME = "out of time"
    """In the file, but not for that day."""
    WITHDRAWN = "withdrawn"
    """In the file as no longer to be believed, whatever the day: it may be in other hands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """An organisation's signed word that a key is one of its evaluators', under an alias, for a time."""

    organisation: str
    alias: str
    key: SigningPublicKey
    first_day: date
    last_day: date
    signature: bytes

    def statement(self) -> bytes:
        """The bytes that the organisation signs."""
        return voucher_statement(self.organisation, self.alias, self.key, self.first_day, self.last_day)

    def require_signed_by(self, organisation_key: SigningPublicKey) -> None:
        """Raises SealingRefused unless this organisation's key signed the voucher."""
        verify(organisation_key, VOUCHER_PURPOSE, self.statement(), self.signature)

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {
            "organisation": self.organisation,
            "alias": self.alias,
            "key": base64_text(self.key.encode()),
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "signature": base64_text(self.signature),
        }

    @classmethod
    def read(cls, inner: Fields) -> "Voucher":
        """From its fields; the signature is not yet verified."""
        return cls(
            organisation=inner.text("organisation", fields.ORGANISATION),
            alias=inner.text("alias", fields.LINE),
            key=inner.signing_key("key"),
            first_day=inner.day("first_day"),
            last_day=inner.day("last_day"),
            signature=inner.octets("signature"),
        )


def vouch(
    organisation_key: SigningPrivateKey,
    *,
    organisation: str,
    alias: str,
    key: SigningPublicKey,
    first_day: date,
    last_day: date,
) -> Voucher:
    """The organisation's voucher for an evaluator's key."""
    statement = voucher_statement(organisation, alias, key, first_day, last_day)
    return Voucher(
        organisation=organisation,
        alias=alias,
        key=key,
        first_day=first_day,
        last_day=last_day,
        signature=sign(organisation_key, VOUCHER_PURPOSE, statement),
    )


def voucher_statement(organisation: str, alias: str, key: SigningPublicKey, first_day: date, last_day: date) -> bytes:
    """Canonical JSON of everything in a voucher but its signature."""
    return canonical.encode(
        {
            "v": VERSION,
            "organisation": organisation,
            "alias": alias,
            "key": base64_text(key.encode()),
            "first_day": first_day.isoformat(),
            "last_day": last_day.isoformat(),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedKey:
    """A key and the days it is for. `key` is an encoded public key: a signing key's or a log's."""

    key: bytes
    first_day: date
    last_day: date | None = None
    """None: until further notice."""
    withdrawn_on: date | None = None

    def standing(self, day: date) -> Standing:
        """Whether the key is to be believed for something of that day."""
        if self.withdrawn_on is not None:
            return Standing.WITHDRAWN
        if day < self.first_day or (self.last_day is not None and day > self.last_day):
            return Standing.OUT_OF_TIME
        return Standing.VALID

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {
            "key": base64_text(self.key),
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "withdrawn_on": self.withdrawn_on.isoformat() if self.withdrawn_on else None,
        }

    @classmethod
    def read(cls, inner: Fields) -> "DatedKey":
        """From its fields."""
        return cls(
            key=inner.octets("key"),
            first_day=inner.day("first_day"),
            last_day=inner.day_or_none("last_day"),
            withdrawn_on=inner.day_or_none("withdrawn_on"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedOrganisation:
    """An organisation with its signing keys, old and new, its logs' keys and the evaluators it vouches for."""

    id: str
    name: str
    keys: tuple[DatedKey, ...]
    logs: tuple[DatedKey, ...] = ()
    evaluators: tuple[Voucher, ...] = ()
    withdrawn_evaluators: tuple[str, ...] = ()
    """Fingerprints of evaluators' keys that are no longer to be believed, whatever the day."""

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {
            "id": self.id,
            "name": self.name,
            "keys": [key.to_value() for key in self.keys],
            "logs": [key.to_value() for key in self.logs],
            "evaluators": [voucher.to_value() for voucher in self.evaluators],
            "withdrawn_evaluators": list(self.withdrawn_evaluators),
        }


@dataclass(frozen=True, slots=True)
class Trust:
    """The organisations that a reader believes."""

    organisations: tuple[TrustedOrganisation, ...]

    def encode(self) -> bytes:
        """The bytes of trust.json: canonical JSON."""
        organisations = [each.to_value() for each in self.organisations]
        return canonical.encode({"v": VERSION, "kind": KIND, "organisations": organisations})

    @classmethod
    def decode(cls, encoded: bytes) -> "Trust":
        """The trust file of those bytes, every voucher in it verified. Raises NotDossierForm."""
        outer = decode_object(encoded, "trust file", ("v", "kind", "organisations"))
        if outer.number("v") != VERSION or outer.text("kind", fields.CODE) != KIND:
            raise NotDossierForm("trust file: unknown kind or version")
        read = tuple(_organisation(each) for each in outer.objects("organisations", _ORGANISATION_NAMES))
        if len({each.id for each in read}) != len(read):
            raise NotDossierForm("trust file: an organisation stands twice")
        return cls(read)

    def signing_key(self, organisation: str, key: SigningPublicKey, day: date) -> Standing:
        """What is known of an organisation's signing key for that day."""
        return _standing((each.keys for each in self._named(organisation)), key.encode(), day)

    def log_key(self, organisation: str, key: bytes, day: date) -> Standing:
        """What is known of the key of an organisation's custody log for that day."""
        return _standing((each.logs for each in self._named(organisation)), key, day)

    def is_withdrawn(self, organisation: str, evaluator_key: SigningPublicKey) -> bool:
        """Whether the organisation no longer stands by this evaluator's key."""
        fingerprint = evaluator_key.fingerprint()
        return any(fingerprint in each.withdrawn_evaluators for each in self._named(organisation))

    def knows(self, organisation: str) -> bool:
        """Whether the organisation is in the file at all."""
        return bool(self._named(organisation))

    def _named(self, organisation: str) -> Sequence[TrustedOrganisation]:
        return [each for each in self.organisations if each.id == organisation]


def _standing(lists: Iterable[tuple[DatedKey, ...]], key: bytes, day: date) -> Standing:
    found = [dated.standing(day) for keys in lists for dated in keys if dated.key == key]
    for standing in (Standing.WITHDRAWN, Standing.VALID, Standing.OUT_OF_TIME):
        if standing in found:
            return standing
    return Standing.UNKNOWN


def _organisation(inner: Fields) -> TrustedOrganisation:
    organisation = TrustedOrganisation(
        id=inner.text("id", fields.ORGANISATION),
        name=inner.text("name", fields.LINE),
        keys=tuple(DatedKey.read(each) for each in inner.objects("keys", _KEY_NAMES)),
        logs=tuple(DatedKey.read(each) for each in inner.objects("logs", _KEY_NAMES)),
        evaluators=tuple(Voucher.read(each) for each in inner.objects("evaluators", VOUCHER_NAMES)),
        withdrawn_evaluators=inner.texts("withdrawn_evaluators", fields.DIGEST),
    )
    if not organisation.keys:
        raise inner.refused("keys")
    try:
        keys = [SigningPublicKey.decode(dated.key) for dated in organisation.keys]
        for dated in organisation.logs:
            LogPublicKey.decode(dated.key)
    except SealingRefused:
        raise inner.refused("keys") from None
    for voucher in organisation.evaluators:
        if voucher.organisation != organisation.id or not _is_signed_by_one_of(voucher, keys):
            raise inner.refused("evaluators")
    return organisation


def _is_signed_by_one_of(voucher: Voucher, keys: Sequence[SigningPublicKey]) -> bool:
    for key in keys:
        try:
            voucher.require_signed_by(key)
        except SealingRefused:
            continue
        return True
    return False
