"""A statement as a file: who says it, on which day, what it says, and the organisation's signature.

A further kind is a class with the shape of `Body`, a line in KINDS, a section in spec/statements-v1.md and vectors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Protocol, Self

from safeconduct.core import canonical
from safeconduct.core.sealing import SigningPrivateKey, SigningPublicKey, sign, verify
from safeconduct.core.statements import fields
from safeconduct.core.statements.cards import SiteCard
from safeconduct.core.statements.fields import Fields, base64_text
from safeconduct.core.statements.filings import Filing
from safeconduct.core.statements.refusals import NotStatementForm
from safeconduct.core.statements.withdrawals import DossierWithdrawal, KeyWithdrawal

VERSION = 1
LARGEST = 64 * 1024
"""Bytes; anything longer is no statement."""
_NAMES = ("v", "kind", "organisation", "name", "day", "says", "key", "signature")


class Body(Protocol):
    """What one kind of statement says."""

    kind: ClassVar[str]
    names: ClassVar[tuple[str, ...]]
    """The fields under `says`, exactly."""

    @property
    def first_day(self) -> date:
        """The first day on which it holds."""
        ...

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None: it does not expire."""
        ...

    def require_sound(self, signed_on: date) -> None:
        """Raises ValueError for days or values that contradict one another."""
        ...

    def value(self) -> dict[str, canonical.Value]:
        """What stands under `says`."""
        ...

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """From `says`. Raises NotStatementForm."""
        ...


_ALL: tuple[type[Body], ...] = (Filing, SiteCard, DossierWithdrawal, KeyWithdrawal)
KINDS: Mapping[str, type[Body]] = MappingProxyType({each.kind: each for each in _ALL})
"""Every kind that a statement may be of."""


@dataclass(frozen=True, slots=True)
class Signer:
    """The organisation that says it: its identifier, and its name as people know it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement as read; its signature is not yet verified."""

    signer: Signer
    day: date
    """When it was signed."""
    body: Body
    key: SigningPublicKey
    signature: bytes

    def encode(self) -> bytes:
        """The bytes of the file: canonical JSON."""
        value = _unsigned(self.signer, self.day, self.body, self.key)
        return canonical.encode({**value, "signature": base64_text(self.signature)})

    def require_signed(self) -> None:
        """Raises SealingRefused unless the key it names signed exactly this."""
        signed = canonical.encode(_unsigned(self.signer, self.day, self.body, self.key))
        verify(self.key, purpose_of(self.body.kind), signed, self.signature)


def sign_statement(key: SigningPrivateKey, signer: Signer, body: Body, *, day: date) -> Statement:
    """The organisation's signed statement. NotStatementForm for what no reader would take."""
    public = key.public_key()
    unsigned = canonical.encode(_unsigned(signer, day, body, public))
    signature = sign(key, purpose_of(body.kind), unsigned)
    made = Statement(signer=signer, day=day, body=body, key=public, signature=signature)
    return read_statement(made.encode())


def read_statement(encoded: bytes) -> Statement:
    """The statement of a file's bytes. Raises NotStatementForm; the signature is not looked at."""
    if len(encoded) > LARGEST:
        raise NotStatementForm("longer than any statement")
    try:
        outer = Fields(canonical.decode(encoded), _NAMES)
    except canonical.NotCanonical:
        raise NotStatementForm("not canonical JSON") from None
    if outer.number("v") != VERSION:
        raise NotStatementForm("of another version")
    kind = KINDS.get(outer.text("kind", fields.KIND))
    if kind is None:
        raise NotStatementForm("of an unknown kind")
    day, body = outer.day("day"), kind.read(outer.inside("says", kind.names))
    try:
        body.require_sound(day)
    except ValueError:
        raise outer.refused("says") from None
    signer = Signer(outer.text("organisation", fields.ORGANISATION), outer.text("name", fields.LINE))
    return Statement(signer=signer, day=day, body=body, key=outer.signing_key("key"), signature=outer.octets("signature"))


def purpose_of(kind: str) -> str:
    """For what a statement of this kind is signed: no signature of one kind holds for another."""
    return f"statement/{kind}"


def _unsigned(signer: Signer, day: date, body: Body, key: SigningPublicKey) -> dict[str, canonical.Value]:
    return {
        "v": VERSION,
        "kind": body.kind,
        "organisation": signer.id,
        "name": signer.name,
        "day": day.isoformat(),
        "says": body.value(),
        "key": base64_text(key.encode()),
    }
