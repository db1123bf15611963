"""Signing in and out. A session's keys rest sealed under a secret that only the cookie holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts import attempts, devices, recovery_codes
from safeconduct.desk.accounts.actors import Actor, actor_for, owner_of
from safeconduct.desk.accounts.errors import SignInRefused
from safeconduct.desk.accounts.models import Member, Session
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault import cards, identities
from safeconduct.desk.vault.keyholders import MemberKeys
from safeconduct.desk.vault.recovery import digest_of
from safeconduct.desk.vault.secrets import Passphrase, SealingRefused, Token, new_token


@dataclass(frozen=True, repr=False)
class SignIn:
    """What a person typed to sign in. `device` is what a browser keeps that has signed in before, or empty."""

    name: str
    passphrase: Passphrase
    code: str
    device: str = ""


def sign_in(attempt: SignIn, *, now: datetime) -> tuple[str, Actor]:
    """A new session's cookie and its actor. Raises TooSoon, or SignInRefused without saying what was wrong."""
    member = member_named(attempt.name)
    device = attempt.device if devices.is_known(attempt.device, member) else ""
    bucket = attempts.take_attempt(attempt.name, device, now=now)
    try:
        keys = unlock(member, attempt.passphrase)
        if member is None:
            raise SignInRefused("refused")
        _use_second_factor(member, keys, attempt.code, now)
    except (SealingRefused, SignInRefused):
        if member is not None:
            note_refusal(member, now)
        raise SignInRefused("refused") from None
    attempts.forget_failures(bucket)
    return open_session(member, keys, now=now)


def member_named(name: str) -> Member | None:
    """Who signs in with this name, if they may: they have joined, have not left and have a second factor."""
    members = Member.objects.select_related("organisation").filter(joined_on__isnull=False, needs_second_factor=False)
    return members.filter(sign_in_name=name.strip().casefold(), is_active=True).first()


@transaction.atomic
def open_session(member: Member, keys: MemberKeys, *, now: datetime) -> tuple[str, Actor]:
    """A session for a member whose keys were just unlocked; gives the cookie value and the actor."""
    refresh_recovery_copy(member, keys)
    token = new_token()
    secret, sealed = identities.seal_for_session(owner_of(member), keys, token.digest().hex())
    session = Session.objects.create(
        digest=token.digest().hex(),
        member=member,
        sealed_keys=sealed,
        started_at=now,
        seen_at=now,
        fresh_until=now + timedelta(minutes=settings.FRESH_PROOF_MINUTES),
    )
    _note(member, Act.SESSION_OPENED, now)
    return f"{token.text()}.{secret}", actor_for(member, keys, session)


def actor_of_cookie(cookie: str, *, now: datetime) -> Actor | None:
    """The actor of a session cookie; None when it is unknown, idle too long, or its member was removed."""
    token, _, secret = cookie.partition(".")
    try:
        digest = Token.parse(token).digest().hex()
    except SealingRefused:
        return None
    session = Session.objects.select_related("member__organisation").filter(digest=digest).first()
    if session is None:
        return None
    if not session.member.is_active or now - session.seen_at > timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        session.delete()
        return None
    keys = identities.open_from_session(owner_of(session.member), digest, secret, bytes(session.sealed_keys))
    if keys is None:
        return None
    _touch(session, now)
    return actor_for(session.member, keys, session)


def end_session(actor: Actor, *, now: datetime) -> None:
    """Sign out: the row goes, and with it every way to use the cookie."""
    if actor.session is not None:
        cards.MEMORY.forget(actor.session.digest)
        actor.session.delete()
        _note(actor.member, Act.SESSION_CLOSED, now)


def prove_again(actor: Actor, passphrase: Passphrase, *, now: datetime) -> None:
    """A fresh proof before a sensitive act. Raises SignInRefused, or TooSoon after several failures."""
    session = actor.session
    bucket = attempts.take_attempt(actor.id, session.digest if session else "", now=now)
    try:
        unlock(actor.member, passphrase)
    except SealingRefused:
        raise SignInRefused("refused") from None
    attempts.forget_failures(bucket)
    if session is not None:
        session.fresh_until = now + timedelta(minutes=settings.FRESH_PROOF_MINUTES)
        session.save(update_fields=["fresh_until"])


def stay(actor: Actor, *, now: datetime) -> None:
    """The person is there: the idle clock begins anew."""
    if actor.session is not None:
        actor.session.seen_at = now
        Session.objects.filter(pk=actor.session.pk).update(seen_at=now)


def unlock(member: Member | None, passphrase: Passphrase) -> MemberKeys:
    """A member's keys. SealingRefused for another passphrase; SignInRefused for nobody, after as much work."""
    if member is None:
        identities.spend_as_much_time(passphrase)
        raise SignInRefused("refused")
    return identities.unlock(owner_of(member), bytes(member.sealed_keys), passphrase)


def refresh_recovery_copy(member: Member, keys: MemberKeys) -> None:
    """Seal the keys to the organisation's recovery key where there is one and the copy is missing or of an earlier key."""
    public = member.organisation.recovery_public_key
    if public is None or member.recovery_key_digest == digest_of(bytes(public)):
        return
    member.recovery_keys = identities.seal_for_recovery(owner_of(member), keys, bytes(public))
    member.recovery_key_digest = digest_of(bytes(public))
    member.save(update_fields=["recovery_keys", "recovery_key_digest"])


def _use_second_factor(member: Member, keys: MemberKeys, code: str, now: datetime) -> None:
    if _use_recovery_code(member, code):
        return
    factor = identities.open_second_factor(owner_of(member), keys, bytes(member.sealed_totp))
    step = factor.step_of(code, at=int(now.timestamp()), last_step=member.last_totp_step)
    # Conditional, so that two sign-ins at once cannot use the same code.
    updated = Member.objects.filter(pk=member.pk, last_totp_step=member.last_totp_step).update(last_totp_step=step)
    if not updated:
        raise SignInRefused("refused")


def _use_recovery_code(member: Member, code: str) -> bool:
    digest = recovery_codes.digest_of(code)
    if digest is None:
        return False
    used, _ = member.recovery_codes.filter(digest=digest).delete()
    return used > 0


def _touch(session: Session, now: datetime) -> None:
    # Once a minute is enough for the idle clock, and spares a write on every page.
    if now - session.seen_at > timedelta(minutes=1):
        session.seen_at = now
        Session.objects.filter(pk=session.pk).update(seen_at=now)


@transaction.atomic
def end_other_sessions(actor: Actor, *, now: datetime) -> None:
    """Sign this member out everywhere else."""
    others = actor.member.sessions.all()
    if actor.session is not None:
        others = others.exclude(pk=actor.session.pk)
    for digest in others.values_list("pk", flat=True):
        cards.MEMORY.forget(digest)
    others.delete()
    _note(actor.member, Act.SESSION_CLOSED, now)


@transaction.atomic
def end_session_elsewhere(actor: Actor, digest: str, *, now: datetime) -> bool:
    """Sign this member out of one other browser; whether there was such a session of theirs."""
    ended, _ = actor.member.sessions.filter(pk=digest).delete()
    if ended:
        cards.MEMORY.forget(digest)
        _note(actor.member, Act.SESSION_CLOSED, now)
    return ended > 0


def note_refusal(member: Member, now: datetime) -> None:
    """Somebody tried to sign in as this member and was refused."""
    _note(member, Act.SESSION_REFUSED, now)


def _note(member: Member, act: Act, now: datetime) -> None:
    custody.write(member.organisation_id, act, actor=member.id, thing=member.id, purpose=Purpose.OWN, today=now.date())
