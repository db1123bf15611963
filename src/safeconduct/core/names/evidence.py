"""What speaks for and against two people being one: numbers for the model, and reasons for the reviewer."""

import math
from dataclasses import dataclass

from safeconduct.core.names import lexicon
from safeconduct.core.names.comparison import Alignment, Answer, Kind, align
from safeconduct.core.names.dates import Agreement, Day, best_agreement
from safeconduct.core.names.parts import GIVEN, INITIAL, PATRONYMIC, SURNAME, Name, Part

INPUTS = (
    "surname_rarity", "surname_strain", "given_rarity", "given_strain", "given_equivalent", "patronymic_rarity",
    "patronymic_strain",
    "initials", "surname_conflict", "given_conflict", "patronymic_conflict", "ours_left", "theirs_left", "joined", "lone",
    "born_exact", "born_swapped", "born_slip", "born_month", "born_year", "born_near", "born_conflict", "born_unknown",
    "country_same", "country_other", "gender_other", "namesakes",
)  # fmt: skip
"""What the model weighs, in this order."""
_AT = {name: place for place, name in enumerate(INPUTS)}
_CHANCE = {
    Agreement.EXACT: 1 / 20_000, Agreement.SWAPPED: 1 / 20_000, Agreement.SLIP: 1 / 900, Agreement.MONTH: 1 / 600,
    Agreement.YEAR: 1 / 50, Agreement.NEAR: 1 / 20, Agreement.CONFLICT: 1.0, Agreement.UNKNOWN: 1.0,
}  # fmt: skip
"""How often a birth date agrees so well with that of a random person."""
BITS_PER_STRAIN = 4.0
SMALLEST_LIST = 10_000
MOST_SURNAME_BITS = 22.0
"""Long names of many parts, as Arabic ones are, agree in many and may still differ in the one that counts."""


@dataclass(frozen=True, slots=True)
class Side:
    """One person as the comparison needs it; `countries` alpha-2, `gender` m, f or empty."""

    name: Name
    born: tuple[Day, ...] = ()
    countries: frozenset[str] = frozenset()
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The inputs of the model and what they were made from. `bits`: how rare the agreement of the names alone is."""

    inputs: tuple[float, ...]
    alignment: Alignment
    born: Agreement
    born_theirs: Day | None
    namesakes: float
    bits: float


def gathered(ours: Side, theirs: Side, people: int, rarity: dict[str, float] | None = None) -> Evidence:
    """Compare two people. `people`: how many the list has. `rarity`: bits by skeleton from the list itself, where known."""
    alignment = align(ours.name, theirs.name)
    x = [0.0] * len(INPUTS)
    bits = _names(ours.name, theirs.name, alignment, x, rarity or {})
    born, theirs_born = best_agreement(ours.born[0] if ours.born else None, theirs.born)
    x[_AT[f"born_{born}"]] = 1.0
    if ours.countries and theirs.countries:
        x[_AT["country_same" if ours.countries & theirs.countries else "country_other"]] = 1.0
    our_gender, their_gender = ours.gender or ours.name.gender, theirs.gender or theirs.name.gender
    if our_gender and their_gender and our_gender != their_gender:
        x[_AT["gender_other"]] = 1.0
    namesakes = max(people, SMALLEST_LIST) * 2.0**-bits * _CHANCE[born]
    x[_AT["namesakes"]] = math.log2(1 + namesakes)
    return Evidence(tuple(x), alignment, born, theirs_born, namesakes * people / max(people, SMALLEST_LIST), bits)


def _names(ours: Name, theirs: Name, alignment: Alignment, x: list[float], rarity: dict[str, float]) -> float:
    """Fill the inputs that speak of names; the bits of their agreement."""
    total = 0.0
    for answer in alignment.answers:
        if answer.kind is Kind.INITIAL:
            x[_AT["initials"]] += 1
            total += 3.0
            continue
        x[_AT["joined"]] += answer.kind is Kind.JOINED
        bits = bits_of(ours, theirs, answer, rarity)
        role = {GIVEN: "given", PATRONYMIC: "patronymic"}.get(answer.role, "surname")
        x[_AT[f"{role}_rarity"]] += bits
        x[_AT[f"{role}_strain"]] += answer.strain
        x[_AT["given_equivalent"]] += answer.kind is Kind.EQUIVALENT
        total += bits
    x[_AT["surname_rarity"]] = min(x[_AT["surname_rarity"]], MOST_SURNAME_BITS)
    _left(ours, theirs, alignment, x)
    return total


def bits_of(ours: Name, theirs: Name, answer: Answer, rarity: dict[str, float] | None = None) -> float:
    """How rare the agreement of one answer is, in bits, less what its strain takes."""
    known = rarity or {}
    mine = [ours.parts[place] for place in answer.ours]
    yours = [theirs.parts[place] for place in answer.theirs]
    if len(mine) > 1 or len(yours) > 1:
        # Written as one word, a name has no frequency of its own: its two halves have.
        bits = sum(_rarity(part, part.role, known) for part in (mine if len(mine) > 1 else yours))
    else:
        bits = min(_rarity(mine[0], answer.role, known), _rarity(yours[0], answer.role, known))
    return max(0.0, min(bits, 2 * lexicon.RAREST_BITS) - BITS_PER_STRAIN * answer.strain)


def _left(ours: Name, theirs: Name, alignment: Alignment, x: list[float]) -> None:
    mine = [ours.parts[place].role for place in alignment.left_ours]
    yours = [theirs.parts[place].role for place in alignment.left_theirs]
    for role, name in ((PATRONYMIC, "patronymic_conflict"), (GIVEN, "given_conflict"), (SURNAME, "surname_conflict")):
        both = min(mine.count(role), yours.count(role))
        x[_AT[name]] += both
        for _ in range(both):
            mine.remove(role)
            yours.remove(role)
    # A given name against a surname, or an initial against another letter, is a conflict too.
    across = min(len(mine), len(yours))
    x[_AT["given_conflict"]] += across
    x[_AT["ours_left"]] += len(mine) - across
    x[_AT["theirs_left"]] += len(yours) - across
    solid = sum(len(a.ours) + len(a.theirs) > 2 or a.kind is not Kind.INITIAL for a in alignment.answers)
    x[_AT["lone"]] = float(solid + sum(a.kind is Kind.JOINED for a in alignment.answers) <= 1)


def _rarity(part: Part, role: str, rarity: dict[str, float]) -> float:
    if part.role == INITIAL:
        return 3.0
    skeleton = part.skeletons[0]
    bits = lexicon.rarity_of(role if role in "sgp" else SURNAME, skeleton)
    if part.classes:
        bits = min(bits, 9.0)
    return min(bits, rarity.get(skeleton, 99.0))
