"""What a person tells one organisation only stays there, by the keys and not just by the pages."""

from typing import Any

import pytest

from safeconduct import packs
from safeconduct.core.custody import Purpose
from safeconduct.desk.cases import selectors, services
from safeconduct.desk.cases.errors import NotConsented
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.evaluations import services as evaluations
from safeconduct.desk.evaluations.selectors import compared
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.vault.sections import CASE_SECTIONS, Section
from tests.cast import TODAY, Cast, a_case
from tests.evaluators import assigned
from tests.walked import evaluated

Answers = dict[Section, dict[str, Any]]


def told(text: str, *, reach: str = "section") -> dict[str, Any]:
    """An answer to the question about the account, kept to the desk or not."""
    return {"state": "answered", "reach": reach, "parts": {"account": text}}


def record(cast: Cast, case: Case, answers: Answers) -> None:
    stamp = packs.questionnaire(packs.SCREENING).stamp
    services.record_interview(case, cast.actor("amal"), answers, stamp=stamp, language="ru", today=TODAY)


def read(cast: Cast, name: str, case: Case) -> dict[Section, dict[str, Any]]:
    """The answers that a member can read, by section."""
    with opening.opened(case.subject, holder=cast.actor(name), purpose=Purpose.INTERVIEW, today=TODAY) as file:
        return {each.section: each.content["answers"] for each in file.records(kind="interview")}


def kinds(cast: Cast, name: str, case: Case) -> set[str]:
    with opening.opened(case.subject, holder=cast.actor(name), purpose=Purpose.HANDLING, today=TODAY) as file:
        return {each.kind for each in file.records()}


def test_an_answer_kept_to_the_desk_is_closed_to_the_evaluators_of_partners(cast: Cast) -> None:
    case = a_case(cast)
    record(cast, case, {Section.ACCOUNT: {"q39": told("For partners too."), "q40": told("For you alone.", reach="desk_only")}})
    assigned(cast, case, "bea")
    assert read(cast, "bea", case) == {Section.ACCOUNT: {"q39": told("For partners too.")}}
    assert set(selectors.interview_values(case, cast.actor("farah"), today=TODAY)) == {"q39", "q40"}


def test_an_answer_that_is_drawn_back_leaves_the_section_it_stood_in(cast: Cast) -> None:
    case = a_case(cast)
    record(cast, case, {Section.HEALTH: {"q60": told("Ill.")}})
    record(cast, case, {Section.HEALTH: {"q60": told("Ill.", reach="desk_only")}})
    assert read(cast, "amal", case) == {Section.HEALTH: {}, Section.DESK: {"q60": told("Ill.", reach="desk_only")}}
    record(cast, case, {Section.HEALTH: {"q60": told("Ill.")}})
    assert read(cast, "amal", case) == {Section.HEALTH: {"q60": told("Ill.")}, Section.DESK: {}}


def test_the_request_as_it_was_filed_goes_with_no_section_that_partners_get(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    shared = [section for section in CASE_SECTIONS if section is not Section.DESK]
    services.give_part(case, amal, cast.actor("bea").member, CasePart.Part.RESEARCHER, shared, today=TODAY)
    with opening.opened(case.subject, holder=cast.actor("bea"), purpose=Purpose.HANDLING, today=TODAY) as file:
        assert file.newest("card") is not None
        assert not any("answers" in each.content for each in file.records())
    with opening.opened(case.subject, holder=amal, purpose=Purpose.HANDLING, today=TODAY) as file:
        assert any("answers" in each.content for each in file.records(kind="request"))


def test_the_desks_own_section_is_given_to_colleagues_and_to_nobody_else(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    with pytest.raises(NotGranted):
        services.give_part(case, amal, cast.actor("bea").member, CasePart.Part.RESEARCHER, [Section.DESK], today=TODAY)
    services.give_part(case, amal, cast.actor("gita").member, CasePart.Part.RESEARCHER, [Section.DESK], today=TODAY)
    assert kinds(cast, "gita", case) == {"request"}


@pytest.mark.parametrize(
    "partner",
    [
        services.Consent(purpose="partner", given=False, recipients=["Harbour"]),
        services.Consent(purpose="partner", given=True, recipients=["Steppe"]),
        services.Consent(purpose="partner", given=True),
    ],
    ids=["refused", "another", "nobody named"],
)
def test_partners_get_nothing_that_the_person_has_not_agreed_to(cast: Cast, partner: services.Consent) -> None:
    case, amal, bea = a_case(cast), cast.actor("amal"), cast.actor("bea").member
    said = [services.Consent(purpose="case_handling", given=True), partner]
    services.change_consents(case, amal, said, wording=packs.consents(packs.CONSENTS).stamp, today=TODAY)
    with pytest.raises(NotConsented):
        services.give_part(case, amal, bea, CasePart.Part.RESEARCHER, [Section.ACCOUNT], today=TODAY)
    with pytest.raises(NotConsented):
        evaluations.assign(case, amal, bea, today=TODAY)
    assert not Grant.objects.filter(subject=case.id, holder=bea.id).exists()
    page = cast.client("amal").post(f"/desk/cases/{case.id}/evaluations/", {"evaluator": bea.id})
    assert page.status_code == 422
    assert "has not agreed" in page.text
    services.give_part(case, amal, cast.actor("gita").member, CasePart.Part.RESEARCHER, [Section.ACCOUNT], today=TODAY)


def test_the_page_refuses_to_give_it_to_a_partner_and_says_why(cast: Cast) -> None:
    case = a_case(cast)
    typed = {"member": cast.actor("chidi").id, "part": "researcher", "sections": ["account", "desk"]}
    page = cast.client("amal").post(f"/desk/cases/{case.id}/people/", typed)
    assert page.status_code == 422
    assert "not given to another organisation" in page.text


def test_a_partner_whose_name_is_withdrawn_loses_the_keys(cast: Cast) -> None:
    """What is written afterwards is closed to them, also with the keys that they kept; others keep theirs."""
    case, amal = a_case(cast), cast.actor("amal")
    wording = packs.consents(packs.CONSENTS).stamp
    for name in ("bea", "emil"):
        services.give_part(case, amal, cast.actor(name).member, CasePart.Part.RESEARCHER, [Section.ACCOUNT], today=TODAY)
    handling = services.Consent(purpose="case_handling", given=True)
    steppe = services.Consent(purpose="partner", given=True, recipients=["Steppe"])
    services.change_consents(case, amal, [handling, steppe], wording=wording, today=TODAY)
    record(cast, case, {Section.ACCOUNT: {"q1": told("Since then.")}})
    with pytest.raises(NotGranted):
        read(cast, "bea", case)
    assert Section.ACCOUNT in read(cast, "emil", case)


def test_evaluations_handed_in_before_the_keys_changed_can_still_be_compared(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    evaluated(cast, case)
    handling = services.Consent(purpose="case_handling", given=True)
    services.change_consents(case, amal, [handling], wording=packs.consents(packs.CONSENTS).stamp, today=TODAY)
    assert not Grant.objects.filter(subject=case.id, holder=cast.actor("bea").id).exists()
    assert len(compared(case, amal, today=TODAY).opened) == 2
