"""Erasing a whole case where the person asks for it: its keys, records and files, and the conversations it came from."""

from datetime import date

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.models import Case
from safeconduct.desk.custody import services as custody
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.intake.models import Request
from safeconduct.desk.pathways.models import Permit, Submission
from safeconduct.desk.retention.errors import StillKept
from safeconduct.desk.retention.models import Certificate
from safeconduct.desk.retention.services import erase_request
from safeconduct.desk.vault import erasing


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
        requests = list(case.requests.all())
        if Request.objects.filter(case=case, hold__until__gte=today).exists():
            raise StillKept("a hold keeps it")
        organisation, thing = case.organisation_id, case.id
        gone = erasing.erase(case.id)
        Permit.objects.filter(case=case).delete()
        Submission.objects.filter(case=case).delete()
        Dossier.objects.filter(case=case).delete()
        case.delete()
        for request in requests:
            erase_request(request, Certificate.Why.ASKED, actor.id, today)
        custody.write(organisation, Act.CASE_ERASED, actor=actor.id, thing=thing, purpose=Purpose.RETENTION, today=today)
        certificate = Certificate.objects.create(
            organisation_id=organisation,
            thing=thing,
            why=Certificate.Why.ASKED,
            erased_on=today,
            by=actor.id,
            grants=gone.grants,
            records=gone.records,
            files=gone.files,
        )
    erasing.scrub()
    return certificate
