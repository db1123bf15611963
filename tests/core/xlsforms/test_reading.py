"""Forms as people write them: every spelling is taken, and what cannot be taken is named with its cell, all at once."""

from collections.abc import Mapping

import pytest

from safeconduct.core.xlsforms import Expression, Form, FormRefused, Group, Kind, Question, parse, read_form
from tests.core.xlsforms.books import CHOICES, Table, form, lines, problems, survey, workbook


def only(read: Form) -> Question:
    item = read.items[0]
    assert isinstance(item, Question)
    return item


def of_type(type_: str) -> Question:
    return only(form([type_, "a", "A?"]))


@pytest.mark.parametrize(
    ("type_", "kind", "choices"),
    [
        ("text", Kind.TEXT, ""),
        ("String", Kind.TEXT, ""),
        ("integer", Kind.INTEGER, ""),
        ("int ", Kind.INTEGER, ""),
        ("decimal", Kind.DECIMAL, ""),
        ("date", Kind.DATE, ""),
        ("time", Kind.TIME, ""),
        ("dateTime", Kind.DATE_TIME, ""),
        ("datetime", Kind.DATE_TIME, ""),
        ("note", Kind.NOTE, ""),
        ("acknowledge", Kind.ACKNOWLEDGE, ""),
        ("trigger", Kind.ACKNOWLEDGE, ""),
        ("geopoint", Kind.GEOPOINT, ""),
        ("geotrace", Kind.GEOTRACE, ""),
        ("geoshape", Kind.GEOSHAPE, ""),
        ("barcode", Kind.BARCODE, ""),
        ("image", Kind.IMAGE, ""),
        ("photo", Kind.IMAGE, ""),
        ("audio", Kind.AUDIO, ""),
        ("video", Kind.VIDEO, ""),
        ("file", Kind.FILE, ""),
        ("range", Kind.RANGE, ""),
        ("hidden", Kind.HIDDEN, ""),
        ("start", Kind.START, ""),
        ("end", Kind.END, ""),
        ("today", Kind.TODAY, ""),
        ("deviceid", Kind.WITHHELD, ""),
        ("uri:deviceid", Kind.WITHHELD, ""),
        ("simserial", Kind.WITHHELD, ""),
        ("phonenumber", Kind.WITHHELD, ""),
        ("username", Kind.WITHHELD, ""),
        ("audit", Kind.WITHHELD, ""),
        ("start-geopoint", Kind.WITHHELD, ""),
        ("select_one yn", Kind.SELECT_ONE, "yn"),
        ("select one yn", Kind.SELECT_ONE, "yn"),
        ("Select_One  yn", Kind.SELECT_ONE, "yn"),
        ("select1 yn", Kind.SELECT_ONE, "yn"),
        ("select one from yn", Kind.SELECT_ONE, "yn"),
        ("select_multiple yn", Kind.SELECT_MULTIPLE, "yn"),
        ("select multiple yn", Kind.SELECT_MULTIPLE, "yn"),
        ("select all that apply from yn", Kind.SELECT_MULTIPLE, "yn"),
        ("select_multiple\u00a0yn", Kind.SELECT_MULTIPLE, "yn"),
        ("rank yn", Kind.RANK, "yn"),
        ("q text", Kind.TEXT, ""),
        ("add date prompt", Kind.DATE, ""),
        ("get start time", Kind.START, ""),
        ("phone number", Kind.TEXT, ""),
        ("percentage", Kind.INTEGER, ""),
    ],
)
def test_types_in_every_spelling(type_: str, kind: Kind, choices: str) -> None:
    read = of_type(type_)
    assert (read.kind, read.choices) == (kind, choices)


