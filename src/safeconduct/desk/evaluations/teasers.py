"""What somebody who is asked to evaluate may read before the file: a teaser, and on asking the names for the conflict check.

Both are sealed to the evaluator when they are asked. They hold no key of the case before a coordinator opens it to them
(docs/adr/0009-the-declaration-opens-by-key.md).
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from safeconduct import packs
from safeconduct.core.custody import Act, Purpose
from safeconduct.core.evaluation import Criteria
from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.custody import services as custody
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.vault import locks
from safeconduct.desk.vault.opening import OpenFile
from safeconduct.desk.vault.sections import Section

TEASER: Final = "teaser"
NAMES: Final = "names"
_NAMES_QUESTION = "q10"
"""Where the screening questionnaire asks for names."""


class CountryGroup(enum.StrEnum):
    """Where the person is, no closer than an evaluator needs to know whether they can help at all."""

    CENTRAL_ASIA = "central-asia"
    CAUCASUS = "caucasus"
    EUROPEAN_UNION = "european-union"
    """With the EEA and Switzerland."""
    BALKANS_AND_TURKIYE = "balkans-turkiye"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


_EUROPEAN_UNION = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO CH"
_CODES: Mapping[CountryGroup, str] = {
    CountryGroup.CENTRAL_ASIA: "KZ KG TJ TM UZ MN",
    CountryGroup.CAUCASUS: "AM AZ GE",
    CountryGroup.EUROPEAN_UNION: _EUROPEAN_UNION,
    CountryGroup.BALKANS_AND_TURKIYE: "AL BA ME MD MK RS XK TR",
}


@dataclass(frozen=True, repr=False)
class Teaser:
    """What is told about a case before any name."""

    language: str
    country_group: CountryGroup
    criteria: PackStamp


def group_of(country: str) -> CountryGroup:
    """The group of an ISO 3166-1 alpha-2 code."""
    if not country:
        return CountryGroup.UNKNOWN
    return next((group for group, codes in _CODES.items() if country.upper() in codes.split()), CountryGroup.ELSEWHERE)


def write_notes(assignment: Assignment, file: OpenFile, evaluator: Member, criteria: PackStamp) -> None:
    """Seal teaser and names to somebody who is asked, from an open file."""
    record = file.newest("card")
    card = record.content if record else {}
    teaser = {
        "language": card.get("language", ""),
        "country_group": group_of(card.get("country", "")).value,
        "criteria": criteria.value(),
    }
    public = bytes(evaluator.sealing_public_key)
    assignment.teaser = locks.seal_note(file.subject, assignment.id, TEASER, teaser, public)
    assignment.names = locks.seal_note(file.subject, assignment.id, NAMES, {"names": _names(file, card)}, public)
    assignment.save(update_fields=["teaser", "names"])


def teaser_of(assignment: Assignment, actor: Actor) -> Teaser | None:
    """The teaser, for the evaluator it was sealed to; None for one who was asked before there were teasers."""
    if assignment.teaser is None:
        return None
    note = locks.open_note(assignment.case.subject, assignment.id, TEASER, bytes(assignment.teaser), actor)
    return Teaser(note["language"], CountryGroup(note["country_group"]), PackStamp.from_value(note["criteria"]))


def criteria_for(assignment: Assignment, actor: Actor) -> Criteria:
    """The criteria by which this evaluator was asked to rate. PackChanged where their content is another now."""
    teaser = teaser_of(assignment, actor)
    return packs.criteria_of(teaser.criteria) if teaser else packs.criteria(packs.WAR_REFUSERS)


@transaction.atomic
def show_names(assignment: Assignment, actor: Actor, *, today: date) -> list[str]:
    """The names to look for, for the evaluator; that they were read is written down."""
    if assignment.names is None:
        return []
    note = locks.open_note(assignment.case.subject, assignment.id, NAMES, bytes(assignment.names), actor)
    Assignment.objects.filter(pk=assignment.pk).update(names_shown=True)
    custody.write(
        assignment.case.organisation_id,
        Act.NAMES_SHOWN,
        actor=actor.id,
        thing=assignment.id,
        purpose=Purpose.EVALUATION,
        today=today,
    )
    return [str(name) for name in note["names"]]


def _names(file: OpenFile, card: Mapping[str, Any]) -> list[str]:
    """The working name and what the interview says, each once; what the person keeps to the desk is in no partner's section."""
    found = [str(card.get("name", ""))]
    for record in file.records(kind="interview", section=Section.IDENTITY):
        parts = record.content["answers"].get(_NAMES_QUESTION, {}).get("parts", {})
        found += [text for text in parts.values() if isinstance(text, str)]
    return [name for name in dict.fromkeys(name.strip() for name in found) if name]
