"""What the vault refuses."""

from safeconduct.core.errors import SafeconductError


class NotGranted(SafeconductError):
    """The holder has no key for what was asked; nothing was read. Pages answer as if it did not exist."""


class KeysChanged(SafeconductError):
    """Somebody else changed the file's keys since it was opened; nothing was written. Opening it again helps."""


class UploadRefused(SafeconductError):
    """A file cannot be taken: too large, too many, or not of an accepted type; nothing was kept."""
