"""Writes of the inbox: who looks after a request, what the desk notes about it, and how it ends without a case."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import desk_subject
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.inbox.desk_files import opened_desk_file
from safeconduct.desk.inbox.errors import NotOfThisDesk
from safeconduct.desk.inbox.models import DeskSide
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import close_with_advice, end_waiting, kept_until, opened_by_desk, send_as_desk
from safeconduct.desk.vault import granting
from safeconduct.desk.vault.cards import CARD
from safeconduct.desk.vault.sections import Section

NOTE, SHEET = "note", "triage"
CLOSED = (Request.State.ADVISED, Request.State.REFERRED, Request.State.SPAM, Request.State.MERGED)


@dataclass(frozen=True, kw_only=True, repr=False)
class Stay:
    """How long somebody may stay somewhere."""

    country: str
    until: str
    """ISO day."""
    ground: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Sheet:
    """What a caseworker found: closed words, days, and one text."""

    safety: str
    urgency: str
    """routine, soon, urgent or unknown."""
    risk: str
    language: str
    country: str = ""
    vulnerable: Sequence[str] = field(default=())
    stays: Sequence[Stay] = field(default=())
    findings: str = ""


def write_note(request: Request, actor: Actor, text: str, *, today: date) -> None:
    """A note for colleagues; the person has no key that opens it."""
    with opened_desk_file(request, actor, Purpose.TRIAGE, today=today) as file:
        file.write(Section.DESK, NOTE, {"by": actor.member.alias, "text": text})


def write_sheet(request: Request, actor: Actor, sheet: Sheet, *, today: date) -> None:
    """Keep the triage sheet, and its urgency and risk where the inbox sorts by them. Earlier sheets stay as versions."""
    with opened_desk_file(request, actor, Purpose.TRIAGE, today=today) as file:
        content = {**asdict(sheet), "vulnerable": list(sheet.vulnerable), "stays": [asdict(stay) for stay in sheet.stays]}
        file.write(Section.DESK, SHEET, {**content, "by": actor.member.alias}, replaces=file.newest(SHEET))
        file.write(Section.DESK, CARD, _card(sheet, today), replaces=file.newest(CARD))
        file.note(Act.REQUEST_TRIAGED, request.id)


def _card(sheet: Sheet, today: date) -> dict[str, object]:
    running = sorted(stay.until for stay in sheet.stays if stay.until)
    return {
        "urgency": sheet.urgency,
        "risk": sheet.risk,
        "language": sheet.language,
        "country": sheet.country,
        "vulnerable": bool(sheet.vulnerable),
        "stay_until": running[0] if running else "",
        "sheet": today.isoformat(),
    }


def assign(request: Request, actor: Actor, member: Member | None, *, today: date) -> None:
    """Let one member of the desk look after a request, or nobody in particular. NotOfThisDesk before writing."""
    if member is not None and not shares_desk(request, member):
        raise NotOfThisDesk("only who shares the desk's key can look after a request")
    with opened_by_desk(request, actor, Purpose.TRIAGE, today=today) as file:
        file.note(Act.REQUEST_ASSIGNED, request.id)
        Request.objects.filter(pk=request.pk).update(assigned_to=member)


def shares_desk(request: Request, member: Member) -> bool:
    """Whether a member can open what comes to the desk."""
    return member.is_active and granting.holds_seed(desk_subject(request.organisation), member.id)


def close(request: Request, actor: Actor, state: Request.State, words: str, *, today: date) -> None:
    """End a request without a case: advice, referral (both are sent to the person) or spam (nothing is sent).

    AlreadyTriaged, before writing, where somebody was faster.
    """
    match state:
        case Request.State.ADVISED:
            close_with_advice(request, actor, words, today=today)
        case Request.State.REFERRED:
            _refer(request, actor, words, today)
        case Request.State.SPAM:
            with opened_by_desk(request, actor, Purpose.TRIAGE, today=today) as file:
                end_waiting(request, state)
                file.note(Act.REQUEST_TRIAGED, request.id)
            if words:
                write_note(request, actor, words, today=today)
        case _:
            raise ValueError(state)


def _refer(request: Request, actor: Actor, words: str, today: date) -> None:
    with opened_by_desk(request, actor, Purpose.TRIAGE, today=today) as file:
        end_waiting(request, Request.State.REFERRED)
        content = {"from": "desk", "alias": actor.member.alias, "text": words, "files": []}
        file.note(Act.MESSAGE_SENT, file.write(Section.THREAD, "message", content))
        file.note(Act.REQUEST_TRIAGED, request.id)
        Request.objects.filter(pk=request.pk).update(awaits_applicant=True, **kept_until(file, request))


def merge(request: Request, into: Request, actor: Actor, reason: str, *, today: date) -> None:
    """A person wrote twice: `into` goes on. The reason stays in both desk files. NotOfThisDesk before writing."""
    usable = into.organisation_id == request.organisation_id and into.pk != request.pk
    if not usable or into.state == Request.State.MERGED:
        raise NotOfThisDesk("the request that goes on is another one of this desk")
    with opened_by_desk(request, actor, Purpose.TRIAGE, today=today) as file:
        end_waiting(request, Request.State.MERGED)
        Request.objects.filter(pk=request.pk).update(merged_into=into, **kept_until(file, request))
        file.note(Act.REQUEST_MERGED, request.id)
        for one, other in ((request, into), (into, request)):
            with opened_desk_file(one, actor, Purpose.TRIAGE, today=today) as desk_file:
                content = {"by": actor.member.alias, "text": reason, "joined": other.id}
                desk_file.write(Section.DESK, NOTE, content)


def reopen(request: Request, actor: Actor, *, today: date) -> bool:
    """Take a closed request up again; whether it was closed."""
    with opened_by_desk(request, actor, Purpose.TRIAGE, today=today) as file:
        closed = Request.objects.filter(pk=request.pk, state__in=CLOSED)
        changed = closed.update(state=Request.State.OPEN, merged_into=None, **kept_until(file, request))
        if changed:
            file.note(Act.REQUEST_TRIAGED, request.id)
    return changed > 0


def answer(request: Request, actor: Actor, text: str, *, today: date) -> None:
    """Write to the person."""
    send_as_desk(request, actor, text, today=today)


def acknowledge_consents(request: Request, actor: Actor, *, today: date) -> None:
    """The desk has acted on a consent that was given or withdrawn."""
    with opened_by_desk(request, actor, Purpose.HANDLING, today=today):
        Request.objects.filter(pk=request.pk).update(consents_changed_on=None)


def mark_read(request: Request, newest: int) -> None:
    """The desk has read everything up to this record."""
    side, _ = DeskSide.objects.get_or_create(request=request)
    DeskSide.objects.filter(pk=side.pk, read_to__lt=newest).update(read_to=newest)
