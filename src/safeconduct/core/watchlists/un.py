"""The consolidated list of the United Nations Security Council, as XML.

Source: the schema sc-sanctions.xsd that the file names. The list is published by the United Nations for screening.
"""

from collections.abc import Iterator

from safeconduct.core.watchlists import xmlrecords
from safeconduct.core.watchlists.countries import country_code
from safeconduct.core.watchlists.days import from_iso, iso, kept, whole_day
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

_QUALITIES = {"low": NameKind.WEAK, "f.k.a.": NameKind.FORMER}
_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}
_PAGE = "https://main.un.org/securitycouncil/en/sanctions/materials/summaries"


def from_xml(source: Source) -> Iterator[Listed]:
    """Individuals and entities. ListRefused where the file does not say when it was generated."""
    for element in xmlrecords.records(source, ("INDIVIDUAL", "ENTITY")):
        if element.name == "CONSOLIDATED_LIST":
            generated = element.attributes.get("dateGenerated", "")
            source.dated(element.line, "dateGenerated", whole_day(generated))
        elif element.name in ("INDIVIDUAL", "ENTITY"):
            yield _entry(source, element)


def _entry(source: Source, element: Element) -> Listed:
    kind = element.name
    number = element.text_of("DATAID")
    require(number.isdecimal(), source, element.line, "this is not a number", "DATAID")
    parts = [element.text_of(f"{place}_NAME") for place in ("FIRST", "SECOND", "THIRD", "FOURTH")]
    primary = " ".join(part for part in parts if part)
    require(bool(primary), source, element.line, "an entry without a name", "FIRST_NAME")
    names = {primary: ListedName(primary, NameKind.PRIMARY)}
    original = element.text_of("NAME_ORIGINAL_SCRIPT")
    if original:
        names.setdefault(original, ListedName(original, NameKind.ORIGINAL_SCRIPT))
    for alias in element.all(f"{kind}_ALIAS"):
        text = alias.text_of("ALIAS_NAME")
        if text:
            names.setdefault(text, ListedName(text, _QUALITIES.get(alias.text_of("QUALITY").lower(), NameKind.ALIAS)))
    countries = [country_code(clean(each.text)) for each in element.all("NATIONALITY", "VALUE")]
    places = [country_code(each.text_of("COUNTRY")) for each in element.all(f"{kind}_ADDRESS")]
    births = [birth for each in element.all("INDIVIDUAL_DATE_OF_BIRTH") for birth in _births(source, each)]
    return Listed(
        list=source.list_id,
        id=number,
        schema=Schema.PERSON if kind == "INDIVIDUAL" else Schema.ORGANISATION,
        names=tuple(names.values()),
        births=tuple(dict.fromkeys(births)),
        birth_places=distinct(_place(each) for each in element.all("INDIVIDUAL_PLACE_OF_BIRTH")),
        countries=distinct(countries) or distinct(places),
        gender=_GENDERS.get(element.text_of("GENDER").lower(), Gender.UNKNOWN),
        identifiers=tuple(_documents(element)),
        programmes=distinct([element.text_of("UN_LIST_TYPE"), element.text_of("REFERENCE_NUMBER")]),
        reason=element.text_of("COMMENTS1")[:LONGEST_REASON],
        address=_PAGE,
        line=element.line,
    )


def _births(source: Source, element: Element) -> tuple[Birth, ...]:
    day, year = element.text_of("DATE"), element.text_of("YEAR")
    start, end = element.text_of("FROM_YEAR"), element.text_of("TO_YEAR")
    circa = element.text_of("TYPE_OF_DATE").upper() == "APPROXIMATELY"
    if not (day or year or start or end):
        return ()
    if day or year:
        found = Birth(from_iso(day) if day else iso(year), circa=circa)
    else:
        found = Birth(iso(start) if start else "", iso(end) if end else "", circa=circa)
    return kept(source, element.line, "INDIVIDUAL_DATE_OF_BIRTH", found)


def _place(element: Element) -> str:
    return ", ".join(part for part in (element.text_of(name) for name in ("CITY", "STATE_PROVINCE", "COUNTRY")) if part)


def _documents(element: Element) -> Iterator[Identifier]:
    for each in element.all("INDIVIDUAL_DOCUMENT"):
        if number := each.text_of("NUMBER"):
            kind = "passport" if "passport" in each.text_of("TYPE_OF_DOCUMENT").lower() else "national-id"
            yield Identifier(kind, number, country_code(each.text_of("ISSUING_COUNTRY") or each.text_of("COUNTRY_OF_ISSUE")))
