"""One line of a custody log: who did what to which object, on which day, for what purpose.

Every field is a closed word, a number, a day or an opaque identifier, so that nothing about a
person fits in. Section 2 of spec/custody-v1.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from safeconduct.core import canonical
from safeconduct.core.custody.refusals import EntryRefused, NotCustodyForm
from safeconduct.core.custody.tree import LARGEST_SIZE, leaf_hash
from safeconduct.core.custody.vocabulary import Act, Purpose

VERSION = 1
APPLICANT = "applicant"
SYSTEM = "system"
NO_OBJECT = "none"
"""The object of an act on no single thing (a search, a session that was refused)."""

_ORGANISATION = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ORGANISATION_LONGEST = 40
# Sixteen random characters that are not easily mistaken for one another; no i, l, o, 0 or 1.
_IDENTIFIER = re.compile(r"[a-hjkmnp-z2-9]{16}")
# An organisation's own things have no identifier of their own: its desk, its keys, itself.
_OWN_THING = re.compile(r"(?:organisation|desk|signing|recovery|log):(.+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIELDS = frozenset({"v", "organisation", "index", "day", "act", "actor", "object", "purpose"})

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; constructing it checks every field. Raises EntryRefused, never quoting the field."""

    organisation: str
    index: int
    """Position in the log, from 0."""
    day: date
    act: Act
    actor: str
    """A member's identifier, APPLICANT or SYSTEM."""
    object: str
    """The identifier of what was acted on, an organisation's own thing ("desk:north"), or NO_OBJECT."""
    purpose: Purpose

    def __post_init__(self) -> None:
        require_organisation(self.organisation)
        if type(self.index) is not int or not 0 <= self.index < LARGEST_SIZE:
            raise EntryRefused("the index is not a position in a log")
        if type(self.day) is not date:
            raise EntryRefused("the day is not a date")
        if self.actor not in (APPLICANT, SYSTEM):
            _require_identifier(self.actor, "actor")
        _require_object(self.object)

    def to_value(self) -> dict[str, canonical.Value]:
        """The JSON object of the entry."""
        return {
            "v": VERSION,
            "organisation": self.organisation,
            "index": self.index,
            "day": self.day.isoformat(),
            "act": self.act.value,
            "actor": self.actor,
            "object": self.object,
            "purpose": self.purpose.value,
        }

    def encode(self) -> bytes:
        """The canonical bytes that are hashed into the tree."""
        return canonical.encode(self.to_value())

    def leaf(self) -> bytes:
        """The entry's leaf hash."""
        return leaf_hash(self.encode())

    @classmethod
    def from_value(cls, value: canonical.Value) -> "Entry":
        """The entry of a JSON object. Raises EntryRefused."""
        if not isinstance(value, Mapping) or set(value) != _FIELDS:
            raise EntryRefused("the fields are not those of an entry")
        if type(value["v"]) is not int or value["v"] != VERSION:
            raise EntryRefused("the version of the entry is unknown")
        index = value["index"]
        if type(index) is not int:
            raise EntryRefused("the index is not a number")
        return cls(
            organisation=_text(value, "organisation"),
            index=index,
            day=_day(_text(value, "day")),
            act=_word(Act, _text(value, "act")),
            actor=_text(value, "actor"),
            object=_text(value, "object"),
            purpose=_word(Purpose, _text(value, "purpose")),
        )

    @classmethod
    def decode(cls, encoded: bytes) -> "Entry":
        """The entry of canonical bytes. NotCustodyForm when they are not canonical, else EntryRefused."""
        try:
            value = canonical.decode(encoded)
        except canonical.NotCanonical:
            raise NotCustodyForm("the entry is not canonical JSON") from None
        return cls.from_value(value)


def require_organisation(organisation: str) -> None:
    """Return when the text is an organisation's public identifier: 2 to 40 of a-z, 0-9 and inner hyphens."""
    if not 2 <= len(organisation) <= _ORGANISATION_LONGEST or not _ORGANISATION.fullmatch(organisation):
        raise EntryRefused("the organisation is not an identifier")


def _require_identifier(text: str, field: str) -> None:
    if not _IDENTIFIER.fullmatch(text):
        raise EntryRefused(f"the {field} is not an opaque identifier")


def _require_object(text: str) -> None:
    own_thing = _OWN_THING.fullmatch(text)
    if own_thing:
        require_organisation(own_thing[1])
    elif text != NO_OBJECT:
        _require_identifier(text, "object")


def _text(value: Mapping[str, canonical.Value], field: str) -> str:
    text = value[field]
    if not isinstance(text, str):
        raise EntryRefused(f"the {field} is not text")
    return text


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise EntryRefused("the day is not written as year-month-day")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise EntryRefused("the day is not in the calendar") from None


def _word(words: type[Word], text: str) -> Word:
    try:
        return words(text)
    except ValueError:
        raise EntryRefused(f"unknown {words.__name__.lower()}") from None
