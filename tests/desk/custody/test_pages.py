"""Auditors read the log of their own organisation, and nothing else; reading it is an entry."""

import pytest
from django.urls import reverse

from safeconduct.core.custody import Act, ProofBundle, Purpose
from safeconduct.desk.auditing import checking
from safeconduct.desk.auditing.words import ACTS, PURPOSES
from safeconduct.desk.custody import selectors
from tests.cast import Cast, a_case
from tests.desk.custody.test_log import key_of

LOG = "/desk/custody/"


def test_an_auditor_reads_the_newest_first_and_that_is_written_down(cast: Cast) -> None:
    case = a_case(cast)
    gita = cast.client("gita")
    page = gita.get(reverse("custody:log"))
    indices = [row.entry.index for row in page.context["page"].rows]
    assert indices == sorted(indices, reverse=True)
    assert case.id.encode() in page.content
    assert b"Amal" in page.content
    assert selectors.entries_of("lantern", count=1)[0].act is Act.LOG_READ


def test_nothing_about_the_person_stands_on_the_page(cast: Cast) -> None:
    a_case(cast, working_name="Stepan")
    assert b"Stepan" not in cast.client("gita").get(LOG).content


def test_acts_and_purposes_stand_in_the_readers_language(cast: Cast) -> None:
    a_case(cast)
    gita = cast.client("gita")
    page = gita.get(LOG, headers={"accept-language": "ru"}).text
    assert "Заведено дело" in page
    assert "Разбор обращения" in page
    assert set(ACTS) == set(Act)
    assert set(PURPOSES) == set(Purpose)


def test_the_log_is_narrowed_by_act_and_by_thing(cast: Cast) -> None:
    case, other = a_case(cast), a_case(cast)
    gita = cast.client("gita")
    rows = gita.get(LOG, {"act": "case.opened"}).context["page"].rows
    assert {row.entry.object for row in rows} == {case.id, other.id}
    rows = gita.get(LOG, {"act": "case.opened", "object": case.id}).context["page"].rows
    assert [row.entry.object for row in rows] == [case.id]
    assert gita.get(LOG, {"object": "nothingofthis222"}).context["page"].rows == []


@pytest.mark.parametrize("typed", [{"act": "case.guessed"}, {"object": "<script>"}])
def test_what_cannot_be_looked_for_is_said(cast: Cast, typed: dict[str, str]) -> None:
    assert cast.client("gita").get(LOG, typed).status_code == 422


def test_older_entries_are_on_further_pages(cast: Cast) -> None:
    for _ in range(8):
        a_case(cast)
    gita = cast.client("gita")
    first = gita.get(LOG).context["page"]
    second = gita.get(LOG, {"before": str(first.below)}).context["page"]
    assert second.rows[0].entry.index == first.below - 1
    assert gita.get(LOG, {"before": "x"}).status_code == 200


def test_a_proof_can_be_taken_away_and_verified_elsewhere(cast: Cast) -> None:
    a_case(cast)
    answer = cast.client("gita").get(reverse("custody:proof", kwargs={"position": 2}))
    assert "attachment" in answer["content-disposition"]
    assert ProofBundle.decode(answer.content).verify([key_of("lantern")]).entry.index == 2
    assert b"safeconduct/custody/lantern" in cast.client("gita").get(LOG).content
    assert cast.client("gita").get(reverse("custody:proof", kwargs={"position": 99_999})).status_code == 404


@pytest.mark.parametrize("name", ["amal", "bea", "dana", "chidi", "emil", "farah"])
def test_nobody_but_auditors_sees_that_there_is_a_log(cast: Cast, name: str) -> None:
    for address in (LOG, f"{LOG}2/proof/"):
        assert cast.client(name).get(address).status_code == 404
    assert cast.stranger().get(LOG)["location"].startswith("/account/sign-in/")


def test_the_log_stays_whole_however_much_it_is_read(cast: Cast) -> None:
    gita = cast.client("gita")
    for _ in range(3):
        gita.get(LOG)
        gita.get(reverse("custody:proof", kwargs={"position": 0}))
    assert checking.check_log("lantern").problems == ()
