"""One shape for documented incidents, whatever dataset they come from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.core.errors import SafeconductError


class IncidentsRefused(SafeconductError):
    """A file cannot be read as incidents. `place` says where (row and column), `what` says why; nothing was kept."""

    def __init__(self, what: str, *, row: int = 0, column: str = "") -> None:
        self.what, self.row, self.column = what, row, column
        where = ", ".join(part for part in (f"row {row}" if row else "", f"column {column}" if column else "") if part)
        super().__init__(f"{where}: {what}" if where else what)


class Precision(StrEnum):
    """How well the place of an incident is known."""

    PLACE = "place"
    """A town, a village, an address."""
    NEAR = "near"
    """Near a named place: within about 25 km."""
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    UNKNOWN = "unknown"


RADIUS_KM = {
    Precision.PLACE: 2.0,
    Precision.NEAR: 25.0,
    Precision.DISTRICT: 40.0,
    Precision.PROVINCE: 150.0,
    Precision.COUNTRY: 700.0,
    Precision.UNKNOWN: 700.0,
}
"""How far from its coordinates an incident of a precision may have been; conventions of ours (docs/incidents.md)."""


@dataclass(frozen=True)
class Dataset:
    """Where incidents come from; stands beside every one of them."""

    id: str
    """`ucdp-ged`, `acled`, `bellingcat-civharm`, or what a plain file calls itself."""
    title: str
    version: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class Incident:
    """One documented incident."""

    id: str
    """In its dataset."""
    first: date
    last: date
    """The last day that it may have been on; a date known to a month spans the month."""
    lat: float
    lon: float
    """Degrees, WGS 84."""
    precision: Precision
    place: str
    category: str
    actors: str
    civilians: tuple[int, int, int]
    """Civilian deaths: lowest, best and highest estimate."""
    harms_civilians: bool
    """Whether the dataset says that civilians were harmed, counted or not."""
    source: str
    """A link or the sources' names, as the dataset has them."""

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise IncidentsRefused("coordinates are latitude then longitude, in degrees")
        if self.last < self.first:
            raise IncidentsRefused("it ends before it begins")
