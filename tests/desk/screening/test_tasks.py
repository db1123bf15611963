"""What screening asks of people today: hits to decide, a second pair of eyes, lists that have changed."""

from pathlib import Path

import pytest

from safeconduct.core.custody import Act
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.screening import services
from safeconduct.desk.screening.findings import Finding
from safeconduct.desk.screening.models import Screening
from safeconduct.desk.screening.tasks import tasks
from tests.cast import NOW, TODAY, Cast
from tests.desk.screening.test_screening import ANTON, NAMESAKE, OTHER, case, decide, hits, home, screened, served, written_down

__all__ = ["case", "home"]


def waiting(cast: Cast, name: str) -> list[tuple[int, int]]:
    return [(task.open, task.second) for task in tasks(cast.actor(name), now=NOW).cases]


def today_of(cast: Cast, name: str) -> str:
    return cast.client(name).get("/desk/").content.decode()


def test_open_hits_and_second_looks_wait_for_whoever_can_decide(cast: Cast, case: Case, home: Path) -> None:
    hit = screened(cast, case, home)
    assert (waiting(cast, "amal"), waiting(cast, "farah")) == ([(1, 0)], [(1, 0)])
    assert "nobody has decided" in today_of(cast, "amal")
    decide(cast, case, hit, "amal", Finding.TRUE_MATCH)
    # The second pair of eyes is a task for others, not for who said so.
    assert (waiting(cast, "amal"), waiting(cast, "farah")) == ([], [(0, 1)])
    assert "look too" in today_of(cast, "farah")
    assert "look too" not in today_of(cast, "amal")
    decide(cast, case, hit, "farah", Finding.TRUE_MATCH)
    assert (waiting(cast, "amal"), waiting(cast, "farah")) == ([], [])
    assert not Screening.objects.get(case=case).waits


def test_nobody_else_is_told(cast: Cast, case: Case, home: Path) -> None:
    screened(cast, case, home)
    for name in ("bea", "chidi", "dana", "emil", "gita", "hugo"):
        assert waiting(cast, name) == []
        assert "nobody has decided" not in today_of(cast, name)


def test_lists_that_changed_are_a_task_and_tell_only_what_is_new(cast: Cast, case: Case, home: Path) -> None:
    hit = screened(cast, case, home)
    decide(cast, case, hit, "amal", Finding.FALSE_POSITIVE)
    amal = cast.actor("amal")
    assert tasks(amal, now=NOW).behind == 0
    served(home, NAMESAKE + OTHER + "p-3,Anton Zvonarev,1950,,,\n")
    assert tasks(amal, now=NOW).behind == 1
    assert "The lists have changed: screen 1 case again" in today_of(cast, "amal")
    services.screen_case(case, amal, ANTON, today=TODAY)
    found = tasks(amal, now=NOW)
    assert (found.behind, [(task.open, task.second) for task in found.cases]) == (0, [(1, 0)])


def test_a_closed_case_asks_nothing(cast: Cast, case: Case, home: Path) -> None:
    screened(cast, case, home)
    Case.objects.filter(pk=case.pk).update(stage=Case.Stage.CLOSED)
    assert waiting(cast, "amal") == []
    assert tasks(cast.actor("amal"), now=NOW).behind == 0


def test_a_session_opens_a_case_for_it_once(cast: Cast, case: Case, home: Path) -> None:
    hit = screened(cast, case, home)
    browser = cast.client("amal")
    browser.get("/desk/")
    before = sum(Act.FILE_OPENED.value in entry for entry in written_down())
    assert "nobody has decided" in browser.get("/desk/").content.decode()
    assert sum(Act.FILE_OPENED.value in entry for entry in written_down()) == before
    decide(cast, case, hit, "farah", Finding.TRUE_MATCH)
    assert "look too" in browser.get("/desk/").content.decode()


def test_a_researcher_is_told_of_cases_on_which_they_work(cast: Cast, case: Case, home: Path) -> None:
    screened(cast, case, home)
    hugo = cast.actor("hugo")
    CasePart.objects.create(case=case, member=hugo.member, part=CasePart.Part.CASEWORKER)
    # A part without a key tells nothing.
    assert waiting(cast, "hugo") == []


@pytest.mark.parametrize("finding", [Finding.FALSE_POSITIVE, Finding.UNSURE])
def test_what_was_decided_waits_no_longer(cast: Cast, case: Case, home: Path, finding: Finding) -> None:
    hit = screened(cast, case, home)
    decide(cast, case, hit, "amal", finding)
    assert hits(cast, case)[0].content["decisions"]
    assert waiting(cast, "farah") == []
