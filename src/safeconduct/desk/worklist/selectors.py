"""What waits for a member, across the rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.roles import DESK_ROLES, Role
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.next_steps import NextStep, next_step
from safeconduct.desk.cases.selectors import CaseRow, case_page
from safeconduct.desk.concerns.selectors import SecurityDay, security_day
from safeconduct.desk.dossiers.models import Attestation, Dossier
from safeconduct.desk.evaluations.followups import cases_with_open_questions
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.evaluations.selectors import Task, offered_to, waiting_for_the_file
from safeconduct.desk.intake.models import Request
from safeconduct.desk.screening.tasks import Tasks, tasks

_SHOWN = 8


@dataclass(frozen=True, repr=False)
class Worklist:
    """One member's day."""

    waiting_requests: int
    alarms: Sequence[Request]
    """Somebody used a second code: the person may be forced."""
    deletions: Sequence[Request]
    """Asked for by the person, the first due on top."""
    assignments: Sequence[tuple[Assignment, Task]]
    """Evaluations and what each waits for."""
    files_to_open: Sequence[Assignment]
    """Evaluators who declared no conflict and wait for the file."""
    questions: Sequence[Case]
    """With a follow-up question that waits for its answer."""
    attestations: Sequence[Attestation]
    to_release: Sequence[Dossier]
    security: SecurityDay
    screening: Tasks
    cases: Sequence[tuple[CaseRow, NextStep]]


def worklist(actor: Actor, *, now: datetime) -> Worklist:
    """Requests, evaluations, attestations, releases and cases that wait for this member."""
    today = now.date()
    return Worklist(
        waiting_requests=_waiting_requests(actor),
        alarms=list(_at_the_desk(actor).exclude(alarm_on=None).order_by("alarm_on", "id")[:_SHOWN]),
        deletions=list(_at_the_desk(actor).exclude(deletion_due_on=None).order_by("deletion_due_on", "id")[:_SHOWN]),
        assignments=offered_to(actor, today=today) if actor.has_role(Role.EVALUATOR) else [],
        files_to_open=waiting_for_the_file(actor) if actor.has_role(Role.COORDINATOR) else [],
        questions=cases_with_open_questions(actor) if actor.has_role(Role.CASEWORKER) else [],
        attestations=list(Attestation.objects.filter(evaluator=actor.member, envelope=None).select_related("dossier__case")),
        to_release=_to_release(actor),
        security=security_day(actor),
        screening=tasks(actor, now=now),
        cases=_cases(actor, today),
    )


def _waiting_requests(actor: Actor) -> int:
    return _at_the_desk(actor).filter(awaits_desk=True).count()


def _at_the_desk(actor: Actor) -> QuerySet[Request]:
    if not actor.has_role(*DESK_ROLES):
        return Request.objects.none()
    return Request.objects.filter(organisation_id=actor.organisation)


def _to_release(actor: Actor) -> list[Dossier]:
    if not actor.has_role(Role.COORDINATOR):
        return []
    composed = Dossier.objects.filter(case__organisation_id=actor.organisation, state=Dossier.State.COMPOSED)
    ready = composed.exclude(composed_by=actor.member).exclude(attestations__envelope=None)
    return list(ready.select_related("case"))


def _cases(actor: Actor, today: date) -> list[tuple[CaseRow, NextStep]]:
    if not actor.has_role(Role.CASEWORKER, Role.COORDINATOR, Role.LIAISON, Role.RESEARCHER):
        return []
    rows = case_page(actor, page=1, stage="", today=today).rows[:_SHOWN]
    by_id = Case.objects.in_bulk([row.id for row in rows])
    return [(row, next_step(by_id[row.id], actor)) for row in rows]
