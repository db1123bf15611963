"""What is told about a capture. Everything in it was written by strangers, the digests' outcome excepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_LINES = 500
"""Pages and records that are listed; the rest are counted."""
LONGEST_TEXT = 2_000


class Digest(StrEnum):
    """What came of a digest that a capture gives for a part of itself."""

    HOLDS = "holds"
    BROKEN = "broken"
    ABSENT = "absent"
    """None is given, or of a kind that is not known here."""


class Problem(StrEnum):
    """What speaks against a capture being what it was when it was made."""

    MANIFEST_ABSENT = "manifest-absent"
    MANIFEST_BROKEN = "manifest-broken"
    """The manifest is not the one whose digest is given."""
    FILE_BROKEN = "file-broken"
    FILE_MISSING = "file-missing"
    FILE_UNLISTED = "file-unlisted"
    """It stands in the package and not in the manifest."""
    RECORD_BROKEN = "record-broken"
    CUT_SHORT = "cut-short"
    """The file ends within a record, or what follows is no record."""
    NO_RECORDS = "no-records"
    SIGNATURE_NOT_CHECKED = "signature-not-checked"
    """The package is signed; who signed is not verified here."""


BREAKING = frozenset(
    {
        Problem.MANIFEST_BROKEN,
        Problem.FILE_BROKEN,
        Problem.FILE_MISSING,
        Problem.RECORD_BROKEN,
        Problem.CUT_SHORT,
        Problem.NO_RECORDS,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem, and the part of the capture that it is about."""

    problem: Problem
    about: str = ""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page that the capture lists; `at` as it stands there."""

    address: str
    title: str
    at: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One answer or resource that was captured."""

    address: str
    at: str
    status: str
    media_type: str
    size: int
    digest: Digest


@dataclass(frozen=True)
class Capture:
    """A capture as it tells of itself, and what its digests say."""

    software: str
    pages: Sequence[PageLine]
    records: Sequence[RecordLine]
    """The first `MOST_LINES`."""
    counted: int
    """Answers and resources in all."""
    with_digest: int
    first: str
    """The earliest moment of a record, as ISO 28500 writes it; empty where there is none."""
    last: str
    findings: Sequence[Finding]

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it. Whoever changes a capture on purpose can write new digests: this finds damage."""
        return not any(each.problem in BREAKING for each in self.findings)

    @property
    def is_checked(self) -> bool:
        """Whether there was a digest to check at all."""
        return self.with_digest > 0

    def to_value(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "software": self.software,
            "pages": [[each.address, each.title, each.at] for each in self.pages],
            "records": [[r.address, r.at, r.status, r.media_type, r.size, r.digest.value] for r in self.records],
            "counted": self.counted,
            "with_digest": self.with_digest,
            "first": self.first,
            "last": self.last,
            "findings": [[each.problem.value, each.about] for each in self.findings],
        }

    @classmethod
    def from_value(cls, value: dict[str, Any]) -> "Capture":
        """What `to_value` gave."""
        return cls(
            software=value["software"],
            pages=[PageLine(*each) for each in value["pages"]],
            records=[_record_line(each) for each in value["records"]],
            counted=value["counted"],
            with_digest=value["with_digest"],
            first=value["first"],
            last=value["last"],
            findings=[Finding(Problem(problem), about) for problem, about in value["findings"]],
        )


def _record_line(value: Sequence[Any]) -> RecordLine:  # Any: JSON that `to_value` made
    address, at, status, media_type, size, digest = value
    return RecordLine(address, at, status, media_type, size, Digest(digest))


def shortened(text: object) -> str:
    """A text of the capture, without control characters and no longer than it may be; empty for what is no text."""
    if not isinstance(text, str):
        return ""
    return "".join(letter for letter in text[:LONGEST_TEXT] if letter.isprintable())
