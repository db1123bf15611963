"""Withdrawing a released dossier: a signed notice, published in the trust file, that every verification shows."""

import hashlib
from datetime import date

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.statements import DossierReason, DossierWithdrawal, Signer, sign_statement
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import signing_subject
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.dossiers.models import Dossier, Withdrawal
from safeconduct.desk.vault import opening, signing


@transaction.atomic
def withdraw_dossier(dossier: Dossier, actor: Actor, reason: DossierReason, *, today: date) -> Withdrawal:
    """Sign and publish that the dossier is no longer to be relied on; its package is not handed out any more.

    Raises NotReady, before writing, unless it is released; NotGranted for who does not hold the organisation's key.
    """
    case = dossier.case
    key = signing.organisation_key(signing_subject(case.organisation), actor)
    if not Dossier.objects.filter(pk=dossier.pk, state=Dossier.State.RELEASED).update(state=Dossier.State.WITHDRAWN):
        raise NotReady("release")
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today) as file:
        manifest = file.read(dossier.record).content["manifest"].encode()
        file.note(Act.DOSSIER_WITHDRAWN, dossier.id)
    says = DossierWithdrawal(manifest=hashlib.sha256(manifest).hexdigest(), withdrawn_on=today, reason=reason)
    notice = sign_statement(key, Signer(case.organisation_id, case.organisation.name), says, day=today)
    return Withdrawal.objects.create(organisation=case.organisation, dossier=dossier, published_on=today, encoded=notice.encode())


def notice_on(dossier: Dossier) -> bytes | None:
    """The published notice, or None where the dossier is not withdrawn."""
    row = Withdrawal.objects.filter(dossier=dossier).first()
    return bytes(row.encoded) if row else None
