"""What a person does on their own page: reads and corrects their answers, changes consents, asks for deletion or a proof."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.packtext import PackStamp
from safeconduct.desk.intake import filed_consents
from safeconduct.desk.intake.keeping import deletion_due
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.request_cards import card_of
from safeconduct.desk.intake.services import kept_until
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.cards import CARD
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.desk.vault.sections import Section

NEEDED = "case_handling"
"""Without this consent nothing may be kept."""
_OF_THE_DESK = ("urgency", "risk")


@dataclass(frozen=True, repr=False)
class Filed:
    """What a person filed, as it stands after their corrections."""

    stamp: PackStamp
    answers: Mapping[str, Any]  # Any: the questionnaire decides
    day: date
    version: int


@dataclass(frozen=True, repr=False)
class Consent:
    """One purpose on the person's page."""

    purpose: str
    given: bool
    recipients: Sequence[str]
    """For whom, where it is given for somebody by name; such a consent is given again in the conversation only."""


def filed_by(request: Request, person: Keyholder, *, today: date) -> Filed:
    """The answers of a person's own request."""
    with _opened(request, person, today) as file:
        record = file.newest("request")
    assert record is not None
    return Filed(PackStamp.from_value(record.content["pack"]), record.content["answers"], record.day, record.version)


def correct_answers(request: Request, person: Keyholder, answers: Mapping[str, Any], note: str, *, today: date) -> None:
    """A new version of the answers; what was said before stays readable to both sides. `note` tells the desk in the thread."""
    with _opened(request, person, today) as file:
        record, card = file.newest("request"), file.newest(CARD)
        assert record is not None
        file.write(Section.THREAD, "request", {**record.content, "answers": dict(answers)}, replaces=record)
        fresh = card_of(record.content["language"], answers)
        kept = card.content if card else {}
        # What a colleague found at triage is theirs; everything else follows the person.
        found = {name: kept[name] for name in _OF_THE_DESK if kept.get(name, "unknown") != "unknown"}
        file.write(Section.THREAD, CARD, {**kept, **fresh, **found}, replaces=card)
        content = {"from": "applicant", "alias": "", "text": note, "files": []}
        file.note(Act.MESSAGE_SENT, file.write(Section.THREAD, "message", content))
        Request.objects.filter(pk=request.pk).update(awaits_desk=True, **kept_until(file, request))


def consents_of(request: Request, person: Keyholder, *, today: date) -> Sequence[Consent]:
    """Each purpose that the person was asked about, and whether it is given now."""
    with _opened(request, person, today) as file:
        record = file.newest(filed_consents.KIND)
    said = record.content["purposes"] if record else filed_consents.first({}, today)["purposes"]
    return [Consent(purpose, each["given"], each["recipients"]) for purpose, each in said.items()]


def change_consent(request: Request, person: Keyholder, purpose: str, given: bool, *, today: date) -> None:
    """Give or withdraw one consent. Withdrawing the one that everything rests on asks for deletion as well."""
    with _opened(request, person, today) as file:
        record = file.newest(filed_consents.KIND)
        before = record.content if record else filed_consents.first({}, today)
        said = before["purposes"].get(purpose)
        if said is None or said["given"] is given or (given and said["recipients"]):
            return
        changed = filed_consents.changed(before, purpose, given, today)
        file.write(Section.THREAD, filed_consents.KIND, changed, replaces=record)
        file.note(Act.CONSENT_GIVEN if given else Act.CONSENT_WITHDRAWN, request.id)
        Request.objects.filter(pk=request.pk).update(consents_changed_on=today, awaits_desk=True)
        if purpose == NEEDED and not given:
            _ask_deletion(file, request)


def ask_deletion(request: Request, person: Keyholder, *, today: date) -> None:
    """Ask the desk to delete everything, by a day that both see. Asking again changes nothing."""
    with _opened(request, person, today) as file:
        _ask_deletion(file, request)


def take_back_deletion(request: Request, person: Keyholder, *, today: date) -> None:
    """The person wants to go on after all."""
    with _opened(request, person, today) as file:
        file.note(Act.CONSENT_GIVEN, request.id)
        Request.objects.filter(pk=request.pk).update(deletion_asked_on=None, deletion_due_on=None)


def _ask_deletion(file: opening.OpenFile, request: Request) -> None:
    asked = Request.objects.filter(pk=request.pk, deletion_asked_on=None)
    if asked.update(deletion_asked_on=file.today, deletion_due_on=deletion_due(file.today), awaits_desk=True):
        file.note(Act.DELETION_ASKED, request.id)


def _opened(request: Request, person: Keyholder, today: date) -> opening.Opening:
    return opening.opened(request.subject, holder=person, purpose=Purpose.APPLICANT, today=today)
