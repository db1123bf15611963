"""Reads of a case's path: submissions, permits, and the steps that follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.core.custody import Purpose
from safeconduct.core.procedures import Step, steps
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.vault import opening
from safeconduct.packs import FRANCE_ENTRY, procedure


@dataclass(frozen=True, repr=False)
class Path:
    """Where a case stands after its dossier."""

    submissions: Sequence[tuple[str, dict[str, Any]]]
    """(id, what was recorded)"""
    permits: Sequence[dict[str, Any]]
    events: Mapping[str, date]
    steps: Sequence[Step]


def path_of(case: Case, actor: Actor, *, today: date) -> Path:
    """The path of a case. NotGranted for members without its legal section is an empty path."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.PATHWAY, today=today) as file:
        records = {record.id: record for record in file.records() if record.kind in ("submission", "permit", "events")}
    submissions = [(row.id, records[row.record].content) for row in case.submissions.order_by("id") if row.record in records]
    permits = [records[row.record].content for row in case.permits.order_by("id") if row.record in records]
    events = _events(permits, [record.content for record in records.values() if record.kind == "events"])
    return Path(submissions, permits, events, steps(procedure(FRANCE_ENTRY), events, today=today) if permits else ())


def _events(permits: Sequence[dict[str, Any]], recorded: Sequence[dict[str, Any]]) -> dict[str, date]:
    found: dict[str, date] = {}
    for permit in permits:
        found["permit_issued"] = date.fromisoformat(permit["issued_on"])
        found["permit_valid_from"] = date.fromisoformat(permit["valid_from"])
        found["permit_valid_until"] = date.fromisoformat(permit["valid_until"])
    for content in recorded:
        found.update({event: date.fromisoformat(on) for event, on in content["events"].items()})
    return found
