"""Statements for the tests, all invented; and the published stories of one pseudonym, in our own words."""

from safeconduct import packs
from safeconduct.core.timeline import (
    Order,
    Outside,
    Precision,
    Prompt,
    Relation,
    Said,
    Statement,
    Topic,
    Unit,
    Whereabouts,
    prompts_of,
)

RULES = packs.timeline(packs.TIMELINE)
PLACES = {
    "Kostanay": ("KZ", 53.21, 63.62),
    "Rudny": ("KZ", 52.96, 63.13),
    "Astana": ("KZ", 51.18, 71.45),
    "Svatove": ("UA", 49.41, 38.16),
    "Rostov": ("RU", 47.23, 39.71),
    "Omsk": ("RU", 54.99, 73.37),
    "Yerevan": ("AM", 40.18, 44.51),
    "Belgrade": ("RS", 44.80, 20.47),
    "Istanbul": ("TR", 41.01, 28.95),
}


def at(name: str) -> Whereabouts:
    """A town, or a country by its code."""
    if len(name) == 2:
        return Whereabouts(name, name, Precision.COUNTRY)
    country, lat, lon = PLACES[name]
    return Whereabouts(name, country, Precision.TOWN, f"{country}|{name}", lat, lon)


def say(id_: str, topic: str, when: str = "", where: str = "", value: str = "", **more: object) -> Statement:
    """One statement; `more` are fields of it."""
    place = at(where) if where else None
    fields: dict[str, object] = {"speaker": "the person", "source": "interview", "said": Said.INTERVIEW, **more}
    return Statement(id=id_, topic=Topic(topic), when=when, place=place, value=value, **fields)  # type: ignore[arg-type]  # fields of Statement


def raised(*statements: Statement, rule: str = "", outside: Outside | None = None) -> list[Prompt]:
    """The prompts of a rule, or of all."""
    return [each for each in prompts_of(statements, RULES, outside) if not rule or each.rule == rule]


def in_short(prompts: list[Prompt]) -> list[str]:
    """“variant certainty statement statement”, sorted."""
    return sorted(" ".join((each.variant, each.certainty, *sorted(each.statements))) for each in prompts)


def the_two_stories() -> list[Statement]:
    """What two reports say of a man called by one pseudonym (contradictions C4 and C5): he cannot be one man who did all this."""
    one, other = {"source": "report-1", "said": Said.OPEN_SOURCE}, {"source": "report-2", "said": Said.OPEN_SOURCE}
    return [
        say("1-category", "category", "", value="contract", **one),
        say("1-stay", "stay", "2023-04/2023-08", "UA", **one),
        say("1-leaving", "leaving", "2023-22", manner="deployment", **one),
        say("1-entry", "entry", "", "KZ", relations=[Relation(Order.AFTER, "1-leaving")], occasion=1, **one),
        say("2-category", "category", "", value="officer", **other),
        say("2-leaving", "leaving", "{2022-09-21..2022-12}", manner="leave", **other),
        say("2-stay", "stay", "2022-10~/2024-10", "KZ", **other),
        say("2-entry", "entry", "2022-10~", "KZ", occasion=1, **other),
    ]


def who_fought() -> list[Statement]:
    """Of five men of a group (contradiction C6): one report says that they were never at the front, another that they were."""
    statements = []
    for number in range(5):
        person = f"man-{number}"
        statements += [
            say(f"{person}-denied", "front", value="was-not", person=person, speaker="report-2", source="report-2"),
            say(f"{person}-told", "front", value="was", person=person, speaker="report-3", source="report-3"),
        ]
    return statements


def unit(name: str = "", number: str = "") -> Unit:
    """A unit."""
    return Unit(name, number)
