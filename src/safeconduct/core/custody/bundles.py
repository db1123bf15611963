"""A proof that one entry stands in a log, whole in one file (spec/custody-v1.md section 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safeconduct.core import canonical
from safeconduct.core.custody.checkpoints import Checkpoint, open_checkpoint, origin_of
from safeconduct.core.custody.entries import Entry
from safeconduct.core.custody.notes import NoteKey
from safeconduct.core.custody.refusals import InclusionRefused, NotCustodyForm
from safeconduct.core.custody.tree import (
    HASH_BYTES,
    consistency_path,
    inclusion_path,
    verify_consistency,
    verify_inclusion,
)

VERSION = 1
_FIELDS = frozenset({"v", "entry", "path", "checkpoint", "earlier"})
# A path is as long as the tree is deep; a size has at most 53 bits.
_LONGEST_PATH = 53
_LONGEST_CONSISTENCY = 2 * _LONGEST_PATH


@dataclass(frozen=True, slots=True)
class Earlier:
    """An older checkpoint, and the path that proves the newer log to be its continuation."""

    checkpoint: bytes
    """Signed note."""
    path: tuple[bytes, ...]

    def to_value(self) -> dict[str, canonical.Value]:
        """The JSON object of the link."""
        return {"checkpoint": self.checkpoint.decode(), "path": _hex(self.path)}


@dataclass(frozen=True, slots=True)
class Proven:
    """What a verified bundle establishes."""

    entry: Entry
    checkpoint: Checkpoint
    earlier: Checkpoint | None


@dataclass(frozen=True, slots=True)
class ProofBundle:
    """An entry, its path to a signed checkpoint, and optionally the link to an older checkpoint."""

    entry: Entry
    path: tuple[bytes, ...]
    checkpoint: bytes
    """Signed note."""
    earlier: Earlier | None = None

    def encode(self) -> bytes:
        """Canonical JSON."""
        return canonical.encode(
            {
                "v": VERSION,
                "entry": self.entry.to_value(),
                "path": _hex(self.path),
                "checkpoint": self.checkpoint.decode(),
                "earlier": self.earlier.to_value() if self.earlier else None,
            }
        )

    @classmethod
    def decode(cls, encoded: bytes) -> "ProofBundle":
        """The bundle of `encode`'s bytes, nothing verified yet. Raises NotCustodyForm or EntryRefused."""
        try:
            value = canonical.decode(encoded)
        except canonical.NotCanonical:
            raise NotCustodyForm("the proof is not canonical JSON") from None
        if not isinstance(value, Mapping) or set(value) != _FIELDS:
            raise NotCustodyForm("the fields are not those of a proof")
        if type(value["v"]) is not int or value["v"] != VERSION:
            raise NotCustodyForm("the version of the proof is unknown")
        return cls(
            entry=Entry.from_value(value["entry"]),
            path=_hashes(value["path"], _LONGEST_PATH),
            checkpoint=_note(value["checkpoint"]),
            earlier=_earlier(value["earlier"]),
        )

    def verify(self, keys: Sequence[NoteKey]) -> Proven:
        """What the bundle proves, when everything in it holds under one of the known log keys.

        The log is that of the entry's organisation. Raises NoteRefused, SignatureRefused,
        CheckpointRefused, InclusionRefused or ConsistencyRefused.
        """
        origin = origin_of(self.entry.organisation)
        checkpoint = open_checkpoint(self.checkpoint, origin=origin, keys=keys)
        verify_inclusion(
            leaf=self.entry.leaf(),
            index=self.entry.index,
            size=checkpoint.size,
            path=self.path,
            root=checkpoint.root,
        )
        if self.earlier is None:
            return Proven(self.entry, checkpoint, None)
        earlier = open_checkpoint(self.earlier.checkpoint, origin=origin, keys=keys)
        verify_consistency(
            earlier_size=earlier.size,
            earlier_root=earlier.root,
            size=checkpoint.size,
            root=checkpoint.root,
            path=self.earlier.path,
        )
        return Proven(self.entry, checkpoint, earlier)


def prove(entry: Entry, leaves: Sequence[bytes], *, checkpoint: bytes, earlier: tuple[int, bytes] | None = None) -> ProofBundle:
    """The bundle for one entry of the tree whose leaf hashes are given.

    `checkpoint` is the signed note over exactly these leaves; `earlier` the size and the signed note
    of an older one. Raises InclusionRefused when the entry is not the leaf at its index.
    """
    if entry.index >= len(leaves) or leaves[entry.index] != entry.leaf():
        raise InclusionRefused("the entry is not in the log at its index")
    link = earlier and Earlier(earlier[1], tuple(consistency_path(leaves, earlier[0])))
    return ProofBundle(entry, tuple(inclusion_path(leaves, entry.index)), checkpoint, link)


def _hex(hashes: Sequence[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


def _note(value: canonical.Value) -> bytes:
    if not isinstance(value, str):
        raise NotCustodyForm("a checkpoint is not text")
    return value.encode()


def _hashes(value: canonical.Value, longest: int) -> tuple[bytes, ...]:
    if not isinstance(value, list) or len(value) > longest:
        raise NotCustodyForm("a path is not a list of hashes")
    return tuple(_hash(each) for each in value)


def _hash(value: canonical.Value) -> bytes:
    try:
        decoded = bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError:
        decoded = b""
    # fromhex passes over spaces and capitals, so the spelling is compared.
    if len(decoded) != HASH_BYTES or decoded.hex() != value:
        raise NotCustodyForm("a hash is not 64 lower-case hexadecimal digits")
    return decoded


def _earlier(value: canonical.Value) -> Earlier | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or set(value) != {"checkpoint", "path"}:
        raise NotCustodyForm("the earlier checkpoint is not a note and a path")
    return Earlier(_note(value["checkpoint"]), _hashes(value["path"], _LONGEST_CONSISTENCY))
