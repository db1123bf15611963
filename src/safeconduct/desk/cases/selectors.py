"""Reads of cases: typed rows ready for a page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.access import readable_cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.vault import cards, opening
from safeconduct.desk.vault.keyholders import Subject
from safeconduct.desk.vault.opening import OpenRecord
from safeconduct.desk.vault.sections import Section

ROWS_PER_PAGE = 50
FOLLOW_UP = "follow-up"
"""Kind of the records that hold a numbered question of an evaluator and its answer."""
NEW_FACTS = "new-facts"
"""Kind of the records of what came in after evaluations were signed."""
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
    # Ids first: sorting thousands of whole rows, each with its organisation's keys, would take longer than all the rest.
    ids = list(cases.values_list("id", flat=True)[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE])
    whole = Case.objects.select_related("organisation").in_bulk(ids)
    shown = [whole[case_id] for case_id in ids]
    opened = cards.open_cards([case.subject for case in shown], holder=actor, purpose=Purpose.LISTING, today=today)
    return CasePage([_row(case, opened.get(case.id, {})) for case in shown], page, pages, total)


def search_cases(actor: Actor, words: str, *, now: datetime) -> list[CaseRow]:
    """Cases whose card or reference holds every word, most urgent first; decrypts in this session's memory only."""
    wanted = [word.casefold() for word in words.split()]
    if not wanted:
        return []
    rows = list(readable_cases(actor).values_list("id", "organisation_id", "reference"))
    remembered = cards.MEMORY.of(actor.session.digest, now) if actor.session else None
    subjects = [Subject(case_id, organisation) for case_id, organisation, _ in rows]
    opened = cards.open_cards(subjects, holder=actor, purpose=Purpose.SEARCH, today=now.date(), remembered=remembered)
    found = [case_id for case_id, _, reference in rows if _matches(wanted, reference, opened.get(case_id))]
    whole = Case.objects.select_related("organisation").in_bulk(found)
    shown = [_row(whole[case_id], opened.get(case_id, {})) for case_id in found]
    return sorted(shown, key=lambda row: (_URGENCIES.index(row.urgency), row.reference))


def _matches(wanted: Sequence[str], reference: str, card: cards.Card | None) -> bool:
    folded, text = reference.casefold(), card.words if card else ""
    return all(word in text or word in folded for word in wanted)


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


@dataclass(frozen=True, repr=False)
class CaseFile:
    """A case as its page shows it to one reader: only the sections that this reader holds."""

    card: dict[str, Any]
    consents: dict[str, Any]
    interview: Sequence[tuple[str, OpenRecord]]
    """(section, its part of the interview), in the order of the sections."""
    evidence: Sequence[OpenRecord]
    follow_ups: Sequence[OpenRecord]
    """Numbered questions of evaluators, answered or not."""
    new_facts: Sequence[OpenRecord]
    """What came in after evaluations were signed, oldest first."""
    decision: str
    """The outcome word of the decision, or empty."""
    readable: frozenset[Section]


def case_file(case: Case, actor: Actor, *, today: date) -> CaseFile:
    """Open a case for its page. NotGranted for members without any key."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.HANDLING, today=today) as file:
        records = file.records()
        readable = file.sections
    by_kind: dict[str, list[OpenRecord]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    order = list(Section)
    interview = sorted(by_kind.get("interview", []), key=lambda record: order.index(record.section))
    decisions = by_kind.get("decision", [])
    return CaseFile(
        follow_ups=by_kind.get(FOLLOW_UP, []),
        new_facts=by_kind.get(NEW_FACTS, []),
        card=_content(by_kind, "card"),
        consents=_content(by_kind, "consents"),
        interview=[(record.section.value, record) for record in interview],
        evidence=by_kind.get("evidence", []),
        decision=json.loads(decisions[-1].content["decision"])["outcome"] if decisions else "",
        readable=readable,
    )


def interview_values(case: Case, actor: Actor, *, today: date) -> dict[str, Any]:
    """What is recorded of the interview so far, by question, as far as the actor may read."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.INTERVIEW, today=today) as file:
        records = file.records(kind="interview")
    return {question: value for record in records for question, value in record.content["answers"].items()}


def evidence_titles(case: Case, actor: Actor, *, today: date) -> list[tuple[str, str]]:
    """(record, title) of every piece of evidence that the actor may read."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.INTERVIEW, today=today) as file:
        return [(record.id, record.content["title"]) for record in file.records(kind="evidence")]


def consents_of_case(case: Case, actor: Actor, *, today: date) -> dict[str, Any]:
    """The consents as last recorded, or nothing."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.HANDLING, today=today) as file:
        record = file.newest("consents")
    return record.content if record else {}


def _content(by_kind: dict[str, list[OpenRecord]], kind: str) -> dict[str, Any]:
    found = by_kind.get(kind)
    return found[-1].content if found else {}


def draft_place(case: Case) -> str:
    """Under which name the draft of a case's interview is kept."""
    return f"interview {case.id}"
