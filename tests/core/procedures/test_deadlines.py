"""Last days: 150 and more worked cases, properties, validity, and what a lawyer signs in."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.packtext import PackRefused
from safeconduct.core.procedures.calendars import is_working, next_working
from safeconduct.core.procedures.deadlines import Deadline, EventsRefused, Status, When, day_by_day, deadlines
from safeconduct.core.procedures.rulebook import Rulebook, load_rulebook
from safeconduct.core.procedures.stays import Presence, fixed, rolling
from safeconduct.packs import packs_folder
from safeconduct.rulebooks import procedure_named, rulebooks

CASES = [
    line.split("\t") for line in (Path(__file__).with_name("cases.tsv")).read_text().splitlines() if not line.startswith("#")
]
SCHEMA = (packs_folder() / "_schema" / "rulebook.schema.json").read_bytes()
DAY = timedelta(days=1)
DAYS = st.dates(date(2019, 1, 1), date(2026, 4, 30))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rulebook]:
    return dict(rulebooks(tmp_path_factory.mktemp("no-overlay")))


def events_of(text: str) -> dict[str, list[When]]:
    found: dict[str, list[When]] = {}
    for each in text.split():
        name, _, day = each.partition("=")
        found.setdefault(name, []).append(When.on(date.fromisoformat(day)))
    return found


def step_of(books: dict[str, Rulebook], procedure: str, events: dict[str, list[When]], step: str) -> Deadline:
    book, chosen = procedure_named(books, procedure)
    return next(each for each in deadlines(book, chosen.id, events) if each.step.id == step)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150
    assert all(len(case) == 7 for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[2]} {case[1]}"[:90])
def test_worked_case(books: dict[str, Rulebook], case: list[str]) -> None:
    procedure, events, step, status, safe, legal, why = case
    found = step_of(books, procedure, events_of(events), step)
    assert (found.status, str(found.safe or "-"), str(found.legal or "-")) == (Status(status), safe, legal), why


def notified(day: date, **more: date) -> dict[str, list[When]]:
    return {"decision-notified": [When.on(day)], **{name.replace("_", "-"): [When.on(on)] for name, on in more.items()}}


@given(DAYS, st.integers(0, 40), st.integers(0, 60), st.integers(1, 30))
@settings(max_examples=150, deadline=None)
def test_a_later_notification_never_ends_earlier(
    books: dict[str, Rulebook], day: date, asked: int, decided: int, later: int
) -> None:
    more = {"legal_aid_requested": day + DAY * (asked + later), "legal_aid_decided": day + DAY * (asked + later + decided)}
    one = step_of(books, "fr-asylum", notified(day, **more), "cnda-appeal")
    two = step_of(books, "fr-asylum", notified(day + DAY * later, **more), "cnda-appeal")
    if Status.UNKNOWN in (one.status, two.status):
        return
    assert one.safe is not None
    assert two.safe is not None
    assert one.safe <= two.safe
    assert one.legal is not None
    assert two.legal is not None
    assert one.legal <= two.legal


@given(DAYS)
@settings(max_examples=150, deadline=None)
def test_the_safe_day_is_never_after_the_legal_one_which_is_a_working_day(books: dict[str, Rulebook], day: date) -> None:
    found = step_of(books, "fr-asylum", notified(day), "cnda-appeal")
    assert found.safe is not None
    assert found.legal is not None
    assert day < found.safe <= found.legal
    assert is_working(found.legal, "FR")
    assert (found.legal - day).days <= 31 + 1 + 4


@given(DAYS, st.integers(0, 45))
@settings(max_examples=100, deadline=None)
def test_an_uncertain_day_is_read_at_its_earliest(books: dict[str, Rulebook], day: date, spread: int) -> None:
    when = {"decision-notified": [When(day, day + DAY * spread)]}
    found = step_of(books, "fr-asylum", when, "cnda-appeal")
    one, two = (step_of(books, "fr-asylum", notified(each), "cnda-appeal") for each in (day, day + DAY * spread))
    if Status.UNKNOWN in (one.status, two.status):
        assert (found.status, found.safe) == (Status.UNKNOWN, None)
    else:
        assert (found.safe, found.latest_safe) == (one.safe, two.safe)


PRESENCES = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 80)), min_size=1, max_size=5)


def as_presences(steps: list[tuple[int, int]]) -> list[Presence]:
    found, day = [], date(2024, 1, 1)
    for away, there in steps:
        day += DAY * away
        found.append(Presence(day, day + DAY * (there - 1)))
        day += DAY * there
    return [*found[:-1], Presence(found[-1].entry, None)]


@given(PRESENCES)
@settings(max_examples=150, deadline=None)
def test_the_rolling_window_is_what_counting_each_day_gives(steps: list[tuple[int, int]]) -> None:
    found = as_presences(steps)
    before = {p.entry + DAY * n for p in found[:-1] for n in range(((p.exit or p.entry) - p.entry).days + 1)}
    day, last, entry = found[-1].entry, None, found[-1].entry
    while True:
        present = before | {entry + DAY * n for n in range((day - entry).days + 1)}
        if sum(1 for each in present if day - DAY * 179 <= each <= day) > 90:
            break
        last, day = day, day + DAY
        if (day - entry).days > 400:
            break
    assert rolling(found, 90, 180) == last


@given(PRESENCES, st.integers(1, 89))
@settings(max_examples=100, deadline=None)
def test_a_stricter_stay_rule_never_ends_later(steps: list[tuple[int, int]], less: int) -> None:
    found = as_presences(steps)
    for reading in (rolling, fixed):
        strict, lax = reading(found, 90 - less, 180), reading(found, 90, 180)
        assert strict is None or (lax is not None and strict <= lax)


@pytest.mark.parametrize(
    ("events", "named"),
    [({"arrival": 1}, "arrival"), ({"decision-notified": 2}, "decision-notified")],
)
def test_events_that_are_not_there_or_not_twice_are_refused(
    books: dict[str, Rulebook], events: dict[str, int], named: str
) -> None:
    given_events = {name: [When.on(date(2025, 1, 1 + n)) for n in range(count)] for name, count in events.items()}
    with pytest.raises(EventsRefused, match=named):
        deadlines(books["rules-fr"], "fr-asylum", given_events)


def test_presences_that_do_not_follow_one_another_and_answers_out_of_order_are_refused(books: dict[str, Rulebook]) -> None:
    days = [When.on(date(2025, 1, 1)), When.on(date(2025, 2, 1))]
    with pytest.raises(EventsRefused):
        deadlines(books["rules-kz"], "kz-stay", {"entry": days})
    backwards = notified(date(2025, 1, 6), legal_aid_requested=date(2025, 1, 10), legal_aid_decided=date(2025, 1, 8))
    with pytest.raises(EventsRefused, match="legal-aid-decided"):
        deadlines(books["rules-fr"], "fr-asylum", backwards)


def test_every_rule_says_where_it_was_read_when_and_how_well_it_is_known(books: dict[str, Rulebook]) -> None:
    versions = [each for book in books.values() for rules in book.rules.values() for each in rules]
    assert len(versions) >= 60
    assert all(each.source and each.review_by > each.read_on for each in versions)
    assert {"FR", "DE", "KZ", "KG", "AM", "GE", "RS", "TR", "RU", "EU", "XX"} == {each.id[:2] for each in versions}


def test_what_is_known_too_badly_gives_no_date(books: dict[str, Rulebook]) -> None:
    assert books["rules-fr"].in_force("FR-22", date(2026, 7, 1)) is None
    assert books["rules-fr"].in_force("FR-21", date(2026, 7, 1)) is None
    assert books["rules-fr"].in_force("FR-16", date(2026, 6, 11)) is not None


OVERLAY = """kind: "rulebook"
id: "our-lawyer"
version: 1
status: "reviewed"
reviewed_by: "Maître Exemple"
jurisdiction: "FR"
title: {en: "Signed in", fr: "Validé", ru: "Подписано"}
sources: [{title: "Decree", read_on: "2026-11-20"}]
rules:
  - id: "FR-16"
    topic: "appeal"
    value: 10
    unit: "days"
    trigger: "decision-notified"
    valid_from: "2026-06-12"
    confidence: "high"
    review_by: "2027-06-01"
    signed_by: "Maître Exemple"
    signed_on: "2026-11-21"
    source: {title: "Decree of June 2026", read_on: "2026-11-20"}
    states: {en: "10 days.", fr: "10 jours.", ru: "10 дней."}
