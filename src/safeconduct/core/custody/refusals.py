"""Why a piece of a custody log was refused: one class per outcome, one stage from a closed list."""

from enum import StrEnum
from typing import ClassVar

from safeconduct.core.errors import SafeconductError


class Stage(StrEnum):
    """Where reading stopped; the words are those of spec/custody-v1.md section 8."""

    FORM = "form"
    """Not the one encoding of what it says: not canonical, wrong length, unknown version."""
    ENTRY = "entry"
    """An entry's field is missing, unknown or outside its narrow form."""
    NOTE = "note"
    """Not a signed note."""
    CHECKPOINT = "checkpoint"
    """A signed note, but its text is not a checkpoint of the expected log."""
    SIGNATURE = "signature"
    """No signature of a known key, or one that does not hold."""
    INCLUSION = "inclusion"
    """The path does not lead from the entry to the root."""
    CONSISTENCY = "consistency"
    """The later tree does not begin with the earlier one."""


class CustodyRefused(SafeconductError):
    """Something offered as part of a custody log is not what it claims; `stage` says where."""

    stage: ClassVar[Stage]


class NotCustodyForm(CustodyRefused):
    """Bytes that are not the one encoding of a frontier, an entry or a proof bundle."""

    stage = Stage.FORM


class EntryRefused(CustodyRefused):
    """An entry with a field outside its form."""

    stage = Stage.ENTRY


class NoteRefused(CustodyRefused):
    """Text that is not a signed note."""

    stage = Stage.NOTE


class CheckpointRefused(CustodyRefused):
    """A note that is not a checkpoint, or not of the expected log."""

    stage = Stage.CHECKPOINT


class SignatureRefused(CustodyRefused):
    """A note without a valid signature of a known key."""

    stage = Stage.SIGNATURE


class InclusionRefused(CustodyRefused):
    """The entry is not proved to be in the tree."""

    stage = Stage.INCLUSION


class ConsistencyRefused(CustodyRefused):
    """The earlier tree is not proved to be the beginning of the later one."""

    stage = Stage.CONSISTENCY
