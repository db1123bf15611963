"""One side of a comparison: a page of a document's safe copy with its notes, or a section of what the person said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, gettext

from safeconduct import packs
from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.selectors import CaseFile, case_file
from safeconduct.desk.cases.words import SECTIONS
from safeconduct.desk.claims.access import case_of_claims
from safeconduct.desk.claims.selectors import Line, timeline_of
from safeconduct.desk.comparing.notes import Note, notes_of
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.viewing import places
from safeconduct.desk.viewing.services import copy_of
from safeconduct.desk.viewing.words import REFUSALS
from safeconduct.desk.web.answers import Told, told

STATEMENT = "said:"
"""What stands before the name of a section of the interview."""
ALL_STATEMENTS = "statements"
"""The statements of the timeline, who said what and in which document."""


@dataclass(frozen=True, repr=False)
class Side:
    """What lies on one side."""

    title: str
    record: str = ""
    page: int = 0
    pages: int = 0
    picture: str = ""
    """Address of the page with its boxes; empty where there is none."""
    notes: Sequence[Note] = ()
    refused: str = ""
    words: str = ""
    answers: Sequence[Told] = ()
    statements: Sequence[Line] = ()


@dataclass(frozen=True, repr=False)
class Desktop:
    """A case laid open for one reader, so that parts of it can be laid side by side."""

    case: Case
    actor: Actor
    file: CaseFile
    today: date

    def documents(self) -> list[tuple[str, str]]:
        """Record and title of each piece of evidence."""
        return [(item.id, str(item.content["title"])) for item in self.file.evidence]

    def statements(self) -> list[tuple[str, str]]:
        """The statements of the timeline, and each section of the interview that the reader holds, with what they are called."""
        return [
            (ALL_STATEMENTS, gettext("Statements and timeline")),
            *((f"{STATEMENT}{section}", str(SECTIONS[Section(section)])) for section, _ in self.file.interview),
        ]

    def side(self, chosen: str, page: int) -> Side:
        """One side, by what a form offers. Http404 for what is not there or may not be seen."""
        title = dict([*self.documents(), *self.statements()]).get(chosen)
        if title is None:
            raise Http404
        if chosen == ALL_STATEMENTS:
            return self._timeline(title)
        return self._statement(chosen, title) if chosen.startswith(STATEMENT) else self._document(chosen, title, page)

    def _timeline(self, title: str) -> Side:
        case = case_of_claims(self.actor, self.case.id)
        found = timeline_of(case, self.actor, language=get_language() or "en", today=self.today)
        return Side(title, statements=found.lines)

    def _statement(self, chosen: str, title: str) -> Side:
        record = dict(self.file.interview)[chosen.removeprefix(STATEMENT)]
        pack = packs.questionnaire_of(PackStamp.from_value(record.content["pack"]))
        return Side(title, answers=told(pack, record.content["answers"], get_language() or "en"))

    def _document(self, chosen: str, title: str, page: int) -> Side:
        shown = copy_of(places.item_of_case(self.actor, self.case.id, chosen).sought)
        number = min(max(page, 1), max(shown.pages, 1))
        notes = [note for note in notes_of(self.case, self.actor, chosen, today=self.today) if note.page == number]
        return Side(
            title=title,
            record=chosen,
            page=number,
            pages=shown.pages,
            picture=noted_address(self.case, chosen, number) if shown.pages else "",
            notes=notes,
            refused=str(REFUSALS[shown.refused]) if shown.refused else "",
            words="" if shown.pages else shown.words,
        )


def laid_open(case: Case, actor: Actor, *, today: date) -> Desktop:
    """A case as far as the reader holds its sections. NotGranted without any key."""
    return Desktop(case, actor, case_file(case, actor, today=today), today)


def noted_address(case: Case, record: str, page: int) -> str:
    """Where the picture of a page with its boxes is."""
    return reverse("comparing:noted", kwargs={"case_id": case.id, "item_id": record, "page": str(page)})
