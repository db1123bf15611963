"""A written name as tokens: what was written, its plain letters, its script, and what was disguised in it."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

LONGEST_CHARACTERS = 300
"""Of a name; what stands behind is not a name any more."""
LONGEST_TOKENS = 12
_LONGEST_TOKEN = 40


class Script(StrEnum):
    """The script of most letters of a token."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    ARMENIAN = "armenian"
    GEORGIAN = "georgian"
    GREEK = "greek"
    ARABIC = "arabic"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Token:
    """`written` as it stood; `plain` lower case, in one script, without marks that carry no sound."""

    written: str
    plain: str
    script: Script
    disguised: str = ""
    """The characters of a foreign script or digits that stood in for letters; empty for almost every token."""
    is_initial: bool = False


_SPLIT = re.compile(r"[\s,;/|()\[\]{}\"«»“”„<>_+*:=]+|(?<=\w)[-\u2010-\u2015\u2212](?=\w)|(?<=\w)\.(?=\w)")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_KEPT_MARKS = frozenset("\u0306\u0308\u030c\u0327\u0328\u0307\u0301")
_JOINERS = dict.fromkeys(map(ord, "'’‘ʼʹʺ`´′ʻʿʾ\u0640\u200c\u200d\u00ad·-\u2010\u2011"), None)
_RANGES = (
    (0x0041, 0x024F, Script.LATIN),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x0370, 0x03FF, Script.GREEK),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x0530, 0x058F, Script.ARMENIAN),
    (0x0600, 0x06FF, Script.ARABIC),
    (0x0750, 0x077F, Script.ARABIC),
    (0x10A0, 0x10FF, Script.GEORGIAN),
)
# Letters that look alike in either case, as lower case.
_LATIN_LOOKS = {
    "a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "i": "і", "k": "к", "m": "м", "o": "о", "p": "р", "s": "ѕ", "t": "т",
    "x": "х", "y": "у", "j": "ј", "ë": "ё", "ï": "ї", "r": "г", "u": "и", "n": "п", "3": "з", "0": "о", "4": "ч", "6": "б",
}  # fmt: skip
_CYRILLIC_LOOKS = {
    "а": "a", "в": "b", "с": "c", "е": "e", "н": "h", "і": "i", "к": "k", "м": "m", "о": "o", "р": "p", "ѕ": "s", "т": "t",
    "х": "x", "у": "y", "ј": "j", "ё": "ë", "ї": "ï", "г": "r", "ь": "b", "п": "n", "з": "3", "һ": "h",
    "ԁ": "d", "ԛ": "q", "ѡ": "w",
}  # fmt: skip
_GREEK_LOOKS = {
    "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x",
    "γ": "y",
}  # fmt: skip
_DIGIT_LOOKS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "9": "g", "8": "b", "7": "t", "$": "s", "@": "a"}


