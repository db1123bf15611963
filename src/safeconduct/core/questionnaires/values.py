"""What a person answered: a state, and a value for each part. Nothing here shows its content in a repr."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from safeconduct.core.questionnaires.dates import DateRange, PartialDate


class AnswerState(enum.Enum):
    """The three replies that every question accepts. All of them are replies."""

    ANSWERED = "answered"
    PREFER_NOT_TO_SAY = "prefer_not_to_say"
    DONT_KNOW = "dont_know"


class Reach(enum.Enum):
    """How far one answer may travel; the person may narrow it, answer by answer."""

    SECTION = "section"
    """As far as its sealed section is shared under a consent."""
    DESK_ONLY = "desk_only"
    """Never beyond the organisation that was told: left out of every referral and dossier."""


@dataclass(frozen=True, repr=False)
class Place:
    """A country (ISO 3166-1 alpha-2), then as much more as the question allows."""

    country: str
    region: str = ""
    town: str = ""

    def __repr__(self) -> str:
        return "Place(…)"


CellValue: TypeAlias = str | bool | int | PartialDate | DateRange | Place | tuple[str, ...]
Row: TypeAlias = Mapping[str, CellValue]
PartValue: TypeAlias = CellValue | tuple[Row, ...]
"""Text, choice and country are `str`; multi, countries and file are `tuple[str, ...]`; timelines are rows."""


@dataclass(frozen=True, repr=False)
class Answer:
    """The reply to one question. `parts` is empty unless the state is ANSWERED."""

    state: AnswerState
    parts: Mapping[str, PartValue] = field(default_factory=dict)
    reach: Reach = Reach.SECTION

    def __repr__(self) -> str:
        return f"Answer({self.state.value})"


Answers: TypeAlias = Mapping[str, Answer]
"""Answers by the id of their question."""
