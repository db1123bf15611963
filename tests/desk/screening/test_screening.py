"""Screening in the desk: in the reader's session, sealed in the case, decided by people, and never a verdict."""

import logging
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from safeconduct import packs
from safeconduct.core.custody import Act
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.cases.services import Consent, change_consents
from safeconduct.desk.custody.models import Entry
from safeconduct.desk.screening import batch, lookup, selectors, services
from safeconduct.desk.screening.errors import NoLists, NoName, SecondPersonNeeded
from safeconduct.desk.screening.findings import Finding, State
from safeconduct.desk.screening.lookup import Person
from safeconduct.desk.screening.models import Screening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.lists import Chosen, import_files
from tests.cast import TODAY, Cast, a_case
from tests.lists.standin import put_in_place
from tests.walked import interview

OWN = "id,name,born,country,programme,reason\n"
NAMESAKE = 'p-1,Zvonarev Anton Iljitch,1993-04-02,Russia,turned away,"Said to have led an invented unit."\n'
OTHER = "p-2,Somebody Else,1970,,,\n"
ANTON = Person(names=["Anton Zvonarev"], born="1993-04", country="RU")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with no list yet, and the stand-in for the engine of names."""
    put_in_place(monkeypatch)
    monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case of Lantern, opened by Amal, with an interview."""
    case = a_case(cast)
    interview(cast, case)
    return case


def served(home: Path, rows: str = NAMESAKE + OTHER, name: str = "own") -> None:
    """Import a list of our own."""
    path = home / f"{name}.csv"
    path.write_text(OWN + rows)
    import_files([path], home / "lists", Chosen(smaller=True), today=TODAY)


def written_down() -> list[str]:
    """Every entry of every custody log."""
    return [bytes(body).decode() for body in Entry.objects.values_list("body", flat=True)]


def hits(cast: Cast, case: Case, name: str = "amal") -> list[selectors.HitLine]:
    return list(selectors.screening_of(case, cast.actor(name), today=TODAY).hits)


def screened(cast: Cast, case: Case, home: Path) -> selectors.HitLine:
    """The one hit of a first screening."""
    served(home)
    services.screen_case(case, cast.actor("amal"), ANTON, today=TODAY)
    (hit,) = hits(cast, case)
    return hit


def decide(cast: Cast, case: Case, hit: selectors.HitLine, name: str, finding: Finding) -> State:
    services.decide(case, cast.actor(name), hit.record, finding, "Another patronymic.", today=TODAY)
    return hits(cast, case)[0].state


def test_a_hit_is_sealed_with_its_list_and_what_speaks_for_it(cast: Cast, case: Case, home: Path) -> None:
    hit = screened(cast, case, home)
    assert (hit.state, hit.is_new) == (State.OPEN, True)
    assert (hit.content["list"], hit.content["entry"], hit.content["matched_name"]) == ("own", "p-1", "Zvonarev Anton Iljitch")
    assert hit.content["version"].startswith("2026-11-22-")
    assert [feature["name"] for feature in hit.content["features"]] == ["name", "birth"]
    assert hit.content["reason"] == "Said to have led an invented unit."
    assert hit.namesakes == "0.5"
    entries = written_down()
    assert sum(Act.SCREENING_RUN.value in entry for entry in entries) == 1
    assert not any("onarev" in entry for entry in entries)


