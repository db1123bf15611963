"""Organisations vouch for their evaluators' keys and their own clocks, and publish what to trust."""

from datetime import date, timedelta

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.dossier import DatedKey, Trust, TrustedOrganisation, Voucher, read_notice, vouch
from safeconduct.core.dossier.trust import read_voucher
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import signing_subject
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.models import Member, Organisation
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.custody import services as custody
from safeconduct.desk.custody.selectors import log_key_of
from safeconduct.desk.dossiers.models import EvaluatorVoucher, TimeKey, Withdrawal
from safeconduct.desk.dossiers.papers import renew_certificates
from safeconduct.desk.dossiers.stamping import renew_time_key
from safeconduct.desk.dossiers.withdrawing import is_key_withdrawn
from safeconduct.desk.vault import signing

VALID_FOR = timedelta(days=730)


@transaction.atomic
def vouch_for(member: Member, actor: Actor, *, today: date) -> None:
    """Sign that this key is the member's; by a coordinator of the same organisation. NotAllowed otherwise."""
    if not actor.has_role(Role.COORDINATOR) or member.organisation_id != actor.organisation:
        raise NotAllowed("a coordinator vouches for evaluators of their own organisation")
    if is_key_withdrawn(member):
        raise NotAllowed("a withdrawn key is never vouched for again")
    voucher = vouch(
        signing.organisation_key(signing_subject(member.organisation), actor),
        organisation=member.organisation_id,
        alias=member.alias,
        key=signing.public_key(bytes(member.signing_public_key)),
        first_day=today,
        last_day=today + VALID_FOR,
    )
    EvaluatorVoucher.objects.update_or_create(member=member, defaults={"encoded": voucher.encode()})
    renew_time_key(actor, today=today)
    renew_certificates(actor)
    act, purpose = Act.CREDENTIAL_CHANGED, Purpose.KEYS
    custody.write(member.organisation_id, act, actor=actor.id, thing=member.id, purpose=purpose, today=today)


def voucher_of(member: Member) -> Voucher | None:
    """The voucher that stands for a member's key, or None."""
    row = EvaluatorVoucher.objects.filter(member=member).first()
    return read_voucher(bytes(row.encoded)) if row else None


def trust_file(today: date) -> bytes:
    """trust.json: every organisation's signing and log keys, the keys it vouches for, and what was withdrawn until `today`."""
    notices = tuple(read_notice(bytes(each.encoded)) for each in Withdrawal.objects.order_by("published_on", "id"))
    organisations = tuple(_trusted(each) for each in Organisation.objects.order_by("id"))
    return Trust(organisations, day=today, notices=notices).encode()


def _trusted(organisation: Organisation) -> TrustedOrganisation:
    members = organisation.members.filter(voucher__isnull=False, is_active=True).order_by("id")
    vouchers = [voucher for member in members if (voucher := voucher_of(member)) is not None]
    clocks = [read_voucher(bytes(row.voucher)) for row in TimeKey.objects.filter(organisation=organisation)]
    since = organisation.founded_on
    return TrustedOrganisation(
        id=organisation.id,
        name=organisation.name,
        keys=(DatedKey(key=bytes(organisation.signing_public_key), first_day=since),),
        logs=(DatedKey(key=log_key_of(organisation.id)[0], first_day=since),),
        vouchers=(*vouchers, *clocks),
    )
