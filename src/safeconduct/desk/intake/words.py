"""The word that a person chose: shown back to them at the top of their page, so that a copy of the site is noticed."""

from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault import receipts
from safeconduct.desk.vault.keyholders import Keyholder

LONGEST = 40


def sealed(person: Keyholder, word: str) -> bytes:
    """The word sealed to the person alone: not even their desk can read it. Of one size, chosen or not."""
    return receipts.seal_to_themselves(person, "word", word[:LONGEST].encode())


def word_of(request: Request, person: Keyholder) -> str:
    """The word of this person; empty where they chose none, or where the request is older than such words."""
    if not request.sealed_word:
        return ""
    return receipts.open_own(person, "word", bytes(request.sealed_word)).decode()


def change_word(request: Request, person: Keyholder, word: str) -> None:
    """Choose another word, or none."""
    Request.objects.filter(pk=request.pk).update(sealed_word=sealed(person, word))
