"""Names and passages in text: blacked out with a block of one length, or replaced by an alias."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from safeconduct.core.canonical import Value
from safeconduct.core.errors import SafeconductError

BLOCK = "█████"
"""What stands where something was removed; as long for one letter as for a page."""
_SHORTEST = 2
# Between the letters of a name somebody may have put what nobody sees: soft hyphens, joiners, marks of stress.
_UNSEEN = "[\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff\u0300\u0301]*"
_GAP = r"[\s\u00ad\u00a0\u2007\u2009-\u2011\u202f\-]+"
_ENDING = "*"


class NotWording(SafeconductError):
    """An entry is too short to be looked for without blacking out half of the text."""


@dataclass(frozen=True, repr=False)
class Wording:
    """What is removed from text that goes to one audience. Holds names: keep it sealed.

    An entry that ends in `*` also covers every ending ("Ivanov*": Ivanova, Ivanovu); without, whole words only. Letter case,
    line breaks, spaces, accents and marks that nobody sees make no difference; Russian ё and е count as one. NotWording for
    an entry under two letters.
    """

    removed: Sequence[str] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Name to what stands in its place."""

    def __post_init__(self) -> None:
        for entry in (*self.removed, *self.aliases):
            if len(_bare(entry)) < _SHORTEST:
                raise NotWording("an entry has fewer than two letters")

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.removed or self.aliases)

    def applied(self, text: str) -> str:
        """The text without what is to be removed; other letters stay, in Unicode's composed form where anything is looked for."""
        if not self:
            return text
        composed = unicodedata.normalize("NFC", text)
        return self._pattern.sub(self._instead, composed)

    def count(self, text: str) -> int:
        """How often something of it is in a text."""
        return len(self._pattern.findall(unicodedata.normalize("NFC", text))) if self else 0

    def to_value(self) -> Value:
        """As canonical JSON."""
        return {"removed": list(self.removed), "aliases": dict(self.aliases)}

    @classmethod
    def from_lines(cls, lines: Sequence[str], aliases: Mapping[str, str] | None = None) -> "Wording":
        """One entry a line; `name = alias` gives an alias. NotWording as above."""
        removed, named = [], dict(aliases or {})
        for line in lines:
            entry, sign, alias = (part.strip() for part in line.partition("="))
            if entry and sign and alias:
                named[entry] = alias
            elif entry:
                removed.append(entry)
        return cls(tuple(removed), named)

    def lines(self) -> list[str]:
        """The entries as they are typed."""
        return [*self.removed, *(f"{name} = {alias}" for name, alias in self.aliases.items())]

    @cached_property
    def _entries(self) -> list[tuple[str, str]]:
        """(Entry, replacement), the longest first, so that a name within a longer one does not leave its rest."""
        found = [(entry, BLOCK) for entry in self.removed] + list(self.aliases.items())
        return sorted(found, key=lambda each: -len(each[0]))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"({_expression(entry)})" for entry, _ in self._entries), re.IGNORECASE)

    def _instead(self, found: re.Match[str]) -> str:
        return self._entries[(found.lastindex or 1) - 1][1]


def _bare(entry: str) -> str:
    return re.sub(r"[\W_]", "", entry)


def _expression(entry: str) -> str:
    name = unicodedata.normalize("NFC", entry.strip())
    any_ending = name.endswith(_ENDING)
    parts = [part for part in re.split(r"[\s\u00a0\u202f\-\u2010\u2011]+", name.rstrip(_ENDING)) if part]
    spelled = _GAP.join(_UNSEEN.join(_letter(letter) for letter in part) for part in parts)
    before = r"(?<!\w)" if parts and parts[0][:1].isalnum() else ""
    after = rf"(?:{_UNSEEN}\w)*" if any_ending else r"(?!\w)" if parts and parts[-1][-1:].isalnum() else ""
    return before + spelled + after


def _letter(letter: str) -> str:
    same = {letter, letter.lower(), letter.upper()}
    if same & {"е", "ё"}:
        same |= {"е", "ё", "Е", "Ё"}
    return "[" + "".join(sorted(re.escape(each) for each in same if len(each) == 1)) + "]"
