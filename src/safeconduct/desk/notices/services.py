"""Telling members that something waits, without saying what.

What is new is read off the custody log: an applicant did something since the member was last told. Notices leave at fixed
quarters of an hour, or once a day, so that their time does not say when somebody wrote.
"""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext

from safeconduct.core import custody as log
from safeconduct.core.custody import APPLICANT, Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import DESK_ROLES
from safeconduct.desk.custody import selectors as custody_log
from safeconduct.desk.custody import services as custody
from safeconduct.desk.notices import mailing
from safeconduct.desk.notices.models import NoticeChoice
from safeconduct.desk.vault.secrets import SealingRefused, Token, new_token
from safeconduct.desk.web.links import public_link

_NEWS = frozenset({Act.REQUEST_RECEIVED, Act.MESSAGE_SENT, Act.CONSENT_GIVEN, Act.CONSENT_WITHDRAWN, Act.ALARM_RAISED})
_MOST_READ = 5_000


def choice_of(member: Member) -> NoticeChoice:
    """What a member chose; off where they never did."""
    return NoticeChoice.objects.filter(member=member).first() or NoticeChoice(member=member)


def choose(actor: Actor, *, pace: str, address: str, hour: int, now: datetime) -> None:
    """Keep a member's choice. They are told about what comes from now on; turned off, the address is forgotten."""
    pace = NoticeChoice.Pace(pace)
    off = pace == NoticeChoice.Pace.OFF
    size = custody_log.size_of(actor.organisation)
    NoticeChoice.objects.update_or_create(
        member=actor.member,
        defaults={"pace": pace, "address": "" if off else address, "hour": hour, "seen_to": size},
    )
    custody.write(actor.organisation, Act.SETTING_CHANGED, actor=actor.id, thing=actor.id, purpose=Purpose.OWN, today=now.date())


def new_feed(actor: Actor, *, now: datetime) -> str:
    """A fresh secret address of the member's feed; an earlier one stops working."""
    token = new_token()
    begin = {"seen_to": custody_log.size_of(actor.organisation)}
    choice, _ = NoticeChoice.objects.get_or_create(member=actor.member, defaults=begin)
    NoticeChoice.objects.filter(pk=choice.pk).update(feed_digest=token.digest().hex())
    custody.write(
        actor.organisation, Act.CREDENTIAL_CHANGED, actor=actor.id, thing=actor.id, purpose=Purpose.OWN, today=now.date()
    )
    return public_link("notices:feed", token=token.text())


def no_feed(actor: Actor) -> None:
    """The feed's address stops working."""
    NoticeChoice.objects.filter(member=actor.member).update(feed_digest=None)


def choice_of_feed(text: str) -> NoticeChoice | None:
    """Whose feed this is; None for an address that never was or works no more."""
    try:
        digest = Token.parse(text).digest().hex()
    except SealingRefused:
        return None
    found = NoticeChoice.objects.select_related("member").filter(feed_digest=digest).first()
    return found if found is not None and found.member.is_active else None


def send_due(now: datetime) -> int:
    """Tell everybody whose quarter of an hour, or whose hour, this is and for whom something is new; how many were told.

    Each is marked as told before the message leaves: one that is lost is not sent twice, and what waits stays in the desk.
    MailRefused, after all were tried, where some were not taken.
    """
    told, refused = 0, 0
    quarter = now.replace(minute=now.minute - now.minute % 15, second=0, microsecond=0)
    post = mailing.post_of_environment()
    for choice in NoticeChoice.objects.exclude(pace=NoticeChoice.Pace.OFF).select_related("member"):
        if not _is_time(choice, quarter) or not choice.member.is_active or not choice.member.has_role(*DESK_ROLES):
            continue
        size = custody_log.size_of(choice.member.organisation_id)
        if not _has_news(choice.member.organisation_id, choice.seen_to, size):
            continue
        mine = NoticeChoice.objects.filter(pk=choice.pk, seen_to=choice.seen_to)
        if mine.update(seen_to=size, told_at=quarter):
            told += 1
            refused += not _mailed(post, choice)
    if refused:
        raise mailing.MailRefused(f"the mail server did not take {refused} of {told}")
    return told


def _is_time(choice: NoticeChoice, quarter: datetime) -> bool:
    return choice.pace == NoticeChoice.Pace.QUARTER or (quarter.hour == choice.hour and quarter.minute == 0)


def _has_news(organisation: str, first: int, size: int) -> bool:
    if size <= first:
        return False
    if size - first > _MOST_READ:
        # So much has happened that reading it all would take longer than it is worth.
        return True
    entries = custody_log.entries_of(organisation, count=size - first)
    return any(_is_news(entry) for entry in entries)


def _is_news(entry: log.Entry) -> bool:
    return entry.actor == APPLICANT and entry.act in _NEWS


def _mailed(post: mailing.Post | None, choice: NoticeChoice) -> bool:
    """Whether all is well: sent, or nothing to send."""
    if post is None or not choice.address:
        return True
    with translation.override(choice.member.languages.split(" ")[0].split(",")[0] or "en"):
        subject, text = words()
    try:
        mailing.send(post, choice.address, subject, text)
    except mailing.MailRefused:
        # One mailbox that is full must not keep colleagues from theirs.
        return False
    return True


def words() -> tuple[str, str]:
    """All that a notice says."""
    return gettext("Something waits"), gettext("Something waits in your desk. Sign in when it is safe to do so.")
