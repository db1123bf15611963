"""What pages refuse, with the reason, and without losing what was typed. JavaScript is off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.journeys import story
from tests.journeys.household import Household
from tests.journeys.people import ELF, Applicant, Member
from tests.journeys.watching import Watch, fits_the_screen
from tests.journeys.words import AUTHORITY, WORDS

pytestmark = pytest.mark.browser

ENGLISH = WORDS["en"]
As = Callable[[str], Member]


@pytest.fixture(scope="module")
def signed_in_as(chromium: Browser, walked_household: Household) -> As:
    """A member of the demonstration, signed in once for all the refusals."""
    known: dict[str, Member] = {}

    def member(name: str) -> Member:
        if name not in known:
            known[name] = Member(name, chromium, walked_household, Watch((fits_the_screen,)))
            known[name].signs_in()
        return known[name]

    return member


@pytest.fixture
def applicant(chromium: Browser, walked_household: Household) -> Applicant:
    """Somebody who has just opened the browser."""
    return Applicant(chromium, walked_household, Watch((fits_the_screen,)))


def case_of(member: Member, working_name: str) -> str:
    """The address of a case in the member's list."""
    member.go("/desk/cases/")
    link = member.page.locator("tbody tr").filter(has_text=working_name).locator("a").first
    return str(link.get_attribute("href"))


def ask_to_evaluate(coordinator: Member, name: str) -> None:
    """Choose an evaluator and ask."""
    offered = coordinator.page.locator('[name="evaluator"] option').all_inner_texts()
    coordinator.give("evaluator", next(label for label in offered if label.casefold().startswith(name)))
    coordinator.send("evaluator")


def waiting_requests(member: Member) -> list[str]:
    """Addresses of everything in the inbox."""
    member.go("/desk/inbox/")
    links = member.page.locator("tbody a").all()
    return [str(link.get_attribute("href")) for link in links]


def test_a_request_lacking_answers_says_which_and_keeps_the_rest(applicant: Applicant) -> None:
    applicant.go("/ask/lueur/")
    applicant.fill_in({"account.story": ENGLISH.story, "where.place.region": "Almaty", "deadline.day.on": "next week"})
    applicant.press("main form button[type=submit]")
    wrong = applicant.page.locator(".error-summary a").evaluate_all("all => all.map((each) => each.hash)")
    assert {"#q-where", "#q-deadline", "#q-who_reads", "#q-contact", "#q-language", "#q-consent"} == set(wrong)
    for target in wrong:
        assert applicant.sees(f"{target} .error")
    assert applicant.typed("account.story") == ENGLISH.story
    assert applicant.typed("where.place.region") == "Almaty"
    assert applicant.typed("deadline.day.on") == "next week"


def test_without_consent_nothing_is_kept(applicant: Applicant, signed_in_as: As) -> None:
    sacha = signed_in_as("sacha")
    before = waiting_requests(sacha)
    answers = story.request_answers(ENGLISH) | {"consent.purposes": ["statistics"]}
    applicant.go("/ask/lueur/")
    applicant.fill_in(answers)
    applicant.press("main form button[type=submit]")
    assert applicant.sees(".error-summary")
    assert not applicant.sees("#code")
    assert applicant.typed("account.story") == ENGLISH.story
    assert waiting_requests(sacha) == before


def test_an_answer_beside_rather_not_say_is_asked_about_and_both_are_kept(applicant: Applicant) -> None:
    applicant.go("/ask/lueur/")
    applicant.fill_in(story.request_answers(ENGLISH) | {"account.reply": ["prefer_not_to_say"]})
    applicant.press("main form button[type=submit]")
    assert applicant.sees("#q-account .error")
    assert applicant.typed("account.story") == ENGLISH.story
    assert applicant.sees('[name="account.reply"][value="prefer_not_to_say"]:checked')


