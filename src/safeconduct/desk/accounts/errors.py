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


class LinkUnusable(SafeconductError):
    """The link is unknown, used, worn out or expired, or the spoken code does not fit; which of them is never said."""


class NameTaken(SafeconductError):
    """Somebody signs in with this name already, or goes by this alias in the organisation; nothing was written."""


class CodeUnusable(SafeconductError):
    """The six digits are not those of the new authenticator; nothing was changed."""


class RolesDoNotFit(SafeconductError):
    """No role at all, or an administrator or auditor who would hold case keys; nothing was written."""


class LastCoordinator(SafeconductError):
    """Without this coordinator nobody could give keys any more; nothing was written."""


class SharesUnusable(SafeconductError):
    """The shares are too few, or not of the key that is asked for; nothing was changed.

    `sheet` says which one is misread, counted from 1; 0 where each reads well by itself.
    """

    def __init__(self, sheet: int = 0) -> None:
        super().__init__("the shares do not give the key")
        self.sheet = sheet


class PasskeyRefused(SafeconductError):
    """The passkey's answer does not hold, or was given before; nothing was changed."""


class PassphraseNeeded(SafeconductError):
    """The passkey proved who it is, but cannot unlock the keys; the passphrase is needed beside it."""


class NotAllowed(SafeconductError):
    """The actor's role does not allow the act; nothing was written."""