@pytest.mark.parametrize(
    ("type_", "says"),
    [
        ("select_one_from_file towns.csv", "choices from another file are not supported"),
        ("select_multiple_from_file towns.csv", "choices from another file are not supported"),
        ("select_one_external towns", "choices from another file are not supported"),
        ("csv-external", "tables beside the form are not supported"),
        ("osm roads", "maps are not supported"),
        ("cascading_select x", "old cascading selects are not supported"),
        ("begin loop over yn", "loops are not supported"),
        ("select_one", "lacks the name of its list"),
        ("selct_one yn", "this type of question is not supported"),
        ("select_one nowhere", "there is no list of choices “nowhere”"),
        ("end group", "this ends something that has not begun"),
    ],
)
def test_types_that_are_not_supported_are_named(type_: str, says: str) -> None:
    found = problems(survey([type_, "a", "A?"], ["text", "b", "B?"]))
    assert [(each.sheet, each.row, each.cell) for each in found] == [("survey", 2, "A2")]
    assert says in found[0].what
    assert found[0].value == type_


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("label", {"": "A?"}),
        ("Label", {"": "A?"}),
        ("label::English (en)", {"English (en)": "A?"}),
        ("label:fr", {"fr": "A?"}),
        ("label :: Français", {"Français": "A?"}),
        ("caption", {"": "A?"}),
    ],
)
def test_labels_in_every_spelling(heading: str, texts: Mapping[str, str]) -> None:
    read = read_form(workbook(survey=[["type", "name", heading], ["text", "a", "A?"]])).form
    assert only(read).label == texts
    assert read.languages == tuple(each for each in texts if each)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("relevant", "relevant"),
        ("relevance", "relevant"),
        ("bind::relevant", "relevant"),
        ("Constraint", "constraint"),
        ("bind:constraint", "constraint"),
        ("calculation", "calculation"),
        ("calculate", "calculation"),
        ("required", "required"),
        ("read only", "read_only"),
        ("readonly", "read_only"),
        ("read_only", "read_only"),
    ],
)
def test_rules_in_every_spelling(heading: str, field: str) -> None:
    read = read_form(workbook(survey=[["type", "name", "label", heading], ["text", "a", "A?", "1 = 1"]])).form
    assert getattr(only(read), field) == parse("1 = 1")


@pytest.mark.parametrize("heading", ["constraint_message", "constraint message", "bind:jr:constraintMsg", "constraintMsg"])
def test_messages_in_every_spelling(heading: str) -> None:
    read = read_form(workbook(survey=[["type", "name", "label", heading], ["text", "a", "A?", "No."]])).form
    assert only(read).constraint_message == {"": "No."}


@pytest.mark.parametrize("text", ["yes", "Yes", "TRUE", "true()", True, 1, "1"])
def test_what_is_required_in_every_spelling(text: object) -> None:
    assert only(form({"type": "text", "name": "a", "required": text})).required == parse("true()")


@pytest.mark.parametrize("text", ["no", "FALSE", "false()", False, 0, "", None])
def test_what_is_not_required_in_every_spelling(text: object) -> None:
    assert only(form({"type": "text", "name": "a", "required": text})).required is None


@pytest.mark.parametrize(
    ("default", "kept", "computed"),
    [("5", "5", None), ("-5", "-5", None), ("a (b)", "a (b)", None), ("2026-01-01", "2026-01-01", None)],
)
def test_plain_defaults_stay_texts(default: str, kept: str, computed: Expression | None) -> None:
    read = only(form({"type": "text", "name": "a", "default": default}))
    assert (read.default, read.first_value) == (kept, computed)


def test_a_default_may_be_computed() -> None:
    assert only(form({"type": "date", "name": "a", "default": "today()"})).first_value == parse("today()")


def test_groups_and_repeats_stand_in_one_another() -> None:
    read = form(
        ["begin group", "g", "G"],
        ["text", "a", "A?"],
        {"type": "begin_repeat", "name": "r", "label": "R", "repeat_count": "2"},
        ["text", "b", "B?"],
        ["end repeat"],
        ["end_group", "g"],
        ["text", "c", "C?"],
    )
    group, last = read.items
    assert isinstance(group, Group)
    assert not group.repeats
    repeat = group.items[1]
    assert isinstance(repeat, Group)
    assert (repeat.repeats, repeat.count) == (True, parse("2"))
    assert last.name == "c"


def test_other_adds_a_choice_and_a_text() -> None:
    read = form(["select_multiple yn or_other", "a", "A?"])
    assert [each.name for each in read.choices["yn"]] == ["yes", "no", "other"]
    other = read.items[1]
    assert isinstance(other, Question)
    assert (other.name, other.relevant) == ("a_other", parse("selected(${a}, 'other')"))


def test_blank_disabled_and_commented_rows_are_passed_over() -> None:
    read = form(
        ["text", "a", "A?"], [], {"comment": "only a comment"}, {"type": "text", "name": "b", "disabled": "yes"}, ["# text", "c"]
    )
    assert [item.name for item in read.items] == ["a"]


def test_sheets_are_found_however_they_are_written_and_others_are_left_alone() -> None:
    table: Table = [["Type", "Name ", "LABEL", "my notes"], ["select_one yn", "a", "A?", "x"]]
    read = read_form(workbook(Scratch=[["="]], Survey=table, CHOICES=CHOICES, Help=[["type"]])).form
    assert only(read).choices == "yn"


