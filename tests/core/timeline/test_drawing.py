"""Where bars stand: soft ends for what is uncertain, lanes by source, nothing over anything else."""

from datetime import date
from itertools import pairwise

from safeconduct.core.timeline.drawing import Bar, Mark, Picture, bar_of, picture
from tests.core.timeline.said import say


def _drawn(*bars: Bar, shown: tuple[date, date] | None = None) -> Picture:
    found = picture(bars, shown=shown)
    assert found is not None
    return found


def _mark(found: Picture, key: str) -> Mark:
    return next(each for each in found.marks if each.key == key)


def test_what_is_certain_is_solid_and_what_is_not_is_soft() -> None:
    found = _drawn(
        bar_of(say("exact", "stay", "2022-03-01/2022-05-31"), lane="x"),
        bar_of(say("vague", "stay", "2022-03/2022-05"), lane="x"),
        bar_of(say("month", "leaving", "2022-04"), lane="x"),
        bar_of(say("doubted", "stay", "2022-03?/2022-05?"), lane="x"),
        bar_of(say("day", "leaving", "2022-04-05"), lane="x"),
        bar_of(say("never", "act"), lane="x"),
    )
    exact, vague, day = (_mark(found, key) for key in ("exact", "vague", "day"))
    assert exact.hard == (exact.left, exact.right)
    assert vague.hard is not None
    assert vague.left < vague.hard[0] < vague.hard[1] < vague.right
    assert day.hard == (day.left, day.right)
    assert _mark(found, "month").hard is None
    assert _mark(found, "doubted").hard is None
    assert (_mark(found, "doubted").left, _mark(found, "doubted").right) == (vague.left, vague.right)
    assert found.left_out == ["never"]


def test_open_ends_reach_the_edge_and_say_so() -> None:
    found = _drawn(bar_of(say("a", "stay", "2022-03/.."), lane="x"), bar_of(say("b", "stay", "../2022-02"), lane="x"))
    assert (_mark(found, "a").right, _mark(found, "a").is_open_right, _mark(found, "a").is_open_left) == (1.0, True, False)
    assert (_mark(found, "b").left, _mark(found, "b").is_open_left) == (0.0, True)


def test_lanes_keep_sources_apart_and_bars_from_overlapping() -> None:
    bars = [Bar(str(n), "xy"[n % 2], (738000 + 20 * n, 738100 + 20 * n), None, room=0.3) for n in range(8)]
    found = _drawn(*bars)
    assert [each.name for each in found.lanes] == ["x", "y"]
    assert found.lanes[1].first_row == found.lanes[0].rows
    for row in {each.row for each in found.marks}:
        here = sorted((each for each in found.marks if each.row == row), key=lambda each: each.left)
        assert all(one.right <= other.left and one.left + 0.3 <= other.left for one, other in pairwise(here))


def test_a_part_of_the_line_is_shown_on_asking() -> None:
    bars = [bar_of(say(f"{year}", "stay", f"{year}-02/{year}-10"), lane="x") for year in range(2015, 2025)]
    assert [each.label for each in _drawn(*bars).ticks] == ["2015", "2017", "2019", "2021", "2023", "2025"]
    found = _drawn(*bars, bar_of(say("long", "service", "2010/2030"), lane="x"), shown=(date(2020, 1, 1), date(2021, 12, 31)))
    assert {each.key for each in found.marks} == {"2020", "2021", "long"}
    assert (_mark(found, "long").is_open_left, _mark(found, "long").is_open_right) == (True, True)
    assert len(found.left_out) == 8
    assert found.ticks[0].label == "01.2020"


def test_nothing_dated_draws_nothing() -> None:
    assert picture([]) is None
    assert picture([bar_of(say("a", "act"), lane="x")]) is None
