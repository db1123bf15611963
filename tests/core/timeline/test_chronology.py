"""What statements leave possible together: bounds, orders, conflicts, and stories that are kept apart."""

from datetime import date

import pytest

from safeconduct.core.edtf import DateUnreadable
from safeconduct.core.timeline import (
    Alias,
    Order,
    Relation,
    Same,
    Statement,
    StatementRefused,
    Topic,
    Unit,
    chronology,
    order_of,
    stories,
)
from safeconduct.core.timeline.readings import day_of
from tests.core.timeline.said import say, the_two_stories


def test_bounds_pass_from_one_statement_to_the_next() -> None:
    found = chronology(
        [
            say("a", "exit", "2022-10", "RU"),
            say("b", "entry", "2022", "KZ", relations=[Relation(Order.AFTER, "a"), Relation(Order.BEFORE, "c")]),
            say("c", "stay", "2022-11/2023-03", "KZ"),
        ]
    )
    assert found.is_consistent
    entry = found.possible["b"]
    assert (day_of(entry.first_lo), day_of(entry.last_hi)) == (date(2022, 10, 1), date(2022, 11, 30))


def test_one_occasion_told_twice_is_as_narrow_as_both() -> None:
    found = chronology([say("a", "leaving", "2023-22"), say("b", "leaving", "2023-08/2023-12"), say("c", "leaving", occasion=2)])
    assert day_of(found.possible["a"].first_lo) == date(2023, 8, 1)
    assert day_of(found.possible["b"].last_hi) == date(2023, 8, 31)
    assert day_of(found.possible["c"].first_lo) is None


def test_during_holds_both_ends() -> None:
    found = chronology([say("a", "stay", "2023", "UA"), say("b", "service", relations=[Relation(Order.DURING, "a")])])
    assert day_of(found.possible["b"].first_lo) == date(2023, 1, 1)
    assert day_of(found.possible["b"].last_hi) == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("first", "second", "relations", "expected"),
    [
        ("2022-03", "2022-05", [], Order.BEFORE),
        ("2022-05", "2022-03", [], Order.AFTER),
        ("2022-05", "2022", [], Order.UNKNOWN),
        ("2022-05-01", "2022-05-01", [], Order.SAME),
        ("", "", [Relation(Order.BEFORE, "b")], Order.BEFORE),
        ("", "", [Relation(Order.AFTER, "b")], Order.AFTER),
        ("", "", [Relation(Order.SAME, "b")], Order.SAME),
        ("", "", [Relation(Order.UNKNOWN, "b")], Order.UNKNOWN),
        ("2022-05?", "2022-03", [], Order.UNKNOWN),
        ("2022-05", "2022-03", [Relation(Order.BEFORE, "b")], Order.UNKNOWN),
    ],
)
def test_an_order_is_said_only_where_it_holds_for_every_reading(
    first: str, second: str, relations: list[Relation], expected: Order
) -> None:
    statements = [say("a", "act", first, relations=relations), say("b", "act", second)]
    assert order_of(statements, "a", "b") is expected


def test_what_cannot_all_be_so_is_named_by_as_few_statements_as_needed() -> None:
    ring = [
        say("a", "act", relations=[Relation(Order.BEFORE, "b")]),
        say("b", "act", "2022"),
        say("c", "act", "2023", relations=[Relation(Order.BEFORE, "a")]),
    ]
    others = [say("d", "stay", "2020/2024", "KZ"), say("e", "leaving", "2022"), say("f", "leaving", "2023")]
    assert set(chronology([*ring, *others]).conflicts) == {frozenset("abc"), frozenset("ef")}
    assert all(chronology([each for each in ring if each.id != gone]).is_consistent for gone in "abc")


def test_people_are_kept_apart() -> None:
    assert chronology([say("a", "birth", "1990", person="x"), say("b", "birth", "1991", person="y")]).is_consistent
    absent = say("a", "act", "2022", person="x", relations=[Relation(Order.AFTER, "b"), Relation(Order.AFTER, "absent")])
    assert chronology([absent, say("b", "act", "2023", person="y")]).is_consistent


def test_stories_that_contradict_each_other_are_never_merged() -> None:
    assert [sorted(each) for each in stories(the_two_stories())] == [["report-1"], ["report-2"]]
    extra = say("3", "act", "2024", source="report-3")
    assert [sorted(each) for each in stories([*the_two_stories(), extra])] == [["report-1", "report-3"], ["report-2", "report-3"]]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Unit("", "В/Ч 12345"), Unit("Rifles", "12345"), Same.YES),
        (Unit("Rifles", "12345"), Unit("Rifles", "54321"), Same.NO),
        (Unit("1st Rifles"), Unit("1ST  RIFLES", "12345"), Same.YES),
        (Unit("1st Rifles"), Unit("2nd Rifles"), Same.UNKNOWN),
        (Unit("1st Rifles"), Unit("9th", aliases=[Alias("1st Rifles", "2014/2020")]), Same.YES),
        (Unit("x", aliases=[Alias("1st", "2014/2020")]), Unit("y", aliases=[Alias("1st", "2021/2022")]), Same.UNKNOWN),
        (Unit(), Unit(), Same.UNKNOWN),
    ],
)
def test_units_are_one_by_number_or_by_a_name_of_the_same_time(one: Unit, other: Unit, expected: Same) -> None:
    assert one.same_as(other) is expected
    assert other.same_as(one) is expected


def test_what_is_no_statement_is_refused() -> None:
    with pytest.raises(StatementRefused):
        Statement(id="", topic=Topic.ACT)
    with pytest.raises(DateUnreadable):
        Statement(id="a", topic=Topic.ACT, when="last spring")
