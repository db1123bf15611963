"""Units by the names that soldiers use, and where they were recorded: a record widens or narrows a search, and hides nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.incidents import store as stores
from safeconduct.core.incidents.model import Dataset, Incident, IncidentsRefused, Precision
from safeconduct.core.incidents.overlap import Certainty, Reach, Stay
from safeconduct.core.incidents.search import By, Found, Whereabouts, search
from safeconduct.core.incidents.units import HOLDS, Echelon, Units, read_units

MAPPED = """date,lat,lng,unit,type,strength,subordinate_to,sources_url,country
2022-09-01,48.0,38.0,940th Separate Guards Motorized Rifle Brigade,Motorized Rifle,Brigade,95th Combined Arms Army,,ru
2022-09-04,48.0,38.0,940th Separate Guards Motorized Rifle Brigade,Motorized Rifle,Brigade,95th Combined Arms Army,,ru
2022-09-08,49.0,36.0,940th Separate Guards Motorized Rifle Brigade,Motorized Rifle,Brigade,95th Combined Arms Army,https://example.org/a,ru
2022-09-01,47.0,35.0,95th Combined Arms Army,Headquarters,Army,,,ru
2022-09-01,47.5,35.5,940th Guards Air Assault Regiment,Airborne,Regiment,96th Guards Air Assault Division,,ru
2022-09-01,50.0,30.0,940th Separate Mechanized Brigade,Mechanized,Brigade,,,ua
"""
PLAIN = "unit,date,lat,lon,aliases,parent\n940th Tank Regiment,2022-09-01,48.0,38.0,в/ч 99940|Ninth Forty,\n"
DAY = date(2022, 9, 2)
BRIGADE, REGIMENT = "940th Separate Guards Motorized Rifle Brigade", "940th Guards Air Assault Regiment"


def mapped(text: str = MAPPED) -> Units:
    return read_units(text.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("940-я отдельная гвардейская мотострелковая бригада", [BRIGADE]),
        ("940 ОМСБр", [BRIGADE]),
        ("940th motor rifle brigade", [BRIGADE]),
        ("2-я рота 940-й бригады", [BRIGADE]),
        ("940 дшп", [REGIMENT]),
        ("десантно-штурмовой полк № 940", [REGIMENT]),
        ("95-я общевойсковая армия", ["95th Combined Arms Army"]),
        ("940", []),
        ("940 тп", []),
        ("94 омсбр", []),
        ("", []),
    ],
)
def test_a_unit_is_found_by_number_arm_and_size_in_either_language(text: str, meant: list[str]) -> None:
    assert list(mapped().named(text)) == meant


def test_what_may_mean_several_units_gives_them_all_and_the_other_side_none() -> None:
    several = mapped(MAPPED + "2022-09-01,47,35,940th Artillery Brigade,Artillery,Brigade,,,ru\n")
    assert list(several.named("940-я бригада")) == ["940th Artillery Brigade", BRIGADE]
    assert "940th Separate Mechanized Brigade" not in {unit.name for unit in several}


def test_numbers_of_military_units_stand_as_aliases() -> None:
    units = mapped(PLAIN)
    assert list(units.named("в/ч 99940")) == list(units.named("войсковая часть 99940")) == ["940th Tank Regiment"]
    assert list(units.named("ninth forty")) == ["940th Tank Regiment"]


def test_a_position_holds_until_a_newer_one_and_no_longer_than_a_fortnight() -> None:
    first, second = mapped().recorded(BRIGADE, date(2022, 9, 1), date(2022, 12, 31))
    assert (first.first, first.last) == (date(2022, 9, 1), date(2022, 9, 7))
    assert (second.first, second.last) == (date(2022, 9, 8), date(2022, 9, 8) + HOLDS)
    assert second.source == "https://example.org/a"


def test_where_nothing_is_known_of_a_unit_the_one_above_it_counts_and_reaches_farther() -> None:
    units = mapped(MAPPED + "2022-11-01,47.1,35.1,95th Combined Arms Army,Headquarters,Army,,,ru\n")
    (above,) = units.recorded(BRIGADE, date(2022, 11, 1), date(2022, 11, 2))
    assert above.unit == "95th Combined Arms Army"
    assert above.radius_km > 50
    assert units.recorded(BRIGADE, date(2023, 5, 1), date(2023, 5, 2)) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("2022-09-04", "4.9.2022"), "row 3, column date"),
        (("49.0,36.0", "136.0,49.0"), "row 4, column lat"),
        (("49.0,36.0", "x,36.0"), "row 4, column lat"),
        (("47.0,35.0,95th Combined Arms Army", "47.0,35.0,"), "row 5, column unit"),
        (("date,", "day,"), "row 1"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(change: tuple[str, str], where: str) -> None:
    with pytest.raises(IncidentsRefused, match=where):
        mapped(MAPPED.replace(*change, 1))


def happened(lat: float, lon: float, day: date = DAY, *, name: str = "a") -> Incident:
    return Incident(name, day, day, lat, lon, Precision.PLACE, "", "", "", (1, 1, 1), True, "")


def held(*incidents: Incident) -> stores.Store:
    dataset = Dataset("one", "One", "1", "CC0", "A")
    return stores.open_store(stores.build([dataset], [(0, each) for each in incidents]))


def said(unit: str = "940 омсбр", *, at: tuple[float, float] | None = None, days: int = 3) -> Whereabouts:
    last = DAY + timedelta(days=days)
    stay = Stay(*at, 1.0, DAY, last, (DAY, last)) if at else None
    return Whereabouts(stay, unit, DAY, last)


def asked(store: stores.Store, whereabouts: Whereabouts) -> list[Found]:
    return list(search(store, [whereabouts], Reach(10, 1), mapped())[0].found)


def test_a_unit_alone_finds_what_happened_where_it_was_recorded_and_is_never_likely() -> None:
    (each,) = asked(held(happened(48.0, 38.0), happened(47.0, 33.0, name="b")), said())
    assert (each.by, each.unit, each.overlap.certainty) == (By.UNIT, BRIGADE, Certainty.POSSIBLE)
    assert asked(held(happened(48.0, 38.0)), said("unknown unit")) == []


def test_a_record_beside_the_place_says_so_and_one_far_away_makes_it_weak() -> None:
    (near,) = asked(held(happened(48.0, 38.0)), said(at=(48.0, 38.0)))
    assert (near.by, near.overlap.certainty, near.unit_km) == (By.BOTH, Certainty.LIKELY, 0.0)
    found = asked(held(happened(45.0, 34.0), happened(48.0, 38.0, name="b")), said(at=(45.0, 34.0)))
    assert [(each.by, each.overlap.certainty) for each in found] == [(By.UNIT, Certainty.POSSIBLE), (By.PLACE, Certainty.WEAK)]
    assert found[1].unit_km is not None
    assert found[1].unit_km > 100


def test_which_unit_is_meant_is_left_to_a_person_where_several_may_be() -> None:
    several = mapped(MAPPED + "2022-09-01,48,38,940th Artillery Brigade,Artillery,Brigade,,,ru\n")
    (answer,) = search(held(happened(48.0, 38.0)), [said("940-я бригада")], Reach(10, 1), several)
    assert len(answer.units) == 2
    assert (answer.found, answer.recorded, answer.coverage) == ([], [], frozenset())


@given(
    st.lists(st.tuples(st.floats(47, 49), st.floats(35, 39), st.integers(-20, 20)), max_size=20),
    st.tuples(st.floats(47, 49), st.floats(35, 39)),
)
@settings(max_examples=60, deadline=None)
def test_a_unit_never_takes_an_incident_away(some: list[tuple[float, float, int]], at: tuple[float, float]) -> None:
    store = held(*(happened(lat, lon, DAY + timedelta(days=day), name=str(n)) for n, (lat, lon, day) in enumerate(some)))
    without = {each.overlap.row for each in asked(store, said("", at=at))}
    assert without <= {each.overlap.row for each in asked(store, said(at=at))}


def test_every_echelon_reaches_somewhere() -> None:
    assert {unit.echelon for unit in mapped()} == {Echelon.BRIGADE, Echelon.ARMY, Echelon.REGIMENT}
