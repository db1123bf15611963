"""What people decide about a hit, and what that makes of it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any


class Finding(StrEnum):
    """What one person says about one hit."""

    TRUE_MATCH = "true-match"
    FALSE_POSITIVE = "false-positive"
    UNSURE = "unsure"


class State(StrEnum):
    """What the decisions so far make of a hit. A hit that nobody looked at is never more than a possible namesake."""

    OPEN = "open"
    """Nobody has decided about the entry as it is and the likeness as it is now known."""
    PROPOSED = "proposed"
    """One person says that it is the person; a second one looks."""
    CONFIRMED = "confirmed"
    """Two people say so."""
    FALSE_POSITIVE = "false-positive"
    """Somebody else: remembered, and not asked again until the entry changes."""
    UNSURE = "unsure"


Decision = dict[str, Any]  # Any: what a sealed record holds


def state_of(hit: dict[str, Any]) -> State:
    """The state of a hit by its decisions about the entry as it stands now."""
    decisions = _about_this(hit)
    if not decisions:
        return State.OPEN
    last = Finding(decisions[-1]["finding"])
    if last is not Finding.TRUE_MATCH:
        return State(last.value)
    return State.CONFIRMED if len(_agreeing(decisions)) > 1 else State.PROPOSED


def waits(hits: Iterable[dict[str, Any]]) -> bool:
    """Whether one of them waits for somebody."""
    return any(state_of(hit) in (State.OPEN, State.PROPOSED) for hit in hits)


def has_proposed(hit: dict[str, Any], member: str) -> bool:
    """Whether this member is among those who say that it is the person."""
    return member in _agreeing(_about_this(hit))


def _about_this(hit: dict[str, Any]) -> Sequence[Decision]:
    return [decision for decision in hit["decisions"] if decision["basis"] == hit["basis"]]


def _agreeing(decisions: Sequence[Decision]) -> set[str]:
    """Who said "true match" since somebody last said otherwise."""
    agreeing: set[str] = set()
    for decision in decisions:
        agreeing = agreeing | {decision["by"]} if decision["finding"] == Finding.TRUE_MATCH else set()
    return agreeing
