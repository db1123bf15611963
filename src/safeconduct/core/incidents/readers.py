"""Readers of incident datasets: UCDP GED (also the HDX form), ACLED, Bellingcat's civilian harm, and a plain CSV of ours.

Streams of text in, incidents out, one at a time. What is wrong with a row is said with its number (the first line is 1) and its
column; the datasets' own codes for precision are honoured: an incident known only to a province is never taken for a point.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TextIO

from safeconduct.core.edtf import DateUnreadable, read_interval
from safeconduct.core.incidents.model import Dataset, Incident, IncidentsRefused, Precision

Row = Mapping[str, str]
_UCDP_PLACES = {
    "1": Precision.PLACE,
    "2": Precision.NEAR,
    "3": Precision.DISTRICT,
    "4": Precision.PROVINCE,
    "5": Precision.PROVINCE,
    "6": Precision.COUNTRY,
    "7": Precision.COUNTRY,
}
"""UCDP GED codebook 25.1, `where_prec`: 5 is a stretch such as a river or a road, taken here like a province."""
_UCDP_KINDS = {"1": "state-based", "2": "non-state", "3": "one-sided"}
_ACLED_PLACES = {"1": Precision.PLACE, "2": Precision.NEAR, "3": Precision.PROVINCE}
"""ACLED codebook, `geo_precision`."""
_ACLED_DAYS = {"1": 0, "2": 3, "3": 15}
"""ACLED codebook, `time_precision`: a week and a month, here on either side of the day."""
PLAIN = "plain"
"""A coalition's own list."""


def recognise(head: str) -> str | None:
    """The dataset of a file by its first characters: ucdp-ged, acled, bellingcat-civharm, plain, or None."""
    if head.lstrip("\ufeff \n\r\t").startswith("["):
        return "bellingcat-civharm" if '"filters"' in head or '"latitude"' in head else None
    columns = columns_of(head)
    for name, wanted in _COLUMNS.items():
        if set(wanted) <= columns:
            return name
    return None


def columns_of(head: str) -> frozenset[str]:
    """The names of the columns in the first line of a CSV file, in small letters."""
    return frozenset(column.strip().lower() for column in next(csv.reader([head.lstrip("\ufeff").partition("\n")[0]]), []))


def read_incidents(dataset: str, stream: TextIO, *, today: date) -> Iterator[Incident]:
    """Every incident of a file, in its order. IncidentsRefused at the first row that cannot be read or has not come yet."""
    is_list = dataset == "bellingcat-civharm"
    numbered: Iterator[tuple[int, Any]] = _objects(stream) if is_list else _rows(stream, _COLUMNS[dataset])  # Any: as below
    seen: set[str] = set()
    for number, row in numbered:
        try:
            incident = _READERS[dataset](row)
        except IncidentsRefused as refused:
            raise IncidentsRefused(refused.what, row=number, column=refused.column) from None
        if incident.id in seen and not is_list:
            raise IncidentsRefused("this identifier stands twice", row=number)
        if incident.first > today:
            raise IncidentsRefused("this day has not come yet", row=number)
        # The published list of civilian harm gives a few identifiers to two incidents; both are kept, told apart.
        incident = replace(incident, id=f"{incident.id}-{number}") if incident.id in seen else incident
        seen.add(incident.id)
        yield incident


def dataset_of(name: str, *, version: str) -> Dataset:
    """What is known of a dataset beforehand; a plain file brings its own title and licence with `Dataset`."""
    title, licence, attribution = _ABOUT[name]
    return Dataset(name, title, version, licence, attribution)


