"""Statements, prompts and claims in the desk: sealed where their source is, kept apart, answered by people."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from safeconduct.core.custody import Act
from safeconduct.core.timeline import Certainty, Precision, Topic, TypedDateUnreadable
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.cases.services import give_part
from safeconduct.desk.claims import outside, placing, selectors, services, taking
from safeconduct.desk.claims.answers import Answered, Standing
from safeconduct.desk.claims.content import INTERVIEW, PERSON
from safeconduct.desk.claims.errors import PromptGone
from safeconduct.desk.claims.forms import initial_of
from safeconduct.desk.claims.selectors import CaseTimeline
from safeconduct.desk.claims.services import ClaimSaid, Told
from safeconduct.desk.custody.models import Entry
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.models import SealedRecord
from safeconduct.desk.vault.sections import Section
from tests.cast import TODAY, Cast, a_case
from tests.walked import interview, letter

BORN = Told(topic=Topic.BIRTH, when="1993", said="interview", source=INTERVIEW, speaker=PERSON)
_STAY = replace(BORN, topic=Topic.STAY)
KOSTANAY = replace(_STAY, when="from about October 2022 to October 2024", place=placing.placed("", "KZ", ""))
DEPLOYED = replace(_STAY, when="May 2023 to August 2023", place=placing.placed("", "UA", ""))


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case of Lantern, opened by Amal."""
    return a_case(cast)


def seen(cast: Cast, case: Case, name: str = "amal", language: str = "en") -> CaseTimeline:
    return selectors.timeline_of(case, cast.actor(name), language=language, today=TODAY)


def said(cast: Cast, case: Case, *told: Told) -> list[str]:
    """Amal records statements; gives their records."""
    return [services.record_statement(case, cast.actor("amal"), each, today=TODAY) for each in told]


def answer(cast: Cast, case: Case, prompt: str, reason: str = "He has shown it.", given: Answered = Answered.EXPLAINED) -> None:
    services.answer_prompt(case, cast.actor("amal"), prompt, given, reason, language="en", today=TODAY)


def corrected(cast: Cast, case: Case, record: str, when: str) -> None:
    services.correct_statement(case, cast.actor("amal"), record, replace(DEPLOYED, when=when), today=TODAY)


def acts() -> list[str]:
    return [bytes(body).decode() for body in Entry.objects.values_list("body", flat=True)]


def test_a_statement_is_sealed_as_it_was_said(cast: Cast, case: Case) -> None:
    (record,) = said(cast, case, KOSTANAY)
    (line,) = seen(cast, case).lines
    assert line.label == "Stay: Kazakhstan, about October 2022 – October 2024"
    assert (line.speaker, line.source, line.content["when"]) == ("the person", "Interview", "2022-10~/2024-10")
    row = SealedRecord.objects.get(record=record)
    assert row.section == Section.EVIDENCE
    assert b"2022-10" not in bytes(row.sealed)
    assert sum(Act.STATEMENT_RECORDED.value in entry for entry in acts()) == 1
    assert not any("2022-10" in entry for entry in acts())


def test_a_date_that_is_not_understood_writes_nothing(cast: Cast, case: Case) -> None:
    with pytest.raises(TypedDateUnreadable):
        said(cast, case, replace(KOSTANAY, when="some time ago"))
    assert seen(cast, case).lines == []


def test_statements_that_cannot_both_be_so_raise_a_question_and_stay_two(cast: Cast, case: Case) -> None:
    said(cast, case, KOSTANAY, DEPLOYED)
    found = seen(cast, case)
    assert len(found.lines) == 2
    both = next(each for each in found.prompts if each.prompt.variant == "both")
    assert both.prompt.certainty is Certainty.CERTAIN
    assert both.text.startswith("“Stay: Kazakhstan, about October 2022")
    assert both.answer is None
    assert seen(cast, case, language="ru").prompts[0].title == "Два места сразу или пробел"


def test_sources_that_cannot_tell_one_story_are_named_apart(cast: Cast, case: Case) -> None:
    left = replace(BORN, topic=Topic.LEAVING, when="summer 2023")
    report = replace(left, when="autumn 2022", said="open-source", source="open-source", source_words="A report")
    said(cast, case, left)
    assert seen(cast, case).stories == []
    said(cast, case, report)
    assert {tuple(story) for story in seen(cast, case).stories} == {("A report",), ("Interview",)}
    assert "cannot tell one story" in page(cast.client("amal"), case)


