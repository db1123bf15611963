"""What only the whole form shows: names that lead nowhere, lists that are not there, values that wait for each other."""

from collections.abc import Iterator, Mapping, Sequence

from safeconduct.core.xlsforms.choices import ChoiceLists
from safeconduct.core.xlsforms.columns import Row
from safeconduct.core.xlsforms.evaluator import question_of_choice_name
from safeconduct.core.xlsforms.expressions import Call, Path, Reference, Tree, nodes
from safeconduct.core.xlsforms.form import Group, Kind, Question
from safeconduct.core.xlsforms.problems import Problem
from safeconduct.core.xlsforms.structure import Entry, Structure
from safeconduct.core.xlsforms.survey import OTHER, Use


class Checker:
    """Looks at one form that has been read; each method yields problems."""

    def __init__(self, structure: Structure, rows: Mapping[str, Row], lists: ChoiceLists) -> None:
        self._structure = structure
        self._rows = rows
        self._lists = lists
        self._by_key = {entry.key: entry for entry in structure.entries}

    def problems(self, uses: Sequence[Use]) -> Iterator[Problem]:
        """Everything that is wrong."""
        for use in uses:
            yield from self._use(use)
        for entry in self._structure.entries:
            if isinstance(entry.item, Question) and entry.item.kind.chooses:
                yield from self._choices(entry.item, self._rows[entry.key])
            if isinstance(entry.item, Group) and not entry.item.items:
                word = "repeat" if entry.item.repeats else "group"
                yield self._rows[entry.key].problem("type", f"the {word} “{entry.item.name}” is empty")
        yield from self._circles()

    def _use(self, use: Use) -> Iterator[Problem]:
        for name in use.names:
            for what in self._name(name):
                yield use.row.problem(use.meaning, what, language=use.language)
        if use.expression is not None and use.item in self._by_key:
            for each in nodes(use.expression.tree):
                for what in self._node(each, self._by_key[use.item]):
                    yield use.row.problem(use.meaning, what)

    def _name(self, name: str) -> Iterator[str]:
        if "#" in name:
            yield f"${{{name}}}: answers of an earlier form are not kept"
            return
        found = self._structure.named(name)
        if not found:
            yield f"there is no question ${{{name}}}"
        elif len(found) > 1:
            yield f"several questions are called ${{{name}}}, so it cannot be told which is meant"

    def _node(self, node: Tree, entry: Entry) -> Iterator[str]:
        match node:
            case Reference(name) if "#" not in name:
                yield from self._name(name)
            case Path() if self._structure.found(node, entry) is None and not _is_the_form(node, entry):
                yield f"the way “{_written(node)}” leads to no question"
            case Call("jr:choice-name", arguments) if len(arguments) == 2:
                yield from self._choice_name(question_of_choice_name(arguments[1]))
            case Call("indexed-repeat", arguments):
                for way in arguments[1::2]:
                    if isinstance(way, Reference | Path) and not self._is_repeat(way, entry):
                        yield f"indexed-repeat(): {_written(way)} is not a repeat"

    def _choice_name(self, name: str | None) -> Iterator[str]:
        found = self._structure.named(name) if name is not None else ()
        if name is not None and not found:
            yield f"there is no question ${{{name}}}"
        for entry in found[:1]:
            if not isinstance(entry.item, Question) or not entry.item.kind.chooses:
                yield f"jr:choice-name(): ${{{name}}} is not answered from a list"

    def _is_repeat(self, way: Reference | Path, entry: Entry) -> bool:
        found = self._structure.found(way, entry)
        # A name that leads nowhere is told as that.
        return found is None or (isinstance(found.item, Group) and found.item.repeats)

    def _choices(self, question: Question, row: Row) -> Iterator[Problem]:
        # Where the names of the choices come from an earlier answer, they are the rows of a repeat.
        listed = self._lists.lists.get(question.choices)
        if listed is None:
            yield row.problem("type", f"there is no list of choices “{question.choices}”")
            return
        if question.kind is not Kind.SELECT_ONE:
            for each in listed:
                if " " in each.choice.name:
                    what = f"the name “{each.choice.name}” has a space, but several of its list can be chosen"
                    yield each.row.problem("name", what)
        if question.default and question.kind is Kind.SELECT_ONE and question.default not in _names(self._lists, question):
            yield row.problem("default", f"the list “{question.choices}” has no choice “{question.default}”")

    def _circles(self) -> Iterator[Problem]:
        circle = self._structure.order[1]
        names = ", ".join(f"${{{entry.item.name}}}" for entry in circle[:5])
        for entry in circle:
            row = self._rows[entry.key]
            meaning = "calculation" if isinstance(entry.item, Question) and entry.item.calculation else "relevant"
            yield row.problem(meaning, f"the values of {names} wait for each other in a circle")


def _names(lists: ChoiceLists, question: Question) -> frozenset[str]:
    return frozenset({OTHER, *(each.choice.name for each in lists.lists.get(question.choices, ()))})


def _is_the_form(way: Path, entry: Entry) -> bool:
    """Whether the way leads to the form as a whole, which position(..) may ask about."""
    return not way.names and (way.up or 0) == len(entry.path)


def _written(way: Reference | Path) -> str:
    if isinstance(way, Reference):
        return f"${{{way.name}}}"
    steps = [".."] * (way.up or 0) + list(way.names)
    return ("/" if way.up is None else "") + "/".join(steps)
