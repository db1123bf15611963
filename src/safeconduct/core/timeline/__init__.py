"""Statements about time and place, what they leave possible together, and the questions that they raise.

Nothing here decides: prompts ask, people answer. Dates are EDTF (core.edtf); what “about” and “perhaps” mean is in `readings`.
"""

from safeconduct.core.timeline.chronology import Chronology, chronology, order_of, stories
from safeconduct.core.timeline.model import (
    Alias,
    Order,
    Precision,
    Relation,
    Said,
    Same,
    Statement,
    StatementRefused,
    Topic,
    Unit,
    Whereabouts,
    whereabouts_of,
)
from safeconduct.core.timeline.prompts import Assignment, Certainty, Outside, Prompt
from safeconduct.core.timeline.raising import prompts_of
from safeconduct.core.timeline.rules import Rule, Rules, load_rules
from safeconduct.core.timeline.typed import TypedDateUnreadable, edtf_of
from safeconduct.core.timeline.wording import explained, labelled, when_in_words

__all__ = [
    "Alias",
    "Assignment",
    "Certainty",
    "Chronology",
    "Order",
    "Outside",
    "Precision",
    "Prompt",
    "Relation",
    "Rule",
    "Rules",
    "Said",
    "Same",
    "Statement",
    "StatementRefused",
    "Topic",
    "TypedDateUnreadable",
    "Unit",
    "Whereabouts",
    "chronology",
    "edtf_of",
    "explained",
    "labelled",
    "load_rules",
    "order_of",
    "prompts_of",
    "stories",
    "when_in_words",
    "whereabouts_of",
]
