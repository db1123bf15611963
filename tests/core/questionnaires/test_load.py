"""A pack that could mislead its readers is refused when it is read, with the place."""

import hashlib
from collections.abc import Callable

import pytest

from safeconduct import packs
from safeconduct.core.packtext import PackRefused, read_pack
from safeconduct.core.questionnaires import Questionnaire, load_questionnaire

SCHEMA = (packs.packs_folder() / "_schema" / "questionnaire.schema.json").read_bytes()

SMALL = """
kind: "questionnaire"
id: "small"
version: 1
status: "proposed"
audience: "caseworker"
title: {en: "T", fr: "T", ru: "Т"}
sources: [{title: "S"}]
never_asked: [{id: "routes", what: {en: "a", fr: "b", ru: "c"}, why: {en: "a", fr: "b", ru: "c"}}]
sections:
  - id: "s1"
    title: {en: "T", fr: "T", ru: "Т"}
    questions:
      - id: "q1"
        seals: "contact"
        ask: {en: "A?", fr: "B ?", ru: "В?"}
        parts:
          - {id: "safe", type: "yes_no", required: true}
        then:
          - {when: {part: "safe", is: [false]}, stop: "callback", say: {en: "x", fr: "y", ru: "z"}}
      - id: "q2"
        seals: "identity"
        ask: {en: "A?", fr: "B ?", ru: "В?"}
        show_if: {question: "q1", part: "safe", is: [true]}
        parts:
          - {id: "born", type: "date"}
          - {id: "where", type: "place", as_far_as: "region"}
        then:
          - {when: {part: "born", younger_than: 18}, flag: "child_protocol", say: {en: "x", fr: "y", ru: "z"}}
"""


def load(text: str) -> Questionnaire:
    return load_questionnaire(text.encode(), schema=SCHEMA)


def swapped(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


REFUSED = [
    ("a kind of its own", swapped('"questionnaire"', '"criteria"'), "kind"),
    ("a language missing", swapped('fr: "B ?", ', ""), "fr"),
    ("an empty text", swapped('en: "A?"', 'en: ""'), r"\$\.sections"),
    ("an unknown seal", swapped('"contact"', '"diary"'), "diary"),
    ("an unknown type", swapped('"yes_no"', '"mood"'), r"\$\.sections"),
    ("a word too many", swapped("required: true", 'required: true, colour: "red"'), "colour"),
    ("a place without a limit", swapped(', as_far_as: "region"', ""), "as_far_as"),
    ("no source", swapped('[{title: "S"}]', "[]"), "sources"),
    ("nothing that is never asked", swapped("never_asked", "always_asked"), "never_asked|always_asked"),
    ("reviewed by nobody", swapped('"proposed"', '"reviewed"'), "reviewed_by"),
    ("a question twice", swapped('id: "q2"', 'id: "q1"'), "q1 stands twice"),
    ("a part twice", swapped('id: "where"', 'id: "born"'), "born stands twice"),
    ("a later question in a condition", swapped('question: "q1"', 'question: "q2"'), "q2.*not asked before"),
    ("an unknown question in a condition", swapped('question: "q1"', 'question: "q9"'), "q9.*not asked before"),
    ("an unknown part in a condition", swapped('{part: "safe", is: [false]}', '{part: "calm", is: [false]}'), "does not exist"),
    ("a value that cannot be", swapped("is: [true]", 'is: ["yes"]'), "cannot have"),
    ("an age of something else", swapped('part: "born", younger_than', 'part: "where", younger_than'), "cannot have"),
    ("a stop by the calendar", swapped('flag: "child_protocol"', 'stop: "advice_only"'), "calendar"),
    ("a question by the calendar", swapped('part: "safe", is: [true]}', 'part: "safe", within_days: 3}'), "calendar"),
    ("an any-of with a fault", swapped('{part: "safe", is: [false]}', '{any: [{part: "safe", is: ["x"]}]}'), "cannot have"),
    ("a text compared with a value", swapped('{part: "born", younger_than: 18}', '{part: "born", is: ["1990"]}'), "cannot have"),
    ("a stop and a flag", swapped('flag: "child_protocol"', 'flag: "urgent", stop: "callback"'), r"then\[0\]"),
]


def test_the_small_pack_is_read() -> None:
    small = load(SMALL)
    assert [question.id for question in small.questions()] == ["q1", "q2"]
    assert small.reviewed_by == ""


@pytest.mark.parametrize(("change", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_misleading_pack_is_refused(change: Callable[[str], str], words: str) -> None:
    with pytest.raises(PackRefused, match=words):
        load(change(SMALL))


def test_the_digest_binds_what_is_said_and_not_how_it_is_laid_out() -> None:
    first = load(SMALL).stamp
    assert load("# A comment.\n" + SMALL.replace('"q1"', "'q1'")).stamp == first
    assert load(SMALL.replace("A?", "A!", 1)).stamp.digest != first.digest
    assert len(first.digest) == hashlib.sha256().digest_size * 2


def test_a_text_is_found_in_its_language_or_else_in_english() -> None:
    ask = load(SMALL).question("q1").ask
    assert [ask.in_language(code) for code in ("en", "fr", "fr-CA", "ru", "RU", "kk", "")] == [
        "A?",
        "B ?",
        "B ?",
        "В?",
        "В?",
        "A?",
        "A?",
    ]


def test_filling_replaces_each_name_once() -> None:
    pack = packs.consents(packs.CONSENTS)
    filled = pack.purpose("partner").wording.filled(organisation="{recipient}", recipient="Desk B")
    assert "{recipient}" in filled.en
    assert "Desk B" in filled.en
    assert "{organisation}" not in filled.en


def test_another_kind_than_asked_for_is_refused() -> None:
    with pytest.raises(PackRefused, match="kind"):
        read_pack(SMALL.encode(), schema=SCHEMA, kind="consents")
