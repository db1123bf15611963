"""Sealing to readers outside the coalition: what leaves can be opened with the stock `age` program alone."""

from collections.abc import Iterable, Iterator

from safeconduct.core import sealing
from safeconduct.core.sealing import SealingPublicKey


def recipient(text: str) -> SealingPublicKey:
    """The public key behind a typed recipient `age1pq1…`. SealingRefused for anything else, a slip of the hand included."""
    return sealing.read_age_recipient("".join(text.split()))


def sealed_size(size: int) -> int:
    """Bytes of the sealed form of so many bytes."""
    return sealing.age_sealed_size(size)


def sealed_to(key: SealingPublicKey, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The sealed bytes of a stream, piece by piece."""
    sealer = sealing.AgeSealer(key)
    yield sealer.header()
    for chunk in chunks:
        if piece := sealer.update(chunk):
            yield piece
    yield sealer.finalize()