def test_what_the_other_statements_leave_of_a_time_is_said(cast: Cast, case: Case) -> None:
    (left,) = said(cast, case, replace(BORN, topic=Topic.EXIT, when="October 2022"))
    came = replace(BORN, topic=Topic.ENTRY, when="2022", relations=[{"order": "after", "other": left}])
    (record,) = said(cast, case, came)
    found = seen(cast, case)
    assert (found.line(record) or found.lines[0]).possible == "1 October 2022 – 31 December 2022"
    same = replace(BORN, topic=Topic.ACT, when="2022", relations=[{"order": "same", "other": left}])
    said(cast, case, replace(BORN, topic=Topic.ACT, when="5 October 2022"), same)
    assert next(line.possible for line in seen(cast, case).lines if line.content["when"] == "2022").startswith("1 October")


def test_an_answer_stays_with_its_prompt_and_says_when_the_statements_have_changed(cast: Cast, case: Case) -> None:
    _, deployed = said(cast, case, KOSTANAY, DEPLOYED)
    prompt = next(each.prompt.id for each in seen(cast, case).prompts if each.prompt.variant == "both")
    answer(cast, case, prompt)
    said(cast, case, BORN)

    def line() -> selectors.PromptLine:
        return next(each for each in seen(cast, case).prompts if each.prompt.id == prompt)

    assert (line().answer or {})["reason"] == "He has shown it."
    assert not line().is_outdated
    services.correct_statement(
        case, cast.actor("amal"), deployed, replace(DEPLOYED, when="June 2023 to August 2023"), today=TODAY
    )
    assert line().is_outdated
    answer(cast, case, prompt, "Asked again.", Answered.ASKED)
    assert [each["answer"] for each in line().answers] == ["explained", "asked"]
    assert not line().is_outdated
    corrected(cast, case, deployed, "May 2021 to August 2021")
    found = seen(cast, case)
    assert prompt not in {each.prompt.id for each in found.prompts}
    (superseded,) = found.superseded
    assert "share at least" in superseded.shown
    assert len(superseded.answers) == 2
    with pytest.raises(PromptGone):
        answer(cast, case, prompt)


def test_what_was_recorded_by_mistake_is_set_aside_and_stays(cast: Cast, case: Case) -> None:
    _, deployed = said(cast, case, KOSTANAY, DEPLOYED)
    services.set_aside(case, cast.actor("amal"), deployed, "Another person's story.", today=TODAY)
    found = seen(cast, case)
    assert [len(found.lines), len(found.set_aside)] == [1, 1]
    assert not [each for each in found.prompts if each.prompt.variant == "both"]
    services.set_aside(case, cast.actor("amal"), deployed, "", today=TODAY)
    assert len(seen(cast, case).lines) == 2


def test_claims_gather_statements_and_where_one_looked(cast: Cast, case: Case) -> None:
    first, second = said(cast, case, KOSTANAY, DEPLOYED)
    amal = cast.actor("amal")
    claim = ClaimSaid(
        text="He was deployed in 2023.",
        standing=Standing.OPEN,
        reason="Two accounts.",
        supports=[second, second],
        contradicts=[first],
    )
    record = services.record_claim(case, amal, claim, today=TODAY)
    looked = replace(claim, standing=Standing.DOUBTFUL, sought="A trace of the unit", sought_where="Its channel, June 2023")
    services.record_claim(case, amal, looked, today=TODAY, record=record)
    (line,) = seen(cast, case).claims
    assert ([each.id for each in line.supports], [each.id for each in line.contradicts]) == ([second], [first])
    assert line.record.content["standing"] == "doubtful"
    assert [each["where"] for each in line.record.content["sought"]] == ["Its channel, June 2023"]
    assert sum(Act.CLAIM_RECORDED.value in entry for entry in acts()) == 2
    with pytest.raises(NotGranted):
        services.record_claim(case, amal, claim, today=TODAY, record=first)


