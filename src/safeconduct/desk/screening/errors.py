"""What the screening room refuses."""

from safeconduct.core.errors import SafeconductError


class NoLists(SafeconductError):
    """No list was imported; nothing was written."""


class NoName(SafeconductError):
    """There is no name with letters to look for; nothing was written."""


class SecondPersonNeeded(SafeconductError):
    """Whoever found a true match does not confirm it; nothing was written."""
