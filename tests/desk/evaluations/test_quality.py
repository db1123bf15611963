"""How evaluating goes: counted in the session, hidden where there is little, and never about a case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from safeconduct.core.custody import Act
from safeconduct.desk.evaluations import quality as room
from safeconduct.desk.evaluations import selectors, services
from safeconduct.desk.evaluations.quality import quality
from tests.cast import TODAY, Cast, a_case
from tests.desk.evaluations.test_evaluation import REASON, ratings
from tests.evaluators import assigned, told_in_the_log

ADDRESS = "/desk/evaluations/quality/"


def double(cast: Cast, first: str, second: str, days: int = 4) -> str:
    """One case, evaluated twice; gives its id."""
    case = a_case(cast)
    for row, name, rating in zip(assigned(cast, case, "bea", "emil"), ("bea", "emil"), (first, second), strict=True):
        services.hand_in(row, cast.actor(name), ratings(identity=rating), today=TODAY + timedelta(days=days))
    return case.id


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Smaller numbers than in earnest, so that three cases are enough to see something."""
    monkeypatch.setattr(room, "FEWEST_PAIRS", 3)
    monkeypatch.setattr(room, "FEWEST_CASES", 3)


@pytest.mark.usefixtures("few")
def test_agreement_time_and_months_are_counted(cast: Cast) -> None:
    for first, second in (("5", "5"), ("4", "3"), ("2", "2")):
        double(cast, first, second)
    found = quality(cast.actor("farah"), today=TODAY)
    (pack,) = found.agreement
    by_id = {row.criterion.id: row for row in pack.rows}
    weighted, plain = by_id["identity"].weighted, by_id["identity"].plain
    assert weighted is not None
    assert plain is not None
    assert weighted.value > plain.value > 0
    # Everybody gave one and the same rating: chance explains that.
    assert (by_id["membership"].pairs, by_id["membership"].plain) == (3, None)
    assert [(row.evaluator.alias, row.days) for row in found.times] == [("Bea", 4), ("Emil", 4)]
    (month,) = found.months
    assert (month.cases, month.near, month.days) == (3, 1.0, 4)


def test_small_numbers_are_not_shown(cast: Cast) -> None:
    double(cast, "5", "2")
    found = quality(cast.actor("amal"), today=TODAY)
    assert found.cases == 1
    assert all((row.plain, row.weighted) == (None, None) for row in found.agreement[0].rows)
    assert all(row.days is None for row in found.times)
    assert all((row.near, row.days) == (None, None) for row in found.months)


def test_what_is_not_in_or_not_ones_own_is_not_opened(cast: Cast) -> None:
    case = a_case(cast)
    first, _ = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    other = double(cast, "5", "5")
    assert quality(cast.actor("amal"), today=TODAY).cases == 1
    assert quality(cast.actor("chidi"), today=TODAY).cases == 0
    assert told_in_the_log(Act.FILE_OPENED, other)[-1] == cast.actor("amal").id


def test_the_page_opens_on_asking_and_names_no_case_and_no_person(cast: Cast) -> None:
    case = double(cast, "5", "5")
    amal = cast.client("amal")
    before = told_in_the_log(Act.FILE_OPENED, case)
    assert "Open and count" in amal.get(ADDRESS).content.decode()
    assert told_in_the_log(Act.FILE_OPENED, case) == before
    page = amal.post(ADDRESS).content.decode()
    assert "1 double evaluation was opened." in page
    assert len(told_in_the_log(Act.FILE_OPENED, case)) > len(before)
    for word in (case, "LAN-", "Stepan", REASON[:30]):
        assert word not in page.replace(cast.actor("amal").member.alias, "")
    assert cast.client("emil").get(ADDRESS).status_code == 404


def test_new_versions_do_not_flatter_the_agreement(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is what each signed first, unseen."""
    double(cast, "5", "3")
    real = selectors.opened_evaluations

    def with_a_second_version(*args: object, **kwargs: object) -> list[object]:
        opened = real(*args, **kwargs)  # type: ignore[arg-type]  # handed on as given
        later = replace(opened[0], evaluation=replace(opened[0].evaluation, version=2, ratings=opened[-1].evaluation.ratings))
        return [opened[0], later, *opened[1:]]

    monkeypatch.setattr(room, "opened_evaluations", with_a_second_version)
    monkeypatch.setattr(room, "FEWEST_CASES", 1)
    (month,) = quality(cast.actor("amal"), today=TODAY).months
    assert month.near is not None
    assert month.near < 1