def test_dates_of_the_interview_are_taken_over_into_the_section_of_their_answer(cast: Cast, case: Case) -> None:
    interview(cast, case)
    amal = cast.actor("amal")
    offered = selectors.offers_of(case, amal, language="en", today=TODAY)
    keys = [offer.key for offer, _ in offered]
    assert services.take_over(case, amal, [*keys, "absent"], today=TODAY) == len(keys) == len(set(keys))
    assert services.take_over(case, amal, keys, today=TODAY) == 0
    found = seen(cast, case)
    assert found.offers == 0
    sections = {line.record.content["question"]: line.record.section for line in found.lines}
    assert (sections["q30"], sections["q40"], sections["q11"]) == (Section.CONDUCT, Section.ACCOUNT, Section.IDENTITY)
    labels = [line.label for line in found.lines]
    assert "Left the unit or the call-up: from hospital, 2 March 2023" in labels
    assert "Stay: Kazakhstan, from 11 March 2023" in labels
    assert "Charged with: article 337, part not said, May 2023" in labels


def test_a_reader_without_a_section_sees_neither_its_statements_nor_what_they_raise(cast: Cast, case: Case) -> None:
    interview(cast, case)
    amal = cast.actor("amal")
    keys = [offer.key for offer, _ in selectors.offers_of(case, amal, language="en", today=TODAY)]
    services.take_over(case, amal, keys, today=TODAY)
    (by_hand,) = said(cast, case, DEPLOYED)
    conduct = next(line.id for line in seen(cast, case).lines if line.record.section is Section.CONDUCT)
    claim = ClaimSaid(text="At the front.", standing=Standing.OPEN, reason="So far.", supports=[by_hand, conduct])
    record = services.record_claim(case, amal, claim, today=TODAY)
    bea = cast.actor("bea")
    give_part(case, amal, bea.member, CasePart.Part.RESEARCHER, [Section.SUMMARY, Section.EVIDENCE], today=TODAY)
    found = seen(cast, case, "bea")
    assert [line.id for line in found.lines] == [by_hand]
    (line,) = found.claims
    assert ([each.id for each in line.supports], line.hidden) == ([by_hand], 1)
    services.record_claim(case, bea, replace(claim, supports=[by_hand]), today=TODAY, record=record)
    (line,) = seen(cast, case).claims
    assert {each.id for each in line.supports} == {by_hand, conduct}


def test_an_answer_is_sealed_with_the_statement_that_has_the_fewest_readers(cast: Cast, case: Case) -> None:
    interview(cast, case)
    amal, bea = cast.actor("amal"), cast.actor("bea")
    keys = [offer.key for offer, _ in selectors.offers_of(case, amal, language="en", today=TODAY)]
    services.take_over(case, amal, keys, today=TODAY)
    (elsewhere,) = said(cast, case, replace(KOSTANAY, when="December 2022 to February 2023"))
    both = next(
        each.prompt
        for each in seen(cast, case).prompts
        if each.prompt.variant == "both" and {line.record.section for line in each.lines} == {Section.CONDUCT, Section.EVIDENCE}
    )
    answer(cast, case, both.id)
    assert SealedRecord.objects.get(subject=case.id, kind="prompt-answer").section == Section.CONDUCT
    services.set_aside(case, amal, elsewhere, "Somebody else's story.", today=TODAY)
    assert len(seen(cast, case).superseded) == 1
    give_part(case, amal, bea.member, CasePart.Part.RESEARCHER, [Section.SUMMARY, Section.EVIDENCE], today=TODAY)
    assert seen(cast, case, "bea").superseded == []


