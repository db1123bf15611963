"""Forms with answers: what is asked, in which words, what is computed, and what cannot stand."""

import datetime

import pytest

from safeconduct.core.xlsforms import Form, FormAnswers, Misfit, Run, Shown, TooManyRows, run, running
from tests.core.xlsforms.books import CHOICES, Table, form

NOW = datetime.datetime(2026, 11, 22, 10, 30, tzinfo=datetime.UTC)


def ran(read: Form, answers: FormAnswers | None = None, language: str = "en") -> Run:
    return run(read, answers or {}, now=NOW, language=language)


def asked(read: Form, answers: FormAnswers | None = None) -> list[str]:
    return [shown.id for shown in ran(read, answers).shown()]


def one(read: Form, id_: str, answers: FormAnswers | None = None) -> Shown:
    return next(shown for shown in ran(read, answers).shown() if shown.id == id_)


def test_a_question_is_asked_when_it_is_relevant() -> None:
    read = form(["integer", "age"], {"type": "text", "name": "school", "relevant": "${age} < 18"})
    assert asked(read) == ["age"]
    assert asked(read, {"age": "17"}) == ["age", "school"]
    assert asked(read, {"age": "18"}) == ["age"]


def test_what_is_not_asked_counts_as_blank_everywhere() -> None:
    read = form(
        ["select_one yn", "a"],
        {"type": "text", "name": "b", "relevant": "${a} = 'yes'"},
        {"type": "note", "name": "c", "relevant": "${b} != ''"},
    )
    assert asked(read, {"a": "yes", "b": "x"}) == ["a", "b", "c"]
    assert asked(read, {"a": "no", "b": "x"}) == ["a"]
    assert ran(read, {"a": "no", "b": "x"}).answers() == {"a": "no"}


def test_a_group_takes_its_questions_with_it() -> None:
    read = form(
        ["select_one yn", "a"],
        {"type": "begin group", "name": "g", "relevant": "${a} = 'yes'"},
        ["text", "b"],
        ["end group"],
    )
    assert asked(read, {"a": "no"}) == ["a"]
    assert asked(read, {"a": "yes"}) == ["a", "b"]


def test_conditions_may_look_ahead() -> None:
    read = form({"type": "note", "name": "n", "label": "N", "relevant": "${later} = 'yes'"}, ["select_one yn", "later"])
    assert asked(read, {"later": "yes"}) == ["n", "later"]


def test_calculations_follow_each_other_in_any_order() -> None:
    read = form(
        {"type": "calculate", "name": "twice", "calculation": "${plus} * 2"},
        {"type": "calculate", "name": "plus", "calculation": "${a} + 1"},
        ["integer", "a"],
        ["note", "n", "${twice}!"],
    )
    assert one(read, "n", {"a": "3"}).label == "8!"
    assert one(read, "n").label == "!"


def test_a_long_line_of_calculations_is_no_burden() -> None:
    rows = [{"type": "calculate", "name": f"c{n}", "calculation": f"${{c{n - 1}}} + 1" if n else "0"} for n in range(900)]
    assert ran(form(*reversed(rows))).answers()["c899"] == "899"


def test_a_calculated_truth_decides() -> None:
    read = form(
        ["select_one yn", "a"],
        {"type": "calculate", "name": "agreed", "calculation": "${a} = 'yes'"},
        {"type": "text", "name": "b", "relevant": "${agreed}"},
    )
    assert asked(read, {"a": "no"}) == ["a"]
    assert asked(read, {"a": "yes"}) == ["a", "b"]


def test_defaults_stand_until_there_is_an_answer() -> None:
    read = form({"type": "text", "name": "a", "default": "x"}, {"type": "date", "name": "b", "default": "today()"})
    assert ran(read).answers() == {"a": "x", "b": "2026-11-22"}
    assert ran(read, {"a": "y", "b": "2020-01-01"}).answers() == {"a": "y", "b": "2020-01-01"}


def test_what_is_read_only_cannot_be_answered() -> None:
    read = form({"type": "text", "name": "a", "calculation": "'computed'", "read_only": "yes"})
    shown = one(read, "a", {"a": "forged"})
    assert (shown.answer, shown.is_read_only) == ("computed", True)


