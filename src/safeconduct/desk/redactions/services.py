"""Writes of redactions: sealed with the case, drawn at once, so that what leaves is what somebody has looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from safeconduct import copyist
from safeconduct.core.copies import CopyRefused, Refusal
from safeconduct.core.custody import Purpose
from safeconduct.core.redaction import REDACTABLE, Wording
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.redactions.errors import Superseded
from safeconduct.desk.redactions.marks import PageMarks
from safeconduct.desk.vault import files, opening
from safeconduct.desk.vault.files import Reference
from safeconduct.desk.vault.opening import OpenFile, OpenRecord
from safeconduct.desk.vault.sections import Section

COVERED, WORDS = "redaction", "redaction-words"
TEXT = "text/plain"


@dataclass(frozen=True, repr=False)
class Covered:
    """What is covered in one piece of evidence for one authority."""

    audience: str
    item: str
    """The evidence's record."""
    pages: Mapping[int, PageMarks]
    as_pictures: bool
    """Drawn anew from pixels though nothing is marked."""
    file: Reference | None = None
    """The new file; None where the file leaves as it is, without its traces."""
    record: OpenRecord | None = None

    @classmethod
    def of(cls, file: OpenFile, audience: str, item: str) -> "Covered":
        """What is kept in an open case; nothing covered where nobody looked at it yet."""
        for record in file.records(kind=COVERED):
            content = record.content
            if (content["audience"], content["of"]) == (audience, item):
                pages = {int(page): PageMarks.from_value(marks) for page, marks in content["pages"].items()}
                return cls(audience, item, pages, content["as_pictures"], content["file"], record)
        return cls(audience, item, {}, False)

    def with_page(self, page: int, marks: PageMarks, *, as_pictures: bool) -> "Covered":
        """The same with other marks on one page."""
        pages = {number: kept for number, kept in self.pages.items() if number != page}
        return replace(self, pages={**pages, page: marks} if marks else pages, as_pictures=as_pictures)


def cover_page(
    case: Case, actor: Actor, covered: Covered, page: int, marks: PageMarks, *, as_pictures: bool, today: date
) -> Covered:
    """Mark one page anew; the new file is drawn and sealed at once.

    Raises CopyRefused where it cannot be drawn and Superseded where somebody else was faster; nothing is written then.
    """
    with _opened(case, actor, today) as file:
        original: Reference = file.read(covered.item).content["file"]
    wanted = covered.with_page(page, marks, as_pictures=as_pictures)
    drawn = _drawn(original, wanted) if wanted.pages or as_pictures else None
    with _opened(case, actor, today) as file:
        now = Covered.of(file, covered.audience, covered.item).record
        if (now.version if now else 0) != (covered.record.version if covered.record else 0):
            raise Superseded("the redaction was changed meanwhile")
        kept = files.keep(file, drawn[1], name="", kind=drawn[0]) if drawn else None
        content = {
            "audience": wanted.audience,
            "of": wanted.item,
            "pages": {str(number): each.to_value() for number, each in wanted.pages.items()},
            "as_pictures": as_pictures,
            "file": kept,
            "by": actor.id,
        }
        record = file.write(Section.EVIDENCE, COVERED, content, replaces=now)
        return replace(wanted, file=kept, record=file.read(record))


def keep_wording(case: Case, actor: Actor, audience: str, wording: Wording, *, today: date) -> None:
    """Keep what is blacked out or renamed in every text for one authority."""
    with _opened(case, actor, today) as file:
        content = {"audience": audience, "lines": wording.lines(), "by": actor.id}
        file.write(Section.LEGAL, WORDS, content, replaces=_words(file, audience))


def wording_for(file: OpenFile, audience: str) -> Wording:
    """What is blacked out or renamed in every text for one authority."""
    record = _words(file, audience)
    return Wording.from_lines(record.content["lines"]) if record else Wording()


def reworded(reference: Reference, wording: Wording) -> bytes:
    """A file of plain text without what is to be removed."""
    return wording.applied(_plaintext(reference).decode("utf-8", errors="replace")).encode()


def _words(file: OpenFile, audience: str) -> OpenRecord | None:
    return next((record for record in file.records(kind=WORDS) if record.content["audience"] == audience), None)


def _drawn(original: Reference, wanted: Covered) -> tuple[str, bytes]:
    if original["type"] not in REDACTABLE:
        raise CopyRefused(Refusal.KIND)
    regions = [region for page, marks in wanted.pages.items() for region in marks.regions(page)]
    return copyist.redacted(original["type"], _plaintext(original), regions)


def _plaintext(reference: Reference) -> bytes:
    return b"".join(files.stream(reference))


def _opened(case: Case, actor: Actor, today: date) -> opening.Opening:
    return opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today)
