"""What an expression gives, in its surroundings."""

import datetime
import math
from typing import Final, Protocol

from safeconduct.core.xlsforms.coercions import (
    NOT_A_NUMBER,
    Nodes,
    Scalar,
    Value,
    differ,
    equal,
    number_of,
    ordered,
    scalar,
    text_of,
    truth_of,
)
from safeconduct.core.xlsforms.expressions import Binary, Call, Here, Literal, Name, Negative, Path, Reference, Tree
from safeconduct.core.xlsforms.functions import FUNCTIONS, Function


class Surroundings(Protocol):
    """What an expression sees from where it stands."""

    @property
    def now(self) -> datetime.datetime | None:
        """The moment for `now()` and `today()`, aware, in the time zone of the person; None gives blank ones."""

    def here(self) -> Scalar:
        """The answer to the question in which it stands."""

    def reached(self, way: Reference | Path) -> Nodes:
        """The answers to another question."""

    def column(self, name: str) -> str:
        """A column of the choice that is being filtered."""

    def position(self, way: Tree | None) -> int:
        """In which row of its repeat the question stands, counted from 1."""

    def indexed(self, way: Reference | Path, rows: tuple[tuple[Tree, int], ...]) -> Scalar:
        """The answer in given rows of repeats, counted from 1."""

    def choice_label(self, value: str, question: str) -> str:
        """The label of a choice of a question, in the language of the page."""


# Functions that look beyond their arguments, or do not look at all of them: how few and how many they take.
SPECIAL: Final = {
    "if": (3, 3),
    "coalesce": (2, 100),
    "once": (1, 1),
    "today": (0, 0),
    "now": (0, 0),
    "position": (0, 1),
    "indexed-repeat": (3, 7),
    "jr:choice-name": (2, 2),
}


def evaluate(tree: Tree, around: Surroundings) -> Value:
    """The value of a tree that `complaints` has nothing against. Never raises for any answers."""
    match tree:
        case Literal(value):
            return value
        case Here():
            return around.here()
        case Reference() | Path():
            return around.reached(tree)
        case Name(name):
            return around.column(name)
        case Negative(operand):
            return -number_of(evaluate(operand, around))
        case Binary():
            return _chain(tree, around)
        case Call(function, arguments):
            return _call(function, arguments, around)


def _chain(tree: Binary, around: Surroundings) -> Value:
    # Chains of one hundred sums lean to the left; they are walked, so that their length is not limited by the stack.
    spine: list[Binary] = []
    left: Tree = tree
    while isinstance(left, Binary):
        spine.append(left)
        left = left.left
    value = evaluate(left, around)
    for each in reversed(spine):
        value = _joined(each, value, around)
    return value


def _joined(tree: Binary, left: Value, around: Surroundings) -> Value:
    if tree.operator == "or":
        return truth_of(left) or truth_of(evaluate(tree.right, around))
    if tree.operator == "and":
        return truth_of(left) and truth_of(evaluate(tree.right, around))
    right = evaluate(tree.right, around)
    match tree.operator:
        case "=":
            return equal(left, right)
        case "!=":
            return differ(left, right)
        case "<" | "<=" | ">" | ">=":
            return ordered(left, right, tree.operator)
        case _:
            return _arithmetic(tree.operator, number_of(left), number_of(right))


def _arithmetic(operator: str, left: float, right: float) -> float:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "div":
            return _quotient(left, right)
        case _:
            # XPath 1.0, 3.5: the remainder has the sign of the dividend.
            return NOT_A_NUMBER if right == 0 or math.isnan(left) or math.isinf(left) else math.fmod(left, right)


def _quotient(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return NOT_A_NUMBER
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _call(name: str, arguments: tuple[Tree, ...], around: Surroundings) -> Value:
    found: Function | None = FUNCTIONS.get(name)
    if found is not None:
        return found.give([evaluate(each, around) for each in arguments])
    match name:
        case "if":
            return evaluate(arguments[1] if truth_of(evaluate(arguments[0], around)) else arguments[2], around)
        case "coalesce":
            return _first_filled(arguments, around)
        case "once":
            return around.here() if around.here() != "" else scalar(evaluate(arguments[0], around))
        case "today":
            return around.now.date() if around.now else ""
        case "now":
            return around.now or ""
        case "position":
            return float(around.position(arguments[0] if arguments else None))
        case "indexed-repeat":
            return _indexed(arguments, around)
        case _:
            return _choice_label(arguments, around)


def _first_filled(arguments: tuple[Tree, ...], around: Surroundings) -> Value:
    for each in arguments:
        found = scalar(evaluate(each, around))
        if found != "":
            return found
    return ""


def _indexed(arguments: tuple[Tree, ...], around: Surroundings) -> Value:
    way, *rest = arguments
    assert isinstance(way, Reference | Path), "complaints() has looked at the first argument"
    rows = []
    for repeat, index in zip(rest[::2], rest[1::2], strict=True):
        number = number_of(evaluate(index, around))
        rows.append((repeat, int(number) if abs(number) < 1e9 else 0))
    return around.indexed(way, tuple(rows))


def _choice_label(arguments: tuple[Tree, ...], around: Surroundings) -> str:
    question = question_of_choice_name(arguments[1])
    assert question is not None, "complaints() has looked at the second argument"
    chosen = text_of(evaluate(arguments[0], around)).split()
    return ", ".join(around.choice_label(each, question) for each in chosen)


def question_of_choice_name(tree: Tree) -> str | None:
    """The question that the second argument of jr:choice-name names: `'${name}'`, quoted, or the reference itself."""
    if isinstance(tree, Reference):
        return tree.name
    if isinstance(tree, Literal) and isinstance(tree.value, str):
        text = tree.value.strip()
        if text.startswith("${") and text.endswith("}"):
            return text[2:-1].strip()
    return None