def test_nothing_is_kept_that_a_device_would_tell() -> None:
    read = form(["deviceid", "d"], ["phonenumber", "p"], ["today", "t"], ["note", "n", "${d}${p}"])
    assert ran(read, {"d": "forged", "p": "forged"}).answers() == {"t": "2026-11-22"}


def test_moments_stay_as_they_were_written_down() -> None:
    read = form(["today", "t"], ["start", "s"])
    kept = ran(read).answers()
    later = run(read, kept, now=NOW + datetime.timedelta(days=3))
    assert later.answers() == kept


def test_a_trigger_holds_a_calculation_back() -> None:
    read = form(["text", "a"], {"type": "calculate", "name": "b", "calculation": "now()", "trigger": "${a}"})
    assert ran(read).answers() == {}
    assert "b" in ran(read, {"a": "x"}).answers()


@pytest.mark.parametrize(
    ("row", "fits", "does_not", "why"),
    [
        ({"type": "integer"}, "-5", "1.5", Misfit.NOT_A_WHOLE_NUMBER),
        ({"type": "decimal"}, "1.5", "one", Misfit.NOT_A_NUMBER),
        ({"type": "range", "parameters": "start=1 end=10 step=2"}, "5", "4", Misfit.OUT_OF_RANGE),
        ({"type": "range"}, "10", "11", Misfit.OUT_OF_RANGE),
        ({"type": "date"}, "2024-02-29", "2023-02-29", Misfit.NOT_A_DATE),
        ({"type": "date"}, "2024-02-29", "2024-02", Misfit.NOT_A_DATE),
        ({"type": "time"}, "23:59", "24:00", Misfit.NOT_A_TIME),
        ({"type": "dateTime"}, "2024-02-29T10:00", "29 Feb", Misfit.NOT_A_DATE),
        ({"type": "geopoint"}, "56.95 24.1 0 5", "95 24", Misfit.NOT_A_PLACE),
        ({"type": "geotrace"}, "56 24 0 0; 57 24 0 0", "56 24", Misfit.NOT_A_PLACE),
        ({"type": "select_one yn"}, "yes", "maybe", Misfit.NOT_A_CHOICE),
        ({"type": "select_multiple yn"}, "yes no", "yes maybe", Misfit.NOT_A_CHOICE),
        ({"type": "select_multiple yn"}, "yes no", "yes yes", Misfit.REPEATED),
        ({"type": "rank yn"}, "no yes", "no", Misfit.NOT_ALL_RANKED),
        ({"type": "integer", "constraint": ". > 3"}, "4", "3", Misfit.CONSTRAINT),
        ({"type": "date", "constraint": ". <= today()"}, "2026-11-22", "2026-11-23", Misfit.CONSTRAINT),
        ({"type": "select_multiple yn", "constraint": "count-selected(.) < 2"}, "yes", "yes no", Misfit.CONSTRAINT),
        ({"type": "text", "constraint": "regex(., '[A-Z]{2}')"}, "AB", "ab", Misfit.CONSTRAINT),
    ],
)
def test_answers_fit_or_do_not(row: dict[str, str], fits: str, does_not: str, why: Misfit) -> None:
    read = form({"name": "a", **row})
    assert one(read, "a", {"a": fits}).misfit is None
    assert one(read, "a", {"a": does_not}).misfit is why
    assert one(read, "a").misfit is None


def test_a_constraint_speaks_in_its_own_words() -> None:
    read = form(["text", "who"], {"type": "integer", "name": "a", "constraint": ". > 3", "constraint_message": "More, ${who}."})
    assert one(read, "a", {"a": "1", "who": "Ana"}).message == "More, Ana."


def test_what_is_required_may_depend() -> None:
    read = form(["select_one yn", "a"], {"type": "text", "name": "b", "required": "${a} = 'yes'", "required_message": "Please."})
    assert one(read, "b", {"a": "no"}).misfit is None
    wanting = one(read, "b", {"a": "yes"})
    assert (wanting.is_required, wanting.misfit, wanting.message) == (True, Misfit.REQUIRED, "Please.")


