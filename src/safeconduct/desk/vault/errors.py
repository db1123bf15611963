"""What the vault refuses."""

from safeconduct.core.errors import SafeconductError


class NotGranted(SafeconductError):
    """The holder has no key for what was asked; nothing was read. Pages answer as if it did not exist."""


class UploadRefused(SafeconductError):
    """A file cannot be taken: too large, too many, or not of an accepted type; nothing was kept."""
