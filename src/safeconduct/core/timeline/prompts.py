"""Prompts: questions that statements raise, by the rules of the pack. They never score, and a person answers each one."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from safeconduct.core.timeline.model import Statement
from safeconduct.core.timeline.rules import Rule


class Certainty(StrEnum):
    """Whether a prompt holds however the dates are read."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    """For some reading of the dates, and not for every one."""


@dataclass(frozen=True)
class Found:
    """What a check found, before it has a name."""

    variant: str
    """Which of the rule's texts says it."""
    statements: tuple[str, ...]
    certainty: Certainty
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the text fills in; days are ISO."""
    others: tuple[str, ...] = ()
    """Ids of what it concerns beside statements."""


@dataclass(frozen=True)
class Prompt:
    """One question. Its id follows from the rule and what it concerns alone, so that an answer stays with it."""

    id: str
    """16 hexadecimal digits."""
    rule: str
    variant: str
    statements: tuple[str, ...]
    certainty: Certainty
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Assignment:
    """Who of which organisation interviewed or evaluated."""

    id: str
    organisation: str
    interviewed: bool
    """True for the interview, False for an evaluation."""


@dataclass(frozen=True)
class Outside:
    """What the rules need that no statement says."""

    near: Mapping[str, Certainty] = field(default_factory=dict)
    """Stays (statement ids) that touch a documented incident with harm to civilians, from core.incidents."""
    twins: Collection[str] = ()
    """Sources whose file was found elsewhere too."""
    assignments: Sequence[Assignment] = ()
    on: date | None = None
    """Until when a stay that has no end is counted; None leaves it out."""


Check = Callable[[Rule, Sequence[Statement], Outside], Iterable[Found]]
"""What a rule finds among the statements about one person, in the order of their ids."""