"""


def with_counting(text: str) -> str:
    """The overlay with the rule of counting signed in too: a day rests on both."""
    rule = text[text.index('  - id: "FR-16"') :].replace("FR-16", "FR-18").replace('    value: 10\n    unit: "days"\n', "")
    return text + rule


def test_a_value_that_a_lawyer_signs_in_counts_at_once(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(with_counting(OVERLAY))
    found = step_of(dict(rulebooks(tmp_path)), "fr-asylum", notified(date(2026, 6, 15)), "cnda-appeal")
    assert (found.status, found.safe, found.legal) == (Status.KNOWN, date(2026, 6, 25), date(2026, 6, 26))
    assert found.rule is not None
    assert (found.rule.signed_by, found.rule.signed_on) == ("Maître Exemple", date(2026, 11, 21))
    (tmp_path / "own.yaml").write_text(OVERLAY)
    assert step_of(dict(rulebooks(tmp_path)), "fr-asylum", notified(date(2026, 6, 15)), "cnda-appeal").status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('    signed_by: "Maître Exemple"\n    signed_on: "2026-11-21"\n', ""), "who signed it in"),
        (('jurisdiction: "FR"', 'jurisdiction: "DE"'), "versions of this rulebook"),
        (('- id: "FR-16"', '- id: "FR-99"'), "no rulebook has"),
        (('valid_from: "2026-06-12"', 'valid_from: "2026-06-31"'), "not in the calendar"),
        (("    value: 10\n", ""), "own.yaml"),
    ],
)
def test_an_overlay_that_is_wrong_is_named_and_nothing_is_taken(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    (tmp_path / "own.yaml").write_text(OVERLAY.replace(*change, 1))
    with pytest.raises(PackRefused, match=said):
        rulebooks(tmp_path)


def test_a_step_that_names_what_is_not_there_is_refused() -> None:
    text = (packs_folder() / "procedures" / "rules-kz-v1.yaml").read_text()
    for change in (('after: ["risk-learned", "arrival"]', 'after: ["nothing"]'), ('rule: "KZ-03"', 'rule: "KZ-99"')):
        with pytest.raises(PackRefused, match="kz-asylum"):
            load_rulebook(text.replace(*change, 1).encode(), schema=SCHEMA)


def test_day_by_day_tells_each_day_and_whether_offices_are_open(books: dict[str, Rulebook]) -> None:
    found = step_of(books, "fr-asylum", notified(date(2025, 4, 7)), "cnda-appeal")
    days = day_by_day(found, "FR")
    assert days[0][0] == date(2025, 4, 7)
    assert days[-1][0] == found.legal
    assert all(after - before == DAY for (before, _), (after, _) in pairwise(days))
    assert dict(days)[date(2025, 5, 8)] is False
    assert next_working(date(2025, 5, 8), "FR") == date(2025, 5, 9)
