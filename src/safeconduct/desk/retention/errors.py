"""What retention refuses."""

from safeconduct.core.errors import SafeconductError


class StillKept(SafeconductError):
    """A case or a legal hold keeps it; nothing was erased."""


class SecondPersonNeeded(SafeconductError):
    """Whoever proposed a hold does not confirm it; nothing was written."""
