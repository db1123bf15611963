"""Notes pinned to regions of a page: sealed records beside the document, taken back by whoever wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evidence.checking import may_check
from safeconduct.desk.redactions.marks import PageMarks
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.opening import OpenRecord
from safeconduct.desk.vault.sections import Section

NOTE = "pinned-note"
MOST_OF_A_PAGE = 60


@dataclass(frozen=True, repr=False)
class Note:
    """One note; its number counts on its page, oldest first."""

    record: str
    number: int
    page: int
    marks: PageMarks
    text: str
    alias: str
    on: str
    is_own: bool


def notes_of(case: Case, actor: Actor, item: str, *, today: date) -> list[Note]:
    """The notes of a document that stand, by page and number. NotGranted without a key of the case."""
    with _opened(case, actor, today) as file:
        records = [record for record in file.records(kind=NOTE) if record.content["of"] == item and record.content["text"]]
    pages = sorted({record.content["page"] for record in records})
    return [
        _note(record, number, actor)
        for page in pages
        for number, record in enumerate((each for each in records if each.content["page"] == page), start=1)
    ]


def pin(case: Case, actor: Actor, item: str, page: int, marks: PageMarks, text: str, *, today: date) -> str:
    """Pin a note to regions of a page; gives its record. NotGranted, before writing, for those who do not work on the case."""
    if not may_check(actor, case):
        raise NotGranted("does not work on this case")
    with _opened(case, actor, today) as file:
        known = [each for each in file.records(kind=NOTE) if (each.content["of"], each.content["page"]) == (item, page)]
        if file.read(item).kind != "evidence" or len(known) >= MOST_OF_A_PAGE:
            raise NotGranted("no page to pin to")
        content = {
            "of": item,
            "page": page,
            "marks": marks.to_value(),
            "text": text,
            "by": actor.id,
            "alias": actor.member.alias,
            "on": today.isoformat(),
        }
        return file.write(Section.EVIDENCE, NOTE, content)


def take_back(case: Case, actor: Actor, record: str, *, today: date) -> None:
    """Take a note of one's own off the page; what it said stays in its earlier version. NotGranted for any other."""
    with _opened(case, actor, today) as file:
        note = file.read(record)
        if note.kind != NOTE or note.content["by"] != actor.id:
            raise NotGranted("not a note of this member")
        file.write(Section.EVIDENCE, NOTE, {**note.content, "text": ""}, replaces=note)


def boxes_of(notes: Sequence[Note], page: int) -> list[tuple[str, tuple[float, float, float, float]]]:
    """What is drawn on a page: each note's number at each of its regions."""
    return [
        (str(note.number), (region.left, region.top, region.right, region.bottom))
        for note in notes
        if note.page == page
        for region in note.marks.regions(page)
    ]


def _note(record: OpenRecord, number: int, actor: Actor) -> Note:
    content = record.content
    return Note(
        record=record.id,
        number=number,
        page=content["page"],
        marks=PageMarks.from_value(content["marks"]),
        text=content["text"],
        alias=content["alias"],
        on=content["on"],
        is_own=content["by"] == actor.id,
    )


def _opened(case: Case, actor: Actor, today: date) -> opening.Opening:
    return opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today)