@pytest.mark.parametrize("change", ["a wrong digit", "a number that nobody has", "words"])
def test_a_wrong_code_opens_nothing(applicant: Applicant, change: str) -> None:
    code = applicant.asks_for_help(story.DESK, story.request_answers(ENGLISH))
    typed = {"a wrong digit": code[:-1] + str(9 - int(code[-1])), "words": "my code", "a number that nobody has": "1" * 32}[
        change
    ]
    applicant.comes_back(typed)
    assert applicant.here == "/"
    assert applicant.sees(".error-summary")
    assert applicant.typed("code") == typed
    applicant.retypes_the_code(code.replace(" ", ""))
    assert applicant.here == "/conversation/"


def test_a_program_that_calls_itself_a_picture_is_not_taken_and_the_words_are_kept(
    applicant: Applicant, signed_in_as: As
) -> None:
    applicant.retypes_the_code(applicant.asks_for_help(story.DESK, story.request_answers(ENGLISH)))
    applicant.writes(ENGLISH.reply, ELF)
    assert applicant.sees(".error-summary")
    assert applicant.typed("text") == ENGLISH.reply
    assert not applicant.sees(".message--own")
    sacha = signed_in_as("sacha")
    sacha.go(f"{case_of(sacha, 'Vera')}evidence/")
    sacha.fill_in({"title": ENGLISH.title, "source": ENGLISH.source, "obtained": ENGLISH.source, "dated": "2022-09"})
    sacha.attach("attachment", ELF)
    sacha.send("attachment")
    assert sacha.sees(".error-summary")
    assert (sacha.typed("title"), sacha.typed("source"), sacha.typed("dated")) == (ENGLISH.title, ENGLISH.source, "2022-09")


def test_no_case_is_opened_for_a_person_in_russia_and_advice_can_be_given(applicant: Applicant, signed_in_as: As) -> None:
    sacha = signed_in_as("sacha")
    before = set(waiting_requests(sacha))
    code = applicant.asks_for_help(story.DESK, story.request_answers(ENGLISH, country="RU"))
    (request,) = set(waiting_requests(sacha)) - before
    sacha.go(f"{request}triage/")
    sacha.fill_in({"working_name": "Kestrel", "country": "RU", "urgency": "soon", "risk": "high", "case_handling.given": True})
    sacha.send("working_name")
    assert sacha.sees(".error-summary a[href='#id_country']")
    assert sacha.typed("working_name") == "Kestrel"
    assert sacha.sees('[name="case_handling.given"]:checked')
    sacha.go(f"{request}close/")
    sacha.fill_in({"how": "advised", "words": ENGLISH.answer})
    sacha.send("how")
    assert sacha.said() == "closed"
    applicant.retypes_the_code(code)
    assert ENGLISH.answer in applicant.text()


def test_triage_without_consent_opens_nothing_and_keeps_what_was_typed(applicant: Applicant, signed_in_as: As) -> None:
    sacha = signed_in_as("sacha")
    before = set(waiting_requests(sacha))
    applicant.asks_for_help(story.DESK, story.request_answers(ENGLISH))
    (request,) = set(waiting_requests(sacha)) - before
    sacha.go(f"{request}triage/")
    sacha.fill_in({"working_name": "Kestrel", "country": "KZ", "urgency": "soon", "risk": "high", "note": ENGLISH.reply})
    sacha.send("working_name")
    assert sacha.sees(".error-summary")
    assert (sacha.typed("working_name"), sacha.typed("country"), sacha.typed("note")) == ("Kestrel", "KZ", ENGLISH.reply)


def test_two_evaluators_of_one_organisation_are_refused_with_the_reason(signed_in_as: As) -> None:
    camille = signed_in_as("camille")
    camille.go(f"{case_of(camille, 'Denis')}evaluations/")
    ask_to_evaluate(camille, "aigerim")
    assert camille.said() == "assigned"
    ask_to_evaluate(camille, "timur")
    assert not camille.sees(".notice--good")
    assert "Timur" in camille.text(".error-summary")
    assert camille.page.locator("tbody tr").count() == 1


