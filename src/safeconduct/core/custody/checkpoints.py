"""The signed head of a log: C2SP tlog-checkpoint (c2sp.org/tlog-checkpoint, read November 2026)."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.core.custody.notes import Note, NoteKey, Sign, decode_base64, sign_note
from safeconduct.core.custody.refusals import CheckpointRefused, NoteRefused
from safeconduct.core.custody.tree import EMPTY_ROOT, HASH_BYTES, LARGEST_SIZE

ORIGIN_PREFIX = "safeconduct/custody/"
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


def origin_of(organisation: str) -> str:
    """The origin line, and key name, of an organisation's log."""
    return ORIGIN_PREFIX + organisation


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log was at one size."""

    origin: str
    size: int
    """How many entries."""
    root: bytes
    """The tree's root hash, 32 bytes."""

    def __post_init__(self) -> None:
        if not self.origin or any(character.isspace() or character == "+" for character in self.origin):
            raise CheckpointRefused("the origin is empty or holds a space or a plus")
        if not 0 <= self.size <= LARGEST_SIZE or len(self.root) != HASH_BYTES:
            raise CheckpointRefused("the size or the root is out of range")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise CheckpointRefused("an empty log has another root")

    def body(self) -> str:
        """The note text: origin, size, root, each on a line. No extension lines are written or read."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def sign(self, *, public_key: bytes, sign: Sign) -> bytes:
        """The checkpoint as a signed note under the log's own key, whose name is the origin."""
        return sign_note(self.body(), name=self.origin, public_key=public_key, sign=sign)

    @classmethod
    def from_body(cls, text: str) -> "Checkpoint":
        """The checkpoint of a note text. Raises CheckpointRefused."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise CheckpointRefused("a checkpoint is three lines")
        origin, size, root = lines[:3]
        if not _SIZE.fullmatch(size):
            raise CheckpointRefused("the size is not a decimal number")
        try:
            return cls(origin, int(size), decode_base64(root))
        except NoteRefused:
            raise CheckpointRefused("the root is not base64") from None


def open_checkpoint(note: bytes, *, origin: str, keys: Sequence[NoteKey]) -> Checkpoint:
    """The checkpoint of a signed note, verified and of the expected log.

    The log's own key (the one named like the origin) must be among the signers; witnesses alone do
    not make a checkpoint. Raises NoteRefused, SignatureRefused or CheckpointRefused.
    """
    parsed = Note.decode(note)
    parsed.require_signed_by([key for key in keys if key.name == origin])
    checkpoint = Checkpoint.from_body(parsed.text)
    if checkpoint.origin != origin:
        raise CheckpointRefused("the checkpoint is of another log")
    return checkpoint
