"""Stays beside incidents: nothing that brute force finds is missed, and uncertainty is kept to the end."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.incidents import store as stores
from safeconduct.core.incidents.coverage import covered
from safeconduct.core.incidents.model import RADIUS_KM, Dataset, Incident, IncidentsRefused, Precision
from safeconduct.core.incidents.overlap import Certainty, Overlap, Reach, Stay, explained, overlapping

DAY = date(2022, 9, 10)
DATASETS = [Dataset("one", "One", "1", "CC0", "A"), Dataset("two", "Two", "2", "CC0", "B")]
DEGREES = st.floats(-89, 89), st.floats(-179.9, 179.9)


def incident(
    name: str = "a",
    *,
    lat: float = 48.0,
    lon: float = 38.0,
    day: date = DAY,
    days: int = 0,
    precision: Precision = Precision.PLACE,
    place: str = "",
) -> Incident:
    last = day + timedelta(days=days)
    return Incident(name, day, last, lat, lon, precision, place, "", "", (0, 1, 2), True, "")


def stay(*, lat: float = 48.0, lon: float = 38.0, radius: float = 0.0, first: date = DAY, days: int = 0) -> Stay:
    last = first + timedelta(days=days)
    return Stay(lat, lon, radius, first, last, (first, last))


def kept(*incidents: Incident, dataset: int = 0) -> stores.Store:
    return stores.open_store(stores.build(DATASETS, [(dataset, each) for each in incidents]))


def found(held: stores.Store, each: Stay, reach: Reach) -> list[Overlap]:
    return explained(held, [each], overlapping(held, [each], reach), reach)


@st.composite
def incidents(draw: st.DrawFn) -> list[Incident]:
    """Up to sixty, near each other and anywhere."""
    near, seam = st.tuples(st.floats(47, 49), st.floats(37, 39)), st.tuples(st.just(0.0), st.just(179.9))
    places = st.one_of(st.tuples(*DEGREES), near, seam)
    days = st.integers(-400, 400).map(lambda number: DAY + timedelta(days=number))
    one = st.tuples(places, days, st.integers(0, 120), st.sampled_from(list(Precision)))
    return [
        incident(str(number), lat=lat, lon=lon, day=day, days=length, precision=precision)
        for number, ((lat, lon), day, length, precision) in enumerate(draw(st.lists(one, max_size=60)))
    ]


def brute(held: stores.Store, each: Stay, reach: Reach) -> set[int]:
    """The definition, one pair at a time, by another formula for the distance."""
    near = set()
    for row in range(len(held)):
        other = held.incident(row)
        apart = max((other.first - each.latest).days, (each.earliest - other.last).days)
        if apart <= reach.days and km(each, other) - each.radius_km - RADIUS_KM[other.precision] <= reach.km:
            near.add(row)
    return near


def km(each: Stay, other: Incident) -> float:
    one, two, lon = (math.radians(value) for value in (each.lat, other.lat, other.lon - each.lon))
    along = math.cos(one) * math.sin(two) - math.sin(one) * math.cos(two) * math.cos(lon)
    across = math.hypot(math.cos(two) * math.sin(lon), along)
    return 6_371.0088 * math.atan2(across, math.sin(one) * math.sin(two) + math.cos(one) * math.cos(two) * math.cos(lon))


@given(incidents(), st.tuples(*DEGREES) | st.just((48.0, 38.0)) | st.just((0.0, -179.9)), st.floats(0, 300), st.integers(0, 90))
@settings(max_examples=120, deadline=None)
def test_nothing_that_brute_force_finds_is_missed_or_added(
    some: list[Incident], at: tuple[float, float], radius: float, days: int
) -> None:
    held, reach = kept(*some), Reach(12.5, 2)
    each = stay(lat=at[0], lon=at[1], radius=radius, days=days)
    assert set(overlapping(held, [each], reach).row.tolist()) == brute(held, each, reach)


@given(incidents(), st.floats(0, 100), st.integers(0, 30))
@settings(max_examples=50, deadline=None)
def test_reaching_farther_never_finds_less(some: list[Incident], km_more: float, days_more: int) -> None:
    held, each = kept(*some), stay(days=10)
    less = set(overlapping(held, [each], Reach(5, 1)).row.tolist())
    assert less <= set(overlapping(held, [each], Reach(5 + km_more, 1 + days_more)).row.tolist())


@given(incidents(), st.integers(-300, 300), st.floats(-3, 3))
@settings(max_examples=50, deadline=None)
def test_moving_everything_in_time_and_eastwards_changes_nothing(some: list[Incident], days: int, east: float) -> None:
    def moved(each: Incident) -> Incident:
        lon = (each.lon + east + 180) % 360 - 180
        day, length = each.first + timedelta(days=days), (each.last - each.first).days
        return incident(each.id, lat=each.lat, lon=lon, day=day, days=length, precision=each.precision)

    here, there = kept(*some), kept(*map(moved, some))
    one, two = stay(days=9), stay(lon=38 + east, first=DAY + timedelta(days=days), days=9)
    # Rounding may move a pair across the very edge: reach a hair more on one side.
    a = {here.incident(row).id for row in overlapping(here, [one], Reach(9.999, 1)).row.tolist()}
    b = {there.incident(row).id for row in overlapping(there, [two], Reach(10, 1)).row.tolist()}
    assert a <= b


def test_many_stays_are_asked_at_once_and_told_apart() -> None:
    held = kept(incident("here"), incident("there", lat=60.0, lon=60.0))
    asked = [stay(), stay(lat=60.0, lon=60.0), stay(lat=10.0)] * 1_000
    pairs = overlapping(held, asked, Reach())
    assert [held.incident(row).id for row in pairs.row[:2].tolist()] == ["here", "there"]
    assert len(pairs) == 2_000
    assert set(pairs.stay.tolist()) == {number for number in range(3_000) if number % 3 != 2}


def test_an_incident_known_to_a_province_is_a_wide_and_weak_coincidence() -> None:
    (each,) = found(kept(incident(lat=49.0, precision=Precision.PROVINCE)), stay(), Reach())
    assert each.certainty is Certainty.WEAK
    assert each.km[0] == 0
    assert each.km[1] > 250


def test_a_place_and_day_that_are_certain_are_likely_and_others_only_possible() -> None:
    held = kept(incident())
    assert found(held, stay(), Reach())[0].certainty is Certainty.LIKELY
    unsure = Stay(48.0, 38.0, 0.0, DAY - timedelta(days=3), DAY + timedelta(days=3), None)
    assert found(held, unsure, Reach())[0].certainty is Certainty.POSSIBLE
    (late,) = found(held, stay(first=DAY + timedelta(days=1)), Reach())
    assert (late.certainty, late.days) == (Certainty.POSSIBLE, (1, 1))


def test_nothing_found_is_told_apart_from_nobody_having_looked() -> None:
    held = kept(incident(), incident("later", day=DAY + timedelta(days=90)))
    quiet, elsewhere, before = stay(lat=48.5, first=DAY + timedelta(days=30)), stay(lat=10.0), stay(first=date(2010, 1, 1))
    assert covered(held, [quiet, elsewhere, before]) == [frozenset({"one"}), frozenset(), frozenset()]
    assert not found(held, quiet, Reach())


def test_a_store_is_the_same_bytes_in_any_order_and_gives_back_what_was_read() -> None:
    some = [incident(str(number), lat=40 + number, place="Ґ") for number in range(9)]
    one, two = (stores.build(DATASETS, [(0, each) for each in order]) for order in (some, some[::-1]))
    assert one == two
    held = stores.open_store(one)
    assert sorted((held.incident(row) for row in range(len(held))), key=lambda each: each.id) == some
    assert held.dataset(0) == DATASETS[0]


@pytest.mark.parametrize("cut", [0, 3, 12, 60, 400])
def test_other_bytes_are_no_store(cut: int) -> None:
    whole = stores.build(DATASETS, [(0, incident())])
    with pytest.raises(IncidentsRefused):
        stores.open_store(whole[:cut])


def test_an_empty_store_answers() -> None:
    held = kept()
    assert len(held) == 0
    assert not len(overlapping(held, [stay()], Reach()))
    assert covered(held, [stay()]) == [frozenset()]