def test_other_rooms_say_what_no_statement_can(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    item = letter(cast, case)
    report = Told(topic=Topic.REFUSAL, when="2023-01-10", said="document", source=item, speaker=PERSON)
    stay, paper = said(cast, case, DEPLOYED, report)
    letter(cast, case)
    assert not {each.prompt.rule for each in seen(cast, case).prompts} & {"t7", "t11"}
    monkeypatch.setattr(outside, "_near", [])
    outside.near_from(lambda file: {stay: Certainty.POSSIBLE})
    other = a_case(cast, working_name="Lev")
    letter(cast, other)
    seen(cast, other)
    raised = {each.prompt.rule: each.prompt for each in seen(cast, case).prompts}
    assert raised["t7"].statements == (stay,)
    assert raised["t11"].statements == (paper,)
    answer(cast, case, raised["t11"].id)
    answer(cast, case, raised["t7"].id)
    assert set(SealedRecord.objects.filter(kind="prompt-answer").values_list("section", flat=True)) == {"evidence", "conduct"}


@pytest.mark.parametrize(
    ("article", "word"),
    [("337", "337"), ("ст. 337 ч. 5", "337-5"), ("337(2.1)", "337-1"), ("338 часть 3", "338"), ("part 5", "5"), ("?", "")],
)
def test_an_article_is_taken_with_its_part(article: str, word: str) -> None:
    assert taking._article(article) == word


def test_a_place_is_the_one_that_was_chosen() -> None:
    several = placing.candidates("Kostiantynivka", "UA")
    assert len(several) > 1
    chosen = placing.placed("Kostiantynivka", "UA", several[1].id)
    assert chosen is not None
    meant = placing.meant("", "UA", "Luhansk region")
    assert meant is not None
    assert (meant.name, meant.precision) == ("Luhansk region", Precision.REGION)
    assert placing.meant("", "", "") is None
    assert (chosen.key, chosen.precision) == (several[1].id, Precision.TOWN)
    unchosen = placing.placed("Kostiantynivka", "UA", placing.NOT_LISTED)
    assert unchosen is not None
    assert (unchosen.lat, unchosen.precision) == (None, Precision.UNKNOWN)
    assert placing.placed("", "", "") is None


# --- pages ---


def page(client: Client, case: Case, path: str = "timeline/") -> str:
    return client.get(f"/desk/cases/{case.id}/{path}").content.decode()


FILLED = {"topic": "stay", "speaker": "person", "source": "interview", "when": "May to August 2023", "country": "UA"}


def test_a_statement_is_recorded_by_its_page(cast: Cast, case: Case) -> None:
    client = cast.client("amal")
    sent = client.post(f"/desk/cases/{case.id}/timeline/add/", FILLED, follow=True)
    assert "The statement is sealed" in sent.content.decode()
    assert all(text in page(client, case) for text in ("Stay: Ukraine", "May 2023 – August 2023"))


def test_a_place_with_namesakes_is_chosen_on_the_page(cast: Cast, case: Case) -> None:
    client = cast.client("amal")
    named = {**FILLED, "place": "Kostiantynivka"}
    asked = client.post(f"/desk/cases/{case.id}/timeline/add/", named)
    assert asked.status_code == 422
    options = re.findall(r'name="town" value="([^"]+)"', asked.content.decode())
    assert options[-1] == "none"
    client.post(f"/desk/cases/{case.id}/timeline/add/", {**named, "town": options[0]})
    (line,) = seen(cast, case).lines
    assert line.content["place"]["key"] == options[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"when": "long ago"},
        {"value": "rank/captain"},
        {"speaker": "other"},
        {"source": "witness"},
        {"order": "before"},
        {"topic": "gossip"},
        {"said_on": "31.02.2024"},
    ],
)
def test_an_incomplete_statement_is_not_recorded(cast: Cast, case: Case, wrong: dict[str, str]) -> None:
    assert cast.client("amal").post(f"/desk/cases/{case.id}/timeline/add/", {**FILLED, **wrong}).status_code == 422
    assert seen(cast, case).lines == []


def test_a_statement_comes_back_into_its_form_as_it_was(cast: Cast, case: Case) -> None:
    client = cast.client("amal")
    item = letter(cast, case)
    full = {
        **FILLED,
        "topic": "service",
        "source": item,
        "said_on": "2024-05",
        "words": "With the drivers",
        "unit_name": "12th Rifles",
        "unit_number": "12345",
        "unit_aliases": "5th Rifles, 2014 to 2020\nThe Foxes",
        "about": "",
    }
    client.post(f"/desk/cases/{case.id}/timeline/add/", full)
    (line,) = seen(cast, case).lines
    before = line.content
    again = {name: value for name, value in initial_of(line).items() if value}
    client.post(f"/desk/cases/{case.id}/timeline/statements/{line.id}/", again)
    (line,) = seen(cast, case).lines
    assert line.record.version == 2
    assert line.content == before
    shown = page(client, case, f"timeline/statements/{line.id}/")
    assert all(text in shown for text in ("12th Rifles", "5th Rifles, 2014/2020", "With the drivers"))
    assert before["unit"]["aliases"] == [{"name": "5th Rifles", "when": "2014/2020"}, {"name": "The Foxes", "when": ""}]


