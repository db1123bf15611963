"""An evaluator drops out: nothing is lost, and nothing opens early."""

import pytest

from safeconduct.core.custody import Act
from safeconduct.core.evaluation import IndependenceCode
from safeconduct.core.sealing import SealingRefused
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evaluations import replacing, selectors, services
from safeconduct.desk.evaluations.errors import AlreadySigned, NotIndependent, NotYetOpen, OtherNotReady
from safeconduct.desk.evaluations.models import Assignment, HandedIn
from safeconduct.desk.evaluations.selectors import Task
from safeconduct.desk.vault import locks
from tests.cast import TODAY, Cast, a_case
from tests.desk.evaluations.test_evaluation import ratings
from tests.evaluators import accepted, assigned, declared, told_in_the_log


def a_fourth(cast: Cast, name: str = "chidi") -> str:
    """One more member evaluates, from now on in this test."""
    member = cast.actor(name).member
    member.roles = [*member.roles, "evaluator"]
    member.save()
    return name


def left(cast: Cast, case: Case) -> tuple[Assignment, Assignment]:
    """Bea has signed, Emil has left."""
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    replacing.step_back(second, cast.actor("emil"), has_conflict=False, today=TODAY)
    return Assignment.objects.select_related("case__organisation").get(pk=first.pk), second


def asked(cast: Cast, case: Case, name: str) -> Assignment:
    """Somebody takes the free place."""
    row = services.assign(case, cast.actor("amal"), cast.actor(name).member, today=TODAY)
    return Assignment.objects.select_related("case__organisation", "evaluator").get(pk=row.pk)


def test_the_author_seals_anew_and_both_open_when_the_replacement_is_in(cast: Cast) -> None:
    case, bea, name = a_case(cast), cast.actor("bea"), a_fourth(cast)
    first, _ = left(cast, case)
    signed = selectors.own_evaluation(first, bea)
    third = accepted(cast, asked(cast, case, name), name)
    assert third.position == 2
    assert selectors.offered_to(bea, today=TODAY) == [(first, Task.SEAL_ANEW)]
    replacing.seal_anew(first, bea, today=TODAY)
    assert selectors.offered_to(bea, today=TODAY) == []
    with pytest.raises(NotYetOpen):
        selectors.compared(case, cast.actor("amal"), today=TODAY)
    services.hand_in(third, cast.actor(name), ratings(identity="4"), today=TODAY)
    compared = selectors.compared(case, cast.actor("amal"), today=TODAY)
    assert [each.evaluator.alias for each in compared.opened] == ["Bea", "Chidi"]
    assert compared.opened[0].evaluation == signed
    assert told_in_the_log(Act.EVALUATION_RESEALED, first.id) == [bea.id]


def test_the_lock_of_who_left_never_opens_anything(cast: Cast) -> None:
    """Emil kept the private half of his lock. Nothing in the database is sealed to it any more."""
    case, emil = a_case(cast), cast.actor("emil")
    first, second = assigned(cast, case, "bea", "emil")
    assert second.lock_sealed is not None
    kept = locks.lock_key(case.subject, second.id, emil, bytes(second.lock_sealed))
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    before = HandedIn.objects.get(assignment=first).sealed
    assert before is not None
    assert locks.open_outer(case.subject, first.id, bytes(before), kept)
    replacing.step_back(second, emil, has_conflict=False, today=TODAY)
    assert HandedIn.objects.get(assignment=first).sealed is None
    second.refresh_from_db()
    assert not any([second.lock_public, second.lock_sealed, second.lock_published])
    declared(cast, asked(cast, case, a_fourth(cast)), "chidi")
    replacing.seal_anew(first, cast.actor("bea"), today=TODAY)
    sealed = HandedIn.objects.get(assignment=first).sealed
    assert sealed is not None
    with pytest.raises(SealingRefused):
        locks.open_outer(case.subject, first.id, bytes(sealed), kept)


def test_the_replacement_cannot_sign_before_the_first_is_sealed_to_their_lock(cast: Cast) -> None:
    case, name = a_case(cast), a_fourth(cast)
    first, _ = left(cast, case)
    third = accepted(cast, asked(cast, case, name), name)
    with pytest.raises(OtherNotReady):
        services.hand_in(third, cast.actor(name), ratings(), today=TODAY)
    replacing.seal_anew(first, cast.actor("bea"), today=TODAY)
    services.hand_in(third, cast.actor(name), ratings(), today=TODAY)


