"""Kinds of documents: what each can show, where its limits are, and what a person checks before anything rests on it.

A check is a question. It is answered by a person, "fits", "does not fit" or "could not be checked", and signed; answers are
never added up.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from safeconduct.core import canonical
from safeconduct.core.canonical import Value
from safeconduct.core.packtext import (
    LocalText,
    PackRefused,
    PackStamp,
    Source,
    local_text,
    optional_text,
    read_pack,
    sources,
)

KIND = "documents"
_VERSION = 1


class Answer(enum.Enum):
    """What a person says of one check."""

    FITS = "fits"
    DOES_NOT_FIT = "does-not-fit"
    NOT_CHECKED = "not-checked"
    """It could not be checked; the note says why."""


@dataclass(frozen=True)
class Check:
    """One question about a document."""

    id: str
    question: LocalText


@dataclass(frozen=True)
class Form:
    """A form of a document and when it was in use; ISO dates, as exact as they are known, empty where they are not."""

    name: LocalText
    says: LocalText
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class DocumentType:
    """A kind of document. `checks` holds its own, then those that are asked of every document."""

    id: str
    shows: LocalText
    limits: LocalText | None
    forms: tuple[Form, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Documents:
    """A checked documents pack."""

    stamp: PackStamp
    title: LocalText
    reviewed_by: str
    sources: tuple[Source, ...]
    types: tuple[DocumentType, ...]

    def of_type(self, id_: str) -> DocumentType:
        """The kind of that id; of one that the pack does not know, what is asked of any (`other`)."""
        found = {each.id: each for each in self.types}
        return found.get(id_, found["other"])


@dataclass(frozen=True, repr=False)
class Answered:
    """One check as one person answered it."""

    check: str
    answer: Answer
    note: str = ""


@dataclass(frozen=True, repr=False)
class Checked:
    """What one person signs about one document. Bound to its bytes, to the pack and to the case it lies in."""

    case: str
    item: str
    sha256: str
    """Of the original, hexadecimal."""
    type: str
    pack: PackStamp
    member: str
    day: str
    """ISO."""
    answers: Sequence[Answered]

    def encode(self) -> bytes:
        """Canonical JSON: what is signed."""
        return canonical.encode(
            {
                "v": _VERSION,
                "kind": "document-checks",
                "case": self.case,
                "item": self.item,
                "sha256": self.sha256,
                "type": self.type,
                "pack": self.pack.value(),
                "member": self.member,
                "day": self.day,
                "answers": [{"check": each.check, "answer": each.answer.value, "note": each.note} for each in self.answers],
            }
        )

    @classmethod
    def decode(cls, encoded: bytes) -> "Checked":
        """What `encode` gave. Meant for statements whose signature was verified; ValueError or KeyError for anything else."""
        value = cast("dict[str, Any]", canonical.decode(encoded))
        if (value["v"], value["kind"]) != (_VERSION, "document-checks"):
            raise ValueError("not a statement about a document")
        return cls(
            case=value["case"],
            item=value["item"],
            sha256=value["sha256"],
            type=value["type"],
            pack=PackStamp.from_value(value["pack"]),
            member=value["member"],
            day=value["day"],
            answers=[Answered(each["check"], Answer(each["answer"]), each["note"]) for each in value["answers"]],
        )


def load_documents(text: bytes, *, schema: bytes) -> Documents:
    """The documents of a pack's YAML text.

    Raises PackRefused when it does not fit the schema, names a kind or a check twice, or has no kind `other`.
    """
    pack = read_pack(text, schema=schema, kind=KIND)
    content = cast("Mapping[str, Any]", pack.content)  # Its shape has been checked by the schema.
    common = [_check(each) for each in content["common"]]
    types = tuple(_type(each, common) for each in content["types"])
    ids = [each.id for each in types]
    if len(set(ids)) != len(ids) or "other" not in ids:
        raise PackRefused("types: each kind once, and one of them is other")
    return Documents(
        stamp=pack.stamp,
        title=local_text(content["title"]),
        reviewed_by=content.get("reviewed_by", ""),
        sources=sources(content["sources"]),
        types=types,
    )


def _type(content: Mapping[str, Any], common: Sequence[Check]) -> DocumentType:
    checks = (*(_check(each) for each in content["checks"]), *common)
    if len({each.id for each in checks}) != len(checks):
        raise PackRefused(f"{content['id']}: a check stands twice")
    return DocumentType(
        id=content["id"],
        shows=local_text(content["shows"]),
        limits=optional_text(content.get("limits")),
        forms=tuple(
            Form(local_text(each["name"]), local_text(each["says"]), each.get("since", ""), each.get("until", ""))
            for each in content.get("forms", ())
        ),
        checks=checks,
    )


def _check(content: Mapping[str, Value]) -> Check:
    return Check(cast(str, content["id"]), local_text(content["question"]))
