"""Last days of a path: what waits, the most urgent first, and nothing that is done or has no rule."""

from datetime import date

import pytest

from safeconduct.desk.pathways.last_days import last_days
from safeconduct.desk.pathways.services import record_event
from tests.cast import TODAY, Cast, a_case
from tests.walked import permitted


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home in which no lawyer signed anything in."""
    monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path_factory.mktemp("home")))


def titles(events: dict[str, date], today: date) -> list[tuple[str, bool, date | None]]:
    return [(each.title, each.is_known, each.safe) for each in last_days(events, language="en", today=today)]


def test_what_waits_is_told_and_what_is_done_is_not() -> None:
    events = {"arrived": date(2025, 1, 2), "guda_registered": date(2025, 1, 9), "attestation_received": date(2025, 1, 13)}
    told = titles(events, date(2025, 1, 20))
    assert told[0] == ("OFPRA form", True, date(2025, 2, 3))
    assert "OFPRA form" not in {title for title, _, _ in titles(events | {"ofpra_form_sent": date(2025, 1, 30)}, TODAY)}
    assert titles({}, TODAY) == []


def test_an_unknown_rule_comes_first_and_gives_no_day() -> None:
    events = {"attestation_received": date(2026, 5, 1), "refusal_notified": date(2026, 7, 1)}
    told = titles(events, date(2026, 7, 2))
    assert [known for _, known, _ in told][:2] == [False, False]
    assert told[0][2] is None


@pytest.mark.django_db
def test_the_path_shows_the_safe_and_the_legal_day_with_their_counting(cast: Cast) -> None:
    case = a_case(cast)
    permitted(cast, case)
    record_event(case, cast.actor("amal"), "refusal_notified", date(2026, 5, 4), today=TODAY)
    record_event(case, cast.actor("amal"), "attestation_received", date(2026, 9, 1), today=TODAY)
    page = cast.client("amal").get(f"/desk/cases/{case.id}/path/").content.decode()
    for words in (
        "Last days by the rules in force",
        "Overdue",
        "4 June 2026",
        "5 June 2026",
        "Rule unknown: ask a lawyer now",
        "FR-16",
    ):
        assert words in page
