"""What intake refuses."""

from safeconduct.core.errors import SafeconductError
from safeconduct.desk.vault.secrets import ReceiptProblem


class ReceiptRefused(SafeconductError):
    """No request opens with this code; whether one exists is never said."""


class CodeMistyped(ReceiptRefused):
    """What was typed is no code at all; `problem` and `word` help whoever typed it to find the slip."""

    def __init__(self, problem: ReceiptProblem, word: int) -> None:
        super().__init__("not a code")
        self.problem = problem
        self.word = word


class TooSoon(SafeconductError):
    """After failures the next attempt has to wait; `seconds` says how long."""

    def __init__(self, seconds: int) -> None:
        super().__init__("wait before the next attempt")
        self.seconds = seconds


class AlreadyTriaged(SafeconductError):
    """The request is a case or was closed already, perhaps a moment ago by a colleague; nothing was written."""


class StillInside(SafeconductError):
    """The person is still in Russia: advice and conversation only, no case file (DOMAIN D, boundary)."""


class OwnConsentMissing(SafeconductError):
    """Somebody else wrote for the person, who has not yet agreed themselves; no case file before that, nothing was written."""