def test_settings_give_the_form_its_name() -> None:
    read = form(["text", "a"], settings=[["form_title", "form_id", "version", "default_language"], ["T", "f", 2.0, "fr"]])
    assert (read.title, read.form_id, read.version, read.default_language) == ({"": "T"}, "f", "2", "fr")


def test_without_settings_the_file_names_the_form() -> None:
    assert read_form(survey(["text", "a"]), otherwise="intake").form.form_id == "intake"


def test_notices_say_what_is_left_out_on_purpose() -> None:
    content = survey(
        ["deviceid", "d"],
        {"type": "note", "name": "n", "label": "N", "media::image": "n.png"},
        {"type": "text", "name": "a", "label": "A?", "appearance": "ex:org.example"},
        settings=[["form_id", "submission_url"], ["f", "https://example.org"]],
    )
    said = [notice.line() for notice in read_form(content).notices]
    assert said == [
        "survey!A2 (type): nothing is read from a person's device; this stays blank",
        "survey!D3 (media::image): pictures and sounds of questions are not shown",
        "survey!E4 (appearance): no other program is started; the answer is typed",
        "settings!B2 (submission_url): answers go nowhere but to this desk",
    ]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"type": "text", "label": "A?"}, "survey!B3 (name): this question has no name"),
        ({"name": "b", "label": "B?"}, "survey!A3 (type): this row has a name and a label, but no type"),
        ({"type": "text", "name": "1a"}, "survey!B3 (name): a name begins with a letter or “_”"),
        ({"type": "text", "name": "a b"}, "survey!B3 (name): a name begins with a letter or “_”"),
        ({"type": "text", "name": "a"}, "survey!B3 (name): the name “a” stands twice in the same group, first in row 2"),
        ({"type": "text", "name": "b", "label": "${zz}?"}, "survey!C3 (label): there is no question ${zz}"),
        ({"type": "text", "name": "b", "hint": "${zz}"}, "survey!D3 (hint): there is no question ${zz}"),
        ({"type": "text", "name": "b", "relevant": "${zz} = 1"}, "survey!D3 (relevant): there is no question ${zz}"),
        ({"type": "text", "name": "b", "relevant": "../zz = 1"}, "survey!D3 (relevant): the way “../zz” leads to no question"),
        ({"type": "text", "name": "b", "relevant": "uuid()"}, "survey!D3 (relevant): the function uuid() is not supported"),
        ({"type": "text", "name": "b", "constraint": ". = "}, "survey!D3 (constraint): something is missing at the end"),
        ({"type": "text", "name": "b", "trigger": "a"}, "survey!D3 (trigger): a trigger names a question as ${name}"),
        ({"type": "text", "name": "b", "trigger": "${zz}"}, "survey!D3 (trigger): there is no question ${zz}"),
        ({"type": "calculate", "name": "b"}, "survey!A3: a calculate row needs a calculation"),
        ({"type": "range", "name": "b", "parameters": "start=x"}, "survey!D3 (parameters): start is not a number"),
        (
            {"type": "select_one towns", "name": "b", "choice_filter": "land = ${a}"},
            "survey!D3 (choice_filter): the choices have no column “land”",
        ),
        ({"type": "select_one yn", "name": "b", "default": "maybe"}, "survey!D3 (default): the list “yn” has no choice “maybe”"),
        ({"type": "begin group", "name": "g", "label": "G"}, "survey!A3 (type): the group “g” begins here and has no end"),
        (
            {"type": "select_one yn", "name": "b", "appearance": "minimal search('towns')"},
            "survey!D3 (appearance): choices from another",
        ),
        ({"type": "text", "name": "b", "seals": "attic"}, "survey!D3 (seals): there is no sealed section “attic”"),
        (
            {"type": "text", "name": "b", "relevant": "jr:choice-name(${a}, '${a}') = ''"},
            "survey!D3 (relevant): jr:choice-name(): ${a} is not answered from a list",
        ),
        (
            {"type": "text", "name": "b", "relevant": "indexed-repeat(${a}, ${a}, 1) = ''"},
            "survey!D3 (relevant): indexed-repeat(): ${a} is not a repeat",
        ),
    ],
)
def test_each_mistake_is_named_with_its_cell(row: Mapping[str, object], line: str) -> None:
    found = lines(survey(["text", "a", "A?"], row))
    assert any(each.startswith(line) for each in found), found


