"""A request carries a sealed card with the few facts by which a desk sorts its inbox."""

from typing import Any

import pytest

from safeconduct import packs
from safeconduct.core.custody import Purpose
from safeconduct.core.questionnaires import read_answers
from safeconduct.desk.intake.keeping import erased_on
from safeconduct.desk.intake.request_cards import card_of
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault.cards import CARD
from safeconduct.desk.web.asking import values_of
from tests.cast import TODAY, Cast, a_request

pytestmark = pytest.mark.django_db


def given(**questions: dict[str, Any]) -> dict[str, Any]:
    """Answers as they are kept, read by the questionnaire itself."""
    values: dict[str, Any] = {name: {"state": "answered", "parts": parts} for name, parts in questions.items()}
    reading = read_answers(packs.questionnaire(packs.REQUEST), values)
    assert not reading.problems
    return values_of(reading.answers)


def test_first_answers_become_the_card() -> None:
    answers = given(
        safe_now={"how_safe": "unsafe"},
        where={"place": {"country": "KZ", "region": "", "town": ""}},
        need={"needs": ["lawyer", "advice"]},
        for_whom={"who": "other"},
        situation={"kind": "left_service"},
        deadline={"day": {"on": "2026-12-01"}},
        language={"tongue": "french"},
    )
    card = card_of("ru", answers)
    assert card == {
        "language": "fr",
        "safety": "unsafe",
        "country": "KZ",
        "inside": False,
        "for_other": True,
        "short_lived": False,
        "needs": ["advice", "lawyer"],
        "deadline": "2026-12-01",
        "urgency": "urgent",
        "risk": "unknown",
    }


def test_what_was_not_answered_is_unknown() -> None:
    card = card_of("ru", {"where": {"state": "prefer_not_to_say"}})
    assert (card["language"], card["safety"], card["country"], card["urgency"]) == ("ru", "unknown", "", "unknown")


def test_somebody_inside_russia_is_marked() -> None:
    assert card_of("ru", given(where={"place": {"country": "RU", "region": "", "town": ""}}))["inside"] is True


def test_somebody_inside_russia_has_a_short_conversation_as_has_whoever_chooses_one() -> None:
    inside = card_of("ru", given(where={"place": {"country": "RU", "region": "", "town": ""}}))
    chosen = card_of("ru", given(keeping={"how_long": "short"}))
    usual = card_of("ru", given(keeping={"how_long": "usual"}))
    days = [(erased_on(card, TODAY) - TODAY).days for card in (inside, chosen, usual, card_of("ru", {}))]
    assert days == [14, 14, 30, 30]


def test_a_request_of_the_first_questionnaire_still_says_for_whom_it_is() -> None:
    assert card_of("ru", {"situation": {"state": "answered", "parts": {"kind": "family"}}})["for_other"] is True


def test_the_desk_reads_the_card_of_a_fresh_request(cast: Cast) -> None:
    _, request = a_request(cast)
    with opened_by_desk(request, cast.actor("amal"), Purpose.TRIAGE, today=TODAY) as file:
        card = file.newest(CARD)
    assert card is not None
    assert card.content["language"] == "ru"
