"""OFAC's list of Specially Designated Nationals: the CSV files and SDN.XML.

Sources: "SDN.CSV, ADD.CSV, ALT.CSV data specification" (dat_spec.txt of the U.S. Department of the Treasury) and the schema
of SDN.XML. A work of the United States Government, in the public domain.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from safeconduct.core.watchlists import tables, xmlrecords
from safeconduct.core.watchlists.countries import country_code
from safeconduct.core.watchlists.days import kept, span_of_words, whole_day
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

_NULL = "-0-"
_PAGE = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id="
_SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.ORGANISATION,
    "": Schema.ORGANISATION,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}
_KINDS = {"a.k.a.": NameKind.ALIAS, "aka": NameKind.ALIAS, "f.k.a.": NameKind.FORMER, "fka": NameKind.FORMER}
_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}
_QUOTED_NAME = re.compile(r"(?:alt\. )?([afn])\.k\.a\. ['\"“](.+?)['\"”]\.?")
_DOCUMENT = re.compile(
    r"(?:alt\. )?(Passport|Identification Number|National ID No\.|Tax ID No\.|SSN|Cedula No\.|Personal ID Card|"
    r"Birth Certificate Number|Diplomatic Passport|Driver's License No\.|Stateless Person Passport) ([^()]+?)(?: \(([^()]+)\).*)?"
)
_DOCUMENT_KINDS = {"passport": "passport", "diplomatic passport": "passport", "tax id no.": "tax", "ssn": "tax"}


@dataclass(slots=True)
class _Remarks:
    """What OFAC packs into one text: `DOB 18 Dec 1970; POB Cairo, Egypt; nationality Egypt; Gender Male; Passport ...`."""

    births: list[Birth] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    gender: Gender = Gender.UNKNOWN
    names: list[ListedName] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def from_tables(source: Source, beside: Mapping[str, Source]) -> Iterator[Listed]:
    """Entries of SDN.CSV; `beside` may hold ALT, ADD and COMMENTS under "alt", "add" and "comments".

    The files beside it are held in memory while SDN.CSV streams. ListRefused for one that names an entry which is not there.
    """
    other_names = _joined(beside.get("alt"), 5)
    addresses = _joined(beside.get("add"), 6)
    comments = _joined(beside.get("comments"), 2)
    for row in tables.rows(source):
        require(len(row.cells) == 12, source, row.line, f"{len(row.cells)} cells where SDN.CSV has 12")
        cells = [_cell(cell) for cell in row.cells]
        number, name, kind = cells[:3]
        require(number.isdecimal(), source, row.line, "this is not a number", "ent_num")
        require(bool(name), source, row.line, "an entry without a name", "SDN_Name")
        require(kind in _SCHEMAS, source, row.line, "a type of entry that OFAC does not have", "SDN_Type")
        more = "".join(clean_cells[1] for _, clean_cells in comments.pop(number, ()))
        remarks = _remarks(source, row.line, f"{cells[11]}{more}")
        schema = _SCHEMAS[kind]
        aliases = [_named(schema, each[3], _alias_kind(each[2], each[4])) for _, each in other_names.pop(number, ()) if each[3]]
        places = [country_code(each[4]) for _, each in addresses.pop(number, ()) if each[4]]
        yield Listed(
            list=source.list_id,
            id=number,
            schema=schema,
            names=_names(_named(schema, name, NameKind.PRIMARY), *aliases, *remarks.names),
            births=tuple(dict.fromkeys(remarks.births)),
            birth_places=distinct(remarks.places),
            countries=distinct(remarks.countries) or distinct(places),
            gender=remarks.gender,
            identifiers=tuple(dict.fromkeys(remarks.identifiers)),
            programmes=distinct(part.strip(" []") for part in re.split(r"\] *\[|; ", cells[3])),
            reason="; ".join(distinct([cells[4], *remarks.rest]))[:LONGEST_REASON],
            address=_PAGE + number,
            line=row.line,
        )
    for name, left in (("alt", other_names), ("add", addresses), ("comments", comments)):
        for rows in left.values():
            raise beside[name].refused(rows[0][0], "there is no entry of this number in SDN.CSV", "ent_num")


def _joined(source: Source | None, width: int) -> dict[str, list[tuple[int, list[str]]]]:
    found: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for row in tables.rows(source) if source else ():
        assert source is not None
        require(len(row.cells) == width, source, row.line, f"{len(row.cells)} cells where this file has {width}")
        cells = [_cell(cell) for cell in row.cells]
        require(cells[0].isdecimal(), source, row.line, "this is not a number", "ent_num")
        found[cells[0]].append((row.line, cells))
    return found


def _cell(text: str) -> str:
    cleaned = clean(text)
    return "" if cleaned == _NULL else cleaned


def _alias_kind(word: str, remarks: str) -> NameKind:
    return NameKind.WEAK if "weak" in remarks.lower() else _KINDS.get(word, NameKind.ALIAS)


def _named(schema: Schema, text: str, kind: NameKind) -> ListedName:
    """OFAC writes people `SURNAME, Given Father's`."""
    surname, comma, given = text.partition(", ")
    if schema is Schema.PERSON and comma:
        return ListedName(text, kind, surname, given)
    return ListedName(text, kind)


def _names(*names: ListedName) -> tuple[ListedName, ...]:
    seen: dict[str, ListedName] = {}
    for name in names:
        seen.setdefault(name.text, name)
    return tuple(seen.values())


def _remarks(source: Source, line: int, text: str) -> _Remarks:
    found = _Remarks()
    for part in (each.strip() for each in text.rstrip(".").split(";")):
        if part:
            _remark(source, line, part, found)
    return found


def _remark(source: Source, line: int, part: str, found: _Remarks) -> None:
    bare = part.removeprefix("alt. ")
    word, _, rest = bare.partition(" ")
    if word == "DOB":
        found.births += kept(source, line, "DOB", span_of_words(rest))
    elif word == "POB":
        found.places.append(rest)
    elif word in ("nationality", "citizen"):
        found.countries.append(country_code(rest))
    elif word == "Gender":
        found.gender = _GENDERS.get(rest.lower(), Gender.UNKNOWN)
    elif name := _QUOTED_NAME.fullmatch(part):
        found.names.append(ListedName(clean(name[2]), NameKind.FORMER if name[1] == "f" else NameKind.WEAK))
    elif document := _DOCUMENT.fullmatch(part):
        kind = _DOCUMENT_KINDS.get(document[1].lower(), "national-id")
        found.identifiers.append(Identifier(kind, document[2].strip(), country_code(document[3] or "")))
    else:
        found.rest.append(part)


def from_xml(source: Source) -> Iterator[Listed]:
    """Entries of SDN.XML. ListRefused where there are not as many as the file says, or it does not say its day."""
    stated, count = None, 0
    for element in xmlrecords.records(source, ("publshInformation", "sdnEntry")):
        if element.name == "sdnList":
            continue
        if element.name == "publshInformation":
            source.dated(element.line, "Publish_Date", _american_day(element.text_of("Publish_Date")))
            stated = element.text_of("Record_Count")
            continue
        count += 1
        yield _entry(source, element)
    require(stated is not None, source, 0, "this SDN.XML does not say when it was published")
    require(stated in ("", str(count)), source, 0, f"{count} entries where the file says that there are {stated}")


def _american_day(text: str) -> date | None:
    month, _, rest = text.partition("/")
    day, _, year = rest.partition("/")
    return whole_day(f"{day}/{month}/{year}")


def _entry(source: Source, element: Element) -> Listed:
    number = element.text_of("uid")
    require(number.isdecimal(), source, element.line, "this is not a number", "uid")
    kind = element.text_of("sdnType").lower()
    require(kind in _SCHEMAS, source, element.line, "a type of entry that OFAC does not have", "sdnType")
    primary = _xml_name(element, NameKind.PRIMARY)
    require(bool(primary.text), source, element.line, "an entry without a name", "lastName")
    aliases = [
        _xml_name(each, NameKind.WEAK if each.text_of("category") == "weak" else _KINDS.get(each.text_of("type"), NameKind.ALIAS))
        for each in element.all("akaList", "aka")
    ]
    births = [
        birth
        for each in element.all("dateOfBirthList", "dateOfBirthItem")
        for birth in kept(source, each.line, "dateOfBirth", span_of_words(each.text_of("dateOfBirth")))
    ]
    numbers = [
        (each.text_of("idType"), each.text_of("idNumber"), each.text_of("idCountry")) for each in element.all("idList", "id")
    ]
    countries = [
        country_code(each.text_of("country"))
        for path in (("nationalityList", "nationality"), ("citizenshipList", "citizenship"))
        for each in element.all(*path)
    ]
    places = [country_code(each.text_of("country")) for each in element.all("addressList", "address")]
    gender = next(
        (_GENDERS.get(number.lower(), Gender.UNKNOWN) for kind, number, _ in numbers if kind == "Gender"), Gender.UNKNOWN
    )
    return Listed(
        list=source.list_id,
        id=number,
        schema=_SCHEMAS[kind],
        names=_names(primary, *(alias for alias in aliases if alias.text)),
        births=tuple(dict.fromkeys(births)),
        birth_places=distinct(each.text_of("placeOfBirth") for each in element.all("placeOfBirthList", "placeOfBirthItem")),
        countries=distinct(countries) or distinct(places),
        gender=gender,
        identifiers=tuple(
            Identifier(_DOCUMENT_KINDS.get(kind.lower(), "national-id"), number, country_code(country))
            for kind, number, country in numbers
            if number and _is_document(kind)
        ),
        programmes=distinct(clean(each.text) for each in element.all("programList", "program")),
        reason="; ".join(distinct([element.text_of("title"), element.text_of("remarks")]))[:LONGEST_REASON],
        address=_PAGE + number,
        line=element.line,
    )


def _is_document(kind: str) -> bool:
    return _DOCUMENT.fullmatch(f"{kind} 1") is not None


def _xml_name(element: Element, kind: NameKind) -> ListedName:
    surname, given = element.text_of("lastName"), element.text_of("firstName")
    return ListedName(f"{surname}, {given}", kind, surname, given) if given and surname else ListedName(surname or given, kind)
