"""Reads of screenings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.access import readable_cases
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.cases.services import consents_to
from safeconduct.desk.screening.access import PARTS
from safeconduct.desk.screening.findings import State, has_proposed, state_of
from safeconduct.desk.screening.lookup import LONGEST_NAME, MOST_NAMES, Person
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.opening import OpenRecord
from safeconduct.desk.vault.sections import Section

RUN, HIT = "screening", "screening-hit"
SECTION = Section.EVIDENCE
"""What researchers hold, and those who verify."""
_IDENTITY_QUESTIONS = {"name": "q10", "birth": "q11", "nationality": "q12"}
_ORDER = (State.OPEN, State.PROPOSED, State.UNSURE, State.CONFIRMED, State.FALSE_POSITIVE)


@dataclass(frozen=True, repr=False)
class HitLine:
    """One hit, as the page shows it."""

    record: str
    state: State
    is_new: bool
    """Found by the last run, and not before."""
    content: dict[str, Any]
    awaits_another: bool
    """Whether this reader said "true match" already."""

    @property
    def per_cent(self) -> int:
        """The estimated probability, before anybody has looked."""
        return round(int(self.content["score"]) / 10)

    @property
    def namesakes(self) -> str:
        """How many people of the lists would fit as well by chance."""
        return f"{self.content['namesakes'] / 1000:.1f}"


@dataclass(frozen=True, repr=False)
class CaseScreening:
    """What stands about screening in a case."""

    hits: Sequence[HitLine]
    """To be decided first, remembered false positives last."""
    runs: Sequence[OpenRecord]
    """Newest first."""
    may_research: bool
    """Whether the person agreed to research in open sources; comparing with lists here is part of handling the case."""


def screening_of(case: Case, actor: Actor, *, today: date) -> CaseScreening:
    """Hits and runs that the actor may read."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        hits, runs = file.records(kind=HIT), file.records(kind=RUN)
        may_research = consents_to(file, "open_source_research")
    new = set(runs[-1].content["new"]) if runs else set()
    lines = [_line(hit, actor, is_new=hit.id in new) for hit in hits]
    ordered = sorted(lines, key=lambda line: (_ORDER.index(line.state), not line.is_new, -line.content["score"]))
    return CaseScreening(ordered, runs[::-1], may_research)


def person_of(case: Case, actor: Actor, *, today: date) -> Person:
    """The names, day of birth and nationality that the identity section holds; without names where the actor cannot read it."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        records = [record for record in file.records(kind="interview") if record.section is Section.IDENTITY]
    answers = {question: value for record in records for question, value in record.content["answers"].items()}
    name, birth, nationality = (_parts(answers, _IDENTITY_QUESTIONS[key]) for key in ("name", "birth", "nationality"))
    # A name to be called by is often a first name alone, which fits thousands: it is taken only where there is no other.
    spelled = [name.get("legal_name", ""), *_several(name.get("other_spellings", ""))]
    spelled = spelled if any(spelled) else [name.get("known_as", "")]
    countries = nationality.get("current") or [""]
    return Person(
        names=list(dict.fromkeys(each[:LONGEST_NAME] for each in spelled if each))[:MOST_NAMES],
        born=_day(birth.get("born", "")),
        country=countries[0] if isinstance(countries, list) else "",
        birth_place=_town(birth.get("birth_place")),
    )


def open_cases(actor: Actor) -> Sequence[Case]:
    """The cases on which the actor works and which are not closed, in a fixed order."""
    works_on = CasePart.objects.filter(member=actor.member, part__in=PARTS).values("case")
    cases = readable_cases(actor).exclude(stage=Case.Stage.CLOSED).select_related("screening").order_by("opened_on", "id")
    if "coordinator" in actor.member.roles:
        return list(cases.filter(organisation_id=actor.organisation))
    return list(cases.filter(pk__in=works_on))


def _line(hit: OpenRecord, actor: Actor, *, is_new: bool) -> HitLine:
    state = state_of(hit.content)
    awaits_another = state is State.PROPOSED and has_proposed(hit.content, actor.id)
    return HitLine(hit.id, state, is_new and state is State.OPEN, hit.content, awaits_another)


def _parts(answers: dict[str, Any], question: str) -> dict[str, Any]:
    parts = answers.get(question, {}).get("parts", {})
    return parts if isinstance(parts, dict) else {}


def _town(place: object) -> str:
    """A place of the questionnaire as far as it is known, without its country."""
    if not isinstance(place, dict):
        return ""
    return str(place.get("town") or place.get("region") or "")[:LONGEST_NAME]


def _several(text: object) -> list[str]:
    written = text if isinstance(text, str) else ""
    for mark in (";", "\n", "/"):
        written = written.replace(mark, ",")
    return [part.strip() for part in written.split(",")]


def _day(value: object) -> str:
    """A date as the questionnaire keeps it; of one that is said to be about right, the year."""
    if not isinstance(value, dict):
        return ""
    day = value.get("on") or ""
    return day[:4] if value.get("about") else day
