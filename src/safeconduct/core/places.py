"""Towns and villages by any of their names, Latin or Cyrillic: an embedded gazetteer, so that no name is asked of anybody."""

import gzip
import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.core.errors import SafeconductError

CLEARLY_LARGER = 10
"""A town this many times larger than the next of its name is meant unless a country is said."""
_LABELS = 1_500
_MARKS = re.compile(r"[^\w\s-]|_")


class GazetteerUnreadable(SafeconductError):
    """The bytes are no gazetteer."""


@dataclass(frozen=True)
class Place:
    """A town or a village."""

    id: str
    """GeoNames' number; for villages and provinces `ua-` and something of their own."""
    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    lat: float
    lon: float
    population: int
    """0 where it is not known."""
    radius_km: float
    """How far around its coordinates the place reaches, or may lie where they are estimates."""


class Gazetteer:
    """Towns, found by every name they have or had."""

    def __init__(self, packed: bytes) -> None:
        """`packed`: gzip of lines of id, name, country, latitude, longitude, people, km and other names, separated by tabs."""
        found: dict[str, list[int]] = defaultdict(list)
        try:
            self._rows = gzip.decompress(packed).decode().splitlines()
            for row, line in enumerate(self._rows):
                _, name, _, _, _, _, _, others = line.split("\t")
                for each in {folded(known) for known in (name, *others.split("|"))}:
                    found[each].append(row)
            _read(self._rows[-1] if self._rows else "")
        except (ValueError, OSError, EOFError, zlib.error) as error:
            raise GazetteerUnreadable("not a gazetteer") from error
        self._found = dict(found)

    @property
    def best_known(self) -> Sequence[Place]:
        """Towns, those with many people and many names first: for labels on a map."""
        towns = sorted((row for row in self._rows if not row.startswith("ua-")), key=_renown, reverse=True)
        return [_read(row) for row in towns[:_LABELS]]

    def of_id(self, number: str) -> Place | None:
        """The place of that id; None where there is none."""
        return next((_read(row) for row in self._rows if row.startswith(f"{number}\t")), None)

    def named(self, text: str, *, country: str = "") -> Sequence[Place]:
        """Every place of that name, the largest first; empty where there is none. “Town, UA” names the country too."""
        name, comma, said = text.rpartition(",")
        wanted = country or (said.strip().upper() if comma and len(said.strip()) == 2 else "")
        rows = self._found.get(folded(name if comma and wanted else text), ())
        places = sorted((_read(self._rows[row]) for row in rows), key=lambda place: -place.population)
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
    if plain.isalpha():
        return plain
    return " ".join(_MARKS.sub("", plain).replace("-", " ").split())


def _read(line: str) -> Place:
    number, name, country, lat, lon, population, km, _ = line.split("\t")
    return Place(number, name, country, float(lat), float(lon), int(population), float(km))


def _renown(line: str) -> int:
    return int(line.split("\t")[5]) * (1 + line.count("|"))
