"""The survey sheet: rows into questions, groups and repeats, with the cell of everything that is checked later."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from safeconduct.core.questionnaires import Sealed
from safeconduct.core.xlsforms.columns import Headings, Row
from safeconduct.core.xlsforms.complaints import UNSUPPORTED, complaints
from safeconduct.core.xlsforms.evaluator import SPECIAL
from safeconduct.core.xlsforms.expressions import Call, Expression, ExpressionUnreadable, nodes, parse
from safeconduct.core.xlsforms.form import Group, Item, Kind, Question, Texts
from safeconduct.core.xlsforms.functions import FUNCTIONS
from safeconduct.core.xlsforms.problems import Problem
from safeconduct.core.xlsforms.types import Asks, Bound, TypeUnknown, read_type

DEEPEST_GROUPS: Final = 12
MOST_QUESTIONS: Final = 5_000

_SEALS = tuple(section.value for section in Sealed)
_NAME = re.compile(r"[^\W\d][\w.-]{0,254}")
_YES = frozenset({"yes", "true", "true()", "1", "y"})
_NO = frozenset({"no", "false", "false()", "0", "n"})
_CALLED = frozenset({*FUNCTIONS, *SPECIAL, *UNSUPPORTED})
_ALWAYS, _NEVER = parse("true()"), parse("false()")
OTHER: Final = "other"
OTHER_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "fr": ("Autre", "Précisez."),
    "ru": ("Другое", "Уточните."),
}


@dataclass(frozen=True)
class Use:
    """An expression or a text with references, and the cell in which it stands."""

    item: str
    """The path of the item whose row it is."""
    row: Row
    meaning: str
    expression: Expression | None = None
    names: tuple[str, ...] = ()
    """References inside a text."""
    language: str = ""


@dataclass
class _Open:
    """A group whose end has not come yet."""

    row: Row
    name: str
    repeats: bool
    items: list[Item] = field(default_factory=list)


class SurveyReader:
    """Reads the rows one after another; `problems`, `notices` and `uses` grow while it does."""

    def __init__(self, headings: Headings, columns: frozenset[str], problems: list[Problem], notices: list[Problem]) -> None:
        self._headings = headings
        self._columns = columns
        self._problems = problems
        self._notices = notices
        self._open: list[_Open] = []
        self.items: list[Item] = []
        self.rows: dict[str, Row] = {}
        """The row of each item by its path."""
        self.uses: list[Use] = []
        self.others: set[str] = set()
        """Lists to which “other” is added."""

    def read(self) -> tuple[Item, ...]:
        """The items of the sheet; what is wrong is among the problems."""
        for row in self._headings.rows():
            if _is_yes(row.text("disabled")) or row.text("type").startswith("#"):
                continue
            if not row.text("type"):
                self._without_type(row)
            else:
                self._row(row)
            if len(self.rows) > MOST_QUESTIONS:
                self._problems.append(row.problem("type", f"more than {MOST_QUESTIONS} rows of questions"))
                break
        for each in reversed(self._open):
            word = "repeat" if each.repeats else "group"
            self._problems.append(each.row.problem("type", f"the {word} “{each.name}” begins here and has no end"))
            self._close()
        return tuple(self.items)

    def _without_type(self, row: Row) -> None:
        if row.text("name") and row.texts("label"):
            self._problems.append(row.problem("type", "this row has a name and a label, but no type"))

    def _row(self, row: Row) -> None:
        try:
            read = read_type(row.text("type"))
        except TypeUnknown as unknown:
            self._problems.append(row.problem("type", str(unknown)))
            # The name is known all the same, so that references to it are not called wrong as well.
            if row.text("name"):
                self._add(row, Question(row.text("name"), Kind.TEXT))
            return
        if isinstance(read, Asks):
            self._question(row, read)
        elif read.begins:
            self._begin(row, read)
        else:
            self._end(row, read)

    def _begin(self, row: Row, bound: Bound) -> None:
        name = self._name(row, f"group_{row.row + 1}")
        if len(self._open) >= DEEPEST_GROUPS:
            self._problems.append(row.problem("type", f"groups stand inside one another more than {DEEPEST_GROUPS} deep"))
        self._register(row, name)
        self._open.append(_Open(row, name, bound.repeats))

    def _end(self, row: Row, bound: Bound) -> None:
        if not self._open:
            self._problems.append(row.problem("type", "this ends something that has not begun"))
            return
        last = self._open[-1]
        if last.repeats is not bound.repeats:
            word = "repeat" if last.repeats else "group"
            self._problems.append(
                row.problem("type", f"this ends another kind than the {word} that began in row {last.row.row + 1}")
            )
        self._close()

    def _close(self) -> None:
        # Read while the group is still open: its own path is the one of its uses.
        last = self._open[-1]
        path = ".".join(each.name for each in self._open)
        made = Group(
            name=last.name,
            items=tuple(last.items),
            label=self._texts(last.row, "label", path),
            hint=self._texts(last.row, "hint", path),
            relevant=self._expression(last.row, "relevant", path),
            appearance=last.row.text("appearance"),
            repeats=last.repeats,
            count=self._expression(last.row, "repeat_count", path) if last.repeats else None,
        )
        self._open.pop()
        self._siblings.append(made)

    def _question(self, row: Row, asks: Asks) -> None:
        name = self._name(row, f"note_{row.row + 1}" if asks.kind is Kind.NOTE else "")
        path = self._register(row, name)
        made = self._made(row, name, path, asks)
        if re.search(r"\bsearch\s*\(", made.appearance):
            self._problems.append(row.problem("appearance", "choices from another file, search(), are not supported"))
        self._siblings.append(made)
        self._notice(row, made)
        if asks.or_other:
            self.others.add(asks.choices)
            self._specify_other(row, made)

    def _made(self, row: Row, name: str, path: str, asks: Asks) -> Question:
        calculation = self._expression(row, "calculation", path)
        default, first_value = self._default(row, path)
        if (
            asks.kind is Kind.CALCULATE
            and calculation is None
            and not row.text("calculation")
            and not default
            and not first_value
        ):
            self._problems.append(row.problem("calculation", "a calculate row needs a calculation"))
        label, hint = self._texts(row, "label", path), self._texts(row, "hint", path)
        return Question(
            name=name,
            kind=asks.kind,
            # A question without words (a picture alone, say) is shown by its name.
            label=label or ({"": name} if asks.kind.is_shown and not hint else {}),
            hint=hint,
            choices=asks.choices,
            relevant=self._expression(row, "relevant", path),
            required=self._expression(row, "required", path),
            required_message=self._texts(row, "required_message", path),
            constraint=self._expression(row, "constraint", path) or (parse(asks.constraint) if asks.constraint else None),
            constraint_message=self._texts(row, "constraint_message", path),
            calculation=calculation,
            default=default,
            first_value=first_value,
            read_only=self._expression(row, "read_only", path),
            choice_filter=self._expression(row, "choice_filter", path),
            trigger=self._trigger(row, path),
            appearance=row.text("appearance"),
            parameters=self._parameters(row, asks.kind),
            seals=self._seals(row),
        )

    def _specify_other(self, row: Row, asked: Question) -> None:
        """A text beside a select with “other”, asked when that is chosen."""
        name = f"{asked.name}_other"
        label = {language: OTHER_TEXTS.get(language, ("", "Specify other."))[1] for language in asked.label} or {
            "": "Specify other."
        }
        path = self._register(row, name)
        relevant = parse(f"selected(${{{asked.name}}}, '{OTHER}')")
        self.uses.append(Use(path, row, "type", relevant))
        self._siblings.append(Question(name, Kind.TEXT, label=label, relevant=relevant))

    def _notice(self, row: Row, made: Question) -> None:
        if made.kind is Kind.WITHHELD:
            self._notices.append(row.problem("type", "nothing is read from a person's device; this stays blank"))
        if made.appearance.startswith("ex:") or " ex:" in made.appearance:
            self._notices.append(row.problem("appearance", "no other program is started; the answer is typed"))
        for meaning in ("image", "audio", "video"):
            if row.texts(meaning):
                self._notices.append(row.problem(meaning, "pictures and sounds of questions are not shown"))
        if made.trigger:
            self._notices.append(
                row.problem("trigger", "calculated whenever that question has an answer, not only when it changes")
            )
        if "randomize" in made.parameters:
            self._notices.append(row.problem("parameters", "choices are always shown in their order"))

    @property
    def _siblings(self) -> list[Item]:
        return self._open[-1].items if self._open else self.items

    def _add(self, row: Row, item: Item) -> None:
        self._register(row, item.name)
        self._siblings.append(item)

    def _name(self, row: Row, otherwise: str) -> str:
        name = row.text("name") or otherwise
        if not name:
            self._problems.append(row.problem("name", "this question has no name"))
            return f"unnamed_{row.row + 1}"
        if not _NAME.fullmatch(name):
            what = "a name begins with a letter or “_” and goes on with letters, digits, “_”, “-” and “.”"
            self._problems.append(row.problem("name", what))
        return name

    def _register(self, row: Row, name: str) -> str:
        path = ".".join([*(each.name for each in self._open), name])
        if path in self.rows:
            first = self.rows[path].row + 1
            self._problems.append(row.problem("name", f"the name “{name}” stands twice in the same group, first in row {first}"))
        self.rows.setdefault(path, row)
        return path

    def _texts(self, row: Row, meaning: str, path: str) -> Texts:
        texts = row.texts(meaning)
        for language, text in texts.items():
            names = tuple(re.findall(r"\$\{\s*([^{}]*?)\s*\}", text))
            if names:
                self.uses.append(Use(path, row, meaning, names=names, language=language))
        return texts

    def _trigger(self, row: Row, path: str) -> str:
        names = tuple(re.findall(r"\$\{\s*([^{}]*?)\s*\}", row.text("trigger")))
        if row.text("trigger") and not names:
            self._problems.append(row.problem("trigger", "a trigger names a question as ${name}"))
        if names:
            self.uses.append(Use(path, row, "trigger", names=names))
        return names[0] if names else ""

    def _expression(self, row: Row, meaning: str, path: str) -> Expression | None:
        text = row.text(meaning)
        if not text:
            return None
        if text.casefold() in _YES | _NO and meaning in ("required", "read_only", "relevant", "constraint"):
            # “required: no” says as much as a blank cell.
            is_default = (text.casefold() in _NO) == (meaning in ("required", "read_only"))
            return None if is_default else _ALWAYS if text.casefold() in _YES else _NEVER
        columns = self._columns if meaning == "choice_filter" else None
        return self._parsed(row, meaning, text, path, columns)

    def _parsed(self, row: Row, meaning: str, text: str, path: str, columns: frozenset[str] | None) -> Expression | None:
        try:
            read = parse(text)
        except ExpressionUnreadable as unreadable:
            self._problems.append(row.problem(meaning, str(unreadable)))
            return None
        self._problems.extend(row.problem(meaning, what) for what in complaints(read.tree, columns=columns))
        self.uses.append(Use(path, row, meaning, read))
        return read

    def _seals(self, row: Row) -> str:
        named = row.text("seals").casefold()
        if named and named not in _SEALS:
            self._problems.append(
                row.problem("seals", f"there is no sealed section “{named}”; the sections are: {', '.join(_SEALS)}")
            )
        return named

    def _default(self, row: Row, path: str) -> tuple[str, Expression | None]:
        text = row.text("default")
        if not any(True for _ in _calls(text)) and "${" not in text:
            return text, None
        return "", self._parsed(row, "default", text, path, None)

    def _parameters(self, row: Row, kind: Kind) -> Mapping[str, str]:
        found = dict(re.findall(r"([\w-]+)\s*=\s*([^\s,;]+)", row.text("parameters")))
        if kind is Kind.RANGE:
            for key in ("start", "end", "step"):
                if key in found and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", found[key]):
                    self._problems.append(row.problem("parameters", f"{key} is not a number"))
        return found


def _calls(text: str) -> Iterator[Call]:
    """The functions that a default calls, if it reads as an expression at all."""
    try:
        for each in nodes(parse(text).tree):
            if isinstance(each, Call) and each.function in _CALLED:
                yield each
    except ExpressionUnreadable:
        return


def _is_yes(text: str) -> bool:
    return text.casefold() in _YES
