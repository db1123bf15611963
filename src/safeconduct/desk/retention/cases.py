"""Erasing whole cases, and parts of them before the rest: because the person asks, or because their time has come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from safeconduct.core.custody import SYSTEM, Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import selectors as in_cases
from safeconduct.desk.cases.clocks import WHOLE, Runs
from safeconduct.desk.cases.models import Case, CaseClock
from safeconduct.desk.custody import services as custody
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.evaluations import selectors as in_evaluations
from safeconduct.desk.intake.models import Request
from safeconduct.desk.pathways.models import Permit, Submission
from safeconduct.desk.retention.errors import StillKept
from safeconduct.desk.retention.models import Certificate
from safeconduct.desk.retention.requests import erase_request
from safeconduct.desk.vault import drafts, erasing
from safeconduct.desk.vault.sections import Section


def is_asked_for(case: Case) -> bool:
    """Whether the person of the case asked for deletion."""
    return case.requests.exclude(deletion_asked_on=None).exists()


def erase_case(case: Case, actor: Actor, *, today: date) -> Certificate:
    """Destroy a case and its conversations, because the person asks; gives the certificate of the case.

    NotAllowed for anybody but a coordinator of its organisation and where nobody asked, StillKept for a hold; each before
    anything is written. What authorities and partners received is not undone by it.
    """
    if actor.organisation != case.organisation_id or not actor.has_role(Role.COORDINATOR) or not is_asked_for(case):
        raise NotAllowed("a coordinator erases a case when its person asks")
    with transaction.atomic():
        custody.queue(case.organisation_id)
        if _is_held(case, today):
            raise StillKept("a hold keeps it")
        certificate = _erase(case, Certificate.Why.ASKED, actor.id, today)
    erasing.scrub()
    return certificate


@dataclass(frozen=True)
class SweptCases:
    """What one sweep did to cases."""

    cases: int = 0
    parts: int = 0
    """Notes about offences and recordings that went before their case."""


def sweep_cases(today: date) -> SweptCases:
    """Erase every case, section and recording whose day has come and that no hold keeps; each in a transaction of its own."""
    parts = sum(_sweep_part(clock, today) for clock in _due([Runs.OFFENCES, Runs.RECORDING], today))
    cases = sum(_sweep_case(clock, today) for clock in _due(WHOLE, today))
    return SweptCases(cases, parts)


def ending_next(organisation: str, *, limit: int) -> Sequence[CaseClock]:
    """Clocks of an organisation's cases that end soonest."""
    running = CaseClock.objects.filter(case__organisation_id=organisation).exclude(erase_on=None)
    return list(running.select_related("case").order_by("erase_on", "id")[:limit])


def _due(kinds: Sequence[CaseClock.Runs], today: date) -> QuerySet[CaseClock]:
    return CaseClock.objects.filter(runs__in=kinds, erase_on__lte=today).select_related("case").order_by("erase_on", "id")


def _sweep_case(clock: CaseClock, today: date) -> int:
    with transaction.atomic():
        if not _is_still_due(clock, today):
            return 0
        _erase(clock.case, Certificate.Why.CLOCK, SYSTEM, today)
    return 1


def _sweep_part(clock: CaseClock, today: date) -> int:
    case = clock.case
    with transaction.atomic():
        if not _is_still_due(clock, today):
            return 0
        if clock.runs == Runs.OFFENCES:
            gone, what = erasing.erase_section(case.id, Section.CONDUCT), Certificate.What.OFFENCES
        else:
            gone, what = erasing.erase_record(case.id, clock.record, clock.file), Certificate.What.RECORDING
        CaseClock.objects.filter(pk=clock.pk).delete()
        _certify(case.organisation_id, case.id, gone, act=Act.RECORD_ERASED, what=what, today=today)
    return 1


def _is_still_due(clock: CaseClock, today: date) -> bool:
    # Asked again where writers stand in line: somebody may have said that work goes on, or placed a hold.
    custody.queue(clock.case.organisation_id)
    return CaseClock.objects.filter(pk=clock.pk, erase_on__lte=today).exists() and not _is_held(clock.case, today)


def _is_held(case: Case, today: date) -> bool:
    return Request.objects.filter(case=case, hold__until__gte=today).exists()


def _erase(case: Case, why: Certificate.Why, by: str, today: date) -> Certificate:
    organisation, thing, requests = case.organisation_id, case.id, list(case.requests.all())
    drafts.drop_everybodys(_draft_places(case))
    gone = erasing.erase(case.id)
    for concern in case.concerns.all():
        gone += erasing.erase(concern.id)
    Permit.objects.filter(case=case).delete()
    Submission.objects.filter(case=case).delete()
    Dossier.objects.filter(case=case).delete()
    case.delete()
    for request in requests:
        erase_request(request, why, by, today)
    return _certify(organisation, thing, gone, act=Act.CASE_ERASED, why=why, by=by, today=today)


def _draft_places(case: Case) -> Iterator[str]:
    yield in_cases.draft_place(case)
    yield in_evaluations.decision_place(case)
    for assignment in case.assignments.all():
        yield in_evaluations.draft_place(assignment)


def _certify(
    organisation: str,
    thing: str,
    gone: erasing.Erased,
    *,
    act: Act,
    what: Certificate.What = Certificate.What.CASE,
    why: Certificate.Why = Certificate.Why.CLOCK,
    by: str = SYSTEM,
    today: date,
) -> Certificate:
    custody.write(organisation, act, actor=by, thing=thing, purpose=Purpose.RETENTION, today=today)
    return Certificate.of(organisation, thing, gone, what=what, why=why, by=by, today=today)
