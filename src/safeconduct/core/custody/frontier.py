"""The compact range: all that is needed to append to a tree without its leaves."""

from collections.abc import Iterable
from dataclasses import dataclass

from safeconduct.core.custody.refusals import NotCustodyForm
from safeconduct.core.custody.tree import EMPTY_ROOT, HASH_BYTES, LARGEST_SIZE, node_hash

_SIZE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Frontier:
    """The roots of the perfect subtrees a tree is made of, largest first: one per set bit of the size.

    Immutable, so that a transaction that fails leaves the old one as it was.
    """

    size: int = 0
    roots: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size <= LARGEST_SIZE:
            raise NotCustodyForm("a frontier's size is out of range")
        if len(self.roots) != self.size.bit_count() or any(len(root) != HASH_BYTES for root in self.roots):
            raise NotCustodyForm("a frontier's hashes do not fit its size")

    def append(self, leaf: bytes) -> "Frontier":
        """The frontier after one more leaf hash; at most log2(size) hashes are computed."""
        roots, size = list(self.roots), self.size
        while size & 1:
            leaf = node_hash(roots.pop(), leaf)
            size >>= 1
        return Frontier(self.size + 1, (*roots, leaf))

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """The frontier after several leaf hashes, in order."""
        frontier = self
        for leaf in leaves:
            frontier = frontier.append(leaf)
        return frontier

    def root(self) -> bytes:
        """The tree's root hash; EMPTY_ROOT for a tree without leaves."""
        if not self.roots:
            return EMPTY_ROOT
        computed = self.roots[-1]
        for root in reversed(self.roots[:-1]):
            computed = node_hash(root, computed)
        return computed

    def encode(self) -> bytes:
        """Eight bytes of size, big-endian, then the hashes, largest subtree first (spec 3)."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self.roots)

    @classmethod
    def decode(cls, encoded: bytes) -> "Frontier":
        """The frontier of `encode`'s bytes; NotCustodyForm for any others."""
        size = int.from_bytes(encoded[:_SIZE_BYTES], "big")
        hashes = encoded[_SIZE_BYTES:]
        if len(encoded) < _SIZE_BYTES or len(hashes) != size.bit_count() * HASH_BYTES:
            raise NotCustodyForm("a frontier has the wrong length")
        return cls(size, tuple(hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)))
