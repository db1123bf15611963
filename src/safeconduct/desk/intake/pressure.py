"""The thread that a second code opens: a general question, waiting for its answer; and the alarm that opening it raises.

The thread is made when it is first opened, an ordinary request in every column; only its sealed card tells the desk
(`decoy`: the id of the real request), so that lists can leave it out. What is learnt by whoever holds this code and the
database: docs/threat-model.md.
"""

from datetime import date

from django.db import transaction

from safeconduct import packs
from safeconduct.core.custody import APPLICANT, Act, Purpose
from safeconduct.core.packtext import LocalText
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.custody import services as custody
from safeconduct.desk.intake import second_codes
from safeconduct.desk.intake.models import ApplicantSession, Request
from safeconduct.desk.intake.services import Filing, is_taken, keep_request, opened_by_desk
from safeconduct.desk.vault import receipts
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.desk.vault.models import new_id
from safeconduct.desk.vault.secrets import Receipt

DECOY = "decoy"
"""On the card of such a thread: the real request."""
QUESTION = LocalText(
    en="Hello. A colleague asked me how long a translated diploma is recognised abroad. Can you tell me where to read about it?",
    fr="Bonjour. Un collègue m’a demandé combien de temps un diplôme traduit est reconnu à l’étranger. Où peut-on lire cela ?",
    ru="Здравствуйте. Коллега спросил, сколько времени за границей признают переведённый диплом. Где об этом можно прочитать?",
)


def make_second_code(request: Request) -> Receipt:
    """A new second code; whichever was made before opens nothing any more. Shown once, kept nowhere."""
    receipt, columns = second_codes.issued(request.organisation_id, is_taken)
    Request.objects.filter(pk=request.pk).update(**columns)
    return receipt


def enter(request: Request, receipt: Receipt, *, language: str, today: date) -> tuple[Request, Keyholder] | None:
    """The thread behind a second code, with its holder; the alarm is raised. None where the code is not this request's."""
    thread = Request.objects.select_related("organisation").filter(locator=receipt.locator).first()
    person = second_codes.holder_of(request, receipt, thread.applicant if thread else new_id())
    if person is None:
        return None
    with transaction.atomic():
        _raise_alarm(request, today)
        return thread or _made(request, receipt, person, language, today), person


def answer_alarm(request: Request, actor: Actor, *, today: date) -> None:
    """A colleague has seen to it: the alarm is over until the second code is used again. NotGranted without the desk key."""
    with opened_by_desk(request, actor, Purpose.SAFETY, today=today) as file:
        file.note(Act.ALARM_ANSWERED, request.id)
        Request.objects.filter(pk=request.pk).update(alarm_on=None)


def _raise_alarm(request: Request, today: date) -> None:
    Request.objects.filter(pk=request.pk).update(alarm_on=today)
    # Whoever forces the person may have the browser in which the real conversation is open.
    ApplicantSession.objects.filter(request=request).delete()
    custody.write(
        request.organisation_id, Act.ALARM_RAISED, actor=APPLICANT, thing=request.id, purpose=Purpose.SAFETY, today=today
    )


def _made(request: Request, receipt: Receipt, person: Keyholder, language: str, today: date) -> Request:
    answers = {
        "need": {"state": "answered", "parts": {"needs": ["advice"]}, "reach": "section"},
        "account": {"state": "answered", "parts": {"story": QUESTION.in_language(language)}, "reach": "section"},
        "consent": {"state": "answered", "parts": {"purposes": ["case_handling"]}, "reach": "section"},
    }
    filing = Filing(stamp=packs.questionnaire(packs.REQUEST).stamp, language=language, answers=answers)
    issued = receipts.IssuedReceipt(receipt, person, bytes(request.pressure_salt))
    return keep_request(request.organisation, filing, issued, today=today, marks={DECOY: request.id})
