"""What expressions give, by the table beside this file; what is refused, and that nothing else can happen."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.xlsforms import ExpressionUnreadable, parse
from safeconduct.core.xlsforms.coercions import Nodes, Scalar, text_of
from safeconduct.core.xlsforms.complaints import UNSUPPORTED, complaints
from safeconduct.core.xlsforms.evaluator import SPECIAL, evaluate
from safeconduct.core.xlsforms.expressions import Path as Way
from safeconduct.core.xlsforms.expressions import Reference, Tree
from safeconduct.core.xlsforms.functions import FUNCTIONS

TABLE = [
    (line.partition(" =>")[0], line.partition(" =>")[2])
    for line in (Path(__file__).parent / "expressions.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
ANSWERS: dict[str, tuple[Scalar, ...]] = {
    "name": ("Ana",),
    "age": (17.0,),
    "height": (1.75,),
    "blank": ("",),
    "chosen": ("a b c",),
    "one": ("a",),
    "born": (datetime.date(2000, 2, 29),),
    "rows": ("", "", "", ""),
    "x": (1.0, 2.0, "", 4.0),
}


class Page:
    """Surroundings with fixed answers."""

    now: datetime.datetime | None = datetime.datetime(2026, 11, 22, 10, 30, tzinfo=datetime.UTC)

    def here(self) -> Scalar:
        return 12.0

    def reached(self, way: Reference | Way) -> Nodes:
        return Nodes(ANSWERS.get(way.name, ()) if isinstance(way, Reference) else ())

    def column(self, name: str) -> str:
        return {"country": "lv"}.get(name, "")

    def position(self, way: Tree | None) -> int:
        return 1

    def indexed(self, way: Reference | Way, rows: tuple[tuple[Tree, int], ...]) -> Scalar:
        values, number = self.reached(way).values, rows[0][1]
        return values[number - 1] if 0 < number <= len(values) else ""

    def choice_label(self, value: str, question: str) -> str:
        return f"Label of {value}"


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(TABLE) >= 150
    assert len(dict(TABLE)) == len(TABLE)


@pytest.mark.parametrize(("expression", "expected"), TABLE, ids=[each for each, _ in TABLE])
def test_the_table(expression: str, expected: str) -> None:
    tree = parse(expression).tree
    assert list(complaints(tree)) == []
    assert text_of(evaluate(tree, Page())) == expected.strip()


def test_every_function_stands_in_the_table() -> None:
    written = " ".join(expression for expression, _ in TABLE)
    tested = {name for name in (*FUNCTIONS, *SPECIAL) if f"{name}(" in written}
    assert {*FUNCTIONS, *SPECIAL} - tested <= {"tan", "asin", "acos", "atan"}


def test_a_calculated_truth_compares_with_its_word() -> None:
    class Calculated(Page):
        def here(self) -> Scalar:
            return False

    assert text_of(evaluate(parse(". = 'false'").tree, Calculated())) == "true"
    assert text_of(evaluate(parse(". = 'true'").tree, Calculated())) == "false"
    assert text_of(evaluate(parse("not(.)").tree, Calculated())) == "true"


def test_without_a_moment_today_is_blank() -> None:
    class Timeless(Page):
        now = None

    assert text_of(evaluate(parse("concat(today(), now())").tree, Timeless())) == ""


def test_a_long_chain_is_walked_and_not_climbed() -> None:
    assert text_of(evaluate(parse(" + ".join(["1"] * 1500)).tree, Page())) == "1500"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the expression is empty"),
        ("1 +", "something is missing at the end"),
        ("(1 + 2", "“)” is missing at the end"),
        ("1 2", "something is missing before “2” at character 3"),
        ("'open", "a text that begins at character 1 has no closing quote"),
        ("$name = 1", "at character 1 a name should stand as ${name}"),
        ("${} = 1", "at character 1 stands ${} without a name"),
        ("1 == 1", "“==” is written “=”"),
        ("1 <> 1", "“<>” is written “!=”"),
        ("1 && 1", "“&&” is written “and”"),
        ("1 || 1", "“||” is written “or”"),
        ("1 AND 1", "“AND” is written “and”"),
        ("${a} | ${b}", "joining sets of answers with “|” is not supported"),
        ("${a}[1]", "conditions in square brackets are not supported"),
        ("//a", "searching with “//” is not supported"),
        ("/data/@id", "attributes (“@”) are not supported"),
        ("child::a", "axes (“::”) are not supported"),
        ("${a}/b", "a way that goes on from ${a} is not supported"),
        ("instance('x')/root", "a way that goes on from instance() is not supported"),
        ("1 # 2", "at character 3 stands “#”, which means nothing in an expression"),
        ("(" * 50 + "1" + ")" * 50, "the expression is nested too deeply"),
        ("1+" * 3000 + "1", "the expression is too long"),
        ("'" + "x" * 30_000 + "'", "the expression is too long"),
    ],
)
def test_what_is_no_expression_is_named(text: str, says: str) -> None:
    with pytest.raises(ExpressionUnreadable) as refused:
        parse(text)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("uuid()", ["the function uuid() is not supported: nothing here is left to chance"]),
        ("random() + pulldata('a', 'b', 'c', 'd')", ["random()", "pulldata()"]),
        ("nonsense(1)", ["the function nonsense() is not supported"]),
        ("Selected(., 'a')", ["the function Selected() is written selected()"]),
        ("if(1, 2)", ["if() takes 3 values, not 2"]),
        ("today(1)", ["today() takes no value, not 1"]),
        ("not()", ["not() takes one value, not 0"]),
        ("substr('a')", ["substr() takes 2 to 3 values, not 1"]),
        ("concat()", ["concat() takes 1 values or more, not 0"]),
        ("count('a')", ["count() counts the answers to a question"]),
        ("position('a')", ["position() takes the way to a repeat"]),
        ("indexed-repeat('a', ${b}, 1)", ["indexed-repeat() takes a question"]),
        ("indexed-repeat(${a}, ${b}, 1, ${c})", ["indexed-repeat() takes a question"]),
        ("jr:choice-name(${a}, 'a')", ["jr:choice-name() takes an answer and the quoted question"]),
        ("regex(., '(')", ["regex(): a “(” has no “)”"]),
        (r"regex(., '(a)\1')", ["regex(): references back"]),
        ("name = 'x'", ["“name” stands alone: a question is written ${name}, a text 'name'"]),
        ("${last-saved#a}", ["answers of an earlier form are not kept"]),
    ],
)
def test_what_is_not_supported_is_named_all_at_once(text: str, says: list[str]) -> None:
    found = list(complaints(parse(text).tree))
    assert len(found) == len(says)
    assert all(part in each for part, each in zip(says, found, strict=True))


def test_a_choice_filter_may_name_columns() -> None:
    tree = parse("country = ${x} and region = 'a'").tree
    assert list(complaints(tree, columns=frozenset({"country", "region"}))) == []
    assert list(complaints(tree, columns=frozenset({"country"}))) == ["the choices have no column “region”"]


def test_what_is_left_out_on_purpose_is_not_there() -> None:
    assert not set(UNSUPPORTED) & {*FUNCTIONS, *SPECIAL}


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text).tree
    except ExpressionUnreadable:
        return
    if not list(complaints(tree, columns=frozenset())):
        text_of(evaluate(tree, Page()))


_SIGNS = [")", ",", "+", "-", "*", "div", "mod", "and", "or", "=", "!=", "<", ">=", ".", "..", "../a", "/a/b", "("]
_VALUES = [
    "${x}",
    "${blank}",
    "${born}",
    "${name}",
    "'a'",
    "''",
    "'2020-01-01'",
    "1",
    "0",
    "1e5",
    "-1",
    "9" * 23,
    "today()",
    "now()",
]
_WORD = st.sampled_from([*(f"{name}(" for name in (*FUNCTIONS, *SPECIAL)), *_SIGNS, *_VALUES])


@given(st.lists(_WORD, max_size=25))
def test_any_run_of_words_gives_a_value_or_is_refused(words: list[str]) -> None:
    try:
        tree = parse(" ".join(words)).tree
    except ExpressionUnreadable:
        return
    if not list(complaints(tree)):
        text_of(evaluate(tree, Page()))
