"""What the shipped packs must always be: complete, in three languages, and within the lawful boundary."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from safeconduct import packs
from safeconduct.core.consents import Recipient
from safeconduct.core.packtext import strict_yaml
from safeconduct.core.questionnaires import Closeness, Part, PartType, Questionnaire, Sealed

SCREENING = packs.questionnaire(packs.SCREENING)
REQUEST = packs.questionnaire(packs.REQUEST)
CONSENTS = packs.consents(packs.CONSENTS)
FILES = [
    path
    for path in sorted(packs.packs_folder().glob("*/*.yaml"))
    if path.parent.name in ("questionnaires", "criteria", "consents", "procedures")
]


def texts(content: Any) -> Iterator[dict[str, str]]:  # Any: whatever YAML holds
    if isinstance(content, dict):
        if set(content) == {"en", "fr", "ru"}:
            yield content
        for each in content.values():
            yield from texts(each)
    elif isinstance(content, list):
        for each in content:
            yield from texts(each)


def every_part(questionnaire: Questionnaire) -> Iterator[Part]:
    for question in questionnaire.questions():
        for part in question.parts:
            yield part
            yield from part.columns


def test_the_screening_has_its_63_questions_in_14_sections() -> None:
    assert [question.id for question in SCREENING.questions()] == [f"q{number}" for number in range(1, 64)]
    assert [len(section.questions) for section in SCREENING.sections] == [5, 4, 5, 2, 6, 6, 8, 6, 5, 4, 4, 4, 2, 2]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_is_written_in_each_language(path: Any) -> None:
    found = list(texts(strict_yaml(path.read_bytes())))
    assert found
    for text in found:
        named_the_same = {"Signal", "WhatsApp", "Telegram", "GUDA", "SPADA", "LGBT"}
        assert text["en"] in named_the_same or re.search("[а-яё]", text["ru"], re.IGNORECASE), text
        assert not re.search("[а-яё]", text["en"] + text["fr"], re.IGNORECASE), text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_french_punctuation_does_not_fall_onto_the_next_line(path: Any) -> None:
    for text in texts(strict_yaml(path.read_bytes())):
        assert not re.search(r"\w[?!;»]| [?!:;»]|« ", text["fr"]), text["fr"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_placeholders_are_the_same_in_each_language(path: Any) -> None:
    for text in texts(strict_yaml(path.read_bytes())):
        assert len({frozenset(re.findall(r"\{[a-z_]+\}", text[language])) for language in text}) == 1, text


def test_places_of_stay_are_never_asked_more_closely_than_the_region() -> None:
    for questionnaire, question in ((SCREENING, "q4"), (REQUEST, "where")):
        (place,) = (part for part in questionnaire.question(question).parts if part.type is PartType.PLACE)
        assert place.as_far_as is Closeness.REGION
    assert {part.as_far_as for part in every_part(REQUEST)} <= {None, Closeness.REGION}


def test_routes_and_helpers_are_named_as_never_asked() -> None:
    assert {"routes", "drivers", "hosts", "relatives", "payments", "positions"} <= {each.id for each in SCREENING.never_asked}
    assert "routes" in {each.id for each in REQUEST.never_asked}


def test_the_request_asks_for_nothing_but_where_who_how_and_consent() -> None:
    required = {question.id for question in REQUEST.questions() if any(part.required for part in question.parts)}
    assert required == {"where", "who_reads", "contact", "language", "consent"}
    assert len(list(REQUEST.questions())) == 13


def test_what_is_most_dangerous_is_sealed_by_itself() -> None:
    by_question = {question.id: question.seals for question in SCREENING.questions()}
    assert all(by_question[f"q{number}"] is Sealed.CONDUCT for number in [25, 27, *range(29, 37), *range(52, 56)])
    assert by_question["q3"] is Sealed.CONTACT
    assert by_question["q60"] is Sealed.HEALTH
    assert {by_question[f"q{number}"] for number in range(43, 48)} == {Sealed.CONVICTIONS}


def test_the_questionnaires_offer_only_purposes_that_exist() -> None:
    purposes = {purpose.id for purpose in CONSENTS.purposes}
    assert SCREENING.question("q7").part("purposes").option_ids - {"none"} == purposes
    assert REQUEST.question("consent").part("purposes").option_ids <= purposes


def test_each_purpose_of_the_domain_is_separate() -> None:
    assert [purpose.id for purpose in CONSENTS.purposes] == [
        "case_handling",
        "partner",
        "open_source_research",
        "state_authority",
        "relatives",
        "lawyer",
        "recording",
        "testimony",
        "anonymous_story",
        "statistics",
        "keeping_after_closure",
    ]
    assert [purpose.id for purpose in CONSENTS.purposes if purpose.needed_for_case] == ["case_handling"]


def test_nobody_agrees_to_a_state_without_the_warning() -> None:
    for purpose in CONSENTS.purposes:
        if purpose.recipient is Recipient.AUTHORITY:
            assert "proves_presence" in {warning.id for warning in purpose.warnings}
            assert "{recipient}" in purpose.wording.en


def test_contact_and_health_go_to_nobody_by_default() -> None:
    for purpose in CONSENTS.purposes:
        assert not {"contact", "health"} & purpose.sections


def test_every_pack_is_found_by_name_and_by_stamp() -> None:
    assert packs.questionnaire_of(SCREENING.stamp) is SCREENING
    assert packs.consents_of(CONSENTS.stamp) is CONSENTS
    assert packs.names("questionnaires") == ("request-v1", "request-v2", "screening-v1")
    for name in ("../_schema/x", "screening-v2", ""):
        with pytest.raises(packs.PackMissing):
            packs.questionnaire(name)
