"""Reads of searches for incidents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.core.custody import Purpose
from safeconduct.core.timeline import Certainty, Precision, Statement, Topic
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.claims.content import STATEMENT, is_set_aside, statement_of
from safeconduct.desk.incidents.findings import State, state_of
from safeconduct.desk.incidents.lookup import LONGEST, MOST_STAYS, Said
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.opening import OpenFile, OpenRecord
from safeconduct.desk.vault.sections import Section

RUN, HIT = "incident-search", "incident-overlap"
SECTION = Section.CONDUCT
"""Where deployments and conduct stand: what may touch an allegation of crime is kept with it (GDPR 10)."""
_ORDER = (State.OPEN, State.FOR_EVALUATORS, State.TO_ASK, State.UNRELATED)
_TELL_OF_STAYS = (Topic.STAY, Topic.SERVICE, Topic.FRONT)
_CERTAINTIES = ("likely", "possible", "weak")
_UNITS, _STAYS = ("q23", "units"), ("q30", "stays")
"""Where the screening questionnaire asks for service and stays: question and part."""


@dataclass(frozen=True, repr=False)
class HitLine:
    """One coincidence, as a page shows it."""

    record: str
    number: int
    """On the map and in the table, from 1."""
    state: State
    content: dict[str, Any]  # Any: what a sealed record holds


@dataclass(frozen=True, repr=False)
class CaseIncidents:
    """What stands about incidents in a case."""

    run: OpenRecord | None
    """The last search."""
    hits: Sequence[HitLine]
    """Of the last search: to be decided first."""
    earlier: Sequence[HitLine]
    """Decided once, and not found by the last search any more."""


def incidents_of(case: Case, actor: Actor, *, today: date) -> CaseIncidents:
    """The last search and its coincidences that the actor may read."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        records, runs = file.records(kind=HIT), file.records(kind=RUN)
    run = runs[-1] if runs else None
    kept = set(run.content["hits"]) if run else set()
    ordered = sorted(records, key=_order)
    lines = [HitLine(each.id, place, state_of(each.content), each.content) for place, each in enumerate(ordered, 1)]
    return CaseIncidents(
        run,
        [line for line in lines if line.record in kept],
        [line for line in lines if line.record not in kept and line.content["decisions"]],
    )


def for_evaluators(case: Case, actor: Actor, *, today: date) -> list[HitLine]:
    """What an evaluator looks at: coincidences of the last search that are more than vague, and all that somebody decided."""
    found = incidents_of(case, actor, today=today)
    return [line for line in found.hits if line.state is not State.OPEN or line.content["certainty"] != "weak"]


def near(file: OpenFile) -> Mapping[str, Certainty]:
    """Statements whose stay touches an incident that harmed civilians, by the last search of an open case.

    What somebody decided not to concern the person, and what is too vague to say, is left out.
    """
    runs = file.records(kind=RUN)
    if not runs:
        return {}
    kept, statements = (
        set(runs[-1].content["hits"]),
        {each["key"]: each.get("statement", "") for each in runs[-1].content["stays"]},
    )
    found: dict[str, Certainty] = {}
    for hit in file.records(kind=HIT):
        content = hit.content
        statement = statements.get(content["stay"], "")
        if hit.id not in kept or not statement or not content["harms"] or content["certainty"] == "weak":
            continue
        if state_of(content) is not State.UNRELATED:
            is_likely = content["certainty"] == "likely" or found.get(statement) is Certainty.CERTAIN
            found[statement] = Certainty.CERTAIN if is_likely else Certainty.POSSIBLE
    return found


def stays_of(case: Case, actor: Actor, *, today: date) -> list[Said]:
    """Stays and service that statements tell of; where nobody took the interview's answers over yet, those answers."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        records, interview = file.records(kind=STATEMENT), file.records(kind="interview")
    told = [_said(statement_of(each)) for each in records if not is_set_aside(each.content)]
    answers = {question: value for record in interview for question, value in record.content["answers"].items()}
    rows = [*_rows(answers, *_STAYS), *_rows(answers, *_UNITS)]
    said = [each for each in told if each] or [
        Said(place=_town(row), dates=_interval(row.get("dates")), unit=_unit(row)) for row in rows
    ]
    return list(dict.fromkeys(each for each in said if each.dates and (each.place or each.unit)))[:MOST_STAYS]


def _said(statement: Statement) -> Said | None:
    """A statement as a stay; None where it tells of none."""
    if statement.topic not in _TELL_OF_STAYS:
        return None
    place, unit = statement.place, statement.unit
    return Said(
        place=place.name[:LONGEST] if place and place.precision is not Precision.COUNTRY else "",
        place_id=place.key if place else "",
        dates=statement.when,
        unit=" ".join(part for part in (unit.number, unit.name) if part)[:LONGEST] if unit else "",
        statement=statement.id,
    )


def _order(hit: OpenRecord) -> tuple[int, int, bool, str, str]:
    content = hit.content
    certainty = _CERTAINTIES.index(content["certainty"])
    return _ORDER.index(state_of(content)), certainty, not content["harms"], content["first"], hit.id


def _rows(answers: dict[str, Any], question: str, part: str) -> list[dict[str, Any]]:
    rows = answers.get(question, {}).get("parts", {}).get(part, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _town(row: dict[str, Any]) -> str:
    place = row.get("place")
    if not isinstance(place, dict):
        return ""
    return str(place.get("town") or place.get("region") or "")[:LONGEST]


def _unit(row: dict[str, Any]) -> str:
    return " ".join(str(row.get(name, "")) for name in ("number", "unit")).strip()[:LONGEST]


def _interval(value: object) -> str:
    """A range of dates as the questionnaire keeps it, in EDTF; empty where nothing is said."""
    if not isinstance(value, dict):
        return ""
    first, last = (_moment(value.get(name)) for name in ("from", "to"))
    if not first and not last:
        return ""
    return f"{first or '..'}/{last or '..'}" if first != last else first


def _moment(value: object) -> str:
    if not isinstance(value, dict) or not value.get("on"):
        return ""
    return f"{value['on']}~" if value.get("about") else str(value["on"])
