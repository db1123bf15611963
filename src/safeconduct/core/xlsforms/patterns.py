"""Regular expressions of forms, matched in time that grows with pattern and text and never explodes.

A pattern comes from a form's author, the text from a stranger. Matchers that try one way after another can be made to
take longer than anybody waits by a few dozen characters; here all ways are followed at once (K. Thompson, 1968; R. Cox,
“Regular Expression Matching Can Be Simple And Fast”, 2007). References back and looking around need more than that and
are refused.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

LONGEST_PATTERN: Final = 2_000
LONGEST_TEXT: Final = 1_000
"""Characters of an answer that are looked at; a longer one does not match."""
MOST_STEPS: Final = 2_000
DEEPEST_GROUPS: Final = 30

Test: TypeAlias = Callable[[str], bool]


class PatternRefused(Exception):
    """The text is not a regular expression that is supported; the message says why."""


@dataclass(frozen=True)
class _Letter:
    """Take one character that passes the test, and go on."""

    test: Test


@dataclass(frozen=True)
class _Fork:
    """Go on at both places; at one where they are the same."""

    one: int
    other: int


@dataclass(frozen=True)
class _Edge:
    """Go on only at the start (`^`), at the end (`$`), or at the edge of a word (`b`) or not at one (`B`)."""

    kind: str


_Step: TypeAlias = _Letter | _Fork | _Edge


@lru_cache(maxsize=500)
def _steps(pattern: str) -> tuple[_Step, ...]:
    if len(pattern) > LONGEST_PATTERN:
        raise PatternRefused("the pattern is too long")
    return tuple(_Reader(pattern).whole())


def require_pattern(pattern: str) -> None:
    """PatternRefused unless the pattern is a regular expression that is supported."""
    _steps(pattern)


def matches(text: str, pattern: str) -> bool:
    """Whether the pattern matches the whole text, as in ODK Collect; false for a pattern that is refused."""
    if len(text) > LONGEST_TEXT:
        return False
    try:
        steps = _steps(pattern)
    except PatternRefused:
        return False
    places = _reached(steps, [0], text, 0)
    for at, letter in enumerate(text):
        taken = [place + 1 for place in places if place < len(steps) and _takes(steps[place], letter)]
        if not taken:
            return False
        places = _reached(steps, taken, text, at + 1)
    return len(steps) in places


def _takes(step: _Step, letter: str) -> bool:
    return isinstance(step, _Letter) and step.test(letter)


def _reached(steps: Sequence[_Step], places: Sequence[int], text: str, at: int) -> set[int]:
    """Every place that can be reached without taking a character."""
    seen: set[int] = set()
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        step = steps[place] if place < len(steps) else None
        if isinstance(step, _Fork):
            waiting.extend((step.one, step.other))
        elif isinstance(step, _Edge) and _holds(step.kind, text, at):
            waiting.append(place + 1)
    return seen


def _holds(kind: str, text: str, at: int) -> bool:
    if kind in "^$":
        return at == (0 if kind == "^" else len(text))
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    return (_is_word(before) != _is_word(after)) == (kind == "b")


def _is_word(letter: str) -> bool:
    return bool(letter) and (letter == "_" or (letter.isascii() and letter.isalnum()))


# As in Java, where ODK Collect runs: these are ASCII; \p{…} is for everything else.
_CLASSES: Final[dict[str, Test]] = {
    "d": lambda letter: letter in "0123456789",
    "w": _is_word,
    "s": lambda letter: letter in " \t\n\r\f\v",
}
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_NAMED: Final[dict[str, Test]] = {
    "Alpha": lambda letter: letter.isascii() and letter.isalpha(),
    "Digit": _CLASSES["d"],
    "Alnum": lambda letter: letter.isascii() and letter.isalnum(),
    "Upper": lambda letter: letter.isascii() and letter.isupper(),
    "Lower": lambda letter: letter.isascii() and letter.islower(),
    "Punct": lambda letter: letter.isascii() and letter.isprintable() and not letter.isalnum() and letter != " ",
    "Space": _CLASSES["s"],
    "IsAlphabetic": str.isalpha,
    "IsDigit": str.isdecimal,
}
# Unicode's letters, marks, numbers, punctuation, symbols and separators, whole or by their kinds.
_CATEGORIES: Final = frozenset(
    family + kind
    for family, kinds in (("L", "ultmo"), ("M", "nce"), ("N", "dlo"), ("P", "cdseifo"), ("S", "mcko"), ("Z", "slp"))
    for kind in ("", *kinds)
)


class _Reader:
    """Reads a pattern into steps; places inside a piece are counted from its own beginning."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0

    def whole(self) -> list[_Step]:
        steps = self._either()
        if self._at < len(self._pattern):
            raise PatternRefused("a “)” has no “(”")
        return steps

    def _next(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _take(self) -> str:
        letter = self._next()
        if not letter:
            raise PatternRefused("the pattern ends in the middle")
        self._at += 1
        return letter

    def _takes(self, text: str) -> bool:
        if not self._pattern.startswith(text, self._at):
            return False
        self._at += len(text)
        return True

    def _either(self) -> list[_Step]:
        steps = self._run()
        while self._takes("|"):
            other = self._run()
            # Fork to the one or over it to the other; the one ends by jumping over the other.
            end = len(steps) + len(other) + 2
            jump = _Fork(end, end)
            steps = [_Fork(1, len(steps) + 2), *_moved(steps, 1), jump, *_moved(other, len(steps) + 2)]
            _require_short(steps)
        return steps

    def _run(self) -> list[_Step]:
        steps: list[_Step] = []
        while self._next() and self._next() not in "|)":
            piece = self._repeated(self._piece())
            steps.extend(_moved(piece, len(steps)))
            _require_short(steps)
        return steps

    def _piece(self) -> list[_Step]:
        letter = self._take()
        match letter:
            case "(":
                return self._group()
            case "[":
                return [_Letter(self._set())]
            case "\\":
                return self._escaped()
            case "^" | "$":
                return [_Edge(letter)]
            case ".":
                return [_Letter(lambda each: each != "\n")]
            case "*" | "+" | "?":
                raise PatternRefused(f"there is nothing before “{letter}” to repeat")
            case _:
                return [_Letter(letter.__eq__)]

    def _group(self) -> list[_Step]:
        if self._next() == "?" and not self._takes("?:"):
            raise PatternRefused("looking around, flags and named groups, “(?…)”, are not supported")
        self._depth += 1
        if self._depth > DEEPEST_GROUPS:
            raise PatternRefused("the pattern is nested too deeply")
        steps = self._either()
        if not self._takes(")"):
            raise PatternRefused("a “(” has no “)”")
        self._depth -= 1
        return steps

    def _escaped(self) -> list[_Step]:
        if self._next() in ("b", "B"):
            return [_Edge(self._take())]
        if self._next().isdigit() and self._next() != "0":
            raise PatternRefused("references back into the pattern are not supported")
        return [_Letter(self._class())]

    def _class(self) -> Test:
        """The test of what follows a backslash."""
        letter = self._take()
        if letter.lower() in _CLASSES:
            test = _CLASSES[letter.lower()]
            return test if letter.islower() else lambda each: not test(each)
        if letter in "pP":
            found = self._property()
            return found if letter == "p" else lambda each: not found(each)
        if letter in "xu":
            return self._coded(2 if letter == "x" else 4).__eq__
        if letter.isascii() and letter.isalnum() and letter not in _ESCAPES:
            raise PatternRefused(f"“\\{letter}” is not supported")
        return _ESCAPES.get(letter, letter).__eq__

    def _coded(self, digits: int) -> str:
        try:
            code = int(self._pattern[self._at : self._at + digits], 16)
        except ValueError:
            raise PatternRefused("a character code is not hexadecimal") from None
        self._at += digits
        return chr(code)

    def _property(self) -> Test:
        if self._takes("{"):
            name, closed, _ = self._pattern[self._at :].partition("}")
            if not closed:
                raise PatternRefused("the pattern ends in the middle")
            self._at += len(name) + 1
        else:
            name = self._take()
        if name in _NAMED:
            return _NAMED[name]
        category = name.removeprefix("Is")
        if category not in _CATEGORIES:
            raise PatternRefused(f"“\\p{{{name[:20]}}}” is not supported")
        return lambda each: unicodedata.category(each).startswith(category)

    def _set(self) -> Test:
        is_negated = self._takes("^")
        tests: list[Test] = []
        while not tests or self._next() != "]":
            tests.append(self._member())
        self._take()
        return lambda each: any(test(each) for test in tests) != is_negated

    def _member(self) -> Test:
        letter = self._take()
        if letter in ("[", "&") and self._next() in (":", "&"):
            raise PatternRefused("sets inside sets are not supported")
        if letter == "\\":
            if self._next() in "dDwWsSpP":
                return self._class()
            letter = self._single()
        if self._next() != "-" or self._pattern[self._at + 1 : self._at + 2] in ("]", ""):
            return letter.__eq__
        self._take()
        last = self._take()
        last = self._single() if last == "\\" else last
        if last < letter:
            raise PatternRefused(f"the range “{letter}-{last}” runs backwards")
        return lambda each: letter <= each <= last

    def _single(self) -> str:
        """The one character of an escape inside a set."""
        letter = self._take()
        if letter in ("x", "u"):
            return self._coded(2 if letter == "x" else 4)
        return _ESCAPES.get(letter, letter)

    def _repeated(self, piece: list[_Step]) -> list[_Step]:
        bounds = self._bounds()
        while bounds is not None:
            piece = _times(piece, *bounds)
            if not self._takes("?") and self._next() == "+":
                raise PatternRefused("repetitions that give nothing back, such as “*+”, are not supported")
            bounds = self._bounds()
        return piece

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, fewest in (("*", 0), ("+", 1), ("?", 0)):
            if self._takes(sign):
                return fewest, 1 if sign == "?" else None
        if not self._takes("{"):
            return None
        written, closed, _ = self._pattern[self._at :].partition("}")
        least, comma, most = written.partition(",")
        if not closed or not least.isdecimal() or (most and not most.isdecimal()) or len(written) > 9:
            raise PatternRefused("“{” is not followed by how often something is repeated")
        self._at += len(written) + 1
        highest = int(most) if most else None if comma else int(least)
        if highest is not None and highest < int(least):
            raise PatternRefused(f"“{{{written}}}” runs backwards")
        return int(least), highest


def _moved(steps: Sequence[_Step], by: int) -> list[_Step]:
    return [_Fork(each.one + by, each.other + by) if isinstance(each, _Fork) else each for each in steps]


def _times(piece: list[_Step], least: int, most: int | None) -> list[_Step]:
    copies = least if most is None else most
    if (len(piece) + 1) * (copies + 1) > MOST_STEPS:
        raise PatternRefused("the pattern repeats more than is supported")
    steps: list[_Step] = []
    for _ in range(least):
        steps.extend(_moved(piece, len(steps)))
    if most is None:
        start = len(steps)
        return [*steps, _Fork(start + 1, start + len(piece) + 2), *_moved(piece, start + 1), _Fork(start, start)]
    end = len(steps) + (most - least) * (len(piece) + 1)
    for _ in range(most - least):
        steps.append(_Fork(len(steps) + 1, end))
        steps.extend(_moved(piece, len(steps)))
    return steps


def _require_short(steps: Sequence[_Step]) -> None:
    if len(steps) > MOST_STEPS:
        raise PatternRefused("the pattern repeats more than is supported")
