"""Steps follow dated events, by the rule in force on the day that triggers them, or say that it is unknown."""

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct import packs
from safeconduct.core.packtext import PackRefused
from safeconduct.core.procedures import Step, StepState, load_procedure, next_step, steps

FRANCE = packs.procedure(packs.FRANCE_ENTRY)
TEXT = (packs.packs_folder() / "procedures" / "fr-entry-v1.yaml").read_text()
SCHEMA = (packs.packs_folder() / "_schema" / "procedure.schema.json").read_bytes()
CHANGE = datetime.date(2026, 6, 12)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def after(today: str = "2026-11-22", **events: str) -> dict[str, Step]:
    dated = {event: day(text) for event, text in events.items()}
    return {step.plan.id: step for step in steps(FRANCE, dated, today=day(today))}


PERMIT = {"permit_issued": "2026-10-01", "permit_valid_from": "2026-10-10", "permit_valid_until": "2027-01-09"}


def test_without_events_nothing_is_triggered() -> None:
    found = after()
    assert {step.state for step in found.values()} == {StepState.NOT_TRIGGERED}
    assert next_step(list(found.values())) is None


def test_a_permit_calls_for_the_journey_within_its_validity() -> None:
    found = after(**PERMIT)
    assert found["travel"].state is StepState.DUE
    assert found["travel"].not_before == day("2026-10-10")
    assert found["travel"].due_on == day("2027-01-09")
    assert not found["travel"].overdue
    upcoming = next_step(list(found.values()))
    assert upcoming is not None
    assert upcoming.plan.id == "travel"


def test_a_permit_that_ran_out_is_overdue() -> None:
    assert after("2027-01-09", **PERMIT)["travel"].overdue is False
    assert after("2027-01-10", **PERMIT)["travel"].overdue is True


def test_what_happened_is_done_on_its_day() -> None:
    step = after(**PERMIT, travelled="2026-10-20")["travel"]
    assert (step.state, step.done_on, step.due_on) == (StepState.DONE, day("2026-10-20"), None)


@pytest.mark.parametrize(
    ("event", "on", "step", "due"),
    [
        ("attestation_received", "2025-03-03", "ofpra_form", "2025-03-24"),
        ("refusal_notified", "2025-09-16", "appeal", "2025-10-16"),
        ("refusal_notified", "2025-01-30", "appeal", "2025-02-28"),
        ("refusal_notified", "2024-01-31", "appeal", "2024-02-29"),
        ("refusal_notified", "2025-12-31", "appeal", "2026-01-31"),
        ("refusal_notified", "2025-06-01", "legal_aid", "2025-06-16"),
        ("arrived", "2026-01-10", "guda", "2026-04-10"),
    ],
)
def test_a_rule_in_force_gives_the_last_safe_day(event: str, on: str, step: str, due: str) -> None:
    found = after("2026-06-30", **{event: on})[step]
    assert (found.state, found.due_on) == (StepState.DUE, day(due))
    assert found.rule_changes_on is None


@pytest.mark.parametrize(
    ("event", "step"),
    [
        ("arrived", "guda"),
        ("guda_registered", "attestation"),
        ("attestation_received", "ofpra_form"),
        ("ofpra_form_sent", "interview"),
        ("ofpra_interview", "decision"),
        ("refusal_notified", "legal_aid"),
        ("refusal_notified", "appeal"),
    ],
)
def test_after_the_change_of_june_2026_the_answer_is_unknown_and_never_a_date(event: str, step: str) -> None:
    found = after(**{event: "2026-06-12"})[step]
    assert (found.state, found.due_on, found.unknown_since) == (StepState.UNKNOWN_RULE, None, CHANGE)
    known = after(**{event: "2026-06-11"})[step]
    assert known.state is StepState.DUE


