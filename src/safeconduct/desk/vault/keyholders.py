"""Who can open what: a holder with the private keys of this moment in memory."""

from dataclasses import dataclass
from enum import StrEnum

from safeconduct.core.sealing import KeyringKey, MemberKeys, SealingPrivateKey
from safeconduct.core.sealing import SigningPrivateKey as SigningKey

__all__ = ["Keyholder", "MemberKeys", "SealingPrivateKey", "SigningKey", "Subject", "SubjectKind"]


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Keyholder:
    """A member, desk or applicant whose private key is unlocked for the length of one request."""

    id: str
    organisation: str
    sealing: SealingPrivateKey
    keyring: KeyringKey | None = None
    log_name: str = ""
    """How the custody log calls them where it is not their id: an applicant is only ever `applicant` there."""

    @property
    def logged_as(self) -> str:
        """The actor of their custody entries."""
        return self.log_name or self.id


class SubjectKind(StrEnum):
    """What a file is of."""

    CASE = "case"
    REQUEST = "request"
    DESK_FILE = "desk-file"
    """What a desk keeps for itself, about a request or for its work; whoever wrote the request has no key of it."""
    CONCERN = "concern"
    """A security concern, or what the security readers keep for their work: closed to everybody else in the organisation."""
    MARKS = "marks"
    """The key of an organisation's marks, by which the same document is found in two cases."""
    ORGANISATION = "organisation"
    """An organisation's own private keys."""


@dataclass(frozen=True)
class Subject:
    """A file that keys exist for: a case, a request or an organisation's own keys."""

    id: str
    organisation: str
    kind: SubjectKind = SubjectKind.CASE
