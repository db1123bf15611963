"""What the room of claims refuses."""

from safeconduct.core.errors import SafeconductError


class PromptGone(SafeconductError):
    """The statements raise this prompt no longer; nothing was written."""
