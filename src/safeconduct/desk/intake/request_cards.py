"""The card of a request: the few facts by which a desk sorts its inbox. Sealed like everything else that was written."""

from collections.abc import Mapping
from typing import Any

Card = dict[str, Any]  # Any: canonical values
INSIDE = "RU"
_LANGUAGES = {"russian": "ru", "french": "fr", "english": "en"}


def card_of(language: str, answers: Mapping[str, Any]) -> Card:
    """What the first answers say: language, safety, country, for whom, need and the day that matters.

    Questions are those of the request questionnaire; one that another questionnaire does not ask is `unknown`.
    `urgency` and `risk` are a person's to set at triage: only somebody who says they are not safe begins as urgent.
    """
    safety = _part(answers, "safe_now", "how_safe") or "unknown"
    country = (_part(answers, "where", "place") or {}).get("country", "")
    needs = _part(answers, "need", "needs") or []
    deadline = _part(answers, "deadline", "day") or {}
    return {
        "language": _LANGUAGES.get(_part(answers, "language", "tongue") or "", language),
        "safety": safety,
        "country": country,
        "inside": country == INSIDE,
        "for_other": _part(answers, "for_whom", "who") == "other" or _part(answers, "situation", "kind") == "family",
        "short_lived": country == INSIDE or _part(answers, "keeping", "how_long") == "short",
        "needs": sorted(needs),
        "deadline": deadline.get("on", ""),
        "urgency": "urgent" if safety == "unsafe" else "unknown",
        "risk": "unknown",
    }


def _part(answers: Mapping[str, Any], question: str, part: str) -> Any:  # Any: whatever the questionnaire takes there
    return answers.get(question, {}).get("parts", {}).get(part)