def test_an_evaluation_with_a_short_reason_is_not_signed_and_its_draft_is_kept(signed_in_as: As) -> None:
    aigerim = signed_in_as("aigerim")
    aigerim.go("/desk/")
    addresses = [str(link.get_attribute("href")) for link in aigerim.page.locator('a[href^="/desk/evaluations/"]').all()]
    for address in addresses:
        aigerim.go(address)
        if aigerim.sees('[name="stance.rating"]'):
            break
    aigerim.fill_in(story.ratings(ENGLISH) | {"stance.reason": "He said so."})
    for name in story.CITING:
        aigerim.give(f"{name}.no_evidence_because", ENGLISH.nothing)
    aigerim.signs('button[name="sign"]')
    assert aigerim.sees('.error-summary a[href="#c-stance"]')
    assert aigerim.page.locator(".error-summary a").count() == 1
    aigerim.go(aigerim.here)
    assert aigerim.typed("stance.reason") == "He said so."
    assert aigerim.typed("identity.reason") == ENGLISH.reason


def test_evaluations_stay_shut_until_both_are_in(signed_in_as: As) -> None:
    camille = signed_in_as("camille")
    camille.go(f"{case_of(camille, 'Lev')}evaluations/compare/")
    assert camille.sees(".empty")
    assert not camille.sees(".comparison")


def test_evaluations_far_apart_ask_for_a_third_and_bar_a_decision(signed_in_as: As) -> None:
    camille = signed_in_as("camille")
    camille.go(f"{case_of(camille, 'Ilya')}evaluations/compare/")
    assert camille.sees(".comparison__row--apart")
    assert camille.sees('.next a[href$="/evaluations/"]')
    assert not camille.sees('[name="outcome"][value="recommended"]')


def test_the_composer_cannot_release_and_nobody_can_before_the_evaluators_attest(signed_in_as: As) -> None:
    camille, noemie = signed_in_as("camille"), signed_in_as("noemie")
    camille.go(f"{case_of(camille, 'Anton')}dossiers/compose/")
    camille.fill_in({"recipient": AUTHORITY, "request": ENGLISH.request, "summary": ENGLISH.summary, "contact": "Lueur"})
    camille.send("summary")
    assert camille.sees(".error-summary a[href='#id_limits']")
    assert camille.typed("summary").replace("\r", "") == ENGLISH.summary
    camille.give("limits", ENGLISH.limits)
    camille.send("summary")
    assert camille.said() == "composed"
    camille.press('a[href$="/release/"]')
    release = camille.here
    noemie.go(release)
    for member in (camille, noemie):
        assert member.sees("dl.facts")
        assert not member.sees("main form")
    for name in story.EVALUATORS:
        story.attests(signed_in_as(name))
    for member in (camille, noemie):
        member.go(release)
    assert not camille.sees("main form")
    assert noemie.sees("main form button")


def test_a_wrong_passphrase_signs_nobody_in_and_says_nothing_more(chromium: Browser, walked_household: Household) -> None:
    member = Member("timur", chromium, walked_household, Watch((fits_the_screen,)))
    member.go("/account/sign-in/")
    member.fill_in({"name": "timur", "passphrase": "a lantern for every third bridge", "code": "123456"})
    member.send("passphrase")
    assert member.sees(".error-summary")
    assert member.typed("name") == "timur"
    assert member.typed("passphrase") == ""


def test_a_step_without_a_day_is_not_recorded_and_keeps_its_choice(signed_in_as: As) -> None:
    noemie = signed_in_as("noemie")
    noemie.go(f"{case_of(noemie, 'Anton')}path/")
    noemie.give("event", "travelled")
    noemie.send("event")
    assert noemie.sees(".error-summary")
    assert noemie.typed("event") == "travelled"
