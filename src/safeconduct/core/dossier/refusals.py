"""Why a dossier, a trust file or one of their parts was refused."""

from safeconduct.core.errors import SafeconductError, UnreadableInput


class DossierRefused(SafeconductError):
    """What was to be put into a dossier does not fit together; nothing was written."""


class NotDossierForm(UnreadableInput):
    """A part of a dossier or a trust file is not of its form; the message names the part and the field."""


class ArchiveUnsafe(UnreadableInput):
    """The ZIP file is not one, or is built so that reading it could do harm; nothing in it was read."""


class MemberUnreadable(UnreadableInput):
    """One file inside the ZIP does not unpack to what its header says."""
