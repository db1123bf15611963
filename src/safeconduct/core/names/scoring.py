"""From evidence to a probability, a band and reasons."""

import json
import math
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from safeconduct.core.names.comparison import SCALE, Answer, Kind
from safeconduct.core.names.dates import Agreement
from safeconduct.core.names.evidence import INPUTS, Evidence, Side, bits_of, stands_for_surname
from safeconduct.core.names.model import Band, Feature
from safeconduct.core.names.parts import GIVEN, PATRONYMIC

STRONG, POSSIBLE = 0.8, 0.3
COMMON_BITS = 20.0
"""A name that one in a million people bears, or more: alone it is never more than a weak hit."""
_CONFIRMING = (Agreement.EXACT, Agreement.SWAPPED, Agreement.SLIP, Agreement.MONTH, Agreement.OTHER_DAY, Agreement.YEAR)
_THOUSAND = 1000
UNIT = SCALE * _THOUSAND
_AT = {name: place for place, name in enumerate(INPUTS)}


class Weights(NamedTuple):
    """Natural logarithms of odds for each input, and for none of them at the stated prior; `exact`: both in whole numbers."""

    inputs: tuple[float, ...]
    bias: float
    exact: tuple[int, ...]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The shipped weights."""
    found = json.loads(resources.files(__package__).joinpath("packs/weights.json").read_text(encoding="utf-8"))
    inputs, bias = tuple(float(found["inputs"][name]) for name in INPUTS), float(found["bias"])
    return Weights(inputs, bias, (*(round(w * _THOUSAND) for w in inputs), round(bias * UNIT)))


def exact_odds(inputs: tuple[int, ...]) -> int:
    """Natural logarithm of the odds that both are one person, in 1/`UNIT`."""
    using = weights()
    return using.exact[-1] + sum(x * w for x, w in zip(inputs, using.exact, strict=False) if x)


def log_odds(evidence: Evidence) -> float:
    """Natural logarithm of the odds that both are one person."""
    return exact_odds(evidence.inputs) / UNIT


def probability(evidence: Evidence) -> float:
    """0 to 1, at the stated prior."""
    return probability_of(exact_odds(evidence.inputs))


def probability_of(odds: int) -> float:
    """0 to 1, of odds as `exact_odds` gives them."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds / UNIT))))


def band(score: float, evidence: Evidence) -> Band:
    """A name alone is never strong, and a common name alone always weak, whatever the score."""
    confirmed = evidence.born in _CONFIRMING or bool(evidence.inputs[_AT["identifier_same"]])
    if not confirmed and evidence.bits < COMMON_BITS:
        return Band.WEAK
    if score >= STRONG and confirmed:
        return Band.STRONG
    return Band.POSSIBLE if score >= POSSIBLE else Band.WEAK


FEATURES = {
    "surname": "How far the surnames agree, in sound and spelling. A rare surname says more than a common one; the endings of "
    "men's and women's forms do not count.",
    "given_name": "How far the given names agree. Forms of one name in several languages and its diminutives count as "
    "the same name.",
    "patronymic": "How far the patronymics agree. A patronymic that one side lacks says nothing; another one speaks against.",
    "father_name": "A patronymic beside the father's given name, as lists of other countries write it.",
    "initial": "An initial that fits the name. It fits many other names too.",
    "joined": "Two names that one side writes as one word.",
    "unanswered": "Parts of one name that nothing in the other answers.",
    "different": "Parts that stand in the same place of both names and are not the same.",
    "order": "The parts stand in another order. That is common and says nothing.",
    "disguise": "Characters of another script or digits stand where letters look alike. It happens by mistake, and to get "
    "past a search.",
    "birth_date": "How far the birth dates agree, as far as both are known. Only the best of several is compared.",
    "birth_place": "Whether the birth places share a word, in any spelling. Lists name the village, the district or only the "
    "region, and places were renamed.",
    "identifier": "Whether a number of a passport or another document is the same. People have several documents; another number "
    "says little.",
    "country": "Whether a country of the list is the one that was given. People move, and lists are not complete.",
    "gender": "Whether both are men or women, as given or as the forms of their names say.",
    "namesakes": "How many people of a list of this length would fit so well by chance.",
}
"""What each feature means, for the page on which a reviewer reads it."""

_WORDS = {
    Kind.EXACT: "the same letters",
    Kind.SOUND: "sounds the same",
    Kind.NEAR: "nearly the same",
    Kind.EQUIVALENT: "forms of one name",
    Kind.INITIAL: "the initial fits",
    Kind.FATHER: "the father's name",
    Kind.JOINED: "written as one word",
}
_BORN = {
    Agreement.EXACT: "the same day",
    Agreement.SWAPPED: "day and month swapped",
    Agreement.SLIP: "one digit or a day or two apart",
    Agreement.MONTH: "the same month",
    Agreement.OTHER_DAY: "another day of the same month",
    Agreement.YEAR: "the same year",
    Agreement.NEAR: "a year apart, or another month of the same year",
    Agreement.CONFLICT: "another date",
}


def explained(ours: Side, theirs: Side, evidence: Evidence) -> tuple[Feature, ...]:
    """The features of one comparison, the weightiest first."""
    using = weights()
    instead = stands_for_surname(ours.name, theirs.name, evidence.alignment)
    found = [_answered(ours, theirs, answer, using, answer is instead) for answer in evidence.alignment.answers]
    found += _unanswered(ours, theirs, evidence, using)
    found += _circumstances(ours, theirs, evidence, using)
    return tuple(sorted(found, key=lambda f: -abs(f.score)))


