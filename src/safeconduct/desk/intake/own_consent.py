"""Acting for someone: who writes for another person, and that person's own consent before a case is opened about them."""

from datetime import date

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.intake.errors import OwnConsentMissing
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault.cards import CARD
from safeconduct.desk.vault.opening import OpenFile
from safeconduct.desk.vault.sections import Section

KIND = "own-consent"


def record_own_consent(request: Request, actor: Actor, *, how: str, words: str, today: date) -> None:
    """Keep how and in which words the person agreed themselves. A second record replaces the first; both stay readable."""
    with opened_by_desk(request, actor, Purpose.TRIAGE, today=today) as file:
        content = {"how": how, "words": words, "day": today.isoformat(), "member": actor.id}
        file.write(Section.THREAD, KIND, content, replaces=file.newest(KIND))
        file.note(Act.CONSENT_GIVEN, request.id)


def needs_own_consent(file: OpenFile) -> bool:
    """Whether somebody else wrote this request and the person themselves has not agreed yet."""
    card = file.newest(CARD)
    return card is not None and bool(card.content.get("for_other")) and file.newest(KIND) is None


def require_own_consent(file: OpenFile) -> None:
    """Raises OwnConsentMissing where `needs_own_consent`."""
    if needs_own_consent(file):
        raise OwnConsentMissing("the person concerned has not agreed themselves")
