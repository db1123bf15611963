"""The gazetteer: towns by every name, in both alphabets, and no guess where two are meant."""

import gzip

import pytest

from safeconduct import packs
from safeconduct.core.places import Gazetteer, GazetteerUnreadable


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(packs.places())


@pytest.mark.parametrize("text", ["Mariupol", "Мариуполь", "Маріуполь", "мариуполь", "Mariupol’", "Zhdanov, UA"])
def test_a_town_is_found_by_its_names_old_and_new_in_either_alphabet(gazetteer: Gazetteer, text: str) -> None:
    found = gazetteer.meant(text)
    assert found is not None
    assert (found.country, round(found.lat), round(found.lon)) == ("UA", 47, 38)


def test_where_several_towns_have_a_name_none_is_guessed(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.named("Olenivka")) > 1
    assert gazetteer.meant("Olenivka") is None


def test_the_country_tells_towns_apart(gazetteer: Gazetteer) -> None:
    assert {place.country for place in gazetteer.named("Brest, BY")} == {"BY"}
    assert gazetteer.named("Nowhere at all") == []


@pytest.mark.parametrize("inside", [None, b"", b"one\ttwo\n", b"\xff\xfe"])
def test_other_bytes_are_no_gazetteer(inside: bytes | None) -> None:
    content = b"no gzip" if inside is None else gzip.compress(inside)
    with pytest.raises(GazetteerUnreadable):
        Gazetteer(content)
