"""What a list says about somebody, in one shape whatever the list."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Schema(StrEnum):
    """What kind of thing is listed."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"
    """The list does not say whether it is a person."""


class NameKind(StrEnum):
    """How the list gives a name."""

    PRIMARY = "primary"
    """The name under which the entry stands; every entry has exactly one, and it comes first."""
    ALIAS = "alias"
    FORMER = "former"
    WEAK = "weak"
    """A nickname or a name so common that the list itself warns about it."""
    ORIGINAL_SCRIPT = "original-script"
    """The name in the person's own script."""


class Gender(StrEnum):
    """As the list gives it."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of an entry."""

    text: str
    """As the list writes it, spaces made single."""
    kind: NameKind
    surname: str = ""
    """Where the list keeps it apart; empty else."""
    given: str = ""
    """Given names and patronymic, where the list keeps them apart; empty else."""


@dataclass(frozen=True, slots=True)
class Birth:
    """A day of birth, as exactly as the list knows it."""

    first: str
    """YYYY, YYYY-MM or YYYY-MM-DD; empty where only the end of a range is known."""
    last: str = ""
    """The end of a range, included; empty where the date is one."""
    circa: bool = False


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number of a document."""

    kind: str
    """passport, national-id, tax, or the list's own word."""
    number: str
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One entry of one list."""

    list: str
    """Name of the list here: `ofac-sdn`, `un-sc`, `eu-fsf`, `uk-sanctions`, or one that the importer chose."""
    id: str
    """As the list numbers its entries; stable from one version to the next."""
    schema: Schema
    names: tuple[ListedName, ...]
    """The primary name first; never empty."""
    births: tuple[Birth, ...] = ()
    """Alternatives, where the list gives several."""
    birth_places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Nationality or country: ISO 3166-1 alpha-2 where the list's word is known, the word itself else."""
    gender: Gender = Gender.UNKNOWN
    identifiers: tuple[Identifier, ...] = ()
    programmes: tuple[str, ...] = ()
    reason: str = ""
    """Why it is listed, in the list's words; at most `LONGEST_REASON` characters."""
    address: str = ""
    """Where the source can be read; empty where the list gives none."""
    line: int = 0
    """First line of the entry in the file; 0 where it is not from a file. Not part of what changes."""


LONGEST_REASON = 4_000


def encoded(entry: Listed) -> str:
    """One line of JSON, the same for the same entry; the line of the file is left out."""
    value: dict[str, Any] = {  # Any: JSON
        "id": entry.id,
        "schema": entry.schema.value,
        "names": [_trimmed([name.text, name.kind.value, name.surname, name.given]) for name in entry.names],
        "births": [_trimmed([birth.first, birth.last, "circa" if birth.circa else ""]) for birth in entry.births],
        "places": entry.birth_places,
        "countries": entry.countries,
        "gender": "" if entry.gender is Gender.UNKNOWN else entry.gender.value,
        "identifiers": [_trimmed([each.kind, each.number, each.country]) for each in entry.identifiers],
        "programmes": entry.programmes,
        "reason": entry.reason,
        "address": entry.address,
    }
    return json.dumps({key: part for key, part in value.items() if part}, ensure_ascii=False, separators=(",", ":"))


def decoded(text: str, list_id: str) -> Listed:
    """The entry that `encoded` wrote, of the list of that name."""
    value = json.loads(text)
    return Listed(
        list=list_id,
        id=value["id"],
        schema=Schema(value["schema"]),
        names=tuple(ListedName(name[0], NameKind(name[1]), *name[2:]) for name in value["names"]),
        births=tuple(
            Birth(birth[0], birth[1] if len(birth) > 1 else "", circa=len(birth) > 2) for birth in value.get("births", ())
        ),
        birth_places=tuple(value.get("places", ())),
        countries=tuple(value.get("countries", ())),
        gender=Gender(value.get("gender", "unknown")),
        identifiers=tuple(Identifier(*each) for each in value.get("identifiers", ())),
        programmes=tuple(value.get("programmes", ())),
        reason=value.get("reason", ""),
        address=value.get("address", ""),
    )


def _trimmed(parts: list[str]) -> list[str]:
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts
