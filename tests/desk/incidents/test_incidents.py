"""Incidents in the desk: asked about in the reader's session, sealed with conduct, and a question until a person decides."""

import logging
from pathlib import Path

import pytest
from django.db import connection

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.cases.models import Case
from safeconduct.desk.claims.selectors import timeline_of
from safeconduct.desk.custody.models import Entry
from safeconduct.desk.incidents import lookup, selectors, services
from safeconduct.desk.incidents.errors import NoIncidents, StayUnclear
from safeconduct.desk.incidents.findings import Finding, State
from safeconduct.desk.incidents.lookup import Reached, Said
from safeconduct.desk.incidents.models import IncidentSearch
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.sections import Section
from safeconduct.incidents.kept import Told, import_files
from tests.cast import TODAY, Cast, a_case
from tests.evaluators import assigned
from tests.walked import interview

EVENTS = "id,date,lat,lon,precision,place,category,civilian_deaths,harms_civilians,source\n"
SHELLING = "e-1,2022-12-05,49.4093,38.1553,place,Svatove,shelling,3,yes,invented source\n"
FAR = "e-2,2022-12-05,46.63,32.61,place,Kherson,shelling,1,yes,\n"
UNITS = "unit,date,lat,lon\n940th Motorized Rifle Regiment,2022-12-01,46.63,32.61\n"
STAY = Said(place="Сватово", dates="2022-12-01/2022-12-20")
NEAR = Reached(10, 1)
QUIET = {
    "s0-statement": "",
    "rows": "1",
    "km": "10",
    "days": "1",
    "s0-place": "Svatove",
    "s0-dates": "2022-12",
    "s0-unit": "",
    "s0-place_id": "",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with no dataset yet."""
    monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case of Lantern, opened by Amal, with an interview."""
    case = a_case(cast)
    interview(cast, case)
    return case


def keep(home: Path, rows: str = SHELLING + FAR, *, version: str = "1", units: str = "") -> None:
    """Import a dataset of our own."""
    (home / "events.csv").write_text(EVENTS + rows)
    (home / "units.csv").write_text(units or UNITS)
    import_files([home / "events.csv", home / "units.csv"], Told(version), today=TODAY)


def hits(cast: Cast, case: Case, name: str = "amal") -> list[selectors.HitLine]:
    return list(selectors.incidents_of(case, cast.actor(name), today=TODAY).hits)


def searched(cast: Cast, case: Case, home: Path, said: Said = STAY) -> selectors.HitLine:
    """The one coincidence of a first search."""
    keep(home)
    services.search_case(case, cast.actor("amal"), [said], NEAR, today=TODAY)
    (hit,) = hits(cast, case)
    return hit


def test_what_is_found_is_sealed_with_its_dataset_and_why(cast: Cast, case: Case, home: Path) -> None:
    hit = searched(cast, case, home)
    assert (hit.state, hit.number) == (State.OPEN, 1)
    assert (hit.content["event"], hit.content["place"], hit.content["harms"]) == ("e-1", "Svatove", True)
    assert (hit.content["by"], hit.content["certainty"], hit.content["version"]) == ("place", "likely", "1")
    entries = [bytes(body).decode() for body in Entry.objects.values_list("body", flat=True)]
    assert sum(Act.INCIDENTS_SEARCHED.value in entry for entry in entries) == 1
    assert not any("Svatove" in entry or "Сватово" in entry for entry in entries)


def test_a_stay_that_no_dataset_covers_is_told_apart(cast: Cast, case: Case, home: Path) -> None:
    keep(home)
    said = [STAY, Said(place="Yerevan", dates="2023")]
    services.search_case(case, cast.actor("amal"), said, NEAR, today=TODAY)
    run = selectors.incidents_of(case, cast.actor("amal"), today=TODAY).run
    assert run is not None
    assert [bool(stay["coverage"]) for stay in run.content["stays"]] == [True, False]
    page = cast.client("amal").get(f"/desk/cases/{case.id}/incidents/").content.decode()
    assert "No coverage" in page
    assert 'class="map-stay"' in page


def test_the_unit_widens_the_search_and_says_so(cast: Cast, case: Case, home: Path) -> None:
    hit = searched(cast, case, home, Said(dates="2022-12", unit="940 мсп"))
    assert (hit.content["event"], hit.content["by"], hit.content["certainty"]) == ("e-2", "unit", "possible")
    assert hit.content["unit"] == "940th Motorized Rifle Regiment"


def test_a_decision_stays_until_the_dataset_tells_it_differently(cast: Cast, case: Case, home: Path) -> None:
    hit = searched(cast, case, home)
    amal = cast.actor("amal")
    services.decide(case, amal, hit.record, Finding.UNRELATED, "He was in hospital that week.", today=TODAY)
    assert services.search_case(case, amal, [STAY], NEAR, today=TODAY).new == 0
    assert hits(cast, case)[0].state is State.UNRELATED
    keep(home, SHELLING.replace(",3,", ",9,"), version="2")
    assert services.search_case(case, amal, [STAY], NEAR, today=TODAY).new == 1
    (again,) = hits(cast, case)
    assert (again.state, again.record, len(again.content["decisions"])) == (State.OPEN, hit.record, 1)


def test_what_the_last_search_did_not_find_is_kept_if_somebody_decided_it(cast: Cast, case: Case, home: Path) -> None:
    hit = searched(cast, case, home)
    amal = cast.actor("amal")
    services.decide(case, amal, hit.record, Finding.TO_ASK, "Ask about that week.", today=TODAY)
    services.search_case(case, amal, [Said(place="Kherson", dates="2022-12")], NEAR, today=TODAY)
    found = selectors.incidents_of(case, amal, today=TODAY)
    assert [line.content["event"] for line in found.hits] == ["e-2"]
    assert [line.content["event"] for line in found.earlier] == ["e-1"]


def test_stays_are_taken_from_the_interview(cast: Cast, case: Case) -> None:
    said = selectors.stays_of(case, cast.actor("amal"), today=TODAY)
    assert Said(place="Région de Louhansk", dates="2022-11-20/2023-01-14") in said
    assert lookup.place_meant("Région de Louhansk") is not None
    assert any(each.unit for each in said)


def test_nothing_is_written_without_datasets_or_for_an_unclear_stay(cast: Cast, case: Case, home: Path) -> None:
    amal = cast.actor("amal")
    with pytest.raises(NoIncidents):
        services.search_case(case, amal, [STAY], NEAR, today=TODAY)
    keep(home)
    for said in (Said(place="Nowhere", dates="2022"), Said(place="Svatove", dates="soon"), Said(dates="2022")):
        with pytest.raises(StayUnclear):
            services.search_case(case, amal, [said], NEAR, today=TODAY)
    assert not IncidentSearch.objects.exists()
    assert hits(cast, case) == []


def test_places_and_dates_are_in_no_address_no_log_and_no_open_column(
    cast: Cast, case: Case, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keep(home)
    browser, address = cast.client("amal"), f"/desk/cases/{case.id}/incidents/search/"
    with caplog.at_level(logging.DEBUG):
        answer = browser.post(address, QUIET)
        refused = browser.post(address, QUIET | {"s0-dates": "soon", "s0-place": "Svatove"})
    assert (answer.status_code, refused.status_code) == (302, 422)
    assert "vatove" not in answer["location"]
    assert "vatove" not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM incidents_incidentsearch")
        assert "vatove" not in str(cursor.fetchall())


def test_the_form_asks_which_place_is_meant_and_keeps_what_was_typed(cast: Cast, case: Case, home: Path) -> None:
    keep(home)
    browser, address = cast.client("amal"), f"/desk/cases/{case.id}/incidents/search/"
    asked = browser.post(address, QUIET | {"s0-place": "Olenivka"})
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Several places have this name" in page
    assert 'value="Olenivka"' in page
    chosen = lookup.places_named("Olenivka")[0].id
    assert browser.post(address, QUIET | {"s0-place": "Olenivka", "s0-place_id": chosen}).status_code == 302


@pytest.mark.parametrize(
    "typed", [{"rows": "x"}, {"s0-place": "", "s0-dates": "", "s0-unit": ""}, {"km": "5000"}, {"s0-place": "Atlantis"}]
)
def test_what_cannot_be_searched_is_said_beside_its_field(cast: Cast, case: Case, home: Path, typed: dict[str, str]) -> None:
    keep(home)
    answer = cast.client("amal").post(f"/desk/cases/{case.id}/incidents/search/", QUIET | typed)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_only_those_who_work_on_the_case_see_it(cast: Cast, case: Case, home: Path) -> None:
    hit = searched(cast, case, home)
    for name in ("bea", "hugo"):
        assert cast.client(name).get(f"/desk/cases/{case.id}/incidents/").status_code == 404
        assert cast.client(name).get(f"/desk/cases/{case.id}/incidents/{hit.record}/").status_code == 404
    with pytest.raises(NotGranted):
        services.decide(case, cast.actor("hugo"), hit.record, Finding.TO_ASK, "no key", today=TODAY)


def test_a_page_tells_both_sides_and_takes_a_decision(cast: Cast, case: Case, home: Path) -> None:
    hit = searched(cast, case, home)
    browser, address = cast.client("amal"), f"/desk/cases/{case.id}/incidents/{hit.record}/"
    page = browser.get(address).content.decode()
    assert "civilians killed: 3" in page
    assert "invented source" in page
    assert browser.post(address, {"finding": "guilty", "reason": "x"}).status_code == 422
    assert browser.post(address, {"finding": "for-evaluators", "reason": "Same week, same town."}).status_code == 302
    assert hits(cast, case)[0].state is State.FOR_EVALUATORS
    keep(home, version="2")
    assert "The datasets have changed since" in browser.get(f"/desk/cases/{case.id}/incidents/").content.decode()


def test_evaluators_read_it_beside_the_file_with_what_was_decided(cast: Cast, case: Case, home: Path) -> None:
    hit = searched(cast, case, home)
    services.decide(case, cast.actor("amal"), hit.record, Finding.FOR_EVALUATORS, "The same week.", today=TODAY)
    (row, _) = assigned(cast, case, "bea", "emil")
    page = cast.client("bea").get(f"/desk/evaluations/{row.id}/").content.decode()
    assert "For the evaluators" in page
    assert "The same week." in page
    assert [line.record for line in selectors.for_evaluators(case, cast.actor("bea"), today=TODAY)] == [hit.record]


def test_statements_tell_of_stays_and_learn_which_touch_an_incident(cast: Cast, case: Case, home: Path) -> None:
    keep(home)
    amal = cast.actor("amal")
    place = {
        "name": "Svatove",
        "country": "UA",
        "precision": "town",
        "key": "692118",
        "lat": "49.40926",
        "lon": "38.15534",
        "radius_km": "3.0",
    }
    content = {
        "speaker": "person",
        "said": "interview",
        "source": "interview",
        "topic": "stay",
        "when": "2022-12-01/2022-12-20",
        "place": place,
    }
    with opening.opened(case.subject, holder=amal, purpose=Purpose.VERIFICATION, today=TODAY) as file:
        statement = file.write(Section.EVIDENCE, "statement", content)
    (said,) = selectors.stays_of(case, amal, today=TODAY)
    assert (said.place, said.place_id, said.statement) == ("Svatove", "692118", statement)
    services.search_case(case, amal, [said], NEAR, today=TODAY)
    raised = [each.prompt.rule for each in timeline_of(case, amal, language="en", today=TODAY).prompts]
    assert "t7" in raised
    (hit,) = hits(cast, case)
    services.decide(case, amal, hit.record, Finding.UNRELATED, "He was in hospital that week.", today=TODAY)
    raised = [each.prompt.rule for each in timeline_of(case, amal, language="en", today=TODAY).prompts]
    assert "t7" not in raised
