"""What holds for any statements: order does not matter, shifting in time changes nothing, vaguer dates settle nothing."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.core.timeline import Certainty, Order, Precision, Relation, Statement, Topic, Whereabouts, chronology, prompts_of
from tests.core.timeline.said import PLACES, RULES, at

_FIRST = date(2024, 10, 1)
"""After every change of rules in the pack, so that a shift of up to a year meets the same ones."""
_TOPICS = ("stay", "service", "leaving", "exit", "entry", "rank", "front", "absence", "status", "contract", "offence", "act")
_WORDS = {"rank": ("captain", "major", "private"), "front": ("was", "was-not"), "offence": ("337-1", "337-5"), "exit": ("legal",)}
Told = list[tuple[Statement, tuple[int, int]]]


@st.composite
def periods(draw: st.DrawFn) -> tuple[int, int]:
    first = draw(st.integers(0, 500))
    return first, first + draw(st.integers(0, 200))


def written(period: tuple[int, int], shift: int = 0, widened: int = 0) -> str:
    """From a day to a day; widened: each end is between two days."""
    first, last = (_FIRST + timedelta(days=days + shift) for days in period)
    if not widened:
        return f"{first}/{last}"
    margin = timedelta(days=widened)
    first_end, last_end = (f"{{{day - margin}..{day + margin}}}" for day in (first, last))
    return f"{first_end}/{last_end}"


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Statement, tuple[int, int]]:
    topic = draw(st.sampled_from(_TOPICS))
    period = draw(periods())
    relations = [Relation(draw(st.sampled_from(Order)), str(draw(st.integers(0, 9))))] if draw(st.booleans()) else []
    place = at(draw(st.sampled_from(sorted(PLACES)))) if draw(st.booleans()) else None
    value = draw(st.sampled_from(_WORDS[topic])) if topic in _WORDS else ""
    made = Statement(
        id="?", topic=Topic(topic), when=written(period), place=place, value=value, relations=relations, speaker="s",
        source=draw(st.sampled_from("xy")),
    )  # fmt: skip
    return made, period


told = st.lists(drawn(), min_size=1, max_size=8).map(
    lambda listed: [(replace(each, id=str(number)), period) for number, (each, period) in enumerate(listed)]
)


def _settled(statements: list[Statement]) -> set[tuple[str, str, tuple[str, ...]]]:
    found = prompts_of(statements, RULES)
    return {(each.rule, each.variant, tuple(sorted(each.statements))) for each in found if each.certainty is Certainty.CERTAIN}


@given(told, st.randoms(use_true_random=False))
def test_the_order_in_which_statements_come_does_not_matter(listed: Told, chance: object) -> None:
    statements = [each for each, _ in listed]
    other = list(reversed(statements))
    chance.shuffle(other)  # type: ignore[attr-defined]  # a random.Random
    assert prompts_of(statements, RULES) == prompts_of(other, RULES)
    assert chronology(statements) == chronology(other)


@given(told, st.integers(1, 300))
def test_a_shift_in_time_changes_no_prompt(listed: Told, shift: int) -> None:
    statements = [each for each, _ in listed]
    # Months differ in length: terms of rank, in months, are left out.
    kept = [each for each in statements if each.topic is not Topic.RANK]
    shifted = [replace(each, when=written(period, shift)) for each, period in listed if each.topic is not Topic.RANK]
    before, after = prompts_of(kept, RULES), prompts_of(shifted, RULES)
    assert [(each.id, each.certainty) for each in before] == [(each.id, each.certainty) for each in after]


@given(told, st.integers(1, 90), st.integers(0, 7))
def test_a_vaguer_date_never_makes_anything_certain(listed: Told, margin: int, which: int) -> None:
    assume(which < len(listed))
    before = [each for each, _ in listed]
    statement, period = listed[which]
    after = [*before[:which], replace(statement, when=written(period, widened=margin)), *before[which + 1 :]]
    settled = _settled(before)
    # A gap may be bounded by other statements and conflicts be told by another smallest set: both are looked at below.
    assert {each for each in _settled(after) if each[1] not in ("gap", "conflict")} <= settled
    if chronology(before).is_consistent:
        assert chronology(after).is_consistent
    assert _gap_days(after) <= _gap_days(before)


@given(told)
def test_a_doubted_date_settles_nothing(listed: Told) -> None:
    doubted = [replace(each, when=each.when.replace("/", "?/") + "?", relations=()) for each, _ in listed]
    by_words = {"word"}
    assert {each[1] for each in _settled(doubted)} <= by_words


@given(told)
def test_without_any_one_of_a_conflict_the_rest_of_it_can_be(listed: Told) -> None:
    statements = [each for each, _ in listed]
    for conflict in chronology(statements).conflicts:
        together = [each for each in statements if each.id in conflict]
        assert not chronology(together).is_consistent
        for gone in together:
            assert chronology([each for each in together if each is not gone]).is_consistent


def _gap_days(statements: list[Statement]) -> set[int]:
    days: set[int] = set()
    for each in prompts_of(statements, RULES):
        if each.variant == "gap" and each.certainty is Certainty.CERTAIN:
            first, last = (date.fromisoformat(each.facts[name]).toordinal() for name in ("from", "until"))
            days |= set(range(first, last + 1))
    return days


def test_a_country_is_no_point() -> None:
    border = Whereabouts("near", "UA", Precision.REGION, "", 49.4, 38.2)
    statements = [
        Statement(id="a", topic=Topic.STAY, when="2023-01/2023-06", place=border),
        Statement(id="b", topic=Topic.STAY, when="2023-01/2023-06", place=at("Rostov")),
    ]
    assert [each.variant for each in prompts_of(statements, RULES)] == []
