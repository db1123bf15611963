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


def test_a_village_is_found_and_its_radius_says_how_well_it_is_known(gazetteer: Gazetteer) -> None:
    village, city = gazetteer.meant("Шумани"), gazetteer.meant("Kyiv, UA")
    assert village is not None
    assert city is not None
    assert (village.name, village.radius_km) == ("Shumany", 3.0)
    assert city.radius_km > village.radius_km
    assert max(place.radius_km for place in gazetteer.named("Кам'янка")) >= 25


def test_an_id_gives_its_place_again(gazetteer: Gazetteer) -> None:
    known = gazetteer.meant("Bakhmut")
    assert known is not None
    assert gazetteer.of_id(known.id) == known
    assert gazetteer.of_id("0") is None


def test_a_province_is_found_by_its_names_and_reaches_far(gazetteer: Gazetteer) -> None:
    found = {gazetteer.meant(name) for name in ("Луганская область", "Луганська область", "région de Louhansk", "Luhansk Oblast")}
    (province,) = found
    assert province is not None
    assert 50 < province.radius_km < 150


def test_the_best_known_towns_come_first(gazetteer: Gazetteer) -> None:
    assert {"Moscow", "Kyiv"} <= {place.name for place in gazetteer.best_known[:6]}