def test_all_mistakes_are_named_at_once_and_in_order() -> None:
    content = survey(
        {"type": "text", "name": "a", "relevant": "${zz}", "constraint": "uuid() = ${yy}"},
        {"type": "selct_one yn", "name": "b"},
        {"type": "select_one yn", "name": "a"},
        choices=[*CHOICES, ["yn", None, "Maybe"], ["yn", "no", "No!"]],
    )
    assert [(each.sheet, each.cell) for each in problems(content)] == [
        ("survey", "D2"),
        ("survey", "E2"),
        ("survey", "E2"),
        ("survey", "A3"),
        ("survey", "B4"),
        ("choices", "B7"),
        ("choices", "B8"),
    ]


def test_a_reference_to_a_name_that_stands_twice_is_named() -> None:
    content = survey(
        ["begin group", "g"],
        ["text", "a"],
        ["end group"],
        ["begin group", "h"],
        ["text", "a"],
        ["end group"],
        ["note", "n", "${a}"],
    )
    assert lines(content) == ["survey!C8 (label): several questions are called ${a}, so it cannot be told which is meant"]


def test_values_that_wait_for_each_other_are_named() -> None:
    content = survey(
        {"type": "calculate", "name": "a", "calculation": "${b} + 1"},
        {"type": "calculate", "name": "b", "calculation": "${c} + 1"},
        {"type": "calculate", "name": "c", "calculation": "${a} + 1"},
        {"type": "calculate", "name": "d", "calculation": "${a} + 1"},
    )
    assert [each.cell for each in problems(content)] == ["D2", "D3", "D4"]
    assert "the values of ${a}, ${b}, ${c} wait for each other in a circle" in problems(content)[0].what


def test_a_question_that_decides_about_itself_is_named() -> None:
    assert [each.cell for each in problems(survey({"type": "text", "name": "a", "relevant": "${a} = ''"}))] == ["D2"]


def test_namesakes_among_choices_may_be_allowed() -> None:
    choices: Table = [*CHOICES, ["yn", "no", "No!"]]
    assert lines(survey(["select_one yn", "a"], choices=choices)) == [
        "choices!B7 (name): the name “no” stands twice in the list “yn”, first in row 3"
    ]
    allowed = survey(["select_one yn", "a"], choices=choices, settings=[["allow_choice_duplicates"], ["yes"]])
    assert problems(allowed) == []


def test_a_name_with_a_space_cannot_be_chosen_among_several() -> None:
    choices: Table = [["list name", "name", "label"], ["l", "a b", "A B"]]
    assert problems(survey(["select_one l", "a"], choices=choices)) == []
    assert [each.cell for each in problems(survey(["select_multiple l", "a"], choices=choices))] == ["B2"]


def test_a_formula_without_a_result_is_named() -> None:
    content = survey({"type": "text", "name": "a", "label": "=1+1", "my sums": "=1+1"})
    assert lines(content) == ["survey!C2 (label): this formula has no saved result, or an error for one; write the value itself"]


def test_two_columns_that_contradict_each_other_are_named() -> None:
    table: Table = [["type", "name", "relevant", "relevance"], ["text", "a", "1 = 1", "1 = 2"]]
    assert lines(workbook(survey=table)) == ["survey!D1 (relevance): this column means the same as “relevant”"]


@pytest.mark.parametrize(
    ("sheets", "says"),
    [
        ({"questions": [["type", "name"]]}, "the workbook has no sheet “survey”; its sheets are: questions"),
        ({"survey": []}, "the sheet has no column “type”"),
        ({"survey": [["type", "label"], ["text", "A?"]]}, "the sheet has no column “name”"),
        ({"survey": [["type", "name"]]}, "the sheet has no questions"),
        (
            {"survey": [["type", "name"], ["text", "a"]], "choices": [["list_name", "label"], ["a", "b"]]},
            "the sheet has no column “name”",
        ),
        ({"survey": [["type", "name"], ["text", "a"]], "external_choices": [["x"]]}, "choices that are sent beside a form"),
        ({"survey": [["type", "name"], ["begin group", "g"], ["end group", None]]}, "the group “g” is empty"),
    ],
)
def test_whole_sheets_that_are_missing_or_wrong_are_named(sheets: dict[str, Table], says: str) -> None:
    with pytest.raises(FormRefused, match=says):
        read_form(workbook(**sheets))
