"""Where files lie that staff look at: the messages of a request, and the evidence of a case."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.access import case_for_reader
from safeconduct.desk.concerns import canaries
from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.intake import selectors as intake
from safeconduct.desk.intake.access import request_for_desk
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.filetypes import EXTENSIONS
from safeconduct.desk.vault.opening import Opening
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.viewing.services import Sought
from safeconduct.desk.web import clock


@dataclass(frozen=True, repr=False)
class Place:
    """A file in its place, with the words and addresses of its page."""

    sought: Sought
    title: str
    name: str
    """What a download is called; tells nothing."""
    back: str
    address: dict[str, str]
    """Arguments of the routes."""
    room: str
    """Prefix of the names of the routes: `request` or `evidence`."""

    def original(self) -> str:
        """Where the original is asked for."""
        return reverse(f"viewing:{self.room}-original", kwargs=self.address)

    def pages(self, copy: str, count: int) -> list[str]:
        """Addresses of the pictures of a copy."""
        route = f"viewing:{self.room}-page"
        kept = {name: value for name, value in self.address.items() if name in ("request_id", "case_id")}
        return [reverse(route, kwargs={**kept, "copy_id": copy, "page": str(number)}) for number in range(1, count + 1)]


def file_of_request(actor: Actor, request_id: str, number: str) -> Place:
    """A file that a person sent, by its number in the conversation. Http404 where there is none to see."""
    row = request_for_desk(actor, request_id)
    sent = intake.conversation_for_desk(row, actor, today=clock.today()).files()
    if not number.isdecimal() or not 1 <= int(number) <= len(sent):
        raise Http404
    reference, short = sent[int(number) - 1], row.id[:4].upper()
    return Place(
        Sought(lambda: opened_by_desk(row, actor, Purpose.CONVERSATION, today=clock.today()), Section.THREAD, reference),
        title=f"{short} · {number}",
        name=f"{short}-{number}.{EXTENSIONS[reference['type']]}",
        back=reverse("inbox:request", kwargs={"request_id": row.id}),
        address={"request_id": row.id, "number": number},
        room="request",
    )


def item_of_case(actor: Actor, case_id: str, record_id: str) -> Place:
    """A piece of evidence. Http404 where there is none to see."""
    case = case_for_reader(actor, case_id)
    try:
        reference = evidence.original_of(case, actor, record_id, today=clock.today())
    except NotGranted:
        raise Http404 from None
    canaries.note_opening(case, actor, record_id, today=clock.today())
    return Place(
        Sought(lambda: opened_case(actor, case_id), Section.EVIDENCE, reference),
        title=f"{case.reference} · {record_id[:4]}",
        name=f"{case.reference}-{record_id[:4]}.{EXTENSIONS[reference['type']]}",
        back=reverse("evidence:of-case", kwargs={"case_id": case.id}),
        address={"case_id": case.id, "record_id": record_id},
        room="evidence",
    )


def opened_request(actor: Actor, request_id: str) -> Opening:
    """A request opened in order to look at a page. Http404 where the door is shut."""
    row = request_for_desk(actor, request_id)
    return opened_by_desk(row, actor, Purpose.CONVERSATION, today=clock.today())


def opened_case(actor: Actor, case_id: str) -> Opening:
    """A case opened in order to look at a page. Http404 where the door is shut."""
    case = case_for_reader(actor, case_id)
    return opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=clock.today())
