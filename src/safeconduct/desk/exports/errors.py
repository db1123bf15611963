"""What the exports room refuses."""

from safeconduct.core.errors import SafeconductError


class SecondPersonNeeded(SafeconductError):
    """Whoever asked for an export does not approve it."""


class NotAvailable(SafeconductError):
    """The export is not approved, or not any more: its last day is over."""
