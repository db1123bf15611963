"""What a sealed statement holds, and the statement of the timeline that it is.

A statement is sealed where its source is: what the person said in the interview stays in the section of that answer, so that
nobody reads it here who may not read it there, and it is erased with it; what somebody records by hand is evidence.
"""

from collections.abc import Mapping
from typing import Any  # Sealed records are JSON of many shapes.

from safeconduct.core.timeline import (
    Alias,
    Order,
    Precision,
    Relation,
    Said,
    Statement,
    Topic,
    Unit,
    Whereabouts,
)
from safeconduct.desk.vault.opening import OpenRecord
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.web.countries import country_name

STATEMENT, ANSWER, CLAIM = "statement", "prompt-answer", "claim"
SECTION = Section.EVIDENCE
"""Of what is recorded by hand, of claims and of answers."""
PERSON = "person"
"""The speaker where it is the person of the case."""
INTERVIEW = "interview"
"""The source where it is the case's screening interview."""


def statement_of(record: OpenRecord, *, language: str = "") -> Statement:
    """The statement of a sealed record; a country has its name in a language where one is given."""
    said = record.content
    unit, place = said.get("unit"), said.get("place")
    return Statement(
        id=record.id,
        person=said.get("about", ""),
        speaker=said["speaker"],
        said=Said(said["said"]),
        source=said["source"],
        said_on=said.get("said_on", ""),
        topic=Topic(said["topic"]),
        when=said.get("when", ""),
        occasion=said.get("occasion", 0),
        value=said.get("value", ""),
        manner=said.get("manner", ""),
        place=_whereabouts(place, language) if place else None,
        unit=_unit(unit) if unit else None,
        relations=[Relation(Order(each["order"]), each["other"]) for each in said.get("relations", [])],
    )


def place_content(place: Whereabouts | None) -> dict[str, Any] | None:
    """A place as it is sealed; coordinates as text, since sealed records know no fractions."""
    if place is None:
        return None
    return {
        "name": place.name,
        "country": place.country,
        "precision": place.precision.value,
        "key": place.key,
        "lat": "" if place.lat is None else f"{place.lat:.5f}",
        "lon": "" if place.lon is None else f"{place.lon:.5f}",
        "radius_km": f"{place.radius_km:.1f}",
    }


def is_set_aside(content: Mapping[str, Any]) -> bool:
    """Whether somebody said that it was recorded by mistake."""
    return bool(content.get("set_aside"))


def _whereabouts(said: Mapping[str, str], language: str) -> Whereabouts:
    is_named = language and said["precision"] == Precision.COUNTRY.value
    return Whereabouts(
        name=country_name(said["country"], language) if is_named else said["name"],
        country=said["country"],
        precision=Precision(said["precision"]),
        key=said["key"],
        lat=float(said["lat"]) if said["lat"] else None,
        lon=float(said["lon"]) if said["lon"] else None,
        radius_km=float(said["radius_km"]),
    )


def _unit(said: Mapping[str, Any]) -> Unit:
    aliases = [Alias(each["name"], each["when"]) for each in said.get("aliases", [])]
    return Unit(said["name"], said["number"], said["parent"], aliases)
