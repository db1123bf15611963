"""A negative result: the person reads why, and someone new looks again."""

import pytest

from safeconduct.core.evaluation import Outcome
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.models import Case, CaseClock
from safeconduct.desk.evaluations import reviews, selectors, services
from safeconduct.desk.evaluations.errors import NotIndependent, NotNeeded, NotTold, NotYetOpen, OutcomeBarred, TellsTooMuch
from safeconduct.desk.intake.selectors import conversation_for_desk
from tests.cast import TODAY, Cast, a_case
from tests.desk.evaluations.test_evaluation import REASON, ratings
from tests.evaluators import assigned

TOLD = "We could not establish that you were called up. A summons or a letter of your unit would help."


def not_recommended(cast: Cast) -> Case:
    """Amal decides against, and says why."""
    case = a_case(cast)
    for row, name in zip(assigned(cast, case, "bea", "emil"), ("bea", "emil"), strict=True):
        services.hand_in(row, cast.actor(name), ratings(call_up="1"), today=TODAY)
    case.refresh_from_db()
    services.decide(case, cast.actor("amal"), Outcome.NOT_RECOMMENDED, "No call-up is shown.", told=TOLD, today=TODAY)
    case.refresh_from_db()
    return case


def ready(cast: Cast) -> Case:
    """Both are in."""
    case = a_case(cast)
    for row, name in zip(assigned(cast, case, "bea", "emil"), ("bea", "emil"), strict=True):
        services.hand_in(row, cast.actor(name), ratings(), today=TODAY)
    case.refresh_from_db()
    return case


def test_the_person_reads_the_reasons_in_their_conversation(cast: Cast) -> None:
    case = not_recommended(cast)
    request = case.requests.get()
    assert request.awaits_applicant
    thread = conversation_for_desk(request, cast.actor("amal"), today=TODAY)
    assert TOLD in [message.text for message in thread.messages]


def test_a_negative_result_is_not_signed_without_words_for_the_person(cast: Cast) -> None:
    case = ready(cast)
    with pytest.raises(NotTold):
        services.decide(case, cast.actor("amal"), Outcome.NOT_RECOMMENDED, "No call-up is shown.", today=TODAY)
    case.refresh_from_db()
    assert case.stage == Case.Stage.DECISION


def test_what_was_written_on_security_is_not_repeated_to_the_person(cast: Cast) -> None:
    case, amal = ready(cast), cast.actor("amal")
    told = f"We are sorry. {REASON.split('. ')[0]}."
    with pytest.raises(TellsTooMuch):
        services.decide(case, amal, Outcome.NOT_RECOMMENDED, "No call-up is shown.", told=told, today=TODAY)
    typed = {"outcome": "not_recommended", "reasons": "No call-up is shown, by either.", "told": told}
    answer = cast.client("amal").post(f"/desk/cases/{case.id}/evaluations/compare/", typed)
    assert answer.status_code == 422
    assert "repeat what an evaluator wrote on security" in answer.content.decode()


def test_a_review_is_opened_by_who_did_not_decide_evaluated_by_a_fresh_pair_and_decided_by_another(cast: Cast) -> None:
    case, amal, farah = not_recommended(cast), cast.actor("amal"), cast.actor("farah")
    with pytest.raises(NotNeeded):
        reviews.open_review(case, amal, today=TODAY)
    reviews.open_review(case, farah, today=TODAY)
    case.refresh_from_db()
    assert case.stage == Case.Stage.EVALUATION
    assert not CaseClock.objects.filter(case=case, runs=CaseClock.Runs.NOT_RECOMMENDED).exists()
    with pytest.raises(NotYetOpen):
        selectors.compared(case, farah, today=TODAY)
    with pytest.raises(NotIndependent):
        services.assign(case, farah, cast.actor("bea").member, today=TODAY)
    for name in ("chidi", "gita"):
        member = cast.actor(name).member
        member.roles = [*member.roles, Role.EVALUATOR.value]
        member.save()
    for row, name in zip(assigned(cast, case, "chidi", "gita"), ("chidi", "gita"), strict=True):
        assert row.round == 2
        services.hand_in(row, cast.actor(name), ratings(), today=TODAY)
    case.refresh_from_db()
    assert len(selectors.compared(case, farah, today=TODAY).opened) == 2
    with pytest.raises(OutcomeBarred):
        services.decide(case, amal, Outcome.RECOMMENDED, "I decided before.", today=TODAY)
    services.decide(case, farah, Outcome.RECOMMENDED, "The new pair found the papers.", today=TODAY)
    case.refresh_from_db()
    assert case.stage == Case.Stage.DOSSIER


def test_nothing_but_a_negative_result_is_reviewed(cast: Cast) -> None:
    case = ready(cast)
    with pytest.raises(NotNeeded):
        reviews.open_review(case, cast.actor("farah"), today=TODAY)
    services.decide(case, cast.actor("amal"), Outcome.RECOMMENDED, "Both agree.", today=TODAY)
    with pytest.raises(NotNeeded):
        reviews.open_review(case, cast.actor("farah"), today=TODAY)


def test_the_page_offers_the_review_to_who_may_open_it(cast: Cast) -> None:
    case = not_recommended(cast)
    address = f"/desk/cases/{case.id}/evaluations/compare/"
    assert "Open a review" not in cast.client("amal").get(address).content.decode()
    assert "Open a review" in cast.client("farah").get(address).content.decode()
    assert cast.client("amal").post(f"/desk/cases/{case.id}/evaluations/review/").status_code == 404
    assert cast.client("farah").post(f"/desk/cases/{case.id}/evaluations/review/").status_code == 302
