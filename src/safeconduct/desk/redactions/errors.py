"""What the redactions room refuses."""

from safeconduct.core.errors import SafeconductError


class Superseded(SafeconductError):
    """Somebody else changed the redaction while this one was drawn; nothing was written."""
