"""FollowTheMoney entities as JSON lines: what OpenSanctions publishes (`targets.nested.json`, `entities.ftm.json`).

Source: the FollowTheMoney schema (Person, LegalEntity, Organization, Company, PublicBody, Vessel, Airplane; Sanction, Passport,
Identification, Address inside nested entities). Flat dumps keep sanctions, documents and addresses as lines of their own, in any
order: they are handed to the source's shelf, which is not memory, and `joined` to their person when the last line was read.
Without a shelf they are skipped. Entities that a dump says are no target are left out.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from safeconduct.core.watchlists.countries import country_code
from safeconduct.core.watchlists.days import from_iso, kept, whole_day
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
from safeconduct.core.watchlists.source import Shelf, Source, clean, distinct, require

LONGEST_LINE = 16_000_000
MOST_NAMES = 500
"""Of one entity; merged dumps repeat every spelling of every source."""
_SCHEMAS = {
    "Person": Schema.PERSON,
    "LegalEntity": Schema.UNKNOWN,
    "Organization": Schema.ORGANISATION,
    "Company": Schema.ORGANISATION,
    "PublicBody": Schema.ORGANISATION,
    "Vessel": Schema.VESSEL,
    "Airplane": Schema.AIRCRAFT,
}
_HOLDERS = {"Sanction": ("entity",), "Passport": ("holder",), "Identification": ("holder",), "Address": ()}
"""What stands beside an entity, and which of its properties name whose it is; an address is named by whoever lives there."""
_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}
_NUMBERS = {
    "passportNumber": "passport",
    "idNumber": "national-id",
    "socialSecurityNumber": "national-id",
    "taxNumber": "tax",
    "innCode": "tax",
    "registrationNumber": "registration",
    "imoNumber": "imo",
}
Properties = dict[str, Any]  # Any: JSON of others, looked at value by value


def from_lines(source: Source) -> Iterator[Listed]:
    """Every entity that somebody may be screened against; records of other kinds are counted as skipped.

    ListRefused for a line that is not an entity, and where the last line is cut short.
    """
    newest = ""
    line = 0
    while text := source.stream.readline(LONGEST_LINE + 1):
        line += 1
        require(len(text) <= LONGEST_LINE, source, line, "this line is longer than any entity")
        if text.isspace():
            continue
        entity = _entity(source, line, text)
        newest = max(newest, _newest(entity))
        if source.shelf is not None and entity["schema"] in _HOLDERS:
            _hang(source.shelf, entity)
            continue
        if entity["schema"] not in _SCHEMAS or entity.get("target") is False:
            source.skipped += 1
            continue
        listed = _listed(source, line, entity)
        if source.shelf is not None:
            for other in _texts(entity["properties"], "addressEntity"):
                source.shelf.refer(listed.id, other)
        yield listed
    if day := whole_day(newest[:10]):
        source.dated(line, "last_change", day)


def joined(listed: Listed, beside: Sequence[Properties]) -> Listed:
    """An entry with what sanctions, documents and addresses (entities, decoded) say beside it; each value once."""
    by_schema: dict[str, list[Properties]] = {}
    for part in beside:
        by_schema.setdefault(str(part.get("schema")), []).append(part["properties"])
    sanctions = by_schema.get("Sanction", [])
    documents = [*by_schema.get("Passport", []), *by_schema.get("Identification", [])]
    homes = by_schema.get("Address", [])
    reasons = [*(text for each in sanctions for text in _texts(each, "reason")), listed.reason]
    return replace(
        listed,
        countries=distinct([*listed.countries, *(country_code(text) for each in homes for text in _texts(each, "country"))]),
        identifiers=tuple(dict.fromkeys([*listed.identifiers, *_numbers(documents)])),
        programmes=distinct([*listed.programmes, *(text for each in sanctions for text in _texts(each, "programId", "program"))]),
        reason="; ".join(distinct(reasons))[:LONGEST_REASON],
        address=listed.address or next((text for each in sanctions for text in _texts(each, "sourceUrl")), ""),
    )


def _hang(shelf: Shelf, entity: Properties) -> None:
    properties = entity["properties"]
    body = json.dumps({"schema": entity["schema"], "properties": properties}, ensure_ascii=False)
    for holder in [*_texts(properties, *_HOLDERS[entity["schema"]])] or [clean(entity["id"])]:
        shelf.hang(holder, body)


def _entity(source: Source, line: int, text: bytes) -> Properties:
    try:
        entity = json.loads(text)
    except UnicodeDecodeError:
        raise source.refused(line, "this line is not UTF-8") from None
    except (ValueError, RecursionError):
        cut = not text.endswith(b"\n")
        raise source.refused(line, "the file ends within an entity" if cut else "this line is not JSON") from None
    well_formed = (
        isinstance(entity, dict)
        and isinstance(entity.get("id"), str)
        and bool(entity["id"].strip())
        and isinstance(entity.get("schema"), str)
        and isinstance(entity.get("properties"), dict)
    )
    require(well_formed, source, line, "this is not a FollowTheMoney entity: it needs id, schema and properties")
    return dict(entity)


def _newest(entity: Properties) -> str:
    stated = entity.get("last_change") or entity.get("last_seen") or ""
    return stated if isinstance(stated, str) else ""


def _listed(source: Source, line: int, entity: Properties) -> Listed:
    properties = entity["properties"]
    nested = [part for values in properties.values() if isinstance(values, list) for part in values if _is_nested(part)]
    bare = Listed(
        list=source.list_id,
        id=clean(entity["id"]),
        schema=_SCHEMAS[entity["schema"]],
        names=_names(source, line, entity),
        births=tuple(birth for text in _texts(properties, "birthDate") for birth in _births(source, line, text)),
        birth_places=distinct(_texts(properties, "birthPlace")),
        countries=distinct(
            country_code(text) for key in ("nationality", "citizenship", "country") for text in _texts(properties, key)
        ),
        gender=next((_GENDERS.get(text, Gender.UNKNOWN) for text in _texts(properties, "gender")), Gender.UNKNOWN),
        identifiers=tuple(dict.fromkeys(_identifiers(properties))),
        programmes=distinct(_texts(properties, "programId", "topics")),
        reason="; ".join(distinct(_texts(properties, "notes")))[:LONGEST_REASON],
        address=next(_texts(properties, "sourceUrl"), ""),
        line=line,
    )
    return joined(bare, nested)


def _is_nested(part: object) -> bool:
    return isinstance(part, dict) and isinstance(part.get("properties"), dict)


def _texts(properties: Properties, *keys: str) -> Iterator[str]:
    for key in keys:
        values = properties.get(key)
        for value in values if isinstance(values, list) else (values,):
            if isinstance(value, str) and (text := clean(value)):
                yield text


def _names(source: Source, line: int, entity: Properties) -> tuple[ListedName, ...]:
    properties = entity["properties"]
    found: dict[str, NameKind] = {}
    for key, kind in (
        ("name", NameKind.ALIAS),
        ("alias", NameKind.ALIAS),
        ("previousName", NameKind.FORMER),
        ("weakAlias", NameKind.WEAK),
    ):
        for text in _texts(properties, key):
            found.setdefault(text, kind)
    caption = entity.get("caption")
    primary = clean(caption) if isinstance(caption, str) and clean(caption) in found else next(iter(found), "")
    if not primary:
        given, surname = (next(_texts(properties, key), "") for key in ("firstName", "lastName"))
        primary = " ".join(part for part in (given, surname) if part)
    require(bool(primary), source, line, "an entity without a name", "name")
    others = ((text, kind) for text, kind in found.items() if text != primary)
    return (ListedName(primary, NameKind.PRIMARY), *_few(ListedName(text, _by_script(text, kind)) for text, kind in others))


def _few(names: Iterable[ListedName]) -> list[ListedName]:
    return [name for name, _ in zip(names, range(MOST_NAMES), strict=False)]


def _by_script(text: str, kind: NameKind) -> NameKind:
    if kind is not NameKind.ALIAS or text.isascii():
        return kind
    # Latin letters, also those with marks, end before U+0250.
    return kind if all(letter < "\u0250" for letter in text if letter.isalpha()) else NameKind.ORIGINAL_SCRIPT


def _births(source: Source, line: int, text: str) -> tuple[Birth, ...]:
    return kept(source, line, "birthDate", Birth(from_iso(text)))


def _identifiers(properties: Properties) -> Iterator[Identifier]:
    for key, kind in _NUMBERS.items():
        for number in _texts(properties, key):
            yield Identifier(kind, number)


def _numbers(documents: list[Properties]) -> Iterator[Identifier]:
    for each in documents:
        country = country_code(next(_texts(each, "country"), ""))
        kind = "passport" if "passport" in next(_texts(each, "type"), "passport").lower() else "national-id"
        for number in _texts(each, "number"):
            yield Identifier(kind, number, country)
