"""Writes of pathways: submissions, permits and what follows."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.custody import services as custody
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.pathways.errors import NotReady, OtherRecipient
from safeconduct.desk.pathways.models import Authority, Permit, Submission
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.sections import Section


@dataclass(frozen=True, kw_only=True, repr=False)
class PermitDetails:
    """An entry permit as it was issued."""

    kind: str
    """laissez-passer, visa, temporary-permit or other."""
    number: str
    issued_on: date
    valid_from: date
    valid_until: date


PERMIT_KINDS = ("laissez-passer", "visa", "temporary-permit", "other")


def record_submission(dossier: Dossier, actor: Actor, authority: Authority, *, how: str, on: date, today: date) -> Submission:
    """Record that a released dossier was handed to an authority. NotReady before its release, OtherRecipient for any but its own.

    A dossier is composed within the consent for one authority; another one gets a version of its own.
    """
    if dossier.state != Dossier.State.RELEASED:
        raise NotReady("the dossier is not released")
    case = dossier.case
    with opening.opened(case.subject, holder=actor, purpose=Purpose.SUBMISSION, today=today) as file:
        if file.read(dossier.record).content["recipient"].casefold() != authority.name.casefold():
            raise OtherRecipient("the dossier is for another authority")
        content = {
            "authority": authority.id,
            "name": authority.name,
            "dossier": dossier.id,
            "on": on.isoformat(),
            "how": how,
            "by": actor.id,
        }
        record = file.write(Section.LEGAL, "submission", content)
        submission = Submission.objects.create(case=case, dossier=dossier, record=record)
        file.note(Act.SUBMISSION_RECORDED, submission.id)
    return submission


def record_permit(submission: Submission, actor: Actor, permit: PermitDetails, *, today: date) -> Permit:
    """Record the entry permit that an authority gave, with its validity; its number stays sealed."""
    if permit.valid_until < permit.valid_from:
        raise NotReady("the permit would end before it begins")
    case = submission.case
    with opening.opened(case.subject, holder=actor, purpose=Purpose.PATHWAY, today=today) as file:
        content = {
            "kind": permit.kind,
            "number": permit.number,
            "issued_on": permit.issued_on.isoformat(),
            "valid_from": permit.valid_from.isoformat(),
            "valid_until": permit.valid_until.isoformat(),
        }
        record = file.write(Section.LEGAL, "permit", content)
        row = Permit.objects.create(case=case, submission=submission, record=record)
        file.note(Act.PERMIT_RECORDED, row.id)
        Case.objects.filter(pk=case.pk).update(stage=Case.Stage.PERMIT)
    return row


def record_event(case: Case, actor: Actor, event: str, on: date, *, today: date) -> None:
    """Record that a step of the case's path happened on a day."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.PATHWAY, today=today) as file:
        present = file.newest("events")
        events = dict(present.content["events"]) if present else {}
        events[event] = on.isoformat()
        file.write(Section.LEGAL, "events", {"events": events}, replaces=present)
        file.note(Act.STEP_RECORDED, case.id)


@transaction.atomic
def add_authority(actor: Actor, *, name: str, country: str, language: str, today: date) -> Authority:
    """Add an authority to the list of the actor's organisation."""
    authority = Authority.objects.create(organisation_id=actor.organisation, name=name, country=country, language=language)
    act, purpose = Act.SETTING_CHANGED, Purpose.ADMINISTRATION
    custody.write(actor.organisation, act, actor=actor.id, thing=authority.id, purpose=purpose, today=today)
    return authority
