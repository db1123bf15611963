"""The proof of having filed: asked for by the person, signed by their organisation, naming nobody (spec/statements-v1.md)."""

import secrets
from datetime import date

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.statements import Filing, Signer, sign_statement
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import signing_subject
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault import opening, signing
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.desk.vault.sections import Section

KIND = "proof"


def ask_proof(request: Request, person: Keyholder, *, today: date) -> None:
    """Ask for a proof; a coordinator signs it. Nothing changes where one was asked for or made already."""
    with opening.opened(request.subject, holder=person, purpose=Purpose.APPLICANT, today=today) as file:
        if file.newest(KIND) is None:
            Request.objects.filter(pk=request.pk, proof_asked_on=None).update(proof_asked_on=today, awaits_desk=True)


def sign_proof(request: Request, actor: Actor, *, today: date) -> None:
    """Sign the proof that the person asked for. NotGranted, before writing, without the desk's or the organisation's key."""
    organisation = request.organisation
    key = signing.organisation_key(signing_subject(organisation), actor)
    with opened_by_desk(request, actor, Purpose.APPLICANT, today=today) as file:
        body = Filing(filed_on=request.day, number=secrets.token_hex(16))
        statement = sign_statement(key, Signer(organisation.id, organisation.name), body, day=today)
        file.write(Section.THREAD, KIND, {"statement": statement.encode().decode()}, replaces=file.newest(KIND))
        file.note(Act.PROOF_SIGNED, request.id)
        Request.objects.filter(pk=request.pk).update(proof_asked_on=None, awaits_applicant=True)


def proof_of(request: Request, person: Keyholder, *, today: date) -> bytes | None:
    """The signed proof of the person's own request, as a file; None where there is none yet."""
    with opening.opened(request.subject, holder=person, purpose=Purpose.APPLICANT, today=today) as file:
        record = file.newest(KIND)
    return record.content["statement"].encode() if record else None
