"""What the accounts room refuses."""

from safeconduct.core.errors import SafeconductError


class SignInRefused(SafeconductError):
    """Name, passphrase or second factor do not fit together; which of them is never said."""


class TooSoon(SafeconductError):
    """After failures the next attempt has to wait; `seconds` says how long."""

    def __init__(self, seconds: int) -> None:
        super().__init__("wait before the next attempt")
        self.seconds = seconds


class PassphraseTooWeak(SafeconductError):
    """The passphrase could be guessed; nothing was changed."""


class InvitationUnusable(SafeconductError):
    """The link is unknown, used, expired, or the spoken code does not fit."""


class NotAllowed(SafeconductError):
    """The actor's role does not allow the act; nothing was written."""