def test_choices_are_filtered_by_earlier_answers() -> None:
    choices: Table = [*CHOICES, ["countries", "lv", "Latvia"], ["countries", "ee", "Estonia"]]
    town = {"type": "select_one towns", "name": "town", "choice_filter": "country = ${country}"}
    read = form(["select_one countries", "country"], town, choices=choices)
    assert one(read, "town", {"country": "lv"}).choices == (("riga", "Riga"), ("liepaja", "Liepāja"))
    assert one(read, "town").choices == ()
    assert one(read, "town", {"country": "ee", "town": "riga"}).misfit is Misfit.NOT_A_CHOICE


def test_words_come_in_the_language_asked_for_then_in_the_forms_own() -> None:
    row = {"type": "text", "name": "a", "label": None, "label::English (en)": "Hello", "label::Français (fr)": "Bonjour"}
    read = form(row, settings=[["default_language"], ["Français (fr)"]])
    assert [next(ran(read, language=each).shown()).label for each in ("en", "fr", "ru")] == ["Hello", "Bonjour", "Bonjour"]


HOUSEHOLD = form(
    ["integer", "limit"],
    ["begin repeat", "person", "Person"],
    ["text", "called"],
    {"type": "integer", "name": "age", "constraint": ". < ${limit}"},
    {"type": "text", "name": "school", "label": "${called}?", "relevant": "${age} < 18"},
    {"type": "calculate", "name": "place", "calculation": "position(..)"},
    {"type": "calculate", "name": "all", "calculation": "count(${person})"},
    {"type": "calculate", "name": "sum_here", "calculation": "sum(${age})"},
    ["end repeat"],
    {"type": "calculate", "name": "people", "calculation": "count(${person})"},
    {"type": "calculate", "name": "ages", "calculation": "sum(${age})"},
    {"type": "calculate", "name": "names", "calculation": "join(', ', ${called})"},
    {"type": "calculate", "name": "second", "calculation": "indexed-repeat(${called}, ${person}, 2)"},
)
TWO: FormAnswers = {"limit": "100", "person": [{"called": "Ana", "age": "40"}, {"called": "Bo", "age": "9"}]}


def test_each_row_of_a_repeat_sees_its_own_answers() -> None:
    shown = [(each.id, each.rows, each.label) for each in ran(HOUSEHOLD, TWO).shown() if each.id == "school"]
    assert shown == [("school", (1,), "Bo?")]


def test_outside_a_repeat_all_rows_are_seen() -> None:
    found = ran(HOUSEHOLD, TWO).answers()
    assert {key: found[key] for key in ("people", "ages", "names", "second")} == {
        "people": "2",
        "ages": "49",
        "names": "Ana, Bo",
        "second": "Bo",
    }


def test_rows_know_their_place_and_how_many_there_are() -> None:
    rows = ran(HOUSEHOLD, TWO).answers()["person"]
    assert not isinstance(rows, str)
    assert [(row["place"], row["all"], row["sum_here"]) for row in rows] == [("1", "2", "40"), ("2", "2", "9")]


def test_rules_hold_row_by_row() -> None:
    answers: FormAnswers = {**TWO, "limit": "20"}
    wrong = [(each.id, each.rows) for each in ran(HOUSEHOLD, answers).shown() if each.misfit]
    assert wrong == [("age", (0,))]


def test_a_form_may_say_how_many_rows_there_are() -> None:
    read = form(["integer", "n"], {"type": "begin repeat", "name": "r", "repeat_count": "${n}"}, ["text", "a"], ["end repeat"])
    assert [each.rows for each in ran(read, {"n": "3"}).shown() if each.id == "a"] == [(0,), (1,), (2,)]
    assert asked(read) == ["n"]
    assert len(asked(read, {"n": "1000000"})) == 1 + running.MOST_ROWS


