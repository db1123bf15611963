"""Safeconduct: from an anonymous request for help to a dossier that officials can verify."""

__version__ = "0.1.0"
