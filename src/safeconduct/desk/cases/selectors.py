"""Reads of cases: typed rows ready for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.access import readable_cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.vault import cards
from safeconduct.desk.vault.keyholders import Subject

ROWS_PER_PAGE = 50
_URGENCIES = ("urgent", "soon", "routine", "unknown")


@dataclass(frozen=True, repr=False)
class CaseRow:
    """One line of the case list."""

    id: str
    reference: str
    stage: str
    opened_on: date
    organisation: str
    name: str
    country: str
    category: str
    urgency: str
    risk: str
    language: str


@dataclass(frozen=True, repr=False)
class CasePage:
    """One page of the list."""

    rows: Sequence[CaseRow]
    page: int
    pages: int
    total: int


def case_page(actor: Actor, *, page: int, stage: str, today: date) -> CasePage:
    """The actor's cases, newest first; only this page is decrypted."""
    cases = readable_cases(actor).order_by("-opened_on", "id")
    if stage in Case.Stage.values:
        cases = cases.filter(stage=stage)
    total = cases.count()
    pages = max(1, -(-total // ROWS_PER_PAGE))
    page = min(max(page, 1), pages)
    shown = list(cases[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE])
    opened = cards.open_cards([case.subject for case in shown], holder=actor, purpose=Purpose.LISTING, today=today)
    return CasePage([_row(case, opened.get(case.id, {})) for case in shown], page, pages, total)


def search_cases(actor: Actor, words: str, *, now: datetime) -> list[CaseRow]:
    """Cases whose card or reference holds every word, most urgent first; decrypts in this session's memory only."""
    wanted = [word.casefold() for word in words.split()]
    if not wanted:
        return []
    rows = list(
        readable_cases(actor).values_list("id", "reference", "stage", "opened_on", "organisation_id", "organisation__name")
    )
    remembered = cards.MEMORY.of(actor.session.digest, now) if actor.session else None
    subjects = [Subject(row[0], row[4]) for row in rows]
    opened = cards.open_cards(subjects, holder=actor, purpose=Purpose.SEARCH, today=now.date(), remembered=remembered)
    found = []
    for case_id, reference, stage, opened_on, _, organisation in rows:
        card = opened.get(case_id, {})
        if _matches(wanted, reference, card):
            found.append(_row_of(case_id, reference, stage, opened_on, organisation, card))
    return sorted(found, key=lambda row: (_URGENCIES.index(row.urgency), row.reference))


def _matches(wanted: Sequence[str], reference: str, card: dict[str, Any]) -> bool:
    text = f"{reference} {' '.join(str(value) for value in card.values())}".casefold()
    return all(word in text for word in wanted)


def _row(case: Case, card: dict[str, Any]) -> CaseRow:
    return _row_of(case.id, case.reference, case.stage, case.opened_on, case.organisation.name, card)


def _row_of(case_id: str, reference: str, stage: str, opened_on: date, organisation: str, card: dict[str, Any]) -> CaseRow:
    urgency = card.get("urgency", "unknown")
    return CaseRow(
        id=case_id,
        reference=reference,
        stage=stage,
        opened_on=opened_on,
        organisation=organisation,
        name=card.get("name", ""),
        country=card.get("country", ""),
        category=card.get("category", "unknown"),
        urgency=urgency if urgency in _URGENCIES else "unknown",
        risk=card.get("risk", "unknown"),
        language=card.get("language", ""),
    )
