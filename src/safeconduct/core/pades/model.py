"""What a signature is made with, and what is found in a signed document."""

from collections.abc import Callable
from dataclasses import dataclass, field

from safeconduct.core.errors import SafeconductError


class DocumentRefused(SafeconductError):
    """The document cannot be signed: it is no PDF, or its certificates do not fit."""


@dataclass(frozen=True)
class Chain:
    """Certificates of one signer as DER, its root's list of revocations, and what signs (message to ECDSA-SHA256 in DER)."""

    root: bytes
    leaf: bytes
    revocations: bytes
    sign: Callable[[bytes], bytes] = field(repr=False)


@dataclass(frozen=True)
class Finding:
    """What holds of a signed document, apart: for people who want to know which part fails."""

    intact: bool
    """No byte under the signature was changed."""
    long_term: bool
    """Signature, time stamps and revocations hold now, under the given roots (PAdES B-LTA)."""
    covers_all: bool
    """Nothing but time stamps and what verifies them was added afterwards."""
    signer: str
    """Subject of the signer's certificate, in words."""
