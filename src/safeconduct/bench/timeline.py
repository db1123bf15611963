"""Every rule of the timeline over many cases of thirty statements, at three sizes; one process, one core."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from safeconduct import packs
from safeconduct.bench import Effort, Row, Say, slope_row
from safeconduct.core.timeline import Order, Precision, Relation, Statement, Topic, Whereabouts, prompts_of

_STATEMENTS = 30
_FIRST, _DAYS = date(2021, 1, 1), 1_600
_TOWNS = [
    ("RU", 47.23, 39.71),
    ("RU", 54.99, 73.37),
    ("UA", 49.41, 38.16),
    ("KZ", 51.18, 71.45),
    ("AM", 40.18, 44.51),
    ("RS", 44.80, 20.47),
]
_TOPICS = [
    *[Topic.STAY] * 8,
    *[Topic.SERVICE] * 4,
    *[Topic.RANK] * 3,
    *[Topic.STATUS] * 2,
    *(topic for topic in Topic if topic is not Topic.UNKNOWN),
]
_WORDS = {
    Topic.RANK: ("private", "sergeant", "captain"),
    Topic.SUMMONS: ("mobilisation", "conscription"),
    Topic.OFFENCE: ("337-1", "337-5", "338"),
    Topic.STATUS: ("asylum-certificate", "none"),
    Topic.REASON: ("fear", "conviction"),
    Topic.CATEGORY: ("contract", "mobilised"),
    Topic.FRONT: ("was", "was-not"),
    Topic.EXIT: ("legal", "other"),
    Topic.DOCUMENT: ("electronic-summons", "mobilisation-order"),
}


def measure(effort: Effort, say: Say) -> list[Row]:
    """Statements made and every prompt found, anew for each case; no date is twice the same but by chance."""
    rules = packs.timeline(packs.TIMELINE)
    rows, points = list[Row](), dict[int, float]()
    for cases in effort.search_sizes:
        say(f"timeline: {cases:,} cases")
        told = [_told(random.Random(number)) for number in range(cases)]
        begun, found = time.process_time(), list[int]()
        for makers in told:
            found.append(len(prompts_of([make() for make in makers], rules)))
        seconds = time.process_time() - begun
        points[cases] = seconds
        rows.append(
            Row(
                name="timeline rules",
                size=f"{cases:,} cases × {_STATEMENTS}",
                value=seconds,
                unit="s",
                target=30 if cases >= 10_000 else None,
                note=f"{statistics.mean(found):.1f} prompts a case",
            )
        )
    return [*rows, slope_row("timeline rules", points)]


def _told(chance: random.Random) -> Sequence[Callable[[], Statement]]:
    return [_statement(chance, number) for number in range(_STATEMENTS)]


def _statement(chance: random.Random, number: int) -> Callable[[], Statement]:
    topic = _TOPICS[chance.randrange(len(_TOPICS))]
    is_placed = topic in (Topic.STAY, Topic.SERVICE, Topic.STATUS, Topic.EXIT, Topic.ENTRY)
    return partial(
        Statement,
        id=f"{number:02d}",
        speaker=chance.choice(("person", "person", "document")),
        source=chance.choice(("interview", "request", "paper-1", "paper-2")),
        topic=topic,
        when=_when(chance),
        value=chance.choice(_WORDS.get(topic, ("",))),
        place=_place(chance) if is_placed else None,
        relations=[Relation(Order.AFTER, f"{number - 1:02d}")] if number and chance.random() < 0.05 else [],
    )


def _place(chance: random.Random) -> Whereabouts:
    country, lat, lon = chance.choice(_TOWNS)
    return Whereabouts("town", country, Precision.TOWN, f"{country}|{lat}", lat, lon)


def _when(chance: random.Random) -> str:
    first = _FIRST + timedelta(days=chance.randrange(_DAYS))
    last = first + timedelta(days=chance.randrange(10, 200))
    kind = chance.random()
    if kind < 0.15:
        return ""
    if kind < 0.5:
        return f"{first:%Y-%m}/{last:%Y-%m}"
    if kind < 0.7:
        return f"{first}/{last}"
    return f"{first:%Y-%m}~/{last}" if kind < 0.85 else f"{first}?/{last:%Y-%m}"
