"""Places by the embedded gazetteer: a name is looked up on this server and asked of nobody."""

from collections.abc import Sequence

from safeconduct import packs
from safeconduct.core.places import Place
from safeconduct.core.timeline import Precision, Whereabouts, whereabouts_of

MOST_CANDIDATES = 12
NOT_LISTED = "none"
"""In a form, where the place meant is none of the candidates."""


def candidates(name: str, country: str) -> Sequence[Place]:
    """Towns that go by a name, the largest first; at most twelve."""
    return packs.gazetteer().named(name, country=country)[:MOST_CANDIDATES] if name else ()


def placed(name: str, country: str, chosen: str) -> Whereabouts | None:
    """The place that is meant: the candidate of the id that was chosen, or what was said without a point on the map.

    None where neither a name nor a country was said.
    """
    town = next((each for each in candidates(name, country) if each.id == chosen), None)
    if town is not None:
        return whereabouts_of(town, said=name)
    if not name:
        return Whereabouts(country, country, Precision.COUNTRY) if country else None
    return Whereabouts(name, country, Precision.UNKNOWN)


def meant(name: str, country: str, region: str = "") -> Whereabouts | None:
    """The place of an answer: its town where the gazetteer leaves no doubt, else what was said."""
    town = packs.gazetteer().meant(name, country=country) if name else None
    if town is not None:
        return whereabouts_of(town, said=name)
    if name or region:
        return Whereabouts(name or region, country, Precision.UNKNOWN if name else Precision.REGION)
    return placed("", country, "")
