"""Incident datasets, read to the row: what they say, how well they know it, and what is refused where."""

import contextlib
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.incidents.model import Incident, IncidentsRefused, Precision
from safeconduct.core.incidents.readers import read_incidents, recognise

TODAY = date(2026, 11, 22)
UCDP = (Path(__file__).parent / "ucdp-ged-excerpt.csv").read_text(encoding="utf-8")
ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,civilian_targeting,"
    """latitude,longitude,geo_precision,fatalities,location,source
UKR1,2023-03-04,1,Violence against civilians,Attack,Armed Forces A,Civilians,Civilian targeting,48.5,37.9,1,2,Village,Paper
UKR2,2023-03-05,3,Explosions/Remote violence,Shelling,Armed Forces A,,,48.6,37.8,3,4,Region,Paper
"""
)
PLAIN = """id,date,lat,lon,precision,place,category,civilian_deaths,civilian_deaths_high
x1,2022-09~,50.1,30.2,province,Somewhere,shelling,3,9
x2,2022-09-02/2022-09-04,50.2,30.3,,Elsewhere,,,
"""
HARM = json.dumps(
    [
        {"id": "CIV1", "date": "02/24/2022", "latitude": "49.2", "longitude": "38.9", "location": "Town",
         "sources": [{"path": "a"}], "filters": [{"key": "Type of area affected", "value": "Residential"}]},
        {"id": "CIV1", "date": "02/25/2022", "latitude": "49.2", "longitude": "38.9", "sources": [], "filters": []},
    ]
)  # fmt: skip


def read(dataset: str, text: str) -> list[Incident]:
    return list(read_incidents(dataset, io.StringIO(text, newline=""), today=TODAY))


@pytest.mark.parametrize(("text", "name"), [(UCDP, "ucdp-ged"), (ACLED, "acled"), (PLAIN, "plain"), (HARM, "bellingcat-civharm")])
def test_a_dataset_is_known_by_its_first_line(text: str, name: str) -> None:
    assert recognise(text) == name
    assert recognise("﻿" + text) == name


def test_other_tables_and_lists_are_not_taken_for_one() -> None:
    assert recognise("name,born\nA,1990\n") is None
    assert recognise('[{"name": "A"}]') is None
    assert recognise("") is None


def test_ucdp_is_read_with_its_precision_and_the_tags_of_hdx_are_no_event() -> None:
    found = read("ucdp-ged", UCDP)
    assert len(found) == 8
    first = found[0]
    assert (first.id, first.first, first.precision, first.lat) == ("147997", date(2014, 1, 22), Precision.PLACE, 50.45)
    assert {each.precision for each in found} >= {Precision.PROVINCE, Precision.COUNTRY}
    assert any(each.civilians[1] > 0 and each.harms_civilians for each in found)
    assert all(low <= best <= high for low, best, high in (each.civilians for each in found))


def test_acleds_weeks_months_and_targets_are_honoured() -> None:
    certain, vague = read("acled", ACLED)
    assert (certain.first, certain.last) == (date(2023, 3, 4), date(2023, 3, 4))
    assert (certain.civilians, certain.harms_civilians) == ((0, 2, 2), True)
    assert ((vague.last - vague.first).days, vague.precision, vague.civilians) == (30, Precision.PROVINCE, (0, 0, 4))


def test_the_list_of_civilian_harm_keeps_two_incidents_under_one_number_apart() -> None:
    one, two = read("bellingcat-civharm", HARM)
    assert (one.id, one.category, one.source, one.first) == ("CIV1", "Residential", "a", date(2022, 2, 24))
    assert two.id == "CIV1-2"


def test_a_plain_file_takes_dates_as_people_know_them() -> None:
    about, days = read("plain", PLAIN)
    assert (about.first, about.last) == (date(2022, 8, 17), date(2022, 10, 15))
    assert (about.precision, about.civilians) == (Precision.PROVINCE, (3, 3, 9))
    assert (days.first, days.last, days.precision) == (date(2022, 9, 2), date(2022, 9, 4), Precision.PLACE)


@pytest.mark.parametrize(
    ("change", "row", "column", "what"),
    [
        (("50.1", "91.5"), 2, "lat", "exchanged"),
        (("50.1", "north"), 2, "lat", "not a number of degrees"),
        (("30.2", "181"), 2, "lon", "not between"),
        (("2022-09~", "2022-13"), 2, "date", "not a date"),
        (("2022-09~", "../2022-09"), 2, "date", "first and a last day"),
        (("2022-09~", "2031-01"), 2, "", "has not come yet"),
        (("province", "roughly"), 2, "precision", "one of place"),
        ((",3,9", ",-3,9"), 2, "civilian_deaths", "number of people"),
        (("x2", "x1"), 3, "", "stands twice"),
        (("x1", " "), 2, "id", "nothing stands here"),
        (("Elsewhere,,,", "Elsewhere,,,,,"), 3, "", "cells where the head has"),
        (("id,date,lat", "id,date,north"), 1, "lat", "missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_column(change: tuple[str, str], row: int, column: str, what: str) -> None:
    with pytest.raises(IncidentsRefused, match=what) as refused:
        read("plain", PLAIN.replace(*change, 1))
    assert (refused.value.row, refused.value.column) == (row, column)


def test_bytes_that_are_no_text_and_quotes_that_never_end_are_said() -> None:
    stream = io.TextIOWrapper(io.BytesIO(PLAIN.encode().replace(b"Somewhere", b"\xff\xfe")), "utf-8", newline="")
    with pytest.raises(IncidentsRefused, match="UTF-8"):
        list(read_incidents("plain", stream, today=TODAY))
    with pytest.raises(IncidentsRefused, match="CSV"):
        read("plain", PLAIN.replace("Somewhere", '"Somewhere'))
    for text in ("[", "{}", '["a"]', "[" * 100_000):
        with pytest.raises(IncidentsRefused):
            read("bellingcat-civharm", text)


@given(st.text(max_size=200))
def test_whatever_stands_in_a_cell_is_read_or_refused(text: str) -> None:
    for dataset, whole, cell in (("plain", PLAIN, "Somewhere"), ("plain", PLAIN, "50.1"), ("acled", ACLED, "2023-03-05")):
        with contextlib.suppress(IncidentsRefused):
            assert read(dataset, whole.replace(cell, text, 1))
