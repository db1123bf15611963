"""What a dossier says: everything that was chosen, within the consents, for one authority in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core import canonical
from safeconduct.core.dossier.evaluations import EvaluationShown
from safeconduct.core.dossier.manifest import Item, Language, LogKey, Signatory
from safeconduct.core.dossier.trust import Voucher

CLAIMS_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """The authority that the dossier is for."""

    name: str
    """As it stands in the manifest and on the cover."""
    address: tuple[str, ...] = ()
    """Unit, street, country: one line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The applicant, by the name the authority is to read."""

    name: str
    details: tuple[tuple[str, str], ...] = ()
    """Label and value: date of birth, citizenship, document, ... as far as consents allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the chronology."""

    when: str
    """As precise as it is known, and not more: "12 May 2023", "spring 2023"."""
    where: str
    text: str
    basis: tuple[int, ...] = ()
    """Numbers of the evidence it rests on; none means the person's own statement."""
    span: tuple[date, date] | None = None
    """First and last day that it may have happened on or lasted to, for the drawn line; None where no day is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of the person, in their words or summarised, with how it came about."""

    title: str
    circumstances: str
    """When, in which language, with which interpreter, read back or not."""
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One material fact, how it stands in words, and the evidence for it."""

    text: str
    standing: str
    """Words such as "Established" or "Probable"."""
    evidence: tuple[int, ...] = ()
    """Numbers of the evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceShown:
    """One piece of evidence: what it is, where it is from, and the file in the bag."""

    title: str
    source: str
    day: str
    """Of the document or the capture, as precise as it is known."""
    shows: str
    """What it establishes, and what it does not."""
    file: Item
    """From `enclose`; its digest stands in the list."""
    is_redacted: bool = False
    """Parts were covered for this recipient; the list says so."""


@dataclass(frozen=True, slots=True)
class AnnexPage:
    """A page of a piece of evidence as a JPEG of `width` by `height` pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A piece of evidence set into the document, for reading; the enclosed file counts."""

    number: int
    """Of the evidence, from 1."""
    pages: tuple[AnnexPage, ...] = ()
    words: str = ""
    """Of a file that has no pages."""
    is_cut: bool = False
    """Whether the file holds more than is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What was looked for, what was found, and where the inquiry ends: for exclusion and for security."""

    finding: str
    """In words."""
    paragraphs: tuple[str, ...]
    limits: tuple[str, ...]
    """Dates, places and sources that were not covered; an empty list is not a finding of completeness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierContent:
    """One version of a dossier for one authority. Plaintext about a person: keep it in memory only."""

    language: Language
    reference: str
    version: int
    day: date
    valid_until: date
    organisation: str
    """The releasing organisation (identifier); it stands in `organisations`."""
    organisations: tuple[Signatory, ...]
    """The releasing organisation and those of the evaluators."""
    contact: tuple[str, ...]
    """How the authority reaches the releasing organisation: one line each."""
    recipient: Recipient
    request: str
    """What is asked for, as a heading: "Application for an asylum visa"."""
    person: Person
    summary: tuple[str, ...]
    chronology: tuple[Event, ...]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    evaluations: tuple[EvaluationShown, ...]
    evaluators: tuple[Voucher, ...]
    """The voucher for each evaluation's author, in the same order."""
    exclusion: Inquiry
    security: Inquiry
    evidence: tuple[EvidenceShown, ...]
    consents: tuple[str, ...]
    """What the person agreed to for this dossier, in sentences."""
    annexes: tuple[Annex, ...] = ()
    """In order of their numbers."""
    logs: tuple[LogKey, ...] = ()
    objects: tuple[str, ...] = ()
    """Custody identifiers of case, evaluations and dossier."""

    def __repr__(self) -> str:
        """Names the dossier and nothing in it."""
        return f"<DossierContent {self.reference} v{self.version}>"


def encode_claims(claims: Sequence[Claim]) -> bytes:
    """The bytes of data/claims.json."""
    numbered: list[canonical.Value] = [
        {"number": number, "text": claim.text, "standing": claim.standing, "evidence": claim.evidence}
        for number, claim in enumerate(claims, start=1)
    ]
    return canonical.encode({"v": CLAIMS_VERSION, "claims": numbered})
