"""Writes of evidence: an item is a sealed record beside its sealed file; the original is never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases import clocks
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.services import require_consent
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.files import Reference, attach
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.vault.uploads import SealedUpload


@dataclass(frozen=True, kw_only=True, repr=False)
class Item:
    """What is said of a piece of evidence when it arrives (Berkeley Protocol: who, when, how obtained)."""

    title: str
    kind: str
    """Document type, a word of `KINDS`."""
    source: str
    obtained: str
    """How it was obtained."""
    collected: str = ""
    """When it was collected, as far as known: a day or a moment with its zone."""
    collected_by: str = ""
    tool: str = ""
    """What it was captured with, and in which version."""
    address: str = ""
    """Where it stood on the web."""
    dated: str = ""
    """The date it bears, as far as known: year, year-month or day."""
    shows: str = ""
    """What it shows about the person, in a sentence; stands in the dossier's list."""
    reveals: Sequence[str] = ()
    """What whoever reads it learns, as words of `REVEALS`; for our own people, before they let it go."""


EVIDENCE, TAKEN = "evidence", "original-taken"
"""Kinds of the records of an item, and of each time its original was taken out."""
RECORDING = "interview-recording"
"""Taken with its own consent, and erased before the rest of the case (DOMAIN D)."""
KINDS = (
    "internal-passport",
    "international-passport",
    "military-id",
    "summons",
    "contract",
    "discharge-report",
    "leave-slip",
    "case-papers",
    "pay-or-award",
    "public-post",
    "entry-record",
    "asylum-certificate",
    "medical-report",
    "identity-proof",
    "capture",
    "interview-recording",
    "other",
)

REVEALS = (
    "identity",
    "face",
    "service",
    "front",
    "refusal",
    "prosecution",
    "whereabouts",
    "health",
    "relative",
    "third-person",
    "stance",
)


def add_item(case: Case, actor: Actor, item: Item, upload: SealedUpload, *, today: date) -> str:
    """Keep a piece of evidence; gives its record's id.

    NotGranted without the evidence section, UploadRefused by content, NotConsented for a recording to which the person
    has not agreed; each before anything is written.
    """
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        if item.kind == RECORDING:
            require_consent(file, "recording")
        reference = attach(file, Section.EVIDENCE, upload)
        content = {
            "title": item.title,
            "kind": item.kind,
            "source": item.source,
            "obtained": item.obtained,
            "collected": item.collected,
            "collected_by": item.collected_by,
            "tool": item.tool,
            "address": item.address,
            "dated": item.dated,
            "shows": item.shows,
            "reveals": [word for word in REVEALS if word in item.reveals],
            "added_by": actor.id,
            "added_on": today.isoformat(),
            "file": reference,
        }
        record = file.write(Section.EVIDENCE, EVIDENCE, content)
        if item.kind == RECORDING:
            clocks.keep_recording(case, record, reference["file"], today=today)
        file.note(Act.EVIDENCE_ADDED, record)
    return record


def items_of(case: Case, actor: Actor, *, today: date) -> Sequence[opening.OpenRecord]:
    """Every piece of evidence that the actor may read, oldest first."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        return file.records(kind=EVIDENCE)


def original_of(case: Case, actor: Actor, record: str, *, today: date) -> Reference:
    """The reference of an item's original, for streaming it out; an entry of the log. NotGranted where it is not readable."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        item = file.read(record)
        if item.kind != EVIDENCE:
            raise NotGranted("not a piece of evidence")
        file.note(Act.EVIDENCE_READ, record)
        reference: Reference = item.content["file"]
    return reference
