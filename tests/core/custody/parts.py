"""A small log to test against: entries, its Ed25519 key, its checkpoints."""

from collections.abc import Sequence
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from safeconduct.core.custody import (
    SYSTEM,
    Act,
    Checkpoint,
    Entry,
    NoteKey,
    Purpose,
    Row,
    SignatureRefused,
    origin_of,
    root_of,
)

ORGANISATION = "north"
OTHER = "south"
MEMBER = "abcdefgh23456789"
OBJECT = "zyxwvutsrqpnmkj2"


class LogSigner:
    """An Ed25519 key made from one repeated byte, as a log's signer."""

    def __init__(self, seed: int, organisation: str = ORGANISATION) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.public = self._private.public_key().public_bytes_raw()
        self.key = note_key(origin_of(organisation), self.public)

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)

    def note(self, leaves: Sequence[bytes], organisation: str = ORGANISATION) -> bytes:
        checkpoint = Checkpoint(origin_of(organisation), len(leaves), root_of(leaves))
        return checkpoint.sign(public_key=self.public, sign=self.sign)


def note_key(name: str, public: bytes) -> NoteKey:
    def verify(message: bytes, signature: bytes) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            raise SignatureRefused("not signed by this key") from None

    return NoteKey(name, public, verify)


def entry(index: int, *, organisation: str = ORGANISATION, act: Act = Act.RECORD_READ) -> Entry:
    return Entry(
        organisation=organisation,
        index=index,
        day=date(2026, 11, 22),
        act=act,
        actor=MEMBER if index else SYSTEM,
        object=OBJECT,
        purpose=Purpose.HANDLING,
    )


def entries(count: int) -> list[Entry]:
    return [entry(index) for index in range(count)]


def leaves_of(items: Sequence[Entry]) -> list[bytes]:
    return [item.leaf() for item in items]


def rows_of(items: Sequence[Entry]) -> list[Row]:
    return [Row(item.index, item.encode(), item.leaf()) for item in items]
