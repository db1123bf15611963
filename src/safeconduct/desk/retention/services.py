"""Erasing what has had its time, and keeping a little longer what two people hold for a reason.

Erasing destroys keys first of all: without them what copies may exist elsewhere is noise. It needs nobody to be signed in.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from safeconduct import packs
from safeconduct.core.custody import SYSTEM, Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.custody import services as custody
from safeconduct.desk.exports import services as exports
from safeconduct.desk.inbox.desk_files import opened_desk_file
from safeconduct.desk.inbox.interpreting import end_what_is_over
from safeconduct.desk.intake.models import Request
from safeconduct.desk.retention.cases import sweep_cases
from safeconduct.desk.retention.errors import SecondPersonNeeded, StillKept
from safeconduct.desk.retention.models import Certificate, Hold
from safeconduct.desk.retention.requests import erase_request
from safeconduct.desk.vault import erasing
from safeconduct.desk.vault.sections import Section

HOLD = "hold"


@dataclass(frozen=True)
class Swept:
    """What one sweep did."""

    erased: int
    """Requests."""
    cases: int
    parts: int
    """Parts of cases that went before their case."""
    copies: int
    """Copies of cases (exports) whose last day was over."""
    periods_ended: int
    left_behind: int
    """Files that belonged to nothing."""


def sweep(now: datetime, *, on: date | None = None) -> Swept:
    """Erase whatever has had its time, end interpreters' periods, remove files that belong to nothing.

    Safe to run at any time and more than once. `on` stands for the day that counts where it is not the present one.
    """
    today = on or now.date()
    erased = 0
    for request_id in list(_due(today).values_list("id", flat=True)):
        erased += _erase_if_due(request_id, today)
    swept = sweep_cases(today)
    copies = exports.drop_expired(today)
    ended = end_what_is_over(today)
    left = erasing.remove_left_behind(now)
    if erased or swept.cases or swept.parts or copies or ended:
        erasing.scrub()
    return Swept(erased, swept.cases, swept.parts, copies, ended, left)


def erase_now(request: Request, actor: Actor, *, today: date) -> Certificate:
    """Erase a request by hand: any member of the desk where the person asked for it, else a coordinator.

    NotAllowed, or StillKept for a case or a hold, before writing.
    """
    asked = request.deletion_asked_on is not None
    if actor.organisation != request.organisation_id or not (asked or actor.has_role(Role.COORDINATOR)):
        raise NotAllowed("a coordinator decides what is erased unasked")
    with transaction.atomic():
        custody.queue(request.organisation_id)
        if not _unkept(today).filter(pk=request.pk).exists():
            raise StillKept("a case or a hold keeps it")
        why = Certificate.Why.ASKED if asked else Certificate.Why.DESK
        certificate = erase_request(request, why, actor.id, today)
    erasing.scrub()
    return certificate


def propose_hold(request: Request, actor: Actor, reason: str, *, today: date) -> None:
    """Ask for a hold; it keeps nothing before somebody else confirms it. A second proposal replaces one not yet confirmed."""
    with opened_desk_file(request, actor, Purpose.RETENTION, today=today) as file:
        content = {"by": actor.member.alias, "text": reason, "day": today.isoformat()}
        file.write(Section.DESK, HOLD, content, replaces=file.newest(HOLD))
        Hold.objects.update_or_create(
            request=request,
            defaults={"proposed_by": actor.id, "proposed_on": today, "confirmed_by": "", "until": _still_running(request)},
        )


def _still_running(request: Request) -> date | None:
    # Proposing anew must not let a running hold lapse before it is confirmed again.
    running = Hold.objects.filter(request=request).first()
    return running.until if running else None


def confirm_hold(request: Request, actor: Actor, *, today: date) -> None:
    """The second person: from now on nothing erases it until the hold's last day. SecondPersonNeeded before writing."""
    with opened_desk_file(request, actor, Purpose.RETENTION, today=today) as file:
        hold = Hold.objects.select_for_update().filter(request=request, confirmed_by="").first()
        if hold is None or hold.proposed_by == actor.id:
            raise SecondPersonNeeded("another member confirms what one has proposed")
        hold.confirmed_by = actor.id
        hold.until = packs.retention(packs.RETENTION).clock("hold_review").ends(today)
        hold.save(update_fields=["confirmed_by", "until"])
        file.note(Act.HOLD_PLACED, request.id)


def lift_hold(request: Request, actor: Actor, *, today: date) -> None:
    """End a hold or withdraw a proposal; one person is enough, since the clocks then count again."""
    with opened_desk_file(request, actor, Purpose.RETENTION, today=today) as file:
        lifted, _ = Hold.objects.filter(request=request).delete()
        if lifted:
            file.note(Act.HOLD_LIFTED, request.id)


def reason_of_hold(request: Request, actor: Actor, *, today: date) -> dict[str, str]:
    """Why somebody proposed a hold: by, text and day; empty where nobody has."""
    with opened_desk_file(request, actor, Purpose.RETENTION, today=today) as file:
        record = file.newest(HOLD)
        return dict(record.content) if record else {}


def _unkept(today: date) -> QuerySet[Request]:
    """Requests that neither a case nor a hold keeps. A hold counts to its last day."""
    return Request.objects.filter(case=None).exclude(hold__until__gte=today)


def _due(today: date) -> QuerySet[Request]:
    return _unkept(today).filter(Q(erase_on__lte=today) | Q(deletion_due_on__lte=today))


def _erase_if_due(request_id: str, today: date) -> int:
    with transaction.atomic():
        known = Request.objects.filter(pk=request_id).first()
        if known is None:
            return 0
        custody.queue(known.organisation_id)
        # Asked again where writers stand in line: a word of this moment gives it time.
        request = _due(today).filter(pk=request_id).first()
        if request is None:
            return 0
        asked = request.deletion_due_on is not None and request.deletion_due_on <= today
        erase_request(request, Certificate.Why.ASKED if asked else Certificate.Why.CLOCK, SYSTEM, today)
    return 1
