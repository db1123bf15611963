"""What the map of a case shows: stays, where units were recorded, and incidents, by the numbers of the tables."""

from typing import TYPE_CHECKING, Any

from safeconduct.desk.incidents import lookup
from safeconduct.desk.incidents.selectors import CaseIncidents

if TYPE_CHECKING:
    from safeconduct.core.incidents.drawing import Drawing

_MICRO = 1_000_000


def map_of(found: CaseIncidents) -> "Drawing | None":
    """The shapes of the map; None where there is nothing to show."""
    from safeconduct.core.incidents import drawing

    if found.run is None:
        return None
    marks = []
    for letter, stay in lettered(found.run.content["stays"]):
        if stay["at"]:
            marks.append(drawing.Mark(letter, *_at(stay["at"]), "stay", stay["at"]["name"]))
        for each in stay["recorded"]:
            marks.append(drawing.Mark(letter, *_at(each), "unit", each["unit"]))
    for line in found.hits:
        kind = "harm" if line.content["harms"] else "incident"
        # Incidents known to a province are in the table only: a circle over everything shows nothing.
        if line.content["precision"] in ("place", "near", "district"):
            at = line.content["lat"] / _MICRO, line.content["lon"] / _MICRO, 2.0
            marks.append(drawing.Mark(str(line.number), *at, kind, line.content["place"]))
    outlines, towns = lookup.background()
    return drawing.drawn(marks, outlines, towns)


def stays_told(found: CaseIncidents) -> list[tuple[str, dict[str, Any], list[str]]]:  # Any: as below
    """Stays of the last search with their letters and the titles of the datasets that cover them."""
    if found.run is None:
        return []
    titles = {each["id"]: each["title"] for each in found.run.content["datasets"]}
    stays = lettered(found.run.content["stays"])
    return [(letter, stay, [titles.get(each, each) for each in stay["coverage"]]) for letter, stay in stays]


def lettered(stays: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:  # Any: what a sealed record holds
    """Stays with the letters by which the map names them."""
    return [(chr(ord("A") + place), stay) for place, stay in enumerate(stays)]


def _at(each: dict[str, Any]) -> tuple[float, float, float]:
    return each["lat"] / _MICRO, each["lon"] / _MICRO, each["metres"] / 1_000
