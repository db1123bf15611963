"""Forms that a desk asks a person to answer: any questionnaire, an imported one too, sealed in their conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct import packs
from safeconduct.core.custody import Act, Purpose
from safeconduct.core.packtext import PackStamp
from safeconduct.core.questionnaires import Questionnaire
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import kept_until, opened_by_desk
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.desk.vault.opening import OpenFile
from safeconduct.desk.vault.sections import Section

KIND = "form"


@dataclass(frozen=True, repr=False)
class AskedForm:
    """One form that was asked for, bound to its version, and what was answered so far."""

    id: str
    stamp: PackStamp
    asked_by: str
    asked_on: date
    answered_on: date | None
    answers: Mapping[str, Any]  # Any: the questionnaire decides

    @property
    def pack(self) -> Questionnaire:
        """The questionnaire as it was asked. PackChanged or PackMissing where it is gone."""
        return packs.questionnaire_of(self.stamp)


def offered() -> list[Questionnaire]:
    """The forms that a desk can ask for: those imported here."""
    return [packs.questionnaire(name) for name in packs.imported_names()]


def ask(request: Request, actor: Actor, pack: Questionnaire, text: str, *, today: date) -> None:
    """Ask for a form, with a message that says why. NotGranted for members without the desk key."""
    with opened_by_desk(request, actor, Purpose.HANDLING, today=today) as file:
        content = {
            "pack": pack.stamp.value(),
            "by": actor.member.alias,
            "asked": today.isoformat(),
            "answered": "",
            "answers": {},
        }
        file.write(Section.THREAD, KIND, content)
        message = {"from": "desk", "alias": actor.member.alias, "text": text, "files": []}
        file.note(Act.MESSAGE_SENT, file.write(Section.THREAD, "message", message))
        state = Request.State.OPEN if request.state == Request.State.NEW else request.state
        changes = {"awaits_desk": False, "awaits_applicant": True, "state": state, **kept_until(file, request)}
        Request.objects.filter(pk=request.pk).update(**changes)


def of_person(request: Request, person: Keyholder, *, today: date) -> Sequence[AskedForm]:
    """What a person was asked for, oldest first."""
    with opening.opened(request.subject, holder=person, purpose=Purpose.APPLICANT, today=today) as file:
        return _forms(file)


def of_desk(request: Request, actor: Actor, *, today: date) -> Sequence[AskedForm]:
    """The same for the desk. NotGranted for members without its key."""
    with opened_by_desk(request, actor, Purpose.CONVERSATION, today=today) as file:
        return _forms(file)


def answer(request: Request, person: Keyholder, form: str, answers: Mapping[str, Any], *, today: date) -> None:
    """Keep the answers as a new version of the form's record. NotGranted where there is no such form."""
    with opening.opened(request.subject, holder=person, purpose=Purpose.APPLICANT, today=today) as file:
        record = file.read(form)
        if record.kind != KIND:
            raise NotGranted("not a form")
        content = {**record.content, "answered": today.isoformat(), "answers": dict(answers)}
        file.write(Section.THREAD, KIND, content, replaces=record)
        Request.objects.filter(pk=request.pk).update(awaits_desk=True, **kept_until(file, request))


def _forms(file: OpenFile) -> list[AskedForm]:
    found = []
    for record in file.records(kind=KIND, section=Section.THREAD):
        said = record.content
        answered = date.fromisoformat(said["answered"]) if said["answered"] else None
        asked = date.fromisoformat(said["asked"])
        found.append(AskedForm(record.id, PackStamp.from_value(said["pack"]), said["by"], asked, answered, said["answers"]))
    return found
