"""Towns by any of their names, in Latin or Cyrillic letters: an embedded gazetteer, so that no name is asked of anybody."""

import gzip
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.core.errors import SafeconductError

CLEARLY_LARGER = 10
"""A town this many times larger than the next of its name is meant unless a country is said."""


class GazetteerUnreadable(SafeconductError):
    """The bytes are no gazetteer."""


@dataclass(frozen=True)
class Place:
    """A town."""

    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    lat: float
    lon: float
    population: int


class Gazetteer:
    """Towns, found by every name they have or had."""

    def __init__(self, packed: bytes) -> None:
        """`packed`: gzip of lines of name, country, latitude, longitude, population and other names, separated by tabs."""
        found = defaultdict(list)
        try:
            for line in gzip.decompress(packed).decode().splitlines():
                name, country, lat, lon, population, others = line.split("\t")
                place = Place(name, country, float(lat), float(lon), int(population))
                for each in {folded(known) for known in (name, *others.split("|"))}:
                    found[each].append(place)
        except (ValueError, OSError, EOFError, zlib.error) as error:
            raise GazetteerUnreadable("not a gazetteer") from error
        if not found:
            raise GazetteerUnreadable("not a gazetteer")
        self._found = {name: sorted(places, key=lambda place: -place.population) for name, places in found.items()}

    def named(self, text: str, *, country: str = "") -> Sequence[Place]:
        """Every town of that name, the largest first; empty where there is none. “Town, UA” names the country too."""
        name, comma, said = text.rpartition(",")
        wanted = country or (said.strip().upper() if comma and len(said.strip()) == 2 else "")
        places = self._found.get(folded(name if comma and wanted else text), ())
        return [place for place in places if not wanted or place.country == wanted]

    def meant(self, text: str, *, country: str = "") -> Place | None:
        """The one town that is meant: the only one, or one that is clearly larger than the next. None where it is not clear."""
        places = self.named(text, country=country)
        if len(places) > 1 and places[0].population < CLEARLY_LARGER * max(places[1].population, 1):
            return None
        return places[0] if places else None


def folded(name: str) -> str:
    """A name without case, marks, apostrophes and hyphens, so that spellings of one name meet."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = (each for each in plain if each.isalnum() or each.isspace() or each == "-")
    return " ".join("".join(kept).replace("-", " ").split())
