"""A member's own passphrase, authenticator and recovery codes: changed by themselves, after a fresh proof."""

from datetime import datetime

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts import enrolment, sessions
from safeconduct.desk.accounts.actors import Actor, owner_of
from safeconduct.desk.accounts.errors import CodeUnusable
from safeconduct.desk.accounts.models import RecoverySession
from safeconduct.desk.accounts.passphrases import require_strong
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault import identities
from safeconduct.desk.vault.secrets import Passphrase, SealingRefused


@transaction.atomic
def change_passphrase(actor: Actor, passphrase: Passphrase, *, now: datetime) -> None:
    """Seal the member's keys under another passphrase and sign them out everywhere else. PassphraseTooWeak before writing."""
    member = actor.member
    require_strong(passphrase, [member.sign_in_name, member.alias, member.organisation.name])
    member.sealed_keys = identities.seal_under_passphrase(owner_of(member), actor.keys, passphrase)
    member.save(update_fields=["sealed_keys"])
    _note(actor, now)
    sessions.end_other_sessions(actor, now=now)


def begin_second_factor(actor: Actor) -> None:
    """Make another authenticator secret, to be confirmed; the present one goes on working until then."""
    member = actor.member
    member.pending_totp = identities.seal_second_factor(owner_of(member), actor.keys, identities.new_second_factor())
    member.save(update_fields=["pending_totp"])


def pending_second_factor(actor: Actor) -> identities.SecondFactor | None:
    """The secret that waits to be confirmed, for its owner's eyes; None where nothing waits."""
    sealed = actor.member.pending_totp
    return identities.open_second_factor(owner_of(actor.member), actor.keys, bytes(sealed)) if sealed else None


@transaction.atomic
def confirm_second_factor(actor: Actor, code: str, *, now: datetime) -> list[str]:
    """The authenticator works: it counts from now on. CodeUnusable before writing.

    For somebody who is joining or coming back by recovery this is the last step; their recovery codes are then given,
    to be shown once. Otherwise the list is empty and the codes they have stay.
    """
    factor, member = pending_second_factor(actor), actor.member
    try:
        if factor is None or member.pending_totp is None:
            raise CodeUnusable("nothing waits to be confirmed")
        step = factor.step_of(code, at=int(now.timestamp()), last_step=None)
    except SealingRefused:
        raise CodeUnusable("not the digits of this authenticator") from None
    member.sealed_totp, member.pending_totp, member.last_totp_step = bytes(member.pending_totp), None, step
    member.save(update_fields=["sealed_totp", "pending_totp", "last_totp_step"])
    if member.joined_on is None:
        return enrolment.confirm_joined(member, today=now.date())
    _note(actor, now)
    if not member.needs_second_factor:
        return []
    member.needs_second_factor = False
    member.save(update_fields=["needs_second_factor"])
    RecoverySession.objects.filter(member=member).delete()
    return enrolment.new_recovery_codes(member)


@transaction.atomic
def renew_recovery_codes(actor: Actor, *, now: datetime) -> list[str]:
    """Ten new codes, to be shown once; the old ones stop working."""
    codes = enrolment.new_recovery_codes(actor.member)
    _note(actor, now)
    return codes


def _note(actor: Actor, now: datetime) -> None:
    custody.write(
        actor.organisation, Act.CREDENTIAL_CHANGED, actor=actor.id, thing=actor.id, purpose=Purpose.OWN, today=now.date()
    )
