"""What the dossiers room refuses."""

from safeconduct.core.errors import SafeconductError


class NotReady(SafeconductError):
    """The case is not at the stage, or something that a dossier needs is missing; `reason` is a code for the page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SamePerson(SafeconductError):
    """A dossier is released by a second person, never by the one who composed it."""
