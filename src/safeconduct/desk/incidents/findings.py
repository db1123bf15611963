"""What a person decides about a coincidence. None of these says that somebody took part in anything."""

from enum import StrEnum
from typing import Any


class Finding(StrEnum):
    """What is to be done with a coincidence."""

    UNRELATED = "unrelated"
    """It does not concern this person; the reason says why."""
    TO_ASK = "to-ask"
    """The person is asked about it."""
    FOR_EVALUATORS = "for-evaluators"
    """The evaluators look at it."""


class State(StrEnum):
    """What the last decision makes of a coincidence."""

    OPEN = "open"
    """Nobody has decided about it as it is told now."""
    UNRELATED = "unrelated"
    TO_ASK = "to-ask"
    FOR_EVALUATORS = "for-evaluators"


def state_of(hit: dict[str, Any]) -> State:  # Any: what a sealed record holds
    """By its decisions about the incident as the dataset tells it now."""
    decisions = [each for each in hit["decisions"] if each["basis"] == hit["basis"]]
    return State(decisions[-1]["finding"]) if decisions else State.OPEN
