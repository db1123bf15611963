"""The expressions of XLSForms: from text to a typed tree.

The language is the part of XPath 1.0 that forms use, with `${name}` for a question (ODK XForms specification, section
“Bindings”, read 2026-11-22). What is understood here need not be supported: `functions.complaints` tells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

LONGEST_EXPRESSION: Final = 20_000
MOST_TOKENS: Final = 4_000
DEEPEST_NESTING: Final = 40


class ExpressionUnreadable(Exception):
    """The text is not an expression; the message says why and at which character. Caught where cells are read."""


@dataclass(frozen=True)
class Literal:
    """A text or a number that stands in the expression itself."""

    value: str | float


@dataclass(frozen=True)
class Here:
    """`.`: the answer to the question in which the expression stands."""


@dataclass(frozen=True)
class Reference:
    """`${name}`: the answer to another question, or all answers where it is asked for every row of a repeat."""

    name: str


@dataclass(frozen=True)
class Path:
    """`..`, `../name`, `/form/group/name`: a question by the way to it."""

    up: int | None
    """How many steps outwards first; None where the way begins at the form."""
    names: tuple[str, ...]


@dataclass(frozen=True)
class Name:
    """A bare name: in a choice filter a column of the choices, elsewhere nothing that could be answered."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple["Tree", ...]


@dataclass(frozen=True)
class Binary:
    """Two operands around an operator."""

    operator: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True)
class Negative:
    """A minus sign before an operand."""

    operand: "Tree"


Tree: TypeAlias = Literal | Here | Reference | Path | Name | Call | Binary | Negative


@dataclass(frozen=True)
class Expression:
    """An expression and its text. Two are equal when their texts are."""

    text: str
    tree: Tree = field(compare=False, repr=False)


def parse(text: str) -> Expression:
    """The expression of a text; ExpressionUnreadable says what is wrong and where."""
    plain = straightened(text)
    if len(plain) > LONGEST_EXPRESSION:
        raise ExpressionUnreadable("the expression is too long")
    return Expression(plain, _Parser(list(_tokens(plain))).whole())


def straightened(text: str) -> str:
    """The text with the quotes and signs that word processors bend made straight."""
    return text.translate(_BENT | {ord(sign): straight for sign, straight in _BENT_PAIRS.items()}).strip()


def nodes(tree: Tree) -> Iterator[Tree]:
    """The tree and everything in it, outermost first; without recursion, since chains of operators may be long."""
    waiting = [tree]
    while waiting:
        each = waiting.pop()
        yield each
        match each:
            case Call(_, arguments):
                waiting.extend(reversed(arguments))
            case Binary(_, left, right):
                waiting.extend((right, left))
            case Negative(operand):
                waiting.append(operand)


