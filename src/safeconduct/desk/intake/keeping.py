"""How long a conversation is kept when nothing else happens: by the clocks of the retention pack (DOMAIN D)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from safeconduct import packs


def erased_on(card: Mapping[str, Any], last_word: date) -> date:
    """The day on which a conversation without a case is erased. Any: the card's canonical values.

    Short for people inside Russia always, and elsewhere for whoever chooses it, so that the day gives nobody away.
    """
    clock = "short_lived" if card.get("short_lived") or card.get("inside") else "enquiry"
    return packs.retention(packs.RETENTION).clock(clock).ends(last_word)


def deletion_due(asked_on: date) -> date:
    """The last day for what the person asked to be deleted: within a month, by GDPR article 12(3)."""
    return packs.retention(packs.RETENTION).clock("deletion").ends(asked_on)
