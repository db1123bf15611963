"""What the inbox refuses."""

from safeconduct.core.errors import SafeconductError


class NotOfThisDesk(SafeconductError):
    """The member does not share the desk's key, or the other request is not of this desk; nothing was written."""


class OwnReview(SafeconductError):
    """Whoever wrote a canned answer does not review it; nothing was written."""


class PeriodRefused(SafeconductError):
    """The period ends in the past or lasts too long, or the member is no interpreter; nothing was written."""
