"""Lists and search: only what a member holds keys for, and nothing left behind."""

from datetime import timedelta

import pytest

from safeconduct import packs
from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.sessions import open_session
from safeconduct.desk.cases import selectors, services
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.intake.errors import AlreadyTriaged
from safeconduct.desk.intake.services import close_with_advice
from safeconduct.desk.vault import cards, opening
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.vault.sections import Section
from tests.cast import NOW, TODAY, Cast, a_case, a_request


def names(cast: Cast, member: str) -> set[str]:
    """Names on a member's list."""
    return {row.name for row in selectors.case_page(cast.actor(member), page=1, stage="", today=TODAY).rows}


def test_everybody_sees_just_their_own_cases(cast: Cast) -> None:
    a_case(cast, "amal", "Anton")
    a_case(cast, "chidi", "Rinat")
    assert names(cast, "farah") == {"Anton"}
    assert names(cast, "chidi") == {"Rinat"}
    assert names(cast, "bea") == set()


def test_a_case_whose_summary_is_not_granted_shows_no_name(cast: Cast) -> None:
    case = a_case(cast, "amal", "Anton")
    services.give_part(
        case, cast.actor("amal"), cast.actor("bea").member, CasePart.Part.RESEARCHER, [Section.EVIDENCE], today=TODAY
    )
    assert names(cast, "bea") == {""}


def test_search_finds_every_word_in_any_case(cast: Cast) -> None:
    for name in ("Anton Zvonarev", "Антон Звонарёв", "Lev"):
        a_case(cast, "amal", name)
    amal = cast.actor("amal")
    assert [row.name for row in selectors.search_cases(amal, "ANTON zvon", now=NOW)] == ["Anton Zvonarev"]
    assert [row.name for row in selectors.search_cases(amal, "звонарёв", now=NOW)] == ["Антон Звонарёв"]
    assert selectors.search_cases(amal, "nobody", now=NOW) == []
    assert selectors.search_cases(cast.actor("chidi"), "anton", now=NOW) == []


def test_a_search_of_a_session_sees_changes_made_since(cast: Cast) -> None:
    case = a_case(cast, "amal", "Anton")
    actor = cast.actor("amal")
    _, amal = open_session(actor.member, actor.keys, now=NOW)
    assert len(selectors.search_cases(amal, "soon", now=NOW)) == 1
    with opening.opened(case.subject, holder=amal, purpose=Purpose.HANDLING, today=TODAY) as file:
        card = file.newest("card")
        assert card is not None
        file.write(Section.SUMMARY, "card", {**card.content, "urgency": "urgent"}, replaces=card)
    assert selectors.search_cases(amal, "soon", now=NOW) == []
    assert len(selectors.search_cases(amal, "urgent", now=NOW)) == 1


def test_many_cases_are_searched_by_their_grants_and_no_others(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for member, name in (("amal", "Anton"), ("amal", "Antonina"), ("chidi", "Antoni")):
        a_case(cast, member, name)
    monkeypatch.setattr(cards, "_IN_ONE_QUERY", 1)
    for _ in range(2):
        found = selectors.search_cases(cast.actor("amal"), "anton", now=NOW)
        assert {row.name for row in found} == {"Anton", "Antonina"}
    assert not Grant.objects.filter(holder=cast.actor("amal").id, subject__in=[row.id for row in found], keyring=None).exists()


def test_what_a_session_has_opened_is_forgotten_when_it_rests() -> None:
    memory = cards.CardMemory()
    memory.of("one", NOW)["record", 1] = cards.Card({"name": "Anton"})
    assert memory.of("one", NOW + timedelta(minutes=29))
    assert memory.of("one", NOW + timedelta(minutes=90)) == {}
    memory.of("one", NOW)["record", 1] = cards.Card({"name": "Anton"})
    memory.forget("one")
    assert memory.of("one", NOW) == {}


def test_a_list_of_many_pages_opens_only_the_page_shown(cast: Cast) -> None:
    for number in range(3):
        a_case(cast, "amal", f"Name {number}")
    page = selectors.case_page(cast.actor("amal"), page=9, stage="interview", today=TODAY)
    assert (page.page, page.pages, page.total) == (1, 1, 3)
    assert selectors.case_page(cast.actor("amal"), page=1, stage="permit", today=TODAY).total == 0


def test_a_request_becomes_one_case_however_often_the_form_is_sent(cast: Cast) -> None:
    _, request = a_request(cast)
    amal, wording = cast.actor("amal"), packs.consents(packs.CONSENTS).stamp
    triage = services.Triage(working_name="Lev", country="KZ", category="mobilised", urgency="soon", risk="low", language="ru")
    consents = [services.Consent(purpose="case_handling", given=True)]
    case = services.open_case(request, amal, triage, consents, wording=wording, today=TODAY)
    with pytest.raises(AlreadyTriaged):
        services.open_case(request, amal, triage, consents, wording=wording, today=TODAY)
    with pytest.raises(AlreadyTriaged):
        close_with_advice(request, amal, "See a lawyer.", today=TODAY)
    request.refresh_from_db()
    assert (request.case_id, request.state) == (case.id, request.State.CASE)
    assert Case.objects.filter(organisation="lantern").count() == 1
