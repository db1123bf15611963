"""The sections of a file: what is granted, and to whom, is decided by section (DESIGN 3, DOMAIN C4)."""

from enum import StrEnum


class Section(StrEnum):
    """Each section of a case has a key of its own."""

    SUMMARY = "summary"
    """What a list shows: working name, category, country, urgency; and the consents."""
    CONTACT = "contact"
    IDENTITY = "identity"
    ACCOUNT = "account"
    CONDUCT = "conduct"
    """Deployments and conduct: allegations of crime stand apart (GDPR 10)."""
    HEALTH = "health"
    CONVICTIONS = "convictions"
    EVIDENCE = "evidence"
    EVALUATIONS = "evaluations"
    LEGAL = "legal"
    DESK = "desk"
    """What was told to this organisation only: the request as it was filed, and answers that the person keeps to the desk."""

    THREAD = "thread"
    """The conversation of a request; requests have no other section."""
    SEED = "seed"
    """An organisation's own private key; a desk, a signing or a recovery key is a file with only this."""


CASE_SECTIONS = tuple(section for section in Section if section not in (Section.THREAD, Section.SEED))

ROOT = "root"
"""In a grant, instead of section names: the case key itself, from which every section follows."""
