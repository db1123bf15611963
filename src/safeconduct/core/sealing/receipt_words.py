"""A receipt as words: eleven of a list of 1,024, with three bits to tell a slip from another code.

Source: spec/sealing-v1.md section 10.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from safeconduct.core.sealing.keys import purpose_string
from safeconduct.core.sealing.refusals import ReceiptProblem, ReceiptUnreadable
from safeconduct.core.sealing.wordlists import ENGLISH, FRENCH, RUSSIAN

WORDS = 11
LETTERS_THAT_SUFFICE = 4
_BITS_A_WORD = 10
_CHECK_BITS = 3
_BEYOND = 10**32


class ReceiptLanguage(StrEnum):
    """The languages whose words a receipt can be written in, in the order in which a reader tries them."""

    RUSSIAN = "ru"
    FRENCH = "fr"
    ENGLISH = "en"


LISTS: Mapping[ReceiptLanguage, list[str]] = {
    ReceiptLanguage.RUSSIAN: RUSSIAN,
    ReceiptLanguage.FRENCH: FRENCH,
    ReceiptLanguage.ENGLISH: ENGLISH,
}


def words_of(digits: str, language: ReceiptLanguage) -> list[str]:
    """The eleven words of 32 digits."""
    number = int(digits) << _CHECK_BITS | _check(digits)
    mask = (1 << _BITS_A_WORD) - 1
    return [LISTS[language][number >> _BITS_A_WORD * place & mask] for place in reversed(range(WORDS))]


def digits_of(text: str) -> str:
    """The 32 digits of words as somebody typed them. ReceiptUnreadable says what is wrong, and with which word."""
    typed = [plain(word) for word in _split(text)]
    if len(typed) != WORDS:
        raise ReceiptUnreadable("a receipt has eleven words", problem=ReceiptProblem.LENGTH)
    furthest = 0
    is_mistyped = False
    for language in ReceiptLanguage:
        places = [_place(language, word) for word in typed]
        known = [place for place in places if place is not None]
        if len(known) == WORDS:
            digits = _digits(known)
            if digits is not None:
                return digits
            is_mistyped = True
        else:
            furthest = max(furthest, places.index(None))
    if is_mistyped:
        raise ReceiptUnreadable("the words do not fit together", problem=ReceiptProblem.CHECK)
    raise ReceiptUnreadable("a word is not in the list", problem=ReceiptProblem.WORD, word=furthest + 1)


def plain(word: str) -> str:
    """A word without capitals, accents and the dots of ё."""
    decomposed = unicodedata.normalize("NFD", word.lower().replace("œ", "oe"))
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")


def _split(text: str) -> list[str]:
    parted = "".join(" " if _parts(character) else character for character in text)
    return [word for word in parted.split(" ") if word]


def _parts(character: str) -> bool:
    return character in "\t\r\n,.;" or unicodedata.category(character) in {"Zs", "Pd"}


@cache
def _beginnings(language: ReceiptLanguage) -> Mapping[str, tuple[int, str]]:
    """By its first four letters: the place of a word in its list, and the word as it is compared."""
    plains = [plain(word) for word in LISTS[language]]
    return {word[:LETTERS_THAT_SUFFICE]: (place, word) for place, word in enumerate(plains)}


def _place(language: ReceiptLanguage, typed: str) -> int | None:
    place, word = _beginnings(language).get(typed[:LETTERS_THAT_SUFFICE], (0, ""))
    return place if word.startswith(typed) and len(typed) >= LETTERS_THAT_SUFFICE else None


def _digits(places: list[int]) -> str | None:
    number = 0
    for place in places:
        number = number << _BITS_A_WORD | place
    content, check = number >> _CHECK_BITS, number & (1 << _CHECK_BITS) - 1
    digits = f"{content:032}"
    return digits if content < _BEYOND and _check(digits) == check else None


def _check(digits: str) -> int:
    return hashlib.sha256(purpose_string(b"receipt-words", digits.encode())).digest()[0] >> 8 - _CHECK_BITS
