"""Whose keys to believe: the trust file, and the vouchers by which organisations name further keys.

The trust file reaches an authority apart from any dossier; spec/dossier-v1.md section 7.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from safeconduct.core import canonical
from safeconduct.core.dossier import fields
from safeconduct.core.dossier.fields import Fields, base64_text, decode_object
from safeconduct.core.dossier.notices import Notice, read_notice
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
VOUCHER_NAMES = ("organisation", "role", "alias", "key", "first_day", "last_day", "signature")
_ORGANISATION_NAMES = ("id", "name", "keys", "logs", "vouchers", "withdrawn_keys")
_MOST_NOTICES = 10_000
_KEY_NAMES = ("key", "first_day", "last_day", "withdrawn_on")


class VoucherRole(StrEnum):
    """What a key is vouched for."""

    EVALUATOR = "evaluator"
    TIME = "time"
    """Attests minutes, by an organisation's server and without a person."""


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
    """An organisation's signed word that a key is its own for one role, under an alias, for a time."""

    organisation: str
    role: VoucherRole = VoucherRole.EVALUATOR
    alias: str
    key: SigningPublicKey
    first_day: date
    last_day: date
    signature: bytes

    def statement(self) -> bytes:
        """The bytes that the organisation signs."""
        return canonical.encode({"v": VERSION, **self._unsigned()})

    def require_signed_by(self, organisation_key: SigningPublicKey) -> None:
        """Raises SealingRefused unless this organisation's key signed the voucher."""
        verify(organisation_key, voucher_purpose(self.role), self.statement(), self.signature)

    def covers(self, day: date) -> bool:
        """Whether the day is one of those that it is for."""
        return self.first_day <= day <= self.last_day

    def encode(self) -> bytes:
        """Canonical JSON, for keeping a voucher by itself."""
        return canonical.encode(self.to_value())

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {**self._unsigned(), "signature": base64_text(self.signature)}

    def _unsigned(self) -> dict[str, canonical.Value]:
        return {
            "organisation": self.organisation,
            "role": self.role.value,
            "alias": self.alias,
            "key": base64_text(self.key.encode()),
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
        }

    @classmethod
    def read(cls, inner: Fields) -> "Voucher":
        """From its fields; the signature is not yet verified."""
        return cls(
            organisation=inner.text("organisation", fields.ORGANISATION),
            role=inner.word("role", VoucherRole),
            alias=inner.text("alias", fields.LINE),
            key=inner.signing_key("key"),
            first_day=inner.day("first_day"),
            last_day=inner.day("last_day"),
            signature=inner.octets("signature"),
        )


def read_voucher(encoded: bytes) -> Voucher:
    """A voucher kept by itself; its signature is not yet verified. Raises NotDossierForm."""
    return Voucher.read(decode_object(encoded, "voucher", VOUCHER_NAMES))


def vouch(
    organisation_key: SigningPrivateKey,
    *,
    organisation: str,
    alias: str,
    key: SigningPublicKey,
    first_day: date,
    last_day: date,
    role: VoucherRole = VoucherRole.EVALUATOR,
) -> Voucher:
    """The organisation's voucher for a key."""
    unsigned = Voucher(
        organisation=organisation,
        role=role,
        alias=alias,
        key=key,
        first_day=first_day,
        last_day=last_day,
        signature=b"",
    )
    return replace(unsigned, signature=sign(organisation_key, voucher_purpose(role), unsigned.statement()))


def voucher_purpose(role: VoucherRole) -> str:
    """For what a voucher is signed: no voucher of one role holds for another."""
    return f"{role.value}-voucher"


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
    """An organisation with its signing keys, old and new, its logs' keys and the keys it vouches for."""

    id: str
    name: str
    keys: tuple[DatedKey, ...]
    logs: tuple[DatedKey, ...] = ()
    vouchers: tuple[Voucher, ...] = ()
    withdrawn_keys: tuple[str, ...] = ()
    """Fingerprints of vouched keys that are no longer to be believed, whatever the day."""

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {
            "id": self.id,
            "name": self.name,
            "keys": [key.to_value() for key in self.keys],
            "logs": [key.to_value() for key in self.logs],
            "vouchers": [voucher.to_value() for voucher in self.vouchers],
            "withdrawn_keys": list(self.withdrawn_keys),
        }


@dataclass(frozen=True, slots=True)
class Trust:
    """The organisations that a reader believes, and what they have withdrawn, as of a day."""

    organisations: tuple[TrustedOrganisation, ...]
    day: date = field(kw_only=True)
    """When it was drawn up: what was withdrawn later is not in it."""
    notices: tuple[Notice, ...] = field(default=(), kw_only=True)

    def encode(self) -> bytes:
        """The bytes of trust.json: canonical JSON."""
        return canonical.encode(
            {
                "v": VERSION,
                "kind": KIND,
                "day": self.day.isoformat(),
                "organisations": [each.to_value() for each in self.organisations],
                "notices": [canonical.decode(notice.encoded) for notice in self.notices],
            }
        )

    @classmethod
    def decode(cls, encoded: bytes) -> "Trust":
        """The trust file of those bytes, every voucher and notice in it verified. Raises NotDossierForm."""
        outer = decode_object(encoded, "trust file", ("v", "kind", "day", "organisations", "notices"))
        if outer.number("v") != VERSION or outer.text("kind", fields.CODE) != KIND:
            raise NotDossierForm("trust file: unknown kind or version")
        read = tuple(_organisation(each) for each in outer.objects("organisations", _ORGANISATION_NAMES))
        if len({each.id for each in read}) != len(read):
            raise NotDossierForm("trust file: an organisation stands twice")
        notices = tuple(read_notice(canonical.encode(each)) for each in outer.items("notices", most=_MOST_NOTICES))
        trust = cls(read, day=outer.day("day"), notices=notices)
        for notice in notices:
            if trust.signing_key(notice.organisation, notice.key, notice.day) is Standing.UNKNOWN:
                raise outer.refused("notices")
        return trust

    def signing_key(self, organisation: str, key: SigningPublicKey, day: date) -> Standing:
        """What is known of an organisation's signing key for that day."""
        return _standing((each.keys for each in self._named(organisation)), key.encode(), day)

    def log_key(self, organisation: str, key: bytes, day: date) -> Standing:
        """What is known of the key of an organisation's custody log for that day."""
        return _standing((each.logs for each in self._named(organisation)), key, day)

    def is_withdrawn(self, organisation: str, vouched: SigningPublicKey) -> bool:
        """Whether the organisation no longer stands by a key that it vouched for."""
        fingerprint = vouched.fingerprint()
        return any(fingerprint in each.withdrawn_keys for each in self._named(organisation))

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
        vouchers=tuple(Voucher.read(each) for each in inner.objects("vouchers", VOUCHER_NAMES)),
        withdrawn_keys=inner.texts("withdrawn_keys", fields.DIGEST),
    )
    if not organisation.keys:
        raise inner.refused("keys")
    try:
        keys = [SigningPublicKey.decode(dated.key) for dated in organisation.keys]
        for dated in organisation.logs:
            LogPublicKey.decode(dated.key)
    except SealingRefused:
        raise inner.refused("keys") from None
    for voucher in organisation.vouchers:
        if voucher.organisation != organisation.id or not _is_signed_by_one_of(voucher, keys):
            raise inner.refused("vouchers")
    return organisation


def _is_signed_by_one_of(voucher: Voucher, keys: Sequence[SigningPublicKey]) -> bool:
    for key in keys:
        try:
            voucher.require_signed_by(key)
        except SealingRefused:
            continue
        return True
    return False