def test_a_day_that_falls_behind_the_change_is_to_be_confirmed() -> None:
    found = after("2026-06-05", attestation_received="2026-06-01")["ofpra_form"]
    assert found.due_on == day("2026-06-22")
    assert found.rule_changes_on == CHANGE


def test_before_a_rule_began_nothing_is_known_either() -> None:
    found = after(refusal_notified="2018-01-01")["legal_aid"]
    assert (found.state, found.unknown_since) == (StepState.UNKNOWN_RULE, None)


def test_a_claim_introduced_at_once_needs_no_form() -> None:
    found = after(attestation_received="2025-03-03", pole_france_asile="2025-03-03")
    assert found["ofpra_form"].state is StepState.NOT_NEEDED


def test_the_unknown_comes_next_when_nothing_else_is_due() -> None:
    found = after(refusal_notified="2026-10-01")
    upcoming = next_step(list(found.values()))
    assert upcoming is not None
    assert upcoming.state is StepState.UNKNOWN_RULE
    assert "12 June 2026" in FRANCE.unknown.filled(since="12 June 2026").en


def test_every_rule_says_where_and_when_it_was_read() -> None:
    for rule in FRANCE.rules.values():
        assert rule.source
        assert rule.read_on == day("2026-11-22")
    ended = {rule.id for rule in FRANCE.rules.values() if rule.valid_until is not None}
    assert ended == {f"FR-{number:02d}" for number in range(8, 19)}
    assert {FRANCE.rules[rule].valid_until for rule in ended} == {day("2026-06-11")}


DAYS = st.dates(datetime.date(2015, 1, 1), datetime.date(2028, 12, 31))


@given(st.dictionaries(st.sampled_from(sorted(FRANCE.events)), DAYS), DAYS)
def test_a_day_is_given_only_by_rules_that_held_on_the_trigger_day(
    events: dict[str, datetime.date], today: datetime.date
) -> None:
    for step in steps(FRANCE, events, today=today):
        if step.state is StepState.DUE:
            assert all(rule.holds_on(events[step.plan.after]) for rule in step.rules)
            assert step.overdue == (step.due_on is not None and today > step.due_on)
        else:
            assert step.due_on is None
            assert not step.overdue
        if step.state is StepState.UNKNOWN_RULE:
            assert not all(rule.holds_on(events[step.plan.after]) for rule in step.rules)


@given(DAYS, DAYS, DAYS)
def test_today_changes_only_what_is_overdue(notified: datetime.date, one: datetime.date, other: datetime.date) -> None:
    events = {"refusal_notified": notified}
    first, second = (steps(FRANCE, events, today=today) for today in (one, other))
    assert [(step.state, step.due_on) for step in first] == [(step.state, step.due_on) for step in second]


def swapped(old: str, new: str) -> Callable[[], bytes]:
    assert old in TEXT
    return lambda: TEXT.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (swapped('after: "permit_issued"', 'after: "permit_lost"'), "an event"),
        (swapped('due: {on_event: "permit_valid_until"}', 'due: {on_event: "never"}'), "an event"),
        (swapped('rules: ["FR-08"]', 'rules: ["FR-77"]'), "a rule"),
        (swapped('due: {days: 90, rule: "FR-14"}', 'due: {days: 90, rule: "FR-09"}'), "a rule"),
        (swapped('ended_by: "FR-19"', 'ended_by: "FR-99"'), "ended it"),
        (swapped('id: "FR-03"', 'id: "FR-02"'), "twice"),
        (swapped('"2026-06-11"', '"2026-02-30"'), "calendar"),
        (swapped(', read_on: "2026-11-22"}\n    states', "}\n    states"), "read_on"),
        (swapped('jurisdiction: "FR"', 'jurisdiction: "France"'), "jurisdiction"),
    ],
)
def test_a_misleading_pack_is_refused(changed: Callable[[], bytes], words: str) -> None:
    with pytest.raises(PackRefused, match=words):
        load_procedure(changed(), schema=SCHEMA)
