"""Regular expressions of forms: which are taken, and matching within bounds.

A pattern comes from a form's author, the text from a stranger. A repetition inside a repetition can take longer than
the age of the world on a few dozen characters, so such patterns are refused when the form is read.
"""

import re
from functools import lru_cache
from typing import Final

LONGEST_PATTERN: Final = 1_000
LONGEST_TEXT: Final = 2_000
"""Characters of an answer that are looked at; a longer one does not match."""

_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[:=!]|\(\?<[=!]|[()|]|[*+?][+?]?|\{[0-9]*,?[0-9]*\}[+?]?|.", re.DOTALL)
_MOST_REPETITIONS = 12


class PatternRefused(Exception):
    """The pattern is not one that can be matched in bounded time; the message says why."""


def require_pattern(pattern: str) -> None:
    """PatternRefused unless the pattern is a regular expression that is safe to match."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternRefused("the pattern is too long")
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        raise PatternRefused("this is not a regular expression that is understood here") from None
    _require_flat(pattern)


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> re.Pattern[str]:
    require_pattern(pattern)
    return re.compile(pattern)


def matches(text: str, pattern: str) -> bool:
    """Whether the pattern matches the whole text, as in ODK Collect; false for a pattern that is refused."""
    if len(text) > LONGEST_TEXT:
        return False
    try:
        return _compiled(pattern).fullmatch(text) is not None
    except PatternRefused:
        return False


def _require_flat(pattern: str) -> None:
    """Refuse an unbounded repetition of what itself repeats, references back, and too many repetitions in a row."""
    groups = [False]
    closed = False
    repetitions = 0
    for piece in _PIECE.findall(pattern):
        if piece.startswith("(") or piece == "(":
            groups.append(False)
            closed = False
        elif piece == ")":
            closed = groups.pop() if len(groups) > 1 else False
            groups[-1] = groups[-1] or closed
        elif _repeats(piece):
            repetitions += 1
            if closed:
                raise PatternRefused("a repetition inside a repetition could take forever; write it without the inner one")
            groups[-1] = True
            closed = False
        else:
            closed = False
        if re.fullmatch(r"\\[1-9]", piece):
            raise PatternRefused("references back into the pattern are not supported")
    if repetitions > _MOST_REPETITIONS:
        raise PatternRefused("the pattern has too many repetitions")


def _repeats(piece: str) -> bool:
    """Whether the piece is a repetition of many: `*`, `+`, `{3,}`, `{2,50}`; not `?`, not `{4}`."""
    if piece[0] in "*+":
        return True
    found = re.match(r"\{([0-9]*)(,?)([0-9]*)\}", piece)
    if found is None or not found[2]:
        return False
    return not found[3] or int(found[3]) > 10
