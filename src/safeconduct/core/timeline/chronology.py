"""When things can have been, from everything that was said: bounds pass from statement to statement until they rest.

Each statement has a first and a last day. Constraints have one form, “this day is not after that day”: so the bounds that
propagation leaves are exactly the possible ones, and where a lower bound passes an upper one, no set of days fits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from safeconduct.core.timeline.model import Order, Statement, Topic
from safeconduct.core.timeline.readings import Reading

_Edge = tuple[int, int]
"""The day at the first index is not after the day at the second."""


@dataclass(frozen=True)
class Chronology:
    """What the statements leave possible when they are taken together."""

    possible: Mapping[str, Reading]
    """By statement: the bounds that remain. As stated, where the statements cannot all be so."""
    conflicts: Sequence[frozenset[str]]
    """Sets of statements that cannot all be so; without any one of a set the rest of it can."""

    @property
    def is_consistent(self) -> bool:
        """Whether there are days that fit every statement."""
        return not self.conflicts


def chronology(statements: Iterable[Statement], *, at_their_word: bool = False) -> Chronology:
    """Bounds and conflicts of statements, whatever their order; by every reading, or with the dates taken at their word.

    People are kept apart: nothing passes between statements about different ones.
    """
    ordered = sorted(statements, key=lambda each: each.id)
    readings = {each.id: each.plain if at_their_word else each.every for each in ordered}
    left, conflicts = ordered, []
    while (clash := (rested := _rested(left, readings)).clash) is not None:
        smallest = _smallest(rested.behind(clash), readings)
        conflicts.append(frozenset(each.id for each in smallest))
        # One is set aside so that further conflicts show; which one is fixed, so that the answer is too.
        left = [each for each in left if each is not smallest[-1]]
    return Chronology(readings if conflicts else rested.readings(readings), conflicts)


def order_of(statements: Sequence[Statement], first: str, second: str) -> Order:
    """BEFORE or AFTER where it is so however the dates are read, SAME where both are one day or one occasion, else UNKNOWN.

    KeyError where one is not there. Statements that cannot all be so have no order: UNKNOWN.
    """
    found = chronology(statements)
    given = list(found.possible)
    one, other = given.index(first), given.index(second)
    if not found.is_consistent:
        return Order.UNKNOWN
    by_id = sorted(statements, key=lambda each: each.id)
    edges = _edges(by_id)
    lasts_before = _entailed(by_id, edges, (2 * one + 1, 2 * other))
    lasts_after = _entailed(by_id, edges, (2 * other + 1, 2 * one))
    if lasts_before and lasts_after:
        return Order.SAME
    return Order.BEFORE if lasts_before else Order.AFTER if lasts_after else Order.UNKNOWN


def stories(statements: Iterable[Statement]) -> Sequence[frozenset[str]]:
    """The sources as far as they can stand together: sets of sources, the first source in each first that fits.

    A source goes into every story that it does not contradict, so that nothing is assigned to one by chance. Sources are
    taken at their word, since “perhaps” would let anything stand with anything.
    """
    ordered = sorted(statements, key=lambda each: each.id)
    sources = sorted({each.source for each in ordered})
    found: list[set[str]] = []
    for source in sources:
        home = {source}
        for other in sources:
            together = [each for each in ordered if each.source in home | {other}]
            if chronology(together, at_their_word=True).is_consistent:
                home.add(other)
        if home not in found:
            found.append(home)
    return [frozenset(each) for each in found]


@dataclass(frozen=True, slots=True)
class _Rested:
    """Bounds that no constraint moves any more, and from which day each one came."""

    statements: Sequence[Statement]
    lows: list[int]
    highs: list[int]
    low_from: dict[int, int]
    high_from: dict[int, int]

    @property
    def clash(self) -> int | None:
        """A day whose lower bound has passed its upper one; None where there is none."""
        return next((day for day, (low, high) in enumerate(zip(self.lows, self.highs, strict=True)) if low > high), None)

    def behind(self, day: int) -> list[Statement]:
        """The statements through which the two bounds of a day came: together they cannot be, where these clash."""
        found = {day // 2}
        for came_from in (self.low_from, self.high_from):
            here = day
            while here in came_from:
                here = came_from[here]
                found.add(here // 2)
        return [self.statements[number] for number in sorted(found)]

    def readings(self, before: Mapping[str, Reading]) -> dict[str, Reading]:
        """The bounds by statement."""
        lows, highs = self.lows, self.highs
        return {
            each.id: Reading(lows[2 * n], highs[2 * n], lows[2 * n + 1], highs[2 * n + 1], before[each.id].is_point)
            for n, each in enumerate(self.statements)
        }


def _smallest(statements: Sequence[Statement], readings: Mapping[str, Reading]) -> Sequence[Statement]:
    """A set that cannot be so and of which each statement is needed for that, by trying to do without each."""
    kept = list(statements)
    for each in statements:
        without = [other for other in kept if other is not each]
        if _rested(without, readings).clash is not None:
            kept = without
    return kept


def _rested(statements: Sequence[Statement], readings: Mapping[str, Reading]) -> _Rested:
    lows: list[int] = []
    highs: list[int] = []
    for each in statements:
        reading = readings[each.id]
        lows += (reading.first_lo, reading.last_lo)
        highs += (reading.first_hi, reading.last_hi)
    low_from: dict[int, int] = {}
    high_from: dict[int, int] = {}
    edges, changed = _edges(statements), True
    while changed:
        changed = False
        for before, after in edges:
            if lows[after] < lows[before]:
                lows[after], low_from[after], changed = lows[before], before, True
            if highs[before] > highs[after]:
                highs[before], high_from[before], changed = highs[after], after, True
    return _Rested(statements, lows, highs, low_from, high_from)


def _edges(statements: Sequence[Statement]) -> list[_Edge]:
    place = {each.id: number for number, each in enumerate(statements)}
    edges: list[_Edge] = []
    by_event: dict[str, list[int]] = {}
    births: dict[str, list[int]] = {}
    for number, each in enumerate(statements):
        first, last = 2 * number, 2 * number + 1
        edges.append((first, last))
        if each.every.is_point:
            edges.append((last, first))
        if each.event:
            by_event.setdefault(each.event, []).append(number)
        for relation in each.relations:
            if relation.other in place and statements[place[relation.other]].person == each.person:
                edges += _related(relation.order, number, place[relation.other])
        if each.topic is Topic.BIRTH:
            births.setdefault(each.person, []).append(number)
    for together in by_event.values():
        for one, other in pairwise(together):
            edges += _related(Order.SAME, one, other)
    edges += [
        (2 * birth + 1, 2 * number)
        for number, each in enumerate(statements)
        for birth in births.get(each.person, ())
        if each.topic is not Topic.BIRTH
    ]
    return edges


def _related(order: Order, one: int, other: int) -> list[_Edge]:
    first, last, other_first, other_last = 2 * one, 2 * one + 1, 2 * other, 2 * other + 1
    if order is Order.BEFORE:
        return [(last, other_first)]
    if order is Order.AFTER:
        return [(other_last, first)]
    if order is Order.DURING:
        return [(other_first, first), (last, other_last)]
    if order is Order.SAME:
        return [(first, other_first), (other_first, first), (last, other_last), (other_last, last)]
    return []


def _entailed(statements: Sequence[Statement], edges: Sequence[_Edge], edge: _Edge) -> bool:
    """Whether the constraints leave no days on which `edge` does not hold: a path between the two days, or their bounds."""
    reached, waiting = {edge[0]}, [edge[0]]
    while waiting:
        here = waiting.pop()
        for before, after in edges:
            if before == here and after not in reached:
                reached.add(after)
                waiting.append(after)
    if edge[1] in reached:
        return True
    bounds = _rested(statements, {each.id: each.every for each in statements})
    return bounds.highs[edge[0]] <= bounds.lows[edge[1]]