def _rows(stream: TextIO, wanted: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    # A byte that is no UTF-8, or a quote that never ends, is said as such and not as a traceback.
    reader = csv.reader(stream, strict=True)
    try:
        header = [column.strip().lstrip("\ufeff").lower() for column in next(reader, [])]
        for column in wanted:
            if column not in header:
                raise IncidentsRefused("this column is missing", row=1, column=column)
        for cells in reader:
            if not cells or (reader.line_num == 2 and _is_hxl(cells)):
                continue
            if len(cells) != len(header):
                raise IncidentsRefused(f"{len(cells)} cells where the head has {len(header)}", row=reader.line_num)
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except UnicodeDecodeError:
        raise IncidentsRefused("not in UTF-8", row=reader.line_num + 1) from None
    except csv.Error as error:
        raise IncidentsRefused(f"not as CSV is written: {error}", row=reader.line_num) from None


def _is_hxl(cells: list[str]) -> bool:
    """Whether a second row holds HXL's tags: nothing but empty cells and words such as #date+start."""
    return any(cells) and all(not cell or re.fullmatch(r"#[a-z][a-z0-9+_]*", cell.strip()) for cell in cells)


def _objects(stream: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:  # Any: JSON
    try:
        found = json.load(stream)
    except UnicodeDecodeError:
        raise IncidentsRefused("not in UTF-8") from None
    except (json.JSONDecodeError, RecursionError):
        raise IncidentsRefused("not as JSON is written") from None
    if not isinstance(found, list):
        raise IncidentsRefused("not a list of incidents")
    for number, each in enumerate(found, start=1):
        if not isinstance(each, dict):
            raise IncidentsRefused("not an incident", row=number)
        yield number, each


def _ucdp(row: Row) -> Incident:
    civilians, unknown = _count(row, "deaths_civilians"), _count(row, "deaths_unknown")
    return _made(
        id=_text(row, "id"),
        first=_day(row, "date_start"),
        last=_day(row, "date_end"),
        lat=_degrees(row, "latitude"),
        lon=_degrees(row, "longitude"),
        precision=_UCDP_PLACES.get(row["where_prec"].strip(), Precision.UNKNOWN),
        place=row.get("where_coordinates", ""),
        category=_UCDP_KINDS.get(row["type_of_violence"].strip(), "unknown"),
        actors=" / ".join(part for part in (row.get("side_a", ""), row.get("side_b", "")) if part),
        civilians=(civilians, civilians, civilians + unknown),
        harms_civilians=civilians > 0 or row["type_of_violence"].strip() == "3",
        source=row.get("source_office", "") or row.get("source_article", ""),
    )


def _acled(row: Row) -> Incident:
    deaths, at_civilians = _count(row, "fatalities"), _is_at_civilians(row)
    day = _day(row, "event_date")
    slack = timedelta(days=_ACLED_DAYS.get(row["time_precision"].strip(), 15))
    return _made(
        id=_text(row, "event_id_cnty"),
        first=day - slack,
        last=day + slack,
        lat=_degrees(row, "latitude"),
        lon=_degrees(row, "longitude"),
        precision=_ACLED_PLACES.get(row["geo_precision"].strip(), Precision.UNKNOWN),
        place=row.get("location", ""),
        category=row.get("sub_event_type", "") or row["event_type"],
        actors=" / ".join(part for part in (row.get("actor1", ""), row.get("actor2", "")) if part),
        civilians=(0, deaths if at_civilians else 0, deaths),
        harms_civilians=at_civilians,
        source=row.get("source", ""),
    )


def _is_at_civilians(row: Row) -> bool:
    return bool(row.get("civilian_targeting", "").strip()) or row["event_type"].strip() == "Violence against civilians"


def _bellingcat(each: Mapping[str, Any]) -> Incident:  # Any: JSON
    row = {name: str(each.get(name) or "") for name in ("id", "date", "latitude", "longitude", "location")}
    filters = [pair for pair in each.get("filters") or [] if isinstance(pair, dict)]
    areas = {str(pair.get("value", "")) for pair in filters if "area" in str(pair.get("key", "")).lower()}
    kinds = sorted(areas - {"", "Unknown"})
    day = _american_day(row)
    links = [str(source.get("path", "")) for source in each.get("sources") or [] if isinstance(source, dict)]
    return _made(
        id=_text(row, "id"),
        first=day,
        last=day,
        lat=_degrees(row, "latitude"),
        lon=_degrees(row, "longitude"),
        precision=Precision.PLACE,
        place=row["location"],
        category=", ".join(kinds) or "civilian harm",
        actors="",
        civilians=(0, 0, 0),
        harms_civilians=True,
        source=next((link for link in links if link), ""),
    )


def _plain(row: Row) -> Incident:
    first, last = _interval(row, "date")
    best = _count(row, "civilian_deaths")
    radius = row.get("precision", "").strip() or "place"
    if radius not in set(Precision):
        raise IncidentsRefused("one of place, near, district, province, country", column="precision")
    return _made(
        id=_text(row, "id"),
        first=first,
        last=last,
        lat=_degrees(row, "lat"),
        lon=_degrees(row, "lon"),
        precision=Precision(radius),
        place=row.get("place", ""),
        category=row.get("category", "") or "unknown",
        actors=row.get("actors", ""),
        civilians=(_count(row, "civilian_deaths_low", best), best, _count(row, "civilian_deaths_high", best)),
        harms_civilians=best > 0 or row.get("harms_civilians", "").strip().lower() in ("yes", "true", "1"),
        source=row.get("source", ""),
    )


def _made(**fields: Any) -> Incident:  # Any: the fields of an incident
    return Incident(**fields)


def _text(row: Row, column: str) -> str:
    text = row[column].strip()
    if not text:
        raise IncidentsRefused("nothing stands here", column=column)
    return text


def _degrees(row: Row, column: str) -> float:
    try:
        found = float(row[column])
    except ValueError:
        raise IncidentsRefused("not a number of degrees", column=column) from None
    limit = 90 if column.startswith("lat") else 180
    if not -limit <= found <= limit:
        hint = " (latitude and longitude may be exchanged)" if limit == 90 and -180 <= found <= 180 else ""
        raise IncidentsRefused(f"not between -{limit} and {limit}{hint}", column=column)
    return found


def _count(row: Row, column: str, otherwise: int = 0) -> int:
    text = row.get(column, "").strip()
    if not text:
        return otherwise
    try:
        found = int(float(text))
    except (ValueError, OverflowError):
        raise IncidentsRefused("not a number", column=column) from None
    if found < 0:
        raise IncidentsRefused("not a number of people", column=column)
    return found


def _day(row: Row, column: str) -> date:
    try:
        return date.fromisoformat(row[column].strip()[:10])
    except ValueError:
        raise IncidentsRefused("not a day as YYYY-MM-DD", column=column) from None


def _american_day(row: Row) -> date:
    month, _, rest = row["date"].partition("/")
    day, _, year = rest.partition("/")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise IncidentsRefused("not a day as MM/DD/YYYY", column="date") from None


def _interval(row: Row, column: str) -> tuple[date, date]:
    try:
        found = read_interval(row[column])
    except DateUnreadable:
        raise IncidentsRefused("not a date (EDTF)", column=column) from None
    if found.earliest is None or found.latest is None:
        raise IncidentsRefused("an incident has a first and a last day", column=column)
    return found.earliest, found.latest


_READERS: Mapping[str, Callable[[Any], Incident]] = {  # Any: rows of text, or JSON objects
    "ucdp-ged": _ucdp,
    "acled": _acled,
    "bellingcat-civharm": _bellingcat,
    PLAIN: _plain,
}
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "ucdp-ged": (
        *("id", "type_of_violence", "where_prec", "latitude", "longitude", "date_start", "date_end"),
        *("deaths_civilians", "deaths_unknown"),
    ),
    "acled": (
        *("event_id_cnty", "event_date", "time_precision", "event_type", "latitude", "longitude", "geo_precision", "fatalities"),
    ),
    PLAIN: ("id", "date", "lat", "lon"),
}
_ABOUT = {
    "ucdp-ged": (
        "UCDP Georeferenced Event Dataset",
        "CC BY 4.0",
        "Sundberg and Melander 2013; Davies, Pettersson and Öberg 2022; Uppsala Conflict Data Program",
    ),
    "acled": ("Armed Conflict Location & Event Data", "ACLED terms of use: no redistribution", "ACLED, acleddata.com"),
    "bellingcat-civharm": ("Civilian Harm in Ukraine", "no licence stated; download and integration offered", "Bellingcat"),
    PLAIN: ("Incidents of one's own", "as its owner says", "its owner"),
}
DATASETS = tuple(_ABOUT)
