"""What the pathways room refuses."""

from safeconduct.core.errors import SafeconductError


class NotReady(SafeconductError):
    """Something has to happen first, or the dates do not fit; nothing was written."""


class OtherRecipient(SafeconductError):
    """The dossier was composed for another authority; nothing was written."""
