"""Later facts make a new version; the earlier one stays, and counts no more."""

from datetime import timedelta

import pytest

from safeconduct.core.evaluation import Outcome
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evaluations import renewing, selectors, services
from safeconduct.desk.evaluations.errors import NotOutOfDate, NotYetOpen, OutcomeBarred
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.evaluations.selectors import Task
from tests.cast import TODAY, Cast, a_case
from tests.desk.evaluations.test_evaluation import ratings
from tests.evaluators import assigned

NEWS = "A court card was found that names another day."
LATER = TODAY + timedelta(days=200)


def both_in(cast: Cast) -> tuple[Case, list[Assignment]]:
    """Bea and Emil agree."""
    case = a_case(cast)
    rows = assigned(cast, case, "bea", "emil")
    for row, name in zip(rows, ("bea", "emil"), strict=True):
        services.hand_in(row, cast.actor(name), ratings(), today=TODAY)
    return Case.objects.get(pk=case.pk), [Assignment.objects.select_related("case").get(pk=row.pk) for row in rows]


def test_new_facts_make_every_evaluation_count_no_more_until_it_is_renewed(cast: Cast) -> None:
    case, rows = both_in(cast)
    amal = cast.actor("amal")
    renewing.record_facts(case, amal, NEWS, today=TODAY)
    case.refresh_from_db()
    assert case.stage == Case.Stage.EVALUATION
    compared = selectors.compared(case, amal, today=TODAY)
    assert (len(compared.opened), len(compared.not_counting)) == (0, 2)
    with pytest.raises(OutcomeBarred):
        services.decide(case, amal, Outcome.RECOMMENDED, "Too early, facts came in.", today=TODAY)
    for row, name in zip(rows, ("bea", "emil"), strict=True):
        assert selectors.offered_to(cast.actor(name), today=TODAY) == [(row, Task.RENEW)]
        renewing.begin_again(row, cast.actor(name), today=TODAY)
        services.hand_in(row, cast.actor(name), ratings(identity="4"), today=TODAY)
    case.refresh_from_db()
    assert case.stage == Case.Stage.DECISION
    compared = selectors.compared(case, amal, today=TODAY)
    assert [each.evaluation.version for each in compared.opened] == [2, 2]
    assert [each.evaluation.version for each in compared.earlier] == [1, 1]
    services.decide(case, amal, Outcome.RECOMMENDED, "Both looked again.", today=TODAY)


def test_one_renewed_evaluation_is_not_enough(cast: Cast) -> None:
    case, (first, _) = both_in(cast)
    renewing.record_facts(case, cast.actor("amal"), NEWS, today=TODAY)
    renewing.begin_again(first, cast.actor("bea"), today=TODAY)
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    case.refresh_from_db()
    assert case.stage == Case.Stage.EVALUATION
    assert not selectors.compared(case, cast.actor("amal"), today=TODAY).comparison.enough


def test_a_version_made_before_the_other_is_in_is_locked_like_the_first(cast: Cast) -> None:
    case = a_case(cast)
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    renewing.record_facts(case, cast.actor("amal"), NEWS, today=TODAY)
    first.refresh_from_db()
    renewing.begin_again(first, cast.actor("bea"), today=TODAY)
    services.hand_in(first, cast.actor("bea"), ratings(identity="3"), today=TODAY)
    assert all(row.is_cross_locked for row in first.handed_in.all())
    with pytest.raises(NotYetOpen):
        selectors.compared(case, cast.actor("amal"), today=TODAY)
    services.hand_in(second, cast.actor("emil"), ratings(), today=TODAY)
    compared = selectors.compared(case, cast.actor("amal"), today=TODAY)
    assert [each.evaluation.version for each in compared.opened] == [2, 1]


def test_an_evaluation_is_renewed_when_it_is_too_old_and_not_before(cast: Cast) -> None:
    case, (first, _) = both_in(cast)
    bea = cast.actor("bea")
    with pytest.raises(NotOutOfDate):
        renewing.begin_again(first, bea, today=TODAY)
    assert selectors.offered_to(bea, today=LATER) == [(first, Task.RENEW)]
    assert len(selectors.compared(case, cast.actor("amal"), today=LATER).not_counting) == 2
    renewing.begin_again(first, bea, today=LATER)
    services.hand_in(first, bea, ratings(), today=LATER)
    assert len(selectors.compared(case, cast.actor("amal"), today=LATER).opened) == 1


def test_a_recommendation_goes_back_to_the_evaluators(cast: Cast) -> None:
    case, _ = both_in(cast)
    services.decide(case, cast.actor("amal"), Outcome.RECOMMENDED, "Both agree.", today=TODAY)
    renewing.record_facts(case, cast.actor("amal"), NEWS, today=TODAY)
    case.refresh_from_db()
    assert case.stage == Case.Stage.EVALUATION


def test_by_hand_on_the_pages(cast: Cast) -> None:
    case, (first, second) = both_in(cast)
    amal, bea = cast.client("amal"), cast.client("bea")
    assert amal.post(f"/desk/cases/{case.id}/new-facts/", {"facts": ""}).url.endswith("not-saved")  # type: ignore[attr-defined]  # a redirect
    assert amal.post(f"/desk/cases/{case.id}/new-facts/", {"facts": NEWS}).status_code == 302
    page = amal.get(f"/desk/cases/{case.id}/evaluations/compare/").content.decode()
    assert "no longer counts" in page
    assert "look again" in bea.get("/desk/").content.decode()
    assert bea.post(f"/desk/evaluations/{first.id}/again/").status_code == 302
    page = bea.get(f"/desk/evaluations/{first.id}/").content.decode()
    assert NEWS in page
    assert "What he tells of the unit" in page
    services.hand_in(first, cast.actor("bea"), ratings(identity="4"), today=TODAY)
    renewing.begin_again(second, cast.actor("emil"), today=TODAY)
    services.hand_in(second, cast.actor("emil"), ratings(), today=TODAY)
    page = amal.get(f"/desk/cases/{case.id}/evaluations/compare/").content.decode()
    assert "1 step apart." in page
    assert "replaced by a later one" in page
    assert bea.post(f"/desk/evaluations/{first.id}/again/").status_code == 404
