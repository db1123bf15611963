"""What the cases room refuses."""

from safeconduct.core.errors import SafeconductError


class NotConsented(SafeconductError):
    """The person has not agreed that this partner organisation receives parts of their case; nothing was written."""
