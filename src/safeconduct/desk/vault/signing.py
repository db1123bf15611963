"""Signatures of members and organisations (Ed25519 and ML-DSA-65 together), each for a named purpose."""

from safeconduct.core import sealing
from safeconduct.core.sealing import LogPublicKey, SigningPublicKey
from safeconduct.desk.vault import granting
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.keyholders import Keyholder, SigningKey, Subject

EVALUATION = "evaluation"
DECISION = "decision"
DOCUMENT_CHECKS = "document-checks"


def sign(key: SigningKey, purpose: str, message: bytes) -> bytes:
    """A member's signature."""
    return sealing.sign(key, purpose, message)


def require_signature(public_key: bytes, purpose: str, message: bytes, signature: bytes) -> None:
    """Return when the signature holds; SealingRefused otherwise."""
    sealing.verify(sealing.SigningPublicKey.decode(public_key), purpose, message, signature)


def holds(public_key: bytes, purpose: str, message: bytes, signature: bytes) -> bool:
    """Whether the signature is that of the key over the message."""
    try:
        require_signature(public_key, purpose, message, signature)
    except sealing.SealingRefused:
        return False
    return True


def organisation_key(subject: Subject, holder: Keyholder) -> SigningKey:
    """An organisation's signing key, for a member it was given to; NotGranted for anybody else."""
    seed = granting.open_seed(subject, holder)
    if seed is None:
        raise NotGranted("the organisation's signing key is not held")
    return SigningKey.from_secret_bytes(seed)


def public_key(encoded: bytes) -> SigningPublicKey:
    """A member's or an organisation's public signing key."""
    return SigningPublicKey.decode(encoded)


def log_public_key(encoded: bytes) -> LogPublicKey:
    """The public key of a custody log."""
    return LogPublicKey.decode(encoded)
