"""Withdrawing a released dossier, or an evaluator's key: signed notices in the trust file that every verification shows."""

import hashlib
from datetime import date

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.dossier import read_notice
from safeconduct.core.statements import DossierReason, DossierWithdrawal, KeyReason, KeyWithdrawal, Signer, sign_statement
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import signing_subject
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.custody import services as custody
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.dossiers.models import Dossier, EvaluatorVoucher, Withdrawal
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


@transaction.atomic
def withdraw_key(member: Member, actor: Actor, reason: KeyReason, *, since: date, today: date) -> Withdrawal:
    """Sign and publish that nothing an evaluator's key signed from `since` on is to be believed; it is not vouched for any more.

    Raises NotAllowed for another organisation's member or a later day, NotReady for a key nobody vouched for, before writing.
    """
    organisation = member.organisation
    if not actor.has_role(Role.COORDINATOR) or organisation.id != actor.organisation or since > today:
        raise NotAllowed("a coordinator withdraws keys of their own organisation, from a day that has come")
    if not EvaluatorVoucher.objects.filter(member=member).exists():
        raise NotReady("voucher")
    key = signing.organisation_key(signing_subject(organisation), actor)
    fingerprint = signing.public_key(bytes(member.signing_public_key)).fingerprint()
    says = KeyWithdrawal(key=fingerprint, withdrawn_from=since, reason=reason)
    notice = sign_statement(key, Signer(organisation.id, organisation.name), says, day=today)
    EvaluatorVoucher.objects.filter(member=member).delete()
    act, purpose = Act.CREDENTIAL_CHANGED, Purpose.KEYS
    custody.write(organisation.id, act, actor=actor.id, thing=member.id, purpose=purpose, today=today)
    return Withdrawal.objects.create(organisation=organisation, published_on=today, encoded=notice.encode())


def is_key_withdrawn(member: Member) -> bool:
    """Whether a notice of the member's organisation withdraws their key; it is then never vouched for again."""
    fingerprint = signing.public_key(bytes(member.signing_public_key)).fingerprint()
    rows = Withdrawal.objects.filter(organisation_id=member.organisation_id, dossier=None)
    says = [read_notice(bytes(row.encoded)).says for row in rows]
    return any(isinstance(each, KeyWithdrawal) and each.key == fingerprint for each in says)


def notice_on(dossier: Dossier) -> bytes | None:
    """The published notice, or None where the dossier is not withdrawn."""
    row = Withdrawal.objects.filter(dossier=dossier).first()
    return bytes(row.encoded) if row else None