def test_there_is_nothing_to_seal_to_before_somebody_has_declared(cast: Cast) -> None:
    case, bea = a_case(cast), cast.actor("bea")
    first, _ = left(cast, case)
    asked(cast, case, a_fourth(cast))
    assert selectors.offered_to(bea, today=TODAY) == []
    with pytest.raises(OtherNotReady):
        replacing.seal_anew(first, bea, today=TODAY)


def test_only_the_author_can_seal_anew(cast: Cast) -> None:
    case = a_case(cast)
    first, _ = left(cast, case)
    declared(cast, asked(cast, case, a_fourth(cast)), "chidi")
    with pytest.raises(SealingRefused):
        replacing.seal_anew(first, cast.actor("amal"), today=TODAY)
    assert HandedIn.objects.get(assignment=first).sealed is None


def test_leaving_before_anybody_signed_frees_the_place(cast: Cast) -> None:
    case, name = a_case(cast), a_fourth(cast, "farah")
    first, second = assigned(cast, case, "bea", "emil")
    replacing.step_back(first, cast.actor("amal"), has_conflict=False, today=TODAY)
    third = accepted(cast, asked(cast, case, name), name)
    assert third.position == 1
    services.hand_in(second, cast.actor("emil"), ratings(), today=TODAY)
    services.hand_in(third, cast.actor(name), ratings(), today=TODAY)
    assert selectors.compared(case, cast.actor("amal"), today=TODAY).comparison.enough


def test_who_left_is_not_asked_again(cast: Cast) -> None:
    case = a_case(cast)
    left(cast, case)
    with pytest.raises(NotIndependent) as refused:
        asked(cast, case, "emil")
    assert IndependenceCode.STEPPED_BACK in {problem.code for problem in refused.value.problems}


def test_who_signed_does_not_step_back(cast: Cast) -> None:
    case = a_case(cast)
    first, _ = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    with pytest.raises(AlreadySigned):
        replacing.step_back(first, cast.actor("amal"), has_conflict=False, today=TODAY)


def test_by_hand_on_the_pages(cast: Cast) -> None:
    case, name = a_case(cast), a_fourth(cast)
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    cast.client("amal").post(f"/desk/cases/{case.id}/evaluations/{second.id}/take-off/")
    assert cast.client("emil").get(f"/desk/evaluations/{second.id}/").status_code == 404
    declared(cast, asked(cast, case, name), name)
    bea = cast.client("bea")
    assert "Seal your evaluation for a new evaluator" in bea.get("/desk/").content.decode()
    assert "Seal it for the new evaluator" in bea.get(f"/desk/evaluations/{first.id}/").content.decode()
    assert bea.post(f"/desk/evaluations/{first.id}/seal-anew/").status_code == 302
    assert bea.post(f"/desk/evaluations/{first.id}/seal-anew/").status_code == 404


def test_taking_somebody_off_on_the_people_page_takes_them_off_the_evaluation_too(cast: Cast) -> None:
    """Otherwise their place would stay taken by somebody who can open nothing."""
    case, amal, name = a_case(cast), cast.actor("amal"), a_fourth(cast)
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    cases.remove_member(case, amal, second.evaluator, today=TODAY)
    second.refresh_from_db()
    assert second.state == Assignment.State.STEPPED_BACK
    assert not second.lock_sealed
    assert HandedIn.objects.get(assignment=first).sealed is None
    case.refresh_from_db()
    third = declared(cast, asked(cast, case, name), name)
    replacing.seal_anew(first, cast.actor("bea"), today=TODAY)
    services.open_file(third, amal, today=TODAY)
    third.refresh_from_db()
    services.hand_in(third, cast.actor(name), ratings(), today=TODAY)
    assert len(selectors.compared(case, amal, today=TODAY).opened) == 2


def test_what_somebody_signed_stays_when_they_are_taken_off(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    for row, name in zip(assigned(cast, case, "bea", "emil"), ("bea", "emil"), strict=True):
        services.hand_in(row, cast.actor(name), ratings(), today=TODAY)
    cases.remove_member(case, amal, cast.actor("emil").member, today=TODAY)
    case.refresh_from_db()
    assert len(selectors.compared(case, amal, today=TODAY).opened) == 2