_BENT = str.maketrans("‘’“”\u00a0\u202f\u2212\u2013", "''\"\"  --", "")
_BENT_PAIRS = {"\u2265": ">=", "\u2264": "<=", "\u2260": "!="}
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<reference>\$\{[^{}]*\})
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))
      | (?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
      | (?P<sign>!=|<=|>=|==|&&|\|\||<>|//|\.\.|::|[=<>()+\-*,./|\[\]@&!])
    """,
    re.VERBOSE,
)
_NOT_OF_THE_LANGUAGE = {
    "==": "“==” is written “=”",
    "<>": "“<>” is written “!=”",
    "&&": "“&&” is written “and”",
    "&": "“&” is not an operator; texts are joined with concat()",
    "||": "“||” is written “or”",
    "!": "“!” is written not(…)",
    "|": "joining sets of answers with “|” is not supported",
    "//": "searching with “//” is not supported; name the question as ${name}",
    "@": "attributes (“@”) are not supported",
    "::": "axes (“::”) are not supported",
    "[": "conditions in square brackets are not supported",
}
_POWERS = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6}
_SIGN_POWER = 7
_WORDS = frozenset({"or", "and", "div", "mod"})


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    count = 0
    before: _Token | None = None
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ExpressionUnreadable(_odd_character(text, at))
        kind, at = found.lastgroup or "", found.end()
        if kind == "space":
            continue
        token = _Token(kind, found[0], found.start())
        # XPath 1.0, 3.7: after an operand, `and`, `or`, `div`, `mod` are operators; elsewhere they are names.
        if kind == "name" and _ends_operand(before) and token.text in _WORDS:
            token = _Token("sign", token.text, token.at)
        count += 1
        if count > MOST_TOKENS:
            raise ExpressionUnreadable("the expression is too long")
        yield token
        before = token
    yield _Token("end", "", len(text))


def _ends_operand(token: _Token | None) -> bool:
    return token is not None and (token.kind in ("reference", "text", "number", "name") or token.text in (")", ".", ".."))


def _odd_character(text: str, at: int) -> str:
    if text[at] in "'\"":
        return f"a text that begins at character {at + 1} has no closing quote"
    if text[at] == "$":
        return f"at character {at + 1} a name should stand as ${{name}}"
    return f"at character {at + 1} stands “{text[at]}”, which means nothing in an expression"


class _Parser:
    """By precedence: each operand, then the operators that bind at least as strongly as asked."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Tree:
        if self._now.kind == "end":
            raise ExpressionUnreadable("the expression is empty")
        tree = self._expression(0)
        if self._now.kind != "end":
            raise self._unexpected()
        return tree

    @property
    def _now(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._now
        self._at += 1
        return token

    def _sees(self, *signs: str) -> bool:
        return self._now.kind == "sign" and self._now.text in signs

    def _expect(self, sign: str) -> None:
        if not self._sees(sign):
            raise self._unexpected(missing=sign)
        self._take()

    def _unexpected(self, *, missing: str = "") -> ExpressionUnreadable:
        token = self._now
        if token.text in _NOT_OF_THE_LANGUAGE:
            return ExpressionUnreadable(f"at character {token.at + 1}: {_NOT_OF_THE_LANGUAGE[token.text]}")
        if token.kind == "name" and token.text.casefold() in _WORDS:
            return ExpressionUnreadable(f"at character {token.at + 1}: “{token.text}” is written “{token.text.casefold()}”")
        expected = f"“{missing}” is missing" if missing else "something is missing"
        if token.kind == "end":
            return ExpressionUnreadable(f"{expected} at the end")
        return ExpressionUnreadable(f"{expected} before “{token.text[:40]}” at character {token.at + 1}")

    def _expression(self, power: int) -> Tree:
        self._depth += 1
        if self._depth > DEEPEST_NESTING:
            raise ExpressionUnreadable("the expression is nested too deeply")
        left = self._operand()
        while self._now.kind == "sign" and _POWERS.get(self._now.text, 0) > power:
            operator = self._take().text
            left = Binary(operator, left, self._expression(_POWERS[operator]))
        self._depth -= 1
        return left

    def _operand(self) -> Tree:
        token = self._now
        match token.kind:
            case "text":
                return Literal(self._take().text[1:-1])
            case "number":
                return Literal(float(self._take().text))
            case "reference":
                return self._reference()
            case "name":
                return self._named()
        if self._sees("-"):
            self._take()
            return Negative(self._expression(_SIGN_POWER))
        if self._sees("("):
            self._take()
            inner = self._expression(0)
            self._expect(")")
            return inner
        if self._sees(".", "..", "/"):
            return self._path()
        raise self._unexpected()

    def _reference(self) -> Tree:
        token = self._take()
        name = token.text[2:-1].strip()
        if not name:
            raise ExpressionUnreadable(f"at character {token.at + 1} stands ${{}} without a name")
        if self._sees("/"):
            raise ExpressionUnreadable(f"a way that goes on from ${{{name}}} is not supported")
        return Reference(name)

    def _named(self) -> Tree:
        token = self._take()
        if self._sees("("):
            call = Call(token.text, self._arguments())
            if self._sees("/", "["):
                raise ExpressionUnreadable(
                    f"a way that goes on from {token.text}() is not supported; tables beside the form are not read"
                )
            return call
        if self._sees("/"):
            raise ExpressionUnreadable(f"the way “{token.text}/…” is not supported; name the question as ${{name}}")
        return Name(token.text)

    def _arguments(self) -> tuple[Tree, ...]:
        self._expect("(")
        if self._sees(")"):
            self._take()
            return ()
        arguments = [self._expression(0)]
        while self._sees(","):
            self._take()
            arguments.append(self._expression(0))
        self._expect(")")
        return tuple(arguments)

    def _path(self) -> Tree:
        first = self._take().text
        up: int | None = None if first == "/" else int(first == "..")
        names: list[str] = []
        if first == "/":
            names.append(self._step_name())
        while self._sees("/"):
            self._take()
            if self._sees("..") and up is not None and not names:
                self._take()
                up += 1
            elif not self._sees("."):
                names.append(self._step_name())
            else:
                self._take()
        return Here() if up == 0 and not names else Path(up, tuple(names))

    def _step_name(self) -> str:
        if self._now.kind == "reference":
            raise ExpressionUnreadable("a way with ${name} in it is not supported; write ${name} alone")
        if self._now.kind != "name":
            raise self._unexpected()
        return self._take().text
