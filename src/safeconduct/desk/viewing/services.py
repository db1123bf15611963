"""Safe copies, sealed beside their originals: made when somebody first looks, or when something is to leave.

A copy is drawn between two openings of the file, never inside one: it may take seconds, and an opening is a transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from safeconduct import copyist
from safeconduct.core import captures
from safeconduct.core.captures import Capture
from safeconduct.core.copies import CLEANABLE, Copy, CopyRefused, Limit, Note, Refusal
from safeconduct.core.custody import Act
from safeconduct.desk.evidence.services import TAKEN
from safeconduct.desk.vault import files
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.files import Reference
from safeconduct.desk.vault.opening import OpenFile, Opening, OpenRecord
from safeconduct.desk.vault.sections import Section

COPY, CLEANED = "copy", "cleaned"
_PICTURE = "image/jpeg"


@dataclass(frozen=True, repr=False)
class Sought:
    """A file that somebody wants to look at, and how the case or request that holds it is opened."""

    open: Callable[[], Opening]
    section: Section
    reference: Reference


@dataclass(frozen=True, repr=False)
class SafeCopy:
    """What there is to look at; `refused` says why there is nothing."""

    id: str
    pages: int
    words: str
    notes: Sequence[Note]
    refused: Refusal | None
    capture: Capture | None = None
    """What a capture of the web says of itself, and whether it holds; None for other files."""


@dataclass(frozen=True, repr=False)
class _Made:
    copy: Copy
    capture: Capture | None = None


def copy_of(sought: Sought) -> SafeCopy:
    """The safe copy of a file, made now if nobody looked before. NotGranted where the holder may not read the section."""
    with sought.open() as file:
        kept = _kept(file, COPY, sought)
    if kept is None:
        made = _made(sought.reference)
        with sought.open() as file:
            kept = _kept(file, COPY, sought) or file.read(_keep_copy(file, sought, made))
    content = kept.content
    refused = Refusal(content["refused"]) if content["refused"] else None
    capture = Capture.from_value(content["capture"]) if content.get("capture") else None
    notes = [Note(note) for note in content["notes"]]
    return SafeCopy(kept.id, len(content["pages"]), content["words"], notes, refused, capture)


def page_of(opened: Opening, copy: str, number: int) -> Reference:
    """The sealed JPEG of one page, counted from 1. NotGranted where there is no such page, or it is not readable."""
    with opened as file:
        record = file.read(copy)
    pages: list[Reference] = record.content["pages"] if record.kind == COPY else []
    if not 1 <= number <= len(pages):
        raise NotGranted("no such page")
    return pages[number - 1]


def take_original(sought: Sought, *, member: str, reason: str) -> Reference:
    """The original itself, for a reason that is kept with it and in the custody log."""
    with sought.open() as file:
        content = {"of": sought.reference["file"], "by": member, "day": file.today.isoformat(), "reason": reason}
        record = file.write(sought.section, TAKEN, content)
        file.note(Act.EVIDENCE_EXPORTED, record)
    return sought.reference


def cleaned(sought: Sought) -> Reference:
    """The file as it may leave: without what it tells about its maker. CopyRefused where that cannot be had.

    Sealed and kept, so that what was composed once can be composed again to the byte.
    """
    if sought.reference["type"] not in CLEANABLE:
        raise CopyRefused(Refusal.KIND)
    with sought.open() as file:
        kept = _kept(file, CLEANED, sought)
    if kept is None:
        clean = copyist.cleaned(sought.reference["type"], _plaintext(sought.reference))
        with sought.open() as file:
            kept = _kept(file, CLEANED, sought) or file.read(_keep_cleaned(file, sought, clean))
    reference: Reference = kept.content["file"]
    return reference


def _kept(file: OpenFile, kind: str, sought: Sought) -> OpenRecord | None:
    records = file.records(kind=kind, section=sought.section)
    return next((record for record in records if record.content["of"] == sought.reference["file"]), None)


def _made(reference: Reference) -> _Made | Refusal:
    try:
        content = _plaintext(reference)
        if reference["type"] in captures.KINDS:
            capture, copy = copyist.capture_of(reference["type"], content)
            return _Made(copy, capture)
        return _Made(copyist.copy_of(reference["type"], content))
    except CopyRefused as refused:
        return refused.reason


def _plaintext(reference: Reference) -> bytes:
    if reference["size"] > Limit.FILE_BYTES:
        raise CopyRefused(Refusal.TOO_LARGE)
    return b"".join(files.stream(reference))


def _keep_copy(file: OpenFile, sought: Sought, made: _Made | Refusal) -> str:
    content: dict[str, Any] = {"of": sought.reference["file"], "pages": [], "words": "", "notes": [], "refused": ""}
    if isinstance(made, Refusal):
        content["refused"] = made.value
    else:
        content["pages"] = [files.keep(file, page.content, name="", kind=_PICTURE) for page in made.copy.pages]
        content["words"], content["notes"] = made.copy.words, [note.value for note in made.copy.notes]
        content["prints"] = [list(each) for each in made.copy.prints if each]
        if made.capture is not None:
            content["capture"] = made.capture.to_value()
    return file.write(sought.section, COPY, content)


def _keep_cleaned(file: OpenFile, sought: Sought, clean: bytes) -> str:
    kind = sought.reference["type"]
    content = {"of": sought.reference["file"], "file": files.keep(file, clean, name="", kind=kind)}
    return file.write(sought.section, CLEANED, content)
