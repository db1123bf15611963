"""The custody log: a tamper-evident record of who did what, and nothing about whom (spec/custody-v1.md)."""

from safeconduct.core.custody.audit import Findings, LogBroken, Problem, Row, Trouble, audit
from safeconduct.core.custody.bundles import Earlier, ProofBundle, Proven, prove
from safeconduct.core.custody.checkpoints import Checkpoint, open_checkpoint, origin_of
from safeconduct.core.custody.entries import APPLICANT, NO_OBJECT, SYSTEM, Entry
from safeconduct.core.custody.frontier import Frontier
from safeconduct.core.custody.notes import Note, NoteKey, key_hash, sign_note
from safeconduct.core.custody.refusals import (
    CheckpointRefused,
    ConsistencyRefused,
    CustodyRefused,
    EntryRefused,
    InclusionRefused,
    NotCustodyForm,
    NoteRefused,
    SignatureRefused,
    Stage,
)
from safeconduct.core.custody.tree import (
    EMPTY_ROOT,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from safeconduct.core.custody.vocabulary import Act, Purpose

__all__ = [
    "APPLICANT",
    "EMPTY_ROOT",
    "NO_OBJECT",
    "SYSTEM",
    "Act",
    "Checkpoint",
    "CheckpointRefused",
    "ConsistencyRefused",
    "CustodyRefused",
    "Earlier",
    "Entry",
    "EntryRefused",
    "Findings",
    "Frontier",
    "InclusionRefused",
    "LogBroken",
    "NotCustodyForm",
    "Note",
    "NoteKey",
    "NoteRefused",
    "Problem",
    "ProofBundle",
    "Proven",
    "Purpose",
    "Row",
    "SignatureRefused",
    "Stage",
    "Trouble",
    "audit",
    "consistency_path",
    "inclusion_path",
    "key_hash",
    "leaf_hash",
    "node_hash",
    "open_checkpoint",
    "origin_of",
    "prove",
    "root_of",
    "sign_note",
    "verify_consistency",
    "verify_inclusion",
]
