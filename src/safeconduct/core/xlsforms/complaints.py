"""What in an expression cannot be supported or makes no sense, all of it at once."""

from collections.abc import Iterator
from typing import Final

from safeconduct.core.xlsforms.evaluator import SPECIAL, question_of_choice_name
from safeconduct.core.xlsforms.expressions import Call, Literal, Name, Path, Reference, Tree, nodes
from safeconduct.core.xlsforms.functions import FUNCTIONS
from safeconduct.core.xlsforms.patterns import PatternRefused, require_pattern

UNSUPPORTED: Final = {
    "random": "nothing here is left to chance, so that answers can be read again the same way",
    "uuid": "nothing here is left to chance, so that answers can be read again the same way",
    "randomize": "nothing here is left to chance, so that answers can be read again the same way",
    "pulldata": "tables beside the form are not supported",
    "instance": "tables beside the form are not supported",
    "property": "nothing is read from the person's device",
    "jr:itext": "texts are found by their column",
    "digest": "nothing is hashed in forms",
    "area": "areas and distances are not computed",
    "distance": "areas and distances are not computed",
}
"""Functions of ODK that are left out on purpose, and why."""


def complaints(tree: Tree, *, columns: frozenset[str] | None = None) -> Iterator[str]:
    """One sentence for each thing; `columns` are those of the choices where the expression filters them."""
    for each in nodes(tree):
        match each:
            case Call():
                yield from _call(each)
            case Name(name):
                yield from _name(name, columns)
            case Reference(name) if "#" in name:
                yield f"${{{name}}}: answers of an earlier form are not kept"


def _name(name: str, columns: frozenset[str] | None) -> Iterator[str]:
    if columns is None:
        yield f"“{name}” stands alone: a question is written ${{{name}}}, a text '{name}'"
    elif name not in columns:
        yield f"the choices have no column “{name}”"


def _call(call: Call) -> Iterator[str]:
    name, count = call.function, len(call.arguments)
    if name in SPECIAL:
        least, most = SPECIAL[name]
    elif name in FUNCTIONS:
        least, most = FUNCTIONS[name].least, FUNCTIONS[name].most
    else:
        yield _unknown(name)
        return
    if not least <= count <= most:
        yield f"{name}() takes {_amount(least, most)}, not {count}"
        return
    yield from _arguments(call)


def _unknown(name: str) -> str:
    lower = name.lower()
    if lower in FUNCTIONS or lower in SPECIAL:
        return f"the function {name}() is written {lower}()"
    reason = UNSUPPORTED.get(name)
    return f"the function {name}() is not supported{': ' + reason if reason else ''}"


def _amount(least: int, most: int) -> str:
    if least == most:
        return {0: "no value", 1: "one value"}.get(least, f"{least} values")
    return f"{least} values or more" if most >= 100 else f"{least} to {most} values"


def _arguments(call: Call) -> Iterator[str]:
    match call.function:
        case "count" | "count-non-empty":
            if not isinstance(call.arguments[0], Reference | Path):
                yield f"{call.function}() counts the answers to a question: {call.function}(${{name}})"
        case "indexed-repeat":
            if len(call.arguments) % 2 == 0 or not all(isinstance(way, Reference | Path) for way in _ways(call)):
                yield "indexed-repeat() takes a question, then each repeat with its row: indexed-repeat(${name}, ${repeat}, 1)"
        case "position":
            if call.arguments and not isinstance(call.arguments[0], Path | Reference):
                yield "position() takes the way to a repeat: position(..)"
        case "jr:choice-name":
            if question_of_choice_name(call.arguments[1]) is None:
                yield "jr:choice-name() takes an answer and the quoted question: jr:choice-name(${name}, '${name}')"
        case "regex":
            yield from _pattern(call.arguments[1])


def _ways(call: Call) -> tuple[Tree, ...]:
    return (call.arguments[0], *call.arguments[1::2])


def _pattern(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Literal) and isinstance(tree.value, str):
        try:
            require_pattern(tree.value)
        except PatternRefused as refused:
            yield f"regex(): {refused}"
