"""Names in text: gone however they are spelled, replaced by a block that tells no length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.redaction import BLOCK, NotWording, Wording


@pytest.mark.parametrize(
    ("entry", "text", "left"),
    [
        ("Ivanov", "IVANOV spoke; ivanov left; Ivanova stayed.", f"{BLOCK} spoke; {BLOCK} left; Ivanova stayed."),
        ("Иванов*", "С Ивановым и Ивановой, без Ивана.", f"С {BLOCK} и {BLOCK}, без Ивана."),
        ("Королёв", "Королев и КОРОЛЁВ", f"{BLOCK} и {BLOCK}"),
        ("Oleg Petrov", "Oleg\n  Petrov, Oleg\u00a0Petrov, Oleg-Petrov", f"{BLOCK}, {BLOCK}, {BLOCK}"),
        ("Petrov", "Pe\u00adtr\u200bov", BLOCK),
        ("Лена", "Ле\u0301на", BLOCK),
        ("Zoé", "Zoe\u0301 est là", f"{BLOCK} est là"),
        ("Smith (sergeant)", "the Smith (Sergeant) said", f"the {BLOCK} said"),
        ("+7 700 123", "call +7 700 123 now", f"call {BLOCK} now"),
    ],
)
def test_a_name_is_found_however_it_is_spelled(entry: str, text: str, left: str) -> None:
    wording = Wording((entry,))
    assert wording.applied(text) == left
    assert wording.count(wording.applied(text)) == 0


def test_a_longer_entry_goes_before_the_shorter_within_it() -> None:
    assert Wording(("Anna", "Anna Petrova")).applied("Anna Petrova and Anna") == f"{BLOCK} and {BLOCK}"


def test_staff_keep_their_aliases() -> None:
    wording = Wording.from_lines(["Ivanov", "Camille Martin = Heron", "  "], aliases={"sacha": "Wren"})
    assert wording.applied("Sacha told Camille Martin of Ivanov.") == f"Wren told Heron of {BLOCK}."
    assert Wording.from_lines(wording.lines()) == wording


@pytest.mark.parametrize("entry", ["", "a", "*", "--", "a*"])
def test_an_entry_of_one_letter_is_refused(entry: str) -> None:
    with pytest.raises(NotWording):
        Wording((entry,))


@given(
    name=st.text(st.characters(categories=["Lu", "Ll", "Lo"], exclude_characters="İ"), min_size=2, max_size=8),
    around=st.text(max_size=20),
)
def test_whatever_name_is_looked_for_is_gone(name: str, around: str) -> None:
    wording = Wording((name,))
    text = f"{around} {name} {around}"
    assert wording.count(wording.applied(text)) == 0
    assert BLOCK in wording.applied(text)


@given(text=st.text(max_size=60))
def test_without_an_entry_a_text_stays_as_it_is(text: str) -> None:
    assert Wording().applied(text) == text
