"""What people say of prompts and of claims: closed words, never a number."""

from enum import StrEnum


class Answered(StrEnum):
    """What a person makes of a prompt."""

    EXPLAINED = "explained"
    ASKED = "asked"
    """The person, or somebody else, was asked."""
    OPEN = "open"


class Standing(StrEnum):
    """How a claim stands, in the words of the evaluation criteria (DOMAIN C5); never a number."""

    ESTABLISHED = "established"
    PROBABLE = "probable"
    OPEN = "open"
    DOUBTFUL = "doubtful"
    CONTRADICTED = "contradicted"
