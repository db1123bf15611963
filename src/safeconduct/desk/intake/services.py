"""Writes of intake: a request arrives, both sides write, the desk triages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from safeconduct.core.custody import APPLICANT, Act, Purpose
from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import desk_subject
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.custody import services as custody
from safeconduct.desk.intake import filed_consents, second_codes, words
from safeconduct.desk.intake.errors import AlreadyTriaged
from safeconduct.desk.intake.keeping import erased_on
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.request_cards import card_of
from safeconduct.desk.vault import granting, opening, receipts
from safeconduct.desk.vault.cards import CARD
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.files import attach
from safeconduct.desk.vault.keyholders import Keyholder, SubjectKind
from safeconduct.desk.vault.models import new_id
from safeconduct.desk.vault.secrets import Receipt
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.vault.uploads import SealedUpload


@dataclass(frozen=True, kw_only=True, repr=False)
class Filing:
    """What a person filed: answers by question id, bound to the questionnaire they answered."""

    stamp: PackStamp
    """Which questionnaire, in which version, with which content."""
    language: str
    answers: Mapping[str, Any]  # Any: the questionnaire decides
    files: Sequence[SealedUpload] = field(default=())
    word: str = ""
    """What the person wants to see on their own page, so that they notice a copy of the site."""
    second_code: second_codes.Columns | None = None
    """What is kept of the code for when somebody forces them; None where they want none."""


def file_request(organisation: Organisation, filing: Filing, *, today: date) -> tuple[Receipt, Request]:
    """Seal a request to a desk and to its author; gives the receipt, which exists nowhere else."""
    while True:
        # The slow work on the code comes before the transaction, so that nobody queues behind it.
        issued = receipts.issue(new_id(), organisation.id, is_taken)
        try:
            return issued.receipt, keep_request(organisation, filing, issued, today=today)
        except IntegrityError:
            if not is_taken(issued.receipt.locator):
                raise
            # Somebody else's code took the same locator in these milliseconds: nothing was kept, another code is made.


def is_taken(locator: str) -> bool:
    """Whether a code begins with these digits, be it a first or a second one."""
    return Request.objects.filter(Q(locator=locator) | Q(pressure_locator=locator)).exists()


@transaction.atomic
def keep_request(
    organisation: Organisation,
    filing: Filing,
    issued: receipts.IssuedReceipt,
    *,
    today: date,
    marks: Mapping[str, Any] | None = None,  # Any: canonical values
) -> Request:
    """Write a request down under a code that is at hand. `marks` stand on its card beside what the answers say."""
    applicant = receipts.register(issued).id
    with granting.created(
        organisation.id,
        SubjectKind.REQUEST,
        root_holders=[organisation.desk, applicant],
        actor=APPLICANT,
        purpose=Purpose.APPLICANT,
        today=today,
    ) as file:
        file.note(Act.REQUEST_RECEIVED, file.subject.id)
        content = {
            "pack": filing.stamp.value(),
            "language": filing.language,
            "answers": dict(filing.answers),
            "files": [attach(file, Section.THREAD, upload) for upload in filing.files],
        }
        card = {**card_of(filing.language, filing.answers), **(marks or {})}
        file.write(Section.THREAD, "request", content)
        file.write(Section.THREAD, CARD, card)
        file.write(Section.THREAD, filed_consents.KIND, filed_consents.first(filing.answers, today))
        return Request.objects.create(
            id=file.subject.id,
            organisation=organisation,
            locator=issued.receipt.locator,
            receipt_salt=issued.salt,
            applicant=applicant,
            day=today,
            erase_on=erased_on(card, today),
            sealed_word=words.sealed(issued.keyholder, filing.word),
            **(filing.second_code or second_codes.nobodys(is_taken)),
        )


def send_as_applicant(request: Request, applicant: Keyholder, text: str, files: Sequence[SealedUpload], *, today: date) -> None:
    """The person writes to the desk. NotGranted where the key is not theirs."""
    with opening.opened(request.subject, holder=applicant, purpose=Purpose.APPLICANT, today=today) as file:
        _add_message(file, "applicant", "", text, files)
        Request.objects.filter(pk=request.pk).update(awaits_desk=True, **kept_until(file, request))


def send_as_desk(request: Request, actor: Actor, text: str, *, today: date) -> None:
    """The desk answers, under the member's alias. NotGranted for members without the desk key."""
    with opened_by_desk(request, actor, Purpose.HANDLING, today=today) as file:
        _add_message(file, "desk", actor.member.alias, text, ())
        state = Request.State.OPEN if request.state == Request.State.NEW else request.state
        Request.objects.filter(pk=request.pk).update(
            awaits_desk=False, awaits_applicant=True, state=state, **kept_until(file, request)
        )


def close_with_advice(request: Request, actor: Actor, advice: str, *, today: date) -> None:
    """Answer with advice and close without a case. AlreadyTriaged, before writing, where somebody was faster."""
    with opened_by_desk(request, actor, Purpose.TRIAGE, today=today) as file:
        end_waiting(request, Request.State.ADVISED)
        _add_message(file, "desk", actor.member.alias, advice, ())
        file.note(Act.REQUEST_TRIAGED, request.id)
        Request.objects.filter(pk=request.pk).update(awaits_applicant=True, **kept_until(file, request))


def kept_until(file: opening.OpenFile, request: Request) -> dict[str, date]:
    """The day of erasure after a word of today, as a change of the row; no change where a case keeps the conversation."""
    if request.case_id is not None or request.erase_on is None:
        return {}
    card = file.newest(CARD)
    return {"erase_on": erased_on(card.content if card else {}, file.today)}


def end_waiting(request: Request, state: Request.State) -> None:
    """A request becomes a case or is closed, once. AlreadyTriaged where it was already, whatever the caller has read."""
    waiting = Request.objects.filter(pk=request.pk, state__in=(Request.State.NEW, Request.State.OPEN))
    if not waiting.update(state=state, awaits_desk=False):
        raise AlreadyTriaged("a colleague was faster")


def opened_by_desk(request: Request, actor: Actor, purpose: Purpose, *, today: date) -> "opening.Opening":
    """Open a request with the desk's key. NotGranted, with a custody entry, for members who lack it."""
    desk = granting.desk_keyholder(desk_subject(request.organisation), actor)
    if desk is None:
        refusal = [(Act.DOOR_REFUSED, request.id)]
        custody.write_all(request.organisation_id, refusal, actor=actor.id, purpose=purpose, today=today)
        raise NotGranted("the desk key is not held")
    return opening.opened(request.subject, holder=desk, purpose=purpose, today=today)


def _add_message(file: opening.OpenFile, side: str, alias: str, text: str, files: Sequence[SealedUpload]) -> None:
    content = {
        "from": side,
        "alias": alias,
        "text": text,
        "files": [attach(file, Section.THREAD, upload) for upload in files],
    }
    record = file.write(Section.THREAD, "message", content)
    file.note(Act.MESSAGE_SENT, record)
