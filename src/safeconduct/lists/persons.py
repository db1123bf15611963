"""Entries of lists as name screening takes them."""

from collections.abc import Iterator

from safeconduct.core import names
from safeconduct.core.watchlists import Birth, Gender, Listed, Schema

CIRCA_YEARS = 2
"""How far "about 1960" reaches on either side."""
WIDEST_RANGE = 30
"""Years of a range that are told one by one; a wider one says too little."""


def person(listed: Listed) -> names.Entry | None:
    """The entry for the index of names; None for what is no person."""
    if listed.schema not in (Schema.PERSON, Schema.UNKNOWN):
        return None
    return names.Entry(
        id=listed.id,
        names=tuple(name.text for name in listed.names),
        born=tuple(dict.fromkeys(day for birth in listed.births for day in _days(birth))),
        countries=tuple(code for code in listed.countries if len(code) == 2 and code.isascii() and code.islower()),
        gender=_GENDERS[listed.gender],
        birth_places=listed.birth_places,
        identifiers=tuple(each.number for each in listed.identifiers),
    )


_GENDERS = {
    Gender.MALE: names.Gender.MALE,
    Gender.FEMALE: names.Gender.FEMALE,
    Gender.UNKNOWN: names.Gender.UNKNOWN,
}


def _days(birth: Birth) -> Iterator[str]:
    """A day as it is; of a range or an "about", each year."""
    if not birth.last and birth.first and not birth.circa:
        yield birth.first
        return
    first = int((birth.first or birth.last)[:4])
    last = int((birth.last or birth.first)[:4])
    margin = CIRCA_YEARS if birth.circa else 0
    if last - first <= WIDEST_RANGE:
        yield from (f"{year:04}" for year in range(first - margin, last + margin + 1))
