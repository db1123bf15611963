"""T3: two places or two units at once, and stretches about which nothing is said."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

from safeconduct.core.timeline.model import Precision, Same, Statement, Topic, Whereabouts
from safeconduct.core.timeline.prompts import Certainty, Found, Outside
from safeconduct.core.timeline.readings import HIGH, LOW, Reading, day_of
from safeconduct.core.timeline.rules import Rule

_EARTH_KM = 6371.0


def found(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """Pairs of stays that share days and are apart, of units that share days, of statements with nothing said in between.

    Two stays whose dates merely could overlap raise nothing: at their word they have to.
    """
    yield from _both(rule, about)
    yield from _two_units(rule, about)
    gaps = list(_gaps(rule, about, Certainty.CERTAIN))
    yield from gaps
    known = {each.statements for each in gaps}
    yield from (each for each in _gaps(rule, about, Certainty.POSSIBLE) if each.statements not in known)


def apart_km(one: Whereabouts, other: Whereabouts) -> float:
    """The least distance that two places can have, in kilometres; 0 where nothing is known.

    Where one has no coordinates, two different countries count as apart without end.
    """
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None or _is_country(one) or _is_country(other):
        return math.inf if one.country and other.country and one.country != other.country else 0.0
    first, second = math.radians(one.lat), math.radians(other.lat)
    across = math.radians(other.lon - one.lon)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    centres = 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
    return max(0.0, centres - one.reach_km - other.reach_km)


def _is_country(place: Whereabouts) -> bool:
    return place.precision is Precision.COUNTRY


def _both(rule: Rule, about: Sequence[Statement]) -> Iterator[Found]:
    where, perhaps = rule.parameters["where"], rule.parameters["perhaps"]
    placed = [each for each in about if each.place and each.when and each.topic.value in (*where, *perhaps)]
    needed = rule.parameters["shared_days"]
    for one, other in combinations(placed, 2):
        shared = _shared(one.plain, other.plain)
        certain = _shared(one.every, other.every)
        if max(len(shared), len(certain)) < needed or one.place is None or other.place is None:
            continue
        if apart_km(one.place, other.place) < rule.parameters["apart_km"]:
            continue
        surely_there = {one.topic.value, other.topic.value} <= set(where)
        is_certain = len(certain) >= needed and surely_there
        days = certain if len(certain) >= needed else shared
        facts = {"days": str(len(days)), "from": _iso(days[0]), "until": _iso(days[-1])}
        yield Found("both", earlier_first(one, other), Certainty.CERTAIN if is_certain else Certainty.POSSIBLE, facts)


def _two_units(rule: Rule, about: Sequence[Statement]) -> Iterator[Found]:
    """Never certain: people are lent from one unit to another."""
    serving = [each for each in about if each.topic is Topic.SERVICE and each.unit and each.when]
    for one, other in combinations(serving, 2):
        days = _shared(one.plain, other.plain)
        if len(days) < rule.parameters["shared_days"] or one.unit is None or other.unit is None:
            continue
        if one.unit.same_as(other.unit) is Same.NO:
            facts = {"from": _iso(days[0]), "until": _iso(days[-1])}
            yield Found("units", earlier_first(one, other), Certainty.POSSIBLE, facts)


def earlier_first(one: Statement, other: Statement) -> tuple[str, str]:
    """The ids of two statements, in the order in which people tell them."""
    first, second = sorted((one, other), key=lambda each: (each.plain.first_lo, each.id))
    return first.id, second.id


def _shared(one: Reading, other: Reading) -> range:
    """The days that both have however their bounds are read."""
    first, last = max(one.first_hi, other.first_hi), min(one.last_lo, other.last_lo)
    return range(first, max(last + 1, first))


def _gaps(rule: Rule, about: Sequence[Statement], certainty: Certainty) -> Iterator[Found]:
    spans = []
    for each in about:
        reading = each.every if certainty is Certainty.CERTAIN else each.plain
        if each.when and each.topic.value in rule.parameters["covering"]:
            # Without an end it reaches as far as anybody can say: nothing is a gap then.
            spans.append((reading.first_lo, reading.last_hi, each.id))
    if not spans:
        return
    (_, covered, before), *others = sorted(spans)
    for first, last, id_ in others:
        empty = first - covered - 1
        if empty > rule.parameters["gap_days"] and covered > LOW and first < HIGH:
            facts = {"days": str(empty), "from": _iso(covered + 1), "until": _iso(first - 1)}
            yield Found("gap", (before, id_), certainty, facts)
        if last > covered:
            covered, before = last, id_


def _iso(ordinal: int) -> str:
    day = day_of(ordinal)
    return day.isoformat() if day else ""
