"""The United Kingdom's lists: OFSI's consolidated list in the format of 2022, and the UK Sanctions List that replaced it.

Sources: OFSI's "Format guide for the consolidated list" (2022) and the columns of the UK Sanctions List. Crown copyright,
Open Government Licence 3.0. Each name of an entry stands in a row of its own; rows of one entry need not stand together,
so entries are held in memory until the file ends (at most `MOST_ROWS` rows).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from safeconduct.core.watchlists import tables
from safeconduct.core.watchlists.countries import country_code
from safeconduct.core.watchlists.days import from_slashed, kept, whole_day
from safeconduct.core.watchlists.listed import (
    LONGEST_REASON,
    Birth,
    Gender,
    Identifier,
    Listed,
    ListedName,
    NameKind,
    Schema,
)
from safeconduct.core.watchlists.source import Source, clean, distinct, require
from safeconduct.core.watchlists.tables import Named, Row

MOST_ROWS: Final = 500_000
_SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.ORGANISATION,
    "ship": Schema.VESSEL,
}
_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}
_PAGE = "https://search-uk-sanctions-list.service.gov.uk/"


@dataclass(frozen=True)
class _Layout:
    """Where the two formats put the same thing."""

    id: str
    schema: str
    name_kind: str
    quality: str
    script: str
    born: str
    town: str
    country_of_birth: str
    nationality: str
    country: str
    passport: str
    national_id: str
    programme: str
    reasons: tuple[str, ...]


_OFSI = _Layout(
    id="Group ID",
    schema="Group Type",
    name_kind="Alias Type",
    quality="Alias Quality",
    script="Name Non-Latin Script",
    born="DOB",
    town="Town of Birth",
    country_of_birth="Country of Birth",
    nationality="Nationality",
    country="Country",
    passport="Passport Number",
    national_id="National Identification Number",
    programme="Regime",
    reasons=("Position", "Other Information"),
)
_UKSL = _Layout(
    id="Unique ID",
    schema="Designation Type",
    name_kind="Name type",
    quality="Alias strength",
    script="Name non-latin script",
    born="D.O.B",
    town="Town of birth",
    country_of_birth="Country of birth",
    nationality="Nationality(/ies)",
    country="Address Country",
    passport="Passport number",
    national_id="National Identifier number",
    programme="Regime Name",
    reasons=("Position", "UK Statement of Reasons", "Other Information"),
)


@dataclass(slots=True)
class _Gathered:
    """An entry while its rows come in."""

    line: int
    schema: Schema
    primary: ListedName | None = None
    names: dict[str, ListedName] = field(default_factory=dict)
    scripts: dict[str, ListedName] = field(default_factory=dict)
    births: list[Birth] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    gender: Gender = Gender.UNKNOWN
    identifiers: list[Identifier] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def from_table(source: Source) -> Iterator[Listed]:
    """Entries in the order in which they begin. ListRefused for a file that does not say its day."""
    table = tables.rows(source)
    dated, header = next(table, None), next(table, None)
    if dated is None or header is None:
        raise source.refused(1, "the file is empty")
    source.dated(dated.line, "Last Updated", _stated(dated))
    layout = _UKSL if _UKSL.id in header.cells else _OFSI
    found: dict[str, _Gathered] = {}
    width = (layout.id, layout.schema, "Name 6", layout.born)
    for count, row in enumerate(tables.named(source, table, header, required=width)):
        require(count < MOST_ROWS, source, row.line, f"more than {MOST_ROWS} rows")
        number, kind = row[layout.id], row[layout.schema].lower()
        require(bool(number), source, row.line, "an entry without a number", layout.id)
        require(kind in _SCHEMAS, source, row.line, "a type of entry that the list does not have", layout.schema)
        gathered = found.setdefault(number, _Gathered(row.line, _SCHEMAS[kind]))
        _add(source, layout, row, gathered)
    for number, gathered in found.items():
        yield _listed(source, number, gathered)


def _stated(row: Row) -> date | None:
    text = clean(row.cells[1] if len(row.cells) > 1 and row.cells[1] else row.cells[0].partition(":")[2])
    return whole_day(text)


def _add(source: Source, layout: _Layout, row: Named, found: _Gathered) -> None:
    surname = row["Name 6"]
    given = " ".join(part for part in (row[f"Name {place}"] for place in range(1, 6)) if part)
    text = " ".join(part for part in (given, surname) if part)
    require(bool(text), source, row.line, "a row without a name", "Name 6")
    kind = _name_kind(row[layout.name_kind], row[layout.quality])
    parts = (surname, given) if found.schema is Schema.PERSON and given and surname else ("", "")
    if kind is NameKind.PRIMARY and found.primary is None:
        found.primary = ListedName(text, kind, *parts)
    else:
        found.names.setdefault(text, ListedName(text, NameKind.ALIAS if kind is NameKind.PRIMARY else kind, *parts))
    if script := row[layout.script]:
        found.scripts.setdefault(script, ListedName(script, NameKind.ORIGINAL_SCRIPT))
    for born in _several(row[layout.born]):
        found.births += kept(source, row.line, layout.born, Birth(from_slashed(born)))
    place = ", ".join(part for part in (row[layout.town], row[layout.country_of_birth]) if part)
    found.places.append(place)
    found.nationalities += [country_code(word) for word in _several(row[layout.nationality])]
    found.countries.append(country_code(row[layout.country]))
    found.gender = _GENDERS.get(row["Gender"].lower(), found.gender)
    found.identifiers += [Identifier("passport", each) for each in _several(row[layout.passport])]
    found.identifiers += [Identifier("national-id", each) for each in _several(row[layout.national_id])]
    found.programmes.append(row[layout.programme])
    found.reasons += [row[column] for column in layout.reasons]


def _several(text: str) -> list[str]:
    """One value, or several written `(1) ... (2) ...`."""
    if not text.startswith("(1)"):
        return [text] if text else []
    parts = text.split("(")
    return [part.partition(")")[2].strip() for part in parts if part.partition(")")[2].strip()]


def _name_kind(kind: str, quality: str) -> NameKind:
    lowered = kind.lower()
    if lowered.startswith("primary name") and "variation" not in lowered:
        return NameKind.PRIMARY
    if lowered.startswith("fka"):
        return NameKind.FORMER
    return NameKind.WEAK if quality.lower().startswith("low") else NameKind.ALIAS


def _listed(source: Source, number: str, found: _Gathered) -> Listed:
    names = [found.primary] if found.primary else []
    names += [name for text, name in (found.names | found.scripts).items() if not found.primary or text != found.primary.text]
    if found.primary is None:
        names[0] = ListedName(names[0].text, NameKind.PRIMARY, names[0].surname, names[0].given)
    return Listed(
        list=source.list_id,
        id=number,
        schema=found.schema,
        names=tuple(names),
        births=tuple(dict.fromkeys(found.births)),
        birth_places=distinct(found.places),
        countries=distinct(found.nationalities) or distinct(found.countries),
        gender=found.gender,
        identifiers=tuple(dict.fromkeys(found.identifiers)),
        programmes=distinct(found.programmes),
        reason="; ".join(distinct(found.reasons))[:LONGEST_REASON],
        address=_PAGE,
        line=found.line,
    )
