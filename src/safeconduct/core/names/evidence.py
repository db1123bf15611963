"""What speaks for and against two people being one: numbers for the model, and reasons for the reviewer."""

import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from safeconduct.core.names import lexicon
from safeconduct.core.names.comparison import SCALE, Alignment, Answer, Kind, align, strain
from safeconduct.core.names.dates import Agreement, Day, best_agreement
from safeconduct.core.names.parts import GIVEN, INITIAL, PATRONYMIC, SURNAME, Name, Part, part_of
from safeconduct.core.names.text import tokens_of

INPUTS = (
    "surname_rarity", "surname_strain", "given_rarity", "given_strain", "given_equivalent", "patronymic_rarity",
    "patronymic_strain",
    "initials", "surname_conflict", "given_conflict", "patronymic_conflict", "ours_left", "theirs_left", "joined", "lone",
    "born_exact", "born_swapped", "born_slip", "born_month", "born_other_day", "born_year", "born_near", "born_conflict",
    "born_unknown",
    "country_same", "country_other", "gender_other", "namesakes",
    "place_same", "place_other", "identifier_same", "identifier_other",
)  # fmt: skip
"""What the model weighs, in this order; the last four are never in the compiled kernel."""
OF_KERNEL = 28
_AT = {name: place for place, name in enumerate(INPUTS)}
CHANCE = {
    Agreement.EXACT: 1 / 20_000, Agreement.SWAPPED: 1 / 20_000, Agreement.SLIP: 1 / 900, Agreement.MONTH: 1 / 600,
    Agreement.OTHER_DAY: 1 / 600,
    Agreement.YEAR: 1 / 50, Agreement.NEAR: 1 / 20, Agreement.CONFLICT: 1.0, Agreement.UNKNOWN: 1.0,
}  # fmt: skip
"""How often a birth date agrees so well with that of a random person."""
_PLACE = {SURNAME: 0, GIVEN: 1, PATRONYMIC: 2}
_LOOKS = str.maketrans("АВЕЗКМНОРСТУХІ", "ABE3KMHOPCTYXI")
SHORTEST_NUMBER = 5
MOST_OF_PLACES = 2000
BITS_PER_STRAIN = 4
SMALLEST_LIST = 10_000
INITIAL_BITS = 3 * SCALE
MOST_GIVEN_BITS = 9 * SCALE
MOST_BITS = 32 * SCALE
MOST_JOINED_BITS, MOST_SURNAME_BITS = 22 * SCALE, 17 * SCALE
"""Long names of many parts, as Arabic ones are, agree in many and may still differ in the one that counts."""


