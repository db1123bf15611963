"""Applicants' keys: derived from a receipt that is shown once and kept nowhere."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from safeconduct.core import sealing
from safeconduct.core.custody import APPLICANT
from safeconduct.core.sealing import Receipt, SealingRefused
from safeconduct.desk.vault import granting
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.desk.vault.models import Holder


@dataclass(frozen=True, repr=False)
class IssuedReceipt:
    """A fresh receipt: the code for the person, and what the server keeps of it."""

    receipt: Receipt
    keyholder: Keyholder
    salt: bytes


def issue(holder: str, organisation: str, is_taken: Callable[[str], bool]) -> IssuedReceipt:
    """Make a receipt with a free locator. Slow on purpose: not for the inside of a transaction. `register` comes next."""
    receipt = Receipt.generate()
    while is_taken(receipt.locator):
        receipt = Receipt.generate()
    salt = sealing.ReceiptSalt.generate()
    private = sealing.receipt_pair(receipt, salt)
    return IssuedReceipt(receipt, _keyholder(holder, organisation, private), salt.encoded)


def register(issued: IssuedReceipt) -> Holder:
    """Make the person somebody whom keys can be sealed to."""
    person = issued.keyholder
    return granting.new_holder(person.id, person.organisation, person.sealing.public_key())


def keyholder_of(receipt: Receipt, salt: bytes, *, holder: str, organisation: str) -> Keyholder:
    """The person behind a receipt, whatever the receipt is worth: only opening something with it shows that."""
    return _keyholder(holder, organisation, sealing.receipt_pair(receipt, sealing.ReceiptSalt(salt)))


def spend_as_much_time(receipt: Receipt) -> None:
    """The slow work of a receipt that exists, for one that does not."""
    sealing.receipt_pair(receipt, sealing.ReceiptSalt.generate())


def seal_to_themselves(keyholder: Keyholder, what: str, content: bytes) -> bytes:
    """Something that the person alone can open again."""
    return sealing.seal_to(keyholder.sealing.public_key(), _own_context(keyholder, what), content)


def open_own(keyholder: Keyholder, what: str, sealed: bytes) -> bytes:
    """What the person sealed to themselves; SealingRefused for anybody else's."""
    return sealing.open_from(keyholder.sealing, _own_context(keyholder, what), sealed)


def check_of(keyholder: Keyholder) -> bytes:
    """32 bytes by which a code is known again without its public key lying anywhere; random bytes look the same."""
    return hashlib.sha256(b"safeconduct desk: check of a code" + keyholder.sealing.public_key().encode()).digest()


def seal_for_session(keyholder: Keyholder, session: str) -> tuple[str, bytes]:
    """The person's key under a fresh secret: (the secret for the cookie, the sealed bytes for the row)."""
    secret = sealing.SessionSecret.generate()
    sealed = sealing.seal_record(
        secret, _context(keyholder.id, keyholder.organisation, session), keyholder.sealing.secret_bytes()
    )
    return secret.secret_bytes().hex(), sealed


def open_from_session(holder: str, organisation: str, *, session: str, cookie_secret: str, sealed: bytes) -> Keyholder | None:
    """The person of a session, or None where the cookie's secret does not fit."""
    try:
        secret = sealing.SessionSecret.from_secret_bytes(bytes.fromhex(cookie_secret))
        seed = sealing.open_record(secret, _context(holder, organisation, session), sealed)
        return _keyholder(holder, organisation, sealing.SealingPrivateKey.from_secret_bytes(seed))
    except (SealingRefused, ValueError):
        return None


def _keyholder(holder: str, organisation: str, private: sealing.SealingPrivateKey) -> Keyholder:
    return Keyholder(id=holder, organisation=organisation, sealing=private, log_name=APPLICANT)


def _own_context(keyholder: Keyholder, what: str) -> sealing.Context:
    return sealing.Context(
        organisation=keyholder.organisation, subject=keyholder.id, section="applicant", record=f"own {what}", version=1
    )


def _context(holder: str, organisation: str, session: str) -> sealing.Context:
    return sealing.Context(organisation=organisation, subject=holder, section="applicant", record=f"session {session}", version=1)


def is_registered(keyholder: Keyholder) -> bool:
    """Whether the key behind a receipt is the one that requests were sealed to."""
    row = Holder.objects.filter(pk=keyholder.id).first()
    return row is not None and bytes(row.public_key) == keyholder.sealing.public_key().encode()
