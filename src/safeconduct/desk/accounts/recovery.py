"""The organisation's recovery key: set up on paper, drilled, and used when a member has lost the passphrase."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts import sessions
from safeconduct.desk.accounts.actors import Actor, owner_of
from safeconduct.desk.accounts.enrolment import desk_subject
from safeconduct.desk.accounts.errors import LinkUnusable, NotAllowed, SharesUnusable
from safeconduct.desk.accounts.links import GivenLink, new_link, opened_link
from safeconduct.desk.accounts.membership import gives_keys, require_steward
from safeconduct.desk.accounts.models import Member, Organisation, RecoverySession
from safeconduct.desk.accounts.passphrases import require_strong
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault import cards, identities
from safeconduct.desk.vault import recovery as vault
from safeconduct.desk.vault.keyholders import MemberKeys
from safeconduct.desk.vault.secrets import Passphrase, SealingRefused

VALID_FOR = timedelta(hours=24)
"""Long enough to reach custodians in other countries."""


@transaction.atomic
def set_up(actor: Actor, *, threshold: int, custodians: Sequence[str], today: date) -> list[tuple[str, str]]:
    """Make a recovery key and split it among custodians; gives (custodian, words), to be printed at once and kept nowhere.

    `threshold` of them together give the key: 2 or more, out of at most 16. An earlier key goes on opening the copies of
    members who have not signed in since. NotAllowed or RecoveryRefused before writing.
    """
    if not gives_keys(actor):
        raise NotAllowed("a coordinator sets recovery up")
    split = vault.split_new_key(threshold, len(custodians))
    organisation = Organisation.objects.select_for_update().get(pk=actor.organisation)
    organisation.recovery_public_key = split.public
    organisation.recovery_threshold, organisation.recovery_shares = threshold, len(custodians)
    organisation.recovery_set_on, organisation.recovery_drilled_on = today, None
    organisation.sealed_custodians = vault.seal_custodians(desk_subject(organisation), custodians)
    organisation.save()
    actor.member.organisation = organisation
    sessions.refresh_recovery_copy(actor.member, actor.keys)
    _note_own(actor, Act.SETTING_CHANGED, today)
    return list(zip(custodians, split.sheets, strict=True))


@transaction.atomic
def drill(actor: Actor, sheets: Sequence[str], *, today: date) -> None:
    """Check that shares give the key that is in force, touching nothing. NotAllowed, or SharesUnusable before writing."""
    require_steward(actor, actor.organisation)
    organisation = actor.member.organisation
    public = organisation.recovery_public_key
    if public is None or _public_key_of(sheets) != bytes(public):
        raise SharesUnusable
    Organisation.objects.filter(pk=organisation.pk).update(recovery_drilled_on=today)
    _note_own(actor, Act.RECOVERY_DRILLED, today)


def custodians_of(organisation: Organisation, actor: Actor) -> list[str]:
    """Who holds the shares, for members who hold the desk's key."""
    sealed = organisation.sealed_custodians
    return vault.open_custodians(desk_subject(organisation), bytes(sealed), actor) if sealed else []


@transaction.atomic
def open_recovery(member: Member, *, actor: Actor, now: datetime) -> GivenLink:
    """A link and a spoken code with which a member may type shares and a new passphrase. NotAllowed before writing.

    The link alone opens nothing: without enough custodians the member's keys stay shut, also for whoever opens this.
    """
    require_steward(actor, member.organisation_id)
    if member.id == actor.id or not member.is_active or member.recovery_keys is None:
        raise NotAllowed("somebody else opens a recovery, for a member who has a recovery copy")
    given, fields = new_link()
    RecoverySession.objects.filter(member=member).delete()
    RecoverySession.objects.create(member=member, opened_by=actor.id, expires_at=now + VALID_FOR, **fields)
    _note(member, Act.CREDENTIAL_CHANGED, actor.id, now.date())
    return given


def recover(token: str, code: str, sheets: Sequence[str], passphrase: Passphrase, *, now: datetime) -> tuple[str, Actor]:
    """Open the member's recovery copy and seal their keys under a new passphrase; the keys and so the cases stay theirs.

    Everything else that signed them in stops: authenticator, recovery codes, passkeys, sessions. Gives the cookie of a
    session that opens only the second factor's page. LinkUnusable, SharesUnusable or PassphraseTooWeak before writing.
    """
    rows = RecoverySession.objects.select_related("member__organisation")
    member = opened_link(rows, token, code, now=now).member
    if not member.is_active:
        raise LinkUnusable("the member has left")
    require_strong(passphrase, [member.sign_in_name, member.alias, member.organisation.name])
    keys = _open_copy(member, sheets)
    owner = owner_of(member)
    with transaction.atomic():
        member.sealed_keys = identities.seal_under_passphrase(owner, keys, passphrase)
        member.pending_totp = identities.seal_second_factor(owner, keys, identities.new_second_factor())
        member.needs_second_factor = True
        member.save(update_fields=["sealed_keys", "pending_totp", "needs_second_factor"])
        member.passkeys.all().delete()
        member.recovery_codes.all().delete()
        for digest in member.sessions.values_list("pk", flat=True):
            cards.MEMORY.forget(digest)
        member.sessions.all().delete()
        _note(member, Act.RECOVERY_USED, member.id, now.date())
        return sessions.open_session(member, keys, now=now)


def _open_copy(member: Member, sheets: Sequence[str]) -> MemberKeys:
    if vault.digest_of(_public_key_of(sheets)) != member.recovery_key_digest:
        raise SharesUnusable
    try:
        return vault.open_copy(owner_of(member), bytes(member.recovery_keys or b""), sheets)
    except SealingRefused:
        raise SharesUnusable from None


def _public_key_of(sheets: Sequence[str]) -> bytes:
    misread = vault.first_misread(sheets)
    if misread:
        raise SharesUnusable(misread)
    try:
        return vault.public_key_of(sheets)
    except SealingRefused:
        raise SharesUnusable from None


def _note(member: Member, act: Act, actor: str, today: date) -> None:
    custody.write(member.organisation_id, act, actor=actor, thing=member.id, purpose=Purpose.RECOVERY, today=today)


def _note_own(actor: Actor, act: Act, today: date) -> None:
    thing = f"recovery:{actor.organisation}"
    custody.write(actor.organisation, act, actor=actor.id, thing=thing, purpose=Purpose.RECOVERY, today=today)
