"""Reading a file once: its size and the digests that stand for it."""

import hashlib
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

Chunks: TypeAlias = Callable[[], Iterable[bytes]]
"""Gives a file's bytes in pieces, from the start, each time it is called."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one pass over a file's bytes gives."""

    size: int
    """Bytes."""
    sha256: str
    """Lower-case hexadecimal, as are the others."""
    sha512: str
    crc32: int


def measure(pieces: Iterable[bytes]) -> Measured:
    """One pass, in memory no larger than a piece."""
    sha256, sha512, crc32, size = hashlib.sha256(), hashlib.sha512(), 0, 0
    for piece in pieces:
        sha256.update(piece)
        sha512.update(piece)
        crc32 = zlib.crc32(piece, crc32)
        size += len(piece)
    return Measured(size, sha256.hexdigest(), sha512.hexdigest(), crc32)


def sha256_hex(content: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()