def test_the_timeline_is_drawn_and_the_years_shown_are_chosen_by_links(cast: Cast, case: Case) -> None:
    said(cast, case, KOSTANAY, DEPLOYED, BORN)
    client = cast.client("amal")
    whole = page(client, case)
    assert whole.count('class="drawn__label"') == 2
    assert "1 statement is not drawn" in whole
    assert "style=" not in whole
    assert "?from=2023&amp;to=2023" in whole
    assert page(client, case, "timeline/?from=2023&to=2023").count('class="drawn__label"') == 2
    for odd in ("from=2024&to=2023", "from=x&to=y", "from=99999&to=99999"):
        assert page(client, case, f"timeline/?{odd}").count('class="drawn__label"') == 2
    assert "drawn__label" not in page(client, case, "timeline/?from=1950&to=1951")


def test_a_prompt_and_a_claim_are_answered_by_their_pages(cast: Cast, case: Case) -> None:
    first, second = said(cast, case, KOSTANAY, DEPLOYED)
    client = cast.client("amal")
    prompt = next(each.prompt.id for each in seen(cast, case).prompts if each.prompt.variant == "both")
    path = f"/desk/cases/{case.id}/timeline/prompts/{prompt}/"
    assert client.post(path, {"answer": "explained"}).status_code == 422
    assert client.post(path, {"answer": "explained", "reason": "Two people."}).status_code == 302
    assert "Two people." in page(client, case, f"timeline/prompts/{prompt}/")
    claims = f"/desk/cases/{case.id}/claims/"
    both = {"text": "Deployed", "standing": "open", "reason": "So far", "supports": [first], "contradicts": [first]}
    assert client.post(claims, both).status_code == 422
    assert client.post(claims, {**both, "contradicts": [second], "sought": "A trace"}).status_code == 422
    assert client.post(claims, {**both, "contradicts": [second]}).status_code == 302
    (claim,) = seen(cast, case).claims
    changed = {**both, "contradicts": [], "standing": "established"}
    assert client.post(f"{claims}{claim.record.id}/", changed).status_code == 302
    assert "Established" in page(client, case, "claims/")


def test_the_interview_is_taken_over_and_a_statement_set_aside_by_their_pages(cast: Cast, case: Case) -> None:
    interview(cast, case)
    client = cast.client("amal")
    shown = page(client, case, "timeline/from-interview/")
    keys = re.findall(r'name="offer" value="(\w+)"', shown)
    client.post(f"/desk/cases/{case.id}/timeline/from-interview/", {"offer": keys[:2]})
    lines = seen(cast, case).lines
    assert len(lines) == 2
    aside = f"/desk/cases/{case.id}/timeline/statements/{lines[0].id}/aside/"
    assert client.post(aside, {"reason": "Wrong row"}).status_code == 302
    assert client.post(aside, {"reason": "x" * 500}).status_code == 302
    assert "Wrong row" in page(client, case)
    assert client.post(aside.replace(lines[0].id, "absent"), {"reason": "x"}).status_code == 404


def test_an_evaluator_reads_and_does_not_write(cast: Cast, case: Case) -> None:
    (record,) = said(cast, case, KOSTANAY)
    amal, bea = cast.actor("amal"), cast.actor("bea")
    give_part(case, amal, bea.member, CasePart.Part.EVALUATOR, [Section.SUMMARY, Section.EVIDENCE], today=TODAY)
    client = cast.client("bea")
    assert "Record a statement" not in page(client, case)
    assert client.get(f"/desk/cases/{case.id}/timeline/statements/{record}/").status_code == 200
    for path in ("timeline/add/", f"timeline/statements/{record}/", "claims/", "timeline/from-interview/"):
        assert client.post(f"/desk/cases/{case.id}/{path}", FILLED).status_code == 404
    assert len(seen(cast, case).lines) == 1


def test_whoever_holds_no_part_finds_nothing(cast: Cast, case: Case) -> None:
    said(cast, case, KOSTANAY)
    before = sum(Act.DOOR_REFUSED.value in entry for entry in acts())
    assert cast.client("bea").get(f"/desk/cases/{case.id}/timeline/").status_code == 404
    assert sum(Act.DOOR_REFUSED.value in entry for entry in acts()) == before + 1