@dataclass(frozen=True, slots=True)
class Side:
    """One person as the comparison needs it; `countries` alpha-2, `gender` m, f or empty, places and numbers as written."""

    name: Name
    born: tuple[Day, ...] = ()
    countries: frozenset[str] = frozenset()
    gender: str = ""
    places: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The inputs of the model in 1/10,000, and what they were made from. `bits`: how rare the agreement of the names alone is."""

    inputs: tuple[int, ...]
    alignment: Alignment
    born: Agreement
    born_theirs: Day | None
    namesakes: float
    bits: float
    place: tuple[str, str] = ("", "")
    """The two birth places that were compared, as they were written."""
    identifier: tuple[str, str] = ("", "")


def gathered(ours: Side, theirs: Side, people: int) -> Evidence:
    """Compare two people. `people`: how many the list has."""
    alignment = align(ours.name, theirs.name)
    x = [0] * len(INPUTS)
    bits = _names(ours.name, theirs.name, alignment, x) / SCALE
    born, theirs_born = best_agreement(ours.born[0] if ours.born else None, theirs.born)
    x[_AT[f"born_{born}"]] = SCALE
    if ours.countries and theirs.countries:
        x[_AT["country_same" if ours.countries & theirs.countries else "country_other"]] = SCALE
    our_gender, their_gender = ours.gender or ours.name.gender, theirs.gender or theirs.name.gender
    if our_gender and their_gender and our_gender != their_gender:
        x[_AT["gender_other"]] = SCALE
    namesakes = float(max(people, SMALLEST_LIST)) * 2.0**-bits * CHANCE[born]
    x[_AT["namesakes"]] = int(math.log2(1.0 + namesakes) * SCALE + 0.5)
    place, is_same = compared_places(ours.places, theirs.places)
    if place[0]:
        x[_AT["place_same" if is_same else "place_other"]] = SCALE
    identifier, is_same = compared_identifiers(ours.identifiers, theirs.identifiers)
    if identifier[0]:
        x[_AT["identifier_same" if is_same else "identifier_other"]] = SCALE
    of_this_list = namesakes * people / max(people, SMALLEST_LIST)
    return Evidence(tuple(x), alignment, born, theirs_born, of_this_list, bits, place, identifier)


def _names(ours: Name, theirs: Name, alignment: Alignment, x: list[int]) -> int:
    """Fill the inputs that speak of names; the bits of their agreement."""
    total = 0
    instead = stands_for_surname(ours, theirs, alignment)
    for answer in alignment.answers:
        if answer.kind is Kind.INITIAL:
            x[_AT["initials"]] += SCALE
            total += INITIAL_BITS
            continue
        x[_AT["joined"]] += SCALE * (answer.kind is Kind.JOINED)
        bits = bits_of(ours, theirs, answer)
        role = {GIVEN: "given", PATRONYMIC: "patronymic"}.get(answer.role, "surname") if answer is not instead else "surname"
        x[_AT[f"{role}_rarity"]] += bits
        x[_AT[f"{role}_strain"]] += answer.strain
        x[_AT["given_equivalent"]] += SCALE * (answer.kind is Kind.EQUIVALENT)
        total += bits
    most = MOST_JOINED_BITS if x[_AT["joined"]] else MOST_SURNAME_BITS
    x[_AT["surname_rarity"]] = min(x[_AT["surname_rarity"]], most)
    _left(ours, theirs, alignment, x)
    return total


def stands_for_surname(ours: Name, theirs: Name, alignment: Alignment) -> Answer | None:
    """Of names that are given names alone (Khalid Mohammed), the answer that says most; None where there is a surname."""
    solid = [answer for answer in alignment.answers if answer.kind is not Kind.INITIAL]
    given = [answer for answer in solid if answer.role == GIVEN]
    if len(given) < 2 or any(answer.role == SURNAME for answer in solid):
        return None
    return max(given, key=lambda answer: bits_of(ours, theirs, answer))


def bits_of(ours: Name, theirs: Name, answer: Answer) -> int:
    """How rare the agreement of one answer is, in 1/10,000 bit, less what its strain takes."""
    mine = [ours.parts[place] for place in answer.ours]
    yours = [theirs.parts[place] for place in answer.theirs]
    if len(mine) > 1 or len(yours) > 1:
        # Written as one word, a name has no frequency of its own: its two halves have.
        bits = sum(_rarity(part, part.role) for part in (mine if len(mine) > 1 else yours))
    else:
        bits = min(_rarity(mine[0], answer.role), _rarity(yours[0], answer.role))
    return max(0, min(bits, MOST_BITS) - BITS_PER_STRAIN * answer.strain)


def _left(ours: Name, theirs: Name, alignment: Alignment, x: list[int]) -> None:
    mine = [ours.parts[place].role for place in alignment.left_ours]
    yours = [theirs.parts[place].role for place in alignment.left_theirs]
    for role, name in ((PATRONYMIC, "patronymic_conflict"), (GIVEN, "given_conflict"), (SURNAME, "surname_conflict")):
        both = min(mine.count(role), yours.count(role))
        x[_AT[name]] += both * SCALE
        for _ in range(both):
            mine.remove(role)
            yours.remove(role)
    # A given name against a surname, or an initial against another letter, is a conflict too.
    across = min(len(mine), len(yours))
    x[_AT["given_conflict"]] += across * SCALE
    x[_AT["ours_left"]] += (len(mine) - across) * SCALE
    # Lists leave patronymics out or know them where papers do not: one that only the list has says nothing.
    x[_AT["theirs_left"]] += max(0, len(yours) - across - yours.count(PATRONYMIC)) * SCALE
    solid = sum((a.kind is not Kind.INITIAL) + (a.kind is Kind.JOINED) for a in alignment.answers)
    x[_AT["lone"]] = SCALE * (solid <= 1)


def _rarity(part: Part, role: str) -> int:
    if part.role == INITIAL:
        return INITIAL_BITS
    bits = part.rarity[_PLACE.get(role, 0)] * (SCALE // 10)
    return min(bits, MOST_GIVEN_BITS) if part.classes else bits


def plain_number(number: str) -> str:
    """A document number without spaces, dashes and case; Cyrillic letters that look like Latin ones as those."""
    folded = unicodedata.normalize("NFKC", number).upper().translate(_LOOKS)
    return "".join(c for c in folded if c.isalnum())


def compared_identifiers(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[tuple[str, str], bool]:
    """The numbers of documents that are one, or the first of each; two empty texts where one side has none."""
    if not ours or not theirs:
        return ("", ""), False
    known = {plain_number(number): number for number in reversed(theirs)}
    for number in ours:
        plain = plain_number(number)
        if len(plain) >= SHORTEST_NUMBER and plain in known:
            return (number, known[plain]), True
    return (ours[0], theirs[0]), False


def compared_places(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[tuple[str, str], bool]:
    """The birth places that share a word by sound, or the first of each; two empty texts where one side has none."""
    if not ours or not theirs:
        return ("", ""), False
    for our in ours:
        for their in theirs:
            if is_one_place(our, their):
                return (our, their), True
    return (ours[0], theirs[0]), False


def is_one_place(one: str, other: str) -> bool:
    """Whether two birth places share a word, by sound and in any script; words such as village and region do not count."""
    return any(strain(a, b) <= MOST_OF_PLACES for a in _words(one) for b in _words(other))


@lru_cache(maxsize=10_000)
def _words(place: str) -> tuple[Part, ...]:
    return tuple(part_of(t) for t in tokens_of(place) if len(t.plain) > 2 and not lexicon.is_common_of_places(t.plain))
