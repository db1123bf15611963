"""What a person agreed to when they filed, and since: purpose by purpose, with the wording that was shown.

Kept as a record of the request in the shape that a case keeps its consents in, so that one becomes the other.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from safeconduct import packs

KIND = "consents"
Consented = dict[str, Any]  # Any: canonical values


def first(answers: Mapping[str, Any], today: date) -> Consented:
    """The consents of a fresh request: those that the form offered, given where they were ticked."""
    question = packs.questionnaire(packs.REQUEST).question("consent")
    ticked = answers.get("consent", {}).get("parts", {}).get("purposes", [])
    return of(((purpose, purpose in ticked) for purpose in sorted(question.part("purposes").option_ids)), today)


def of(purposes: Iterable[tuple[str, bool]], today: date) -> Consented:
    """A record of (purpose, whether it is given) under the wording in force."""
    return {
        "wording": packs.consents(packs.CONSENTS).stamp.value(),
        "day": today.isoformat(),
        "purposes": {purpose: {"given": given, "recipients": []} for purpose, given in purposes},
    }


def without_ticks(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers to read, less what was ticked at first: what a person agrees to now stands in the record."""
    return {name: value for name, value in answers.items() if name != "consent"}


def changed(before: Mapping[str, Any], purpose: str, given: bool, today: date) -> Consented:
    """The same with one purpose changed; the wording recorded is the one shown now."""
    said = {name: dict(each) for name, each in before.get("purposes", {}).items()}
    said[purpose] = {"recipients": [], **said.get(purpose, {}), "given": given}
    return {**of([], today), "purposes": said}
