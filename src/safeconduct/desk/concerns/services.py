"""Writes of security concerns: raised by anybody who works on a case or a request, read and settled by security readers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.models import Case
from safeconduct.desk.concerns.errors import HeldBack, NoSecurityReader, SomeoneElse
from safeconduct.desk.concerns.models import Concern, LinkFile
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.keyholders import Subject, SubjectKind
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.vault.sections import Section

CONCERN, NOTE, FINDING = "concern", "concern-note", "finding"


@dataclass(frozen=True, kw_only=True, repr=False)
class Raised:
    """What somebody fears."""

    kind: str
    """A word of `words.KINDS`."""
    text: str


def raise_concern(about: Case | Request, actor: Actor, raised: Raised, *, today: date) -> None:
    """Seal a concern to the security readers of the case's organisation; whoever wrote it cannot open it again.

    Nothing of it goes into the case or the conversation. NoSecurityReader before writing.
    """
    readers = readers_of(about.organisation_id)
    if not readers:
        raise NoSecurityReader("nobody reads security concerns here")
    with granting.created(
        about.organisation_id,
        SubjectKind.CONCERN,
        root_holders=[member.id for member in readers],
        actor=actor.id,
        purpose=Purpose.SECURITY,
        today=today,
    ) as file:
        content = {"kind": raised.kind, "text": raised.text, "by": actor.member.alias, "member": actor.id}
        file.write(Section.DESK, CONCERN, content)
        file.note(Act.CONCERN_RAISED, file.subject.id)
        Concern.objects.create(
            id=file.subject.id,
            organisation_id=about.organisation_id,
            case=about if isinstance(about, Case) else None,
            request=about if isinstance(about, Request) else None,
            raised_on=today,
        )


def write_note(concern: Concern, actor: Actor, text: str, *, today: date) -> None:
    """Add what was looked into, for the other security readers."""
    with opening.opened(concern.subject, holder=actor, purpose=Purpose.SECURITY, today=today) as file:
        file.write(Section.DESK, NOTE, {"text": text, "by": actor.member.alias})


def settle(concern: Concern, actor: Actor, state: Concern.State, reasons: str, *, today: date) -> None:
    """Clear or confirm a concern, with reasons, or open it again. SomeoneElse, before writing, for whoever raised it."""
    with opening.opened(concern.subject, holder=actor, purpose=Purpose.SECURITY, today=today) as file:
        raised = file.newest(CONCERN)
        if raised is not None and raised.content["member"] == actor.id:
            raise SomeoneElse("another security reader settles it")
        file.write(Section.DESK, FINDING, {"state": state.value, "text": reasons, "by": actor.member.alias})
        file.note(Act.CONCERN_SETTLED, concern.id)
        Concern.objects.filter(pk=concern.pk).update(state=state)


def is_held_back(case: Case) -> bool:
    """Whether a concern about a case, or about a request that it came from, has not been cleared."""
    about = Concern.objects.filter(Q(case=case) | Q(request__case=case))
    return about.exclude(state=Concern.State.CLEARED).exists()


def require_not_held_back(case: Case) -> None:
    """Return where nothing of a case is held back; HeldBack else. It says that there is something, and not what."""
    if is_held_back(case):
        raise HeldBack("a security reader has not cleared it")


def readers_of(organisation: str) -> Sequence[Member]:
    """Active security readers of an organisation."""
    members = Member.objects.select_related("organisation").filter(organisation_id=organisation, is_active=True)
    return [member for member in members.order_by("alias", "id") if member.has_role(Role.SECURITY_READER)]


def newcomers(actor: Actor) -> Sequence[Member]:
    """Security readers who lack the key of something that the actor can open."""
    files = _files(actor)
    return [member for member in readers_of(actor.organisation) if _lacking(member, files)]


def let_read(member: Member, actor: Actor, *, today: date) -> int:
    """Give a security reader of the same organisation every key of this room that the actor holds; how many they were."""
    if member not in readers_of(actor.organisation):
        return 0
    lacking = _lacking(member, _files(actor))
    for file_id in lacking:
        subject = Subject(file_id, actor.organisation, SubjectKind.CONCERN)
        with opening.opened(subject, holder=actor, purpose=Purpose.SECURITY, today=today) as file:
            granting.grant_root(file, member.id)
    return len(lacking)


def _subjects(organisation: str) -> list[str]:
    concerns = Concern.objects.filter(organisation_id=organisation).values_list("id", flat=True)
    links = LinkFile.objects.filter(organisation_id=organisation).values_list("file", flat=True)
    return [*concerns, *links]


def _files(actor: Actor) -> list[str]:
    held = Grant.objects.filter(holder=actor.id, subject__in=_subjects(actor.organisation))
    return sorted(set(held.values_list("subject", flat=True)))


def _lacking(member: Member, files: Sequence[str]) -> list[str]:
    held = set(Grant.objects.filter(holder=member.id, subject__in=files).values_list("subject", flat=True))
    return [file for file in files if file not in held]
