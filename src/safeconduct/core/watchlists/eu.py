"""The consolidated list of persons, groups and entities under EU financial sanctions (FSF 1.1): XML and CSV.

Sources: the schema that the XML names, and the columns of the CSV form, as published by the European Commission
(reuse allowed by Decision 2011/833/EU). In the CSV every row repeats the entity and adds one part: a name, a birth, a document.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from safeconduct.core.watchlists import tables, xmlrecords
from safeconduct.core.watchlists.countries import country_code
from safeconduct.core.watchlists.days import from_iso, from_slashed, iso, kept, whole_day
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
from safeconduct.core.watchlists.xmlrecords import Element

_SCHEMAS = {"person": Schema.PERSON, "P": Schema.PERSON, "enterprise": Schema.ORGANISATION, "E": Schema.ORGANISATION}
_GENDERS = {"M": Gender.MALE, "F": Gender.FEMALE}
_DOCUMENTS = {"passport": "passport", "diplomaticpassport": "passport", "id": "national-id", "fiscalcode": "tax"}
_UNKNOWN_COUNTRY = "00"


class _Cells(Protocol):
    """Attributes of an element, or columns of a row, cleaned; empty where there are none."""

    def __getitem__(self, key: str) -> str: ...


@dataclass(slots=True)
class _Gathered:
    """An entity while its parts come in."""

    id: str
    line: int
    schema: Schema
    names: dict[str, ListedName] = field(default_factory=dict)
    births: list[Birth] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    citizenships: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    gender: Gender = Gender.UNKNOWN
    identifiers: list[Identifier] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    publications: list[str] = field(default_factory=list)

    def name(self, whole: str, surname: str, given: str, *, weak: bool) -> None:
        text = whole or " ".join(part for part in (given, surname) if part)
        if text and text not in self.names:
            kind = NameKind.PRIMARY if not self.names else NameKind.WEAK if weak else _kind(text)
            self.names[text] = ListedName(text, kind, surname, given)

    def listed(self, source: Source) -> Listed:
        require(bool(self.names), source, self.line, "an entry without a name")
        return Listed(
            list=source.list_id,
            id=self.id,
            schema=self.schema,
            names=tuple(self.names.values()),
            births=tuple(dict.fromkeys(self.births)),
            birth_places=distinct(self.places),
            countries=distinct(self.citizenships) or distinct(self.addresses),
            gender=self.gender,
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            programmes=distinct(self.programmes),
            reason="; ".join(distinct(self.reasons))[:LONGEST_REASON],
            address=next(iter(distinct(self.publications)), ""),
            line=self.line,
        )


def _kind(text: str) -> NameKind:
    latin = all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in text if letter.isalpha())
    return NameKind.ALIAS if latin else NameKind.ORIGINAL_SCRIPT


def from_xml(source: Source) -> Iterator[Listed]:
    """Entities of the XML form. ListRefused where the file does not say when it was generated."""
    for element in xmlrecords.records(source, ("sanctionEntity",)):
        if element.name == "export":
            source.dated(element.line, "generationDate", whole_day(element.attributes.get("generationDate", "")))
        elif element.name == "sanctionEntity":
            yield _entity(source, element)


class _Attributes:
    def __init__(self, element: Element) -> None:
        self._values = element.attributes

    def __getitem__(self, key: str) -> str:
        return clean(self._values.get(key))


def _entity(source: Source, element: Element) -> Listed:
    number = clean(element.attributes.get("logicalId"))
    require(number.isdecimal(), source, element.line, "this is not a number", "logicalId")
    subject = next(element.all("subjectType"), element).attributes
    kind = subject.get("code") or subject.get("classificationCode", "")
    require(kind in _SCHEMAS, source, element.line, "a type of subject that the EU does not have", "subjectType")
    found = _Gathered(number, element.line, _SCHEMAS[kind])
    found.reasons += [clean(element.attributes.get("designationDetails")), *(clean(each.text) for each in element.all("remark"))]
    for regulation in element.all("regulation"):
        found.programmes.append(clean(regulation.attributes.get("programme")))
        found.publications.append(regulation.text_of("publicationUrl"))
    for part in element.children:
        cells = _Attributes(part)
        if part.name == "nameAlias":
            _add_name(found, cells, is_weak=cells["strong"].lower() == "false")
        elif part.name == "birthdate":
            _add_birth(source, part.line, found, cells, "birthdate")
        elif part.name == "citizenship":
            found.citizenships.append(_country(cells))
        elif part.name == "address":
            found.addresses.append(_country(cells))
        elif part.name == "identification":
            _add_document(found, cells)
    return found.listed(source)


_PARTS: Mapping[str, str] = {
    # Columns of the CSV, after their prefix, and the attributes of the XML that they are.
    "wholeName": "NameAlias_WholeName",
    "lastName": "NameAlias_LastName",
    "firstName": "NameAlias_FirstName",
    "middleName": "NameAlias_MiddleName",
    "gender": "NameAlias_Gender",
    "function": "NameAlias_Function",
    "birthdate": "BirthDate_BirthDate",
    "dayOfMonth": "BirthDate_Day",
    "monthOfYear": "BirthDate_Month",
    "year": "BirthDate_Year",
    "yearRangeFrom": "BirthDate_YearRangeFrom",
    "yearRangeTo": "BirthDate_YearRangeTo",
    "circa": "BirthDate_Circa",
    "city": "BirthDate_City",
    "place": "BirthDate_Place",
    "number": "Identification_Number",
    "identificationTypeCode": "Identification_TypeCode",
}


class _Columns:
    """A row of the CSV under the attribute names of the XML; `prefix` stands before the columns of countries."""

    def __init__(self, row: tables.Named, prefix: str = "") -> None:
        self._row = row
        self._prefix = prefix

    def __getitem__(self, key: str) -> str:
        if key.startswith("country"):
            return self._row[f"{self._prefix}_C{key[1:]}"]
        return self._row[_PARTS[key]] if key in _PARTS else ""


def from_table(source: Source) -> Iterator[Listed]:
    """Entities of the CSV form; the rows of one stand together. ListRefused where a row lacks its date or its number."""
    table = tables.rows(source, delimiter=";")
    header = next(table, None)
    if header is None:
        raise source.refused(1, "the file is empty")
    found: _Gathered | None = None
    for row in tables.named(source, table, header, required=("fileGenerationDate", "Entity_LogicalId", "NameAlias_WholeName")):
        number = row["Entity_LogicalId"]
        require(number.isdecimal(), source, row.line, "this is not a number", "Entity_LogicalId")
        if found is None:
            source.dated(row.line, "fileGenerationDate", whole_day(row["fileGenerationDate"]))
        if found is None or number != found.id:
            if found is not None:
                yield found.listed(source)
            kind = row["Entity_SubjectType_ClassificationCode"] or row["Entity_SubjectType"]
            known = kind in _SCHEMAS
            require(known, source, row.line, "a type of subject that the EU does not have", "Entity_SubjectType")
            found = _Gathered(number, row.line, _SCHEMAS[kind])
        _add_row(source, found, row)
    if found is not None:
        yield found.listed(source)


def _add_row(source: Source, found: _Gathered, row: tables.Named) -> None:
    found.reasons += [row["Entity_DesignationDetails"], row["Entity_Remark"]]
    found.programmes.append(row["Entity_Regulation_Programme"])
    found.publications.append(row["Entity_Regulation_PublicationUrl"])
    _add_name(found, _Columns(row), is_weak=row["NameAlias_Strong"].lower() == "false")
    if any(
        row[column] for column in ("BirthDate_BirthDate", "BirthDate_Year", "BirthDate_YearRangeFrom", "BirthDate_YearRangeTo")
    ):
        _add_birth(source, row.line, found, _Columns(row, "BirthDate"), "BirthDate_BirthDate")
    _add_document(found, _Columns(row, "Identification"))
    found.citizenships.append(_country(_Columns(row, "Citizenship")))
    found.addresses.append(_country(_Columns(row, "Address")))


def _add_name(found: _Gathered, cells: _Cells, *, is_weak: bool) -> None:
    given = " ".join(part for part in (cells["firstName"], cells["middleName"]) if part)
    found.name(cells["wholeName"], cells["lastName"], given, weak=is_weak)
    if cells["gender"] in _GENDERS:
        found.gender = _GENDERS[cells["gender"]]
    if cells["function"]:
        found.reasons.append(cells["function"])


def _add_birth(source: Source, line: int, found: _Gathered, cells: _Cells, where: str) -> None:
    circa = cells["circa"].lower() == "true"
    whole = from_iso(cells["birthdate"]) or from_slashed(cells["birthdate"])
    day = whole or iso(cells["year"], cells["monthOfYear"], cells["dayOfMonth"])
    start, end = (iso(cells[key]) if cells[key] else "" for key in ("yearRangeFrom", "yearRangeTo"))
    if day or start or end or cells["birthdate"] or cells["year"]:
        found.births += kept(source, line, where, Birth(day, circa=circa) if day else Birth(start, end, circa=circa))
    place = [cells["city"] or cells["place"], cells["countryDescription"]]
    found.places.append(", ".join(part for part in place if part and part != "UNKNOWN"))


def _add_document(found: _Gathered, cells: _Cells) -> None:
    kind = cells["identificationTypeCode"]
    if number := cells["number"]:
        found.identifiers.append(Identifier(_DOCUMENTS.get(kind, kind), number, _country(cells)))


def _country(cells: _Cells) -> str:
    code = cells["countryIso2Code"].lower()
    return code if code and code != _UNKNOWN_COUNTRY else country_code(cells["countryDescription"].replace("UNKNOWN", ""))