def _bits(value: float) -> float:
    return round(value / math.log(2), 2)


def _written(side: Side, places: tuple[int, ...]) -> str:
    return " ".join(side.name.parts[place].token.written for place in places)


def _answered(ours: Side, theirs: Side, answer: Answer, using: Weights, for_surname: bool) -> Feature:
    w = using.inputs
    role = "surname" if for_surname else {GIVEN: "given", PATRONYMIC: "patronymic"}.get(answer.role, "surname")
    name = {"given": "given_name", "patronymic": "patronymic", "surname": "surname"}[role]
    if answer.kind is Kind.INITIAL:
        score = w[_AT["initials"]]
        name = "initial"
    else:
        score = w[_AT[f"{role}_rarity"]] * bits_of(ours.name, theirs.name, answer) + w[_AT[f"{role}_strain"]] * answer.strain
        score /= SCALE
        score += w[_AT["given_equivalent"]] * (answer.kind is Kind.EQUIVALENT) + w[_AT["joined"]] * (answer.kind is Kind.JOINED)
        name = {Kind.FATHER: "father_name", Kind.JOINED: "joined"}.get(answer.kind, name)
    return Feature(
        name=name,
        score=_bits(score),
        detail=_WORDS[answer.kind],
        ours=_written(ours, answer.ours),
        theirs=_written(theirs, answer.theirs),
    )


def _unanswered(ours: Side, theirs: Side, evidence: Evidence, using: Weights) -> list[Feature]:
    x, w = [value / SCALE for value in evidence.inputs], using.inputs
    mine, yours = _written(ours, evidence.alignment.left_ours), _written(theirs, evidence.alignment.left_theirs)
    found = []
    conflicts = sum(x[_AT[n]] * w[_AT[n]] for n in ("surname_conflict", "given_conflict", "patronymic_conflict"))
    if mine and yours:
        found.append(Feature(name="different", score=_bits(conflicts), detail="not the same", ours=mine, theirs=yours))
    left = x[_AT["ours_left"]] * w[_AT["ours_left"]] + x[_AT["theirs_left"]] * w[_AT["theirs_left"]]
    if x[_AT["ours_left"]] or x[_AT["theirs_left"]]:
        found.append(Feature(name="unanswered", score=_bits(left), detail="only on one side", ours=mine, theirs=yours))
    places = [(a.ours[0], a.theirs[0]) for a in evidence.alignment.answers]
    if [b for _, b in sorted(places)] != sorted(b for _, b in places):
        found.append(
            Feature(
                name="order",
                score=0.0,
                detail="another order",
                ours=_written(ours, tuple(a for a, _ in sorted(places))),
                theirs=_written(theirs, tuple(sorted(b for _, b in places))),
            )
        )
    for side, who in ((ours, "ours"), (theirs, "theirs")):
        hidden = [p.token for p in side.name.parts if p.token.disguised]
        if hidden:
            detail = "look-alike characters: " + " ".join(sorted({f"U+{ord(c):04X}" for t in hidden for c in t.disguised}))
            text = " ".join(t.written for t in hidden)
            found.append(
                Feature(
                    name="disguise",
                    score=0.0,
                    detail=detail,
                    ours=text if who == "ours" else "",
                    theirs=text if who == "theirs" else "",
                )
            )
    return found


def _circumstances(ours: Side, theirs: Side, evidence: Evidence, using: Weights) -> list[Feature]:
    x, w = [value / SCALE for value in evidence.inputs], using.inputs
    found = []
    if evidence.born is not Agreement.UNKNOWN and evidence.born_theirs is not None:
        score = w[_AT[f"born_{evidence.born}"]] - w[_AT["born_unknown"]]
        found.append(
            Feature(
                name="birth_date",
                score=_bits(score),
                detail=_BORN[evidence.born],
                ours=_day(ours.born[0]),
                theirs=_day(evidence.born_theirs),
            )
        )
    for name, detail in (("country_same", "the same"), ("country_other", "another")):
        if x[_AT[name]]:
            found.append(
                Feature(
                    name="country",
                    score=_bits(w[_AT[name]]),
                    detail=detail,
                    ours=" ".join(sorted(ours.countries)),
                    theirs=" ".join(sorted(theirs.countries)),
                )
            )
    for feature, values in (("place", evidence.place), ("identifier", evidence.identifier)):
        for verdict in ("same", "other"):
            if x[_AT[f"{feature}_{verdict}"]]:
                found.append(
                    Feature(
                        name="birth_place" if feature == "place" else feature,
                        score=_bits(w[_AT[f"{feature}_{verdict}"]]),
                        detail="the same" if verdict == "same" else "another",
                        ours=values[0],
                        theirs=values[1],
                    )
                )
    if x[_AT["gender_other"]]:
        words = {"m": "male", "f": "female"}
        found.append(
            Feature(
                name="gender",
                score=_bits(w[_AT["gender_other"]]),
                detail="another",
                ours=words[ours.gender or ours.name.gender],
                theirs=words[theirs.gender or theirs.name.gender],
            )
        )
    count = evidence.namesakes
    found.append(
        Feature(
            name="namesakes",
            score=_bits(x[_AT["namesakes"]] * w[_AT["namesakes"]]),
            detail=f"about {count:.2g} by chance" if count >= 0.01 else "fewer than one in a hundred lists",
            ours="",
            theirs="",
        )
    )
    return found


def _day(day: tuple[int, int, int]) -> str:
    year, month, of_month = day
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{of_month:02}" if of_month else "")
