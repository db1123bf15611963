"""How long a conversation is kept when nothing else happens (DOMAIN D: an enquiry without a case, and somebody inside Russia)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

USUAL_DAYS = 30
SHORT_DAYS = 14
"""For people inside Russia always; elsewhere whoever chooses it, so that the day gives nobody away."""
DELETION_DAYS = 30
"""Within a month of being asked: GDPR article 12(3)."""


def erased_on(card: Mapping[str, Any], last_word: date) -> date:
    """The day on which a conversation without a case is erased. Any: the card's canonical values."""
    return last_word + timedelta(days=SHORT_DAYS if card.get("short_lived") or card.get("inside") else USUAL_DAYS)


def deletion_due(asked_on: date) -> date:
    """The last day for what the person asked to be deleted."""
    return asked_on + timedelta(days=DELETION_DAYS)
