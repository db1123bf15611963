"""What the cases room refuses."""

from safeconduct.core.errors import SafeconductError


class NotConsented(SafeconductError):
    """The person has not agreed to this purpose, or not to this recipient; nothing was written."""