def test_what_is_looked_for_is_in_no_address_no_log_and_no_open_column(
    cast: Cast, case: Case, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    served(home)
    browser = cast.client("amal")
    address = f"/desk/cases/{case.id}/screening/run/"
    with caplog.at_level(logging.DEBUG):
        answer = browser.post(address, {"names": "Zvonarev Anton", "born": "1993-04", "country": "RU"})
        refused = browser.post(address, {"names": "Zvonarev Anton", "born": "never"})
        asked = browser.get(address, {"names": "Zvonarev Anton"})
    assert (answer.status_code, refused.status_code, asked.status_code) == (302, 422, 200)
    assert "onarev" not in answer["location"]
    assert "onarev" not in caplog.text
    assert Screening.objects.get(case=case).lists == lookup.lists_key()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM screening_screening")
        assert "onarev" not in str(cursor.fetchall())
    written = [path for path in home.rglob("*") if path.is_file() and "own" not in str(path.relative_to(home))]
    assert not [path for path in written if b"onarev" in path.read_bytes()]


def test_names_are_taken_from_the_identity_section(cast: Cast, case: Case) -> None:
    person = selectors.person_of(case, cast.actor("amal"), today=TODAY)
    assert (list(person.names), person.born) == (["Zvonarev Anton Iljitch (personne fictive)"], "1993-04")
    assert person.birth_place == "Région de Penza"
    empty = selectors.person_of(a_case(cast), cast.actor("amal"), today=TODAY)
    assert list(empty.names) == []


def test_nothing_is_written_without_lists_or_letters(cast: Cast, case: Case, home: Path) -> None:
    amal = cast.actor("amal")
    with pytest.raises(NoLists):
        services.screen_case(case, amal, ANTON, today=TODAY)
    served(home)
    with pytest.raises(NoName):
        services.screen_case(case, amal, Person(names=[" "]), today=TODAY)
    assert not Screening.objects.exists()
    assert hits(cast, case) == []


def test_a_true_match_needs_a_second_person(cast: Cast, case: Case, home: Path) -> None:
    hit = screened(cast, case, home)
    assert decide(cast, case, hit, "amal", Finding.TRUE_MATCH) is State.PROPOSED
    with pytest.raises(SecondPersonNeeded):
        decide(cast, case, hit, "amal", Finding.TRUE_MATCH)
    assert hits(cast, case)[0].awaits_another
    assert not hits(cast, case, "farah")[0].awaits_another
    assert decide(cast, case, hit, "farah", Finding.TRUE_MATCH) is State.CONFIRMED
    assert decide(cast, case, hit, "farah", Finding.UNSURE) is State.UNSURE
    # What was agreed before the doubt no longer counts.
    assert decide(cast, case, hit, "farah", Finding.TRUE_MATCH) is State.PROPOSED
    assert decide(cast, case, hit, "amal", Finding.TRUE_MATCH) is State.CONFIRMED
    assert [decision["alias"] for decision in hits(cast, case)[0].content["decisions"]][:2] == ["Amal", "Farah"]


def test_a_false_positive_is_remembered_and_only_what_is_new_is_told(cast: Cast, case: Case, home: Path) -> None:
    hit, amal = screened(cast, case, home), cast.actor("amal")
    assert decide(cast, case, hit, "amal", Finding.FALSE_POSITIVE) is State.FALSE_POSITIVE
    served(home, NAMESAKE + OTHER + "p-3,Anton Zvonarev,1950,,,\n")
    outcome = services.screen_case(case, amal, ANTON, today=TODAY)
    assert (outcome.found, len(outcome.new)) == (2, 1)
    states = {line.content["entry"]: (line.state, line.is_new) for line in hits(cast, case)}
    assert states == {"p-3": (State.OPEN, True), "p-1": (State.FALSE_POSITIVE, False)}
    assert services.screen_case(case, amal, ANTON, today=TODAY).new == []


def test_an_entry_that_says_something_else_is_asked_again(cast: Cast, case: Case, home: Path) -> None:
    hit = screened(cast, case, home)
    decide(cast, case, hit, "amal", Finding.FALSE_POSITIVE)
    served(home, NAMESAKE.replace("1993-04-02", "1993-04-17") + OTHER)
    outcome = services.screen_case(case, cast.actor("amal"), ANTON, today=TODAY)
    (again,) = hits(cast, case)
    assert list(outcome.new) == [hit.record] == [again.record]
    assert (again.state, again.is_new) == (State.OPEN, True)
    assert [each["finding"] for each in again.content["decisions"]] == ["false-positive"]


def test_a_hit_asks_again_when_more_is_known_of_the_person(cast: Cast, case: Case, home: Path) -> None:
    served(home)
    amal = cast.actor("amal")
    services.screen_case(case, amal, Person(names=["Anton Zvonarev"], born="1970"), today=TODAY)
    (hit,) = hits(cast, case)
    decide(cast, case, hit, "amal", Finding.FALSE_POSITIVE)
    assert services.screen_case(case, amal, Person(names=["Anton Zvonarev"], born="1971"), today=TODAY).new == []
    assert list(services.screen_case(case, amal, ANTON, today=TODAY).new) == [hit.record]
    assert hits(cast, case)[0].state is State.OPEN
    # Knowing less afterwards takes nothing back.
    decide(cast, case, hit, "amal", Finding.FALSE_POSITIVE)
    assert services.screen_case(case, amal, Person(names=["Anton Zvonarev"], born="1970"), today=TODAY).new == []
    assert hits(cast, case)[0].state is State.FALSE_POSITIVE


def test_whoever_does_not_work_on_the_case_finds_nothing_and_it_is_written_down(cast: Cast, case: Case, home: Path) -> None:
    hit = screened(cast, case, home)
    for name in ("bea", "chidi", "dana", "emil", "gita"):
        for rest in ("", "run/", f"hits/{hit.record}/"):
            assert cast.client(name).get(f"/desk/cases/{case.id}/screening/{rest}").status_code == 404
    # Bea and Chidi coordinate elsewhere: at their doors something was to be hidden.
    assert sum(Act.DOOR_REFUSED.value in entry and case.id in entry for entry in written_down()) == 6
    with pytest.raises(NotGranted):
        services.decide(case, cast.actor("chidi"), hit.record, Finding.UNSURE, "x", today=TODAY)
    with pytest.raises(NotGranted):
        services.decide(case, cast.actor("amal"), selectors.RUN, Finding.UNSURE, "x", today=TODAY)


def test_pages_show_a_question_and_no_verdict(cast: Cast, case: Case, home: Path) -> None:
    browser = cast.client("amal")
    page = f"/desk/cases/{case.id}/screening/"
    assert "No list was imported yet" in browser.get(page).content.decode()
    hit = screened(cast, case, home)
    listed = browser.get(page).content.decode()
    shown = browser.get(f"{page}hits/{hit.record}/").content.decode()
    assert "A hit is a question, not an answer" in listed
    for text in (listed, shown):
        assert "Possible namesake" in text
        assert "Namesakes to expect by chance" in text
    for cell in ("Anton Zvonarev", "Zvonarev Anton Iljitch", "the same day", "speaks strongly for it"):
        assert cell in shown
    without = browser.post(f"{page}hits/{hit.record}/", {"finding": "true-match"})
    assert without.status_code == 422
    said = {"finding": "true-match", "reason": "Two numbers of documents agree."}
    assert browser.post(f"{page}hits/{hit.record}/", said).status_code == 302
    again = browser.post(f"{page}hits/{hit.record}/", said)
    assert again.status_code == 422
    assert "somebody else confirms it" in again.content.decode()


def test_without_consent_to_research_lists_are_compared_and_no_more(cast: Cast, case: Case, home: Path) -> None:
    page = f"/desk/cases/{case.id}/screening/"
    screened(cast, case, home)
    assert "did not agree to research in open sources" in cast.client("amal").get(page).content.decode()
    said = [Consent(purpose="open_source_research", given=True)]
    change_consents(case, cast.actor("amal"), said, wording=packs.consents(packs.CONSENTS).stamp, today=TODAY)
    assert "did not agree to research in open sources" not in cast.client("amal").get(page).content.decode()


def test_a_change_of_the_lists_is_said_on_the_page(cast: Cast, case: Case, home: Path) -> None:
    screened(cast, case, home)
    browser = cast.client("amal")
    page = f"/desk/cases/{case.id}/screening/"
    assert "The lists have changed since" not in browser.get(page).content.decode()
    served(home, NAMESAKE)
    assert "The lists have changed since" in browser.get(page).content.decode()


def test_all_open_cases_are_screened_some_at_a_press(cast: Cast, case: Case, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nameless, closed = a_case(cast, working_name="Nobody"), a_case(cast, working_name="Gone")
    Case.objects.filter(pk=closed.id).update(stage=Case.Stage.CLOSED)
    amal = cast.actor("amal")
    assert batch.screen_some(amal, after="", today=TODAY).lines == []
    served(home)
    monkeypatch.setattr(batch, "A_PRESS", 1)
    assert batch.standing(amal) == batch.Standing(cases=2, up_to_date=0)
    first = batch.screen_some(amal, after="", today=TODAY)
    second = batch.screen_some(amal, after=first.after, today=TODAY)
    told = {line.case.id: (line.new, line.has_name) for line in (*first.lines, *second.lines)}
    assert told == {case.id: (1, True), nameless.id: (0, False)}
    assert (bool(first.after), second.after) == (True, "")
    assert batch.standing(amal) == batch.Standing(cases=2, up_to_date=1)


def test_the_batch_goes_on_without_a_script(cast: Cast, case: Case, home: Path) -> None:
    browser = cast.client("amal")
    assert "No list was imported yet" in browser.get("/desk/screening/").content.decode()
    served(home)
    assert "0 of 1 are screened" in browser.get("/desk/screening/").content.decode()
    done = browser.post("/desk/screening/").content.decode()
    assert case.reference in done
    assert "1 new hit to look at" in done
    assert "Every case was looked at." in done


def test_a_caseworker_sees_only_cases_on_which_they_work(cast: Cast, case: Case) -> None:
    hugo = cast.actor("hugo")
    assert selectors.open_cases(hugo) == []
    CasePart.objects.create(case=case, member=hugo.member, part=CasePart.Part.CASEWORKER)
    assert selectors.open_cases(hugo) == []  # no key yet
    assert Client(headers={"accept-language": "en"}).get("/desk/screening/").status_code == 302
