"""What a reason stands on, opened in place: a document, a part of the interview, an answer to a follow-up question."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from safeconduct.core.packtext import PackStamp
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.selectors import CaseFile
from safeconduct.desk.cases.words import SECTIONS
from safeconduct.desk.evaluations.followups import follow_ups
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.web.answers import Told, told
from safeconduct.packs import questionnaire_of


@dataclass(frozen=True, repr=False)
class Cited:
    """One cited item as a page shows it."""

    label: str
    lines: Sequence[tuple[str, str]] = ()
    """(what it is, what it says), shown in place."""
    answers: Sequence[Told] = ()
    """Answers of the interview, shown in place."""
    url: str = ""
    """Where the item itself is looked at, if it is a file."""


def cited_items(case: Case, found: CaseFile, language: str) -> dict[str, Cited]:
    """Everything in an open file that an evaluator can cite, by the id that stands in evaluations."""
    items: dict[str, Cited] = {}
    for record in found.evidence:
        content = record.content
        lines = [
            (gettext("Source"), content["source"]),
            (gettext("Dated"), content["dated"]),
            (gettext("What it shows"), content["shows"]),
        ]
        url = reverse("viewing:evidence-item", kwargs={"case_id": case.id, "record_id": record.id})
        items[record.id] = Cited(content["title"], [line for line in lines if line[1]], url=url)
    for section, record in found.interview:
        pack = questionnaire_of(PackStamp.from_value(record.content["pack"]))
        name = str(SECTIONS[Section(section)])
        items[record.id] = Cited(name, answers=told(pack, record.content["answers"], language))
    for each in follow_ups(found.follow_ups):
        label = gettext("Follow-up question %(number)s") % {"number": each.number}
        items[each.record] = Cited(label, [(each.question, each.answer or gettext("Waits for an answer"))])
    return items