def tokens_of(name: str) -> tuple[Token, ...]:
    """The tokens of a name in the order in which they stand; at most 12, of the first 300 characters.

    Apostrophes and invisible characters go; hyphens, commas and stops part tokens, so that joined and parted forms meet.
    """
    cut = unicodedata.normalize("NFKC", name[:LONGEST_CHARACTERS])
    visible = "".join(c for c in cut if unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cn") or c.isspace())
    found: list[Token] = []
    for part in _SPLIT.split(visible):
        found.extend(_token(part[:_LONGEST_TOKEN]))
        if len(found) >= LONGEST_TOKENS:
            break
    return tuple(found[:LONGEST_TOKENS])


@lru_cache(maxsize=100_000)
def _token(part: str) -> tuple[Token, ...]:
    with_stop = part.endswith(".")
    written = part.strip(".!?…~^&#%")
    joined = written.translate(_JOINERS)
    letters = sum(c.isalpha() for c in joined)
    if not letters:
        return ()
    if joined.isdecimal():
        return ()
    if letters <= 3 and joined.isupper() and joined.isalpha() and with_stop is False and _are_initials(joined):
        return tuple(_made(c, c, is_initial=True) for c in joined)
    camel = _parted(joined)
    if len(camel) > 1:
        return tuple(_made(one, one) for one in camel)
    return (_made(written, joined, is_initial=letters == 1 or (with_stop and letters <= 2)),)


def _are_initials(joined: str) -> bool:
    return len(joined) == 2 and not any(c in "AEIOUYАЕЁИОУЫЭЮЯІЇЄ" for c in joined)


def _parted(joined: str) -> list[str]:
    """`SergeiLavrov` as two; one capital inside is not enough where the rest is a common prefix (McDonald, O'Neil)."""
    parts = re.findall(r"[^\W\d_]\w*?(?=(?<=[^\W\d_])(?<=[a-zа-яё])[A-ZА-ЯЁ]|$)", joined)
    if len(parts) < 2 or any(len(p) < 3 for p in parts) or "".join(parts) != joined or joined[:1].islower():
        return [joined]
    return parts


def _made(written: str, joined: str, *, is_initial: bool = False) -> Token:
    lower = _unmarked(joined.lower().replace("ß", "ss"))[:_LONGEST_TOKEN]
    if not lower.isascii():
        # Letters beyond the basic plane are told apart no further.
        lower = _ASTRAL.sub("\ua99e", lower)
    counts: dict[Script, int] = {}
    for c in lower:
        if c.isalpha():
            counts[script_of(c)] = counts.get(script_of(c), 0) + 1
    script = max(counts, key=lambda s: (counts[s], s is Script.CYRILLIC))
    if len(counts) > 1 or not lower.isalpha():
        lower, script, disguised = _undisguised(lower, script, counts)
        return Token(written, lower or "?", script, disguised, is_initial)
    return Token(written, lower, script, "", is_initial)


def _undisguised(lower: str, script: Script, counts: dict[Script, int]) -> tuple[str, Script, str]:
    looks = {Script.CYRILLIC: _LATIN_LOOKS, Script.LATIN: {**_CYRILLIC_LOOKS, **_GREEK_LOOKS, **_DIGIT_LOOKS}}.get(script, {})
    out, disguised = [], []
    for c in lower:
        if c.isalpha() and script_of(c) is script:
            out.append(c)
        elif c in looks:
            out.append(looks[c])
            disguised.append(c)
        elif c.isalpha() or unicodedata.category(c).startswith("M"):
            out.append(c)
            if c.isalpha() and len(counts) > 1:
                disguised.append(c)
    return "".join(out), script, "".join(disguised)


@lru_cache(maxsize=4096)
def script_of(letter: str) -> Script:
    """The script of one letter."""
    point = ord(letter)
    for first, last, script in _RANGES:
        if first <= point <= last:
            return script
    return Script.UNKNOWN


def _unmarked(lower: str) -> str:
    """Without marks, but for the letters that are letters of their own (й, ё, ї, ў, š, ž, č, ć, ş, ç, ğ, ń, ł, ö, ü ...)."""
    if lower.isascii():
        return lower
    return "".join(_plain_letter(c) for c in unicodedata.normalize("NFC", lower))


_OWN = frozenset("йёїўґğšžčćśźńňřşţțçöüäøåæœłđıəñżőűşęąъ")
_SPELLED = {
    "ø": "ö",
    "å": "o",
    "æ": "ae",
    "œ": "oe",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ő": "ö",
    "ű": "ü",
    "ţ": "c",
    "ț": "c",
    "ŝ": "š",
    "ẑ": "ž",
    "ĉ": "č",
}


@lru_cache(maxsize=4096)
def _plain_letter(c: str) -> str:
    if c in _SPELLED:
        return _SPELLED[c]
    if c in _OWN or c.isascii():
        return c
    bare = "".join(d for d in unicodedata.normalize("NFD", c) if not unicodedata.combining(d))
    if not bare:
        return ""
    return "l" if bare == "ł" else bare
