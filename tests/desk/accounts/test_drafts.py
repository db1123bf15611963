"""What is typed is kept while it is typed, sealed to whoever types it."""

import pytest
from django.urls import reverse

from safeconduct.desk.cases.models import Case
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.vault import drafts
from safeconduct.desk.vault.models import Draft
from tests.cast import Cast, a_case
from tests.evaluators import assigned

WORDS = "He says that the column left on the third day."


def interview_draft(case: Case, section: str = "contact") -> str:
    """Where the interview's page keeps a section."""
    return reverse("cases:interview-draft", kwargs={"case_id": case.id, "section": section})


@pytest.fixture
def accepted(cast: Cast) -> Assignment:
    """An evaluation that Bea has begun."""
    (row,) = assigned(cast, a_case(cast), "bea")
    return row


def test_the_interview_is_kept_section_by_section_and_shown_again(cast: Cast) -> None:
    case, amal = a_case(cast), cast.client("amal")
    page = amal.get(reverse("cases:interview", kwargs={"case_id": case.id}))
    section = page.context["section"]
    text = next(field for question in section.questions for field in question.fields if field.type in ("text", "long_text"))
    assert f'data-draft="{interview_draft(case, section.id)}"' in page.content.decode()
    for typed in ("Half a thou", WORDS):
        assert amal.post(interview_draft(case, section.id), {text.name: typed}).status_code == 204
    assert WORDS in amal.get(reverse("cases:interview", kwargs={"case_id": case.id})).content.decode()
    assert WORDS.encode() not in bytes(Draft.objects.get().sealed)
    assert drafts.load_draft(cast.actor("farah"), f"interview {case.id}") is None


def test_a_section_that_is_not_asked_keeps_nothing(cast: Cast) -> None:
    case = a_case(cast)
    assert cast.client("amal").post(interview_draft(case, "nowhere"), {}).status_code == 404
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["farah", "chidi", "dana", "gita", "bea"])
def test_only_the_cases_own_caseworkers_keep_an_interview(cast: Cast, name: str) -> None:
    assert cast.client(name).post(interview_draft(a_case(cast)), {}).status_code == 404
    assert not Draft.objects.exists()


def test_an_evaluation_is_kept_while_it_is_typed(cast: Cast, accepted: Assignment) -> None:
    bea, address = cast.client("bea"), reverse("evaluations:draft", kwargs={"assignment_id": accepted.id})
    page_address = reverse("evaluations:assignment", kwargs={"assignment_id": accepted.id})
    page = bea.get(page_address)
    assert f'data-draft="{address}"' in page.content.decode()
    criterion = page.context["criteria"][0].id
    assert bea.post(address, {f"{criterion}.reason": WORDS}).status_code == 204
    assert WORDS in bea.get(page_address).content.decode()


def test_nothing_is_kept_before_the_declaration_after_signing_or_for_others(cast: Cast, accepted: Assignment) -> None:
    address = reverse("evaluations:draft", kwargs={"assignment_id": accepted.id})
    assert cast.client("emil").post(address, {}).status_code == 404
    assert cast.client("amal").post(address, {}).status_code == 404
    for state in (Assignment.State.OFFERED, Assignment.State.HANDED_IN):
        Assignment.objects.update(state=state)
        assert cast.client("bea").post(address, {}).status_code == 404
    assert cast.stranger().post(address, {})["location"].startswith("/account/sign-in/")
    assert not Draft.objects.exists()
