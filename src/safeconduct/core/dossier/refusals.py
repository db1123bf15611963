"""Why a dossier, a trust file or one of their parts was refused."""

from enum import StrEnum

from safeconduct.core.errors import SafeconductError, UnreadableInput


class DossierRefused(SafeconductError):
    """What was to be put into a dossier does not fit together; nothing was written."""


class NotDossierForm(UnreadableInput):
    """A part of a dossier or a trust file is not of its form; the message names the part and the field."""


class Hazard(StrEnum):
    """Why a ZIP file is not opened at all."""

    NOT_ZIP = "not-zip"
    BYTES_AFTER = "bytes-after"
    """Bytes or a comment follow the archive."""
    HIDDEN_BYTES = "hidden-bytes"
    """Bytes before, between or inside its parts that belong to no file, or files that overlap."""
    SPLIT = "split"
    SIXTY_FOUR_BIT = "64-bit"
    DAMAGED = "damaged"
    TOO_MANY = "too-many"
    TOO_LARGE = "too-large"
    BOMB = "bomb"
    """A file claims to unpack to implausibly much."""
    UNSAFE_NAME = "unsafe-name"
    """Absolute, leading upwards, or of unusual characters."""
    TWO_NAMES = "two-names"
    """A file is called or described differently in two places."""
    DUPLICATE_NAME = "duplicate-name"
    ENCRYPTED = "encrypted"
    UNKNOWN_METHOD = "unknown-method"
    SPECIAL_FILE = "special-file"
    """A symbolic link or a device."""


class ArchiveUnsafe(UnreadableInput):
    """The ZIP file is not one, or is built so that reading it could do harm; nothing in it was read."""

    def __init__(self, hazard: Hazard) -> None:
        super().__init__(f"the ZIP file cannot be opened safely: {hazard.value}")
        self.hazard = hazard


class MemberUnreadable(UnreadableInput):
    """One file inside the ZIP does not unpack to what its header says."""
