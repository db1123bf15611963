"""What the concerns room refuses."""

from safeconduct.core.errors import SafeconductError


class NoSecurityReader(SafeconductError):
    """The organisation has nobody who reads security concerns; nothing was written."""


class SomeoneElse(SafeconductError):
    """Whoever raised a concern does not settle it; nothing was written."""


class HeldBack(SafeconductError):
    """A security concern has not been cleared; nothing was written."""
