"""Numbered follow-up questions: asked and answered in the record, telling nothing of anybody's rating."""

import pytest

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.evaluation import rating_value
from safeconduct.desk.evaluations import followups, services
from safeconduct.desk.evaluations.errors import NotAsked, NotIndependent, NotNeeded
from safeconduct.desk.evaluations.selectors import draft_place
from safeconduct.desk.vault import drafts, opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.models import SealedRecord
from safeconduct.desk.vault.sections import Section
from tests.cast import TODAY, Cast, a_case
from tests.desk.evaluations.test_evaluation import REASON, ratings
from tests.evaluators import assigned, told_in_the_log
from tests.walked import interview

WHERE = "Where did the company stand in January?"
WHO = "Who signed the report?"


def test_both_evaluators_read_every_question_and_its_answer(cast: Cast) -> None:
    case = a_case(cast)
    first, second = assigned(cast, case, "bea", "emil")
    assert followups.ask(first, cast.actor("bea"), Section.ACCOUNT, WHERE, today=TODAY) == 1
    assert followups.ask(second, cast.actor("emil"), Section.CONDUCT, WHO, today=TODAY) == 2
    followups.answer(case, cast.actor("amal"), 2, "The deputy commander.", today=TODAY)
    for name in ("bea", "emil", "amal"):
        found = followups.questions_of(case, cast.actor(name), today=TODAY)
        assert [(each.number, each.question, each.answer) for each in found] == [
            (1, WHERE, ""),
            (2, WHO, "The deputy commander."),
        ]
    page = cast.client("emil").get(f"/desk/evaluations/{second.id}/").content.decode()
    assert WHERE in page
    assert "Follow-up question 2" in page


def test_a_question_tells_nothing_of_who_asks_or_of_their_ratings(cast: Cast) -> None:
    case, bea = a_case(cast), cast.actor("bea")
    first, second = assigned(cast, case, "bea", "emil")
    draft = {"ratings": [rating_value(each) for each in ratings(identity="1")]}
    drafts.save_draft(bea, draft_place(first), draft, today=TODAY)
    followups.ask(first, bea, Section.ACCOUNT, WHERE, today=TODAY)
    with opening.opened(case.subject, holder=cast.actor("emil"), purpose=Purpose.EVALUATION, today=TODAY) as file:
        (record,) = file.records(kind="follow-up")
    assert set(record.content) == {"number", "question", "asked_on"}
    page = cast.client("emil").get(f"/desk/evaluations/{second.id}/").content.decode()
    assert "Bea" not in page
    assert REASON.strip()[:40] not in page
    assert told_in_the_log(Act.QUESTION_ASKED, record.id) == [bea.id]


def test_the_caseworker_is_told_and_answers_on_a_page(cast: Cast) -> None:
    case = a_case(cast)
    (first,) = assigned(cast, case, "bea")
    bea, amal = cast.client("bea"), cast.client("amal")
    assert bea.post(f"/desk/evaluations/{first.id}/ask/", {"section": "account", "question": WHERE}).status_code == 302
    assert followups.cases_with_open_questions(cast.actor("amal")) == [case]
    assert "An evaluator asks a follow-up question" in amal.get("/desk/").content.decode()
    address = f"/desk/cases/{case.id}/follow-ups/"
    assert WHERE in amal.get(address).content.decode()
    assert amal.post(address, {"number": "1", "answer": ""}).status_code == 422
    assert amal.post(address, {"number": "1", "answer": "In Svatove."}).status_code == 302
    assert followups.cases_with_open_questions(cast.actor("amal")) == []
    assert amal.post(address, {"number": "7", "answer": "Nothing."}).status_code == 404
    assert cast.client("emil").get(address).status_code == 404


def test_an_answer_is_a_new_version_and_the_earlier_one_stays(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    (first,) = assigned(cast, case, "bea")
    followups.ask(first, cast.actor("bea"), Section.ACCOUNT, WHERE, today=TODAY)
    for said in ("In Svatove.", "In Svatove, later in Starobilsk."):
        followups.answer(case, amal, 1, said, today=TODAY)
    assert SealedRecord.objects.filter(subject=case.id, kind="follow-up").count() == 3
    (question,) = followups.questions_of(case, amal, today=TODAY)
    assert question.answer == "In Svatove, later in Starobilsk."
    with opening.opened(case.subject, holder=amal, purpose=Purpose.INTERVIEW, today=TODAY) as file:
        assert file.read(question.record, version=2).content["answer"] == "In Svatove."


def test_a_question_is_answered_that_was_asked(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(NotAsked):
        followups.answer(case, cast.actor("amal"), 1, "Nothing.", today=TODAY)


def test_only_who_is_evaluating_asks(cast: Cast) -> None:
    case, amal, bea = a_case(cast), cast.actor("amal"), cast.actor("bea")
    asked = services.assign(case, amal, cast.actor("emil").member, today=TODAY)
    (first,) = assigned(cast, case, "bea")
    with pytest.raises(NotNeeded):
        followups.ask(asked, cast.actor("emil"), Section.ACCOUNT, WHERE, today=TODAY)
    with pytest.raises(NotNeeded):
        followups.ask(first, bea, Section.HEALTH, WHERE, today=TODAY)
    with pytest.raises(NotGranted):
        followups.ask(first, cast.actor("chidi"), Section.ACCOUNT, WHERE, today=TODAY)


def test_whoever_takes_an_answer_does_not_evaluate(cast: Cast) -> None:
    case, farah = a_case(cast), cast.actor("farah")
    farah.member.roles = [*farah.member.roles, "evaluator"]
    farah.member.save()
    (first,) = assigned(cast, case, "bea")
    followups.ask(first, cast.actor("bea"), Section.ACCOUNT, WHERE, today=TODAY)
    followups.answer(case, farah, 1, "In Svatove.", today=TODAY)
    with pytest.raises(NotIndependent):
        services.assign(case, cast.actor("amal"), farah.member, today=TODAY)


def test_an_answer_can_be_cited(cast: Cast) -> None:
    case, bea = a_case(cast), cast.actor("bea")
    interview(cast, case)
    (first,) = assigned(cast, case, "bea")
    followups.ask(first, bea, Section.ACCOUNT, WHERE, today=TODAY)
    (question,) = followups.questions_of(case, bea, today=TODAY)
    page = cast.client("bea").get(f"/desk/evaluations/{first.id}/").content.decode()
    assert f'name="identity.cited" value="{question.record}"' in page
