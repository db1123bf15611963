"""Last days of a French path by the rulebook: the safe one, the legal one, and how they are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.procedures.deadlines import Deadline, Status, When, deadlines
from safeconduct.rulebooks import procedure_named, rulebooks

PROCEDURE = "fr-asylum"
_EVENTS = {
    "arrived": "entry",
    "spada_contacted": "spada",
    "guda_registered": "registered",
    "attestation_received": "attestation",
    "pole_france_asile": "pole-france-asile",
    "refusal_notified": "decision-notified",
    "legal_aid_asked": "legal-aid-requested",
    "appeal_lodged": "appeal-lodged",
}
"""Events of the path, and what the rules call them."""
_DONE_BY = {"ofpra-form": "ofpra_form_sent", "legal-aid": "legal_aid_asked", "cnda-appeal": "appeal_lodged"}


@dataclass(frozen=True)
class LastDay:
    """One step that waits for somebody."""

    title: str
    is_known: bool
    safe: date | None
    legal: date | None
    days_left: int | None
    """Until the safe day; negative when it has passed."""
    rule: str
    source: str
    signed_by: str
    counting: Sequence[tuple[date, str]]
    advice: str


def last_days(events: Mapping[str, date], *, language: str, today: date) -> Sequence[LastDay]:
    """The steps that events have triggered and nobody has done yet, the most urgent first; unknown ones before all."""
    books = rulebooks()
    book, procedure = procedure_named(books, PROCEDURE)
    named = {_EVENTS[event]: [When.on(day)] for event, day in events.items() if event in _EVENTS}
    found = deadlines(book, procedure.id, named)
    waiting = [each for each in found if each.status is not Status.NOT_TRIGGERED and _DONE_BY.get(each.step.id, "") not in events]
    ordered = sorted(waiting, key=lambda each: (each.status is Status.KNOWN, each.safe or date.max))
    return [_told(each, language, today) for each in ordered]


def _told(each: Deadline, language: str, today: date) -> LastDay:
    return LastDay(
        title=each.step.title.in_language(language),
        is_known=each.status is Status.KNOWN,
        safe=each.safe,
        legal=each.legal,
        days_left=(each.safe - today).days if each.safe else None,
        rule=each.rule.id if each.rule else each.step.rule,
        source=each.rule.source if each.rule else "",
        signed_by=each.rule.signed_by if each.rule else "",
        counting=[(line.day, line.text.in_language(language)) for line in each.counting],
        advice=" ".join(text.in_language(language) for text in each.advice),
    )