def test_repeats_stand_in_repeats() -> None:
    read = form(
        ["begin repeat", "house"],
        ["text", "street"],
        ["begin repeat", "person"],
        ["text", "called"],
        ["note", "n", "${called}, ${street}"],
        ["end repeat"],
        {"type": "calculate", "name": "inside", "calculation": "count(${person})"},
        ["end repeat"],
        {"type": "calculate", "name": "everybody", "calculation": "count(${called})"},
    )
    answers: FormAnswers = {
        "house": [{"street": "A", "person": [{"called": "x"}, {"called": "y"}]}, {"street": "B", "person": [{"called": "z"}]}]
    }
    found = ran(read, answers)
    assert [each.label for each in found.shown() if each.id == "n"] == ["x, A", "y, A", "z, B"]
    assert found.answers()["everybody"] == "3"
    assert isinstance(houses := found.answers()["house"], list)
    assert [house["inside"] for house in houses] == ["2", "1"]


def test_rows_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MOST_CELLS", 50)
    with pytest.raises(TooManyRows):
        ran(HOUSEHOLD, {"person": [{}] * 100})


def test_answers_to_what_the_form_does_not_ask_are_passed_over() -> None:
    assert ran(HOUSEHOLD, {"nothing": "x", "person": "text", "limit": [{"a": "b"}], "called": "outside"}).answers() == {
        "people": "0",
        "ages": "0",
        "person": [],
    }


def test_namesakes_in_different_groups_are_told_apart_by_their_path() -> None:
    read = form(["begin group", "g"], ["text", "a"], ["end group"], ["begin group", "h"], ["text", "a"], ["end group"])
    assert ran(read, {"g.a": "1", "h.a": "2"}).answers() == {"g.a": "1", "h.a": "2"}


def test_ways_lead_to_the_same_questions_as_names() -> None:
    read = form(
        ["text", "top"],
        ["begin group", "g"],
        ["text", "a"],
        {
            "type": "note",
            "name": "n",
            "label": "N",
            "relevant": "../a = 'x' and ../../top = 'y' and /data/g/a = 'x' and ./../a = 'x'",
        },
        ["end group"],
    )
    assert "n" in asked(read, {"a": "x", "top": "y"})
    assert "n" not in asked(read, {"a": "x", "top": "z"})


def test_chosen_things_are_told_by_their_labels() -> None:
    read = form(
        ["select_multiple towns", "been"],
        {"type": "calculate", "name": "told", "calculation": "jr:choice-name(${been}, '${been}')"},
        {"type": "calculate", "name": "first", "calculation": "jr:choice-name(selected-at(${been}, 0), '${been}')"},
        {"type": "calculate", "name": "strange", "calculation": "jr:choice-name('mars', '${been}')"},
    )
    found = ran(read, {"been": "riga tallinn"}).answers()
    assert (found["told"], found["first"], found["strange"]) == ("Riga, Tallinn", "Riga", "mars")


def test_choices_may_be_filtered_by_name_and_label() -> None:
    town = {"type": "select_one towns", "name": "town", "choice_filter": "starts-with(label, 'R') or name = ${other}"}
    read = form(["text", "other"], town)
    assert [name for name, _ in one(read, "town", {"other": "tallinn"}).choices] == ["riga", "tallinn"]


def test_position_counts_in_repeats_alone() -> None:
    read = form(
        {"type": "calculate", "name": "outside", "calculation": "position(..)"},
        ["begin repeat", "r"],
        ["begin group", "g"],
        {"type": "calculate", "name": "near", "calculation": "position(..)"},
        {"type": "calculate", "name": "far", "calculation": "position(../..)"},
        {"type": "calculate", "name": "plain", "calculation": "position()"},
        ["end group"],
        {"type": "calculate", "name": "before", "calculation": "indexed-repeat(${far}, ${r}, position(..) - 1)"},
        ["end repeat"],
    )
    found = ran(read, {"r": [{}, {}]}).answers()
    assert found["outside"] == "1"
    assert found["r"] == [
        {"near": "1", "far": "1", "plain": "1"},
        {"near": "1", "far": "2", "plain": "2", "before": "1"},
    ]


def test_once_keeps_what_was_computed_first() -> None:
    read = form({"type": "calculate", "name": "first_seen", "calculation": "once(today())"})
    kept = ran(read).answers()
    assert run(read, kept, now=NOW + datetime.timedelta(days=9)).answers() == kept
