"""A coalition's own list: a CSV file with a header, described in docs/lists.md.

Columns: `id` and `name`; then, as wanted, `born` (YYYY, YYYY-MM, YYYY-MM-DD, a range `1970/1975`, `~` before it for "about"),
`born_place`, `country`, `gender` (male, female), `passport`, `programme`, `reason`, `address`, and any number of columns that
begin with `alias`, `weak_alias`, `former` or `original`. A cell may hold several values with `;` between them.
The people who keep such a list can mend it, so nothing odd is let pass.
"""

from collections.abc import Iterator

from safeconduct.core.watchlists import tables
from safeconduct.core.watchlists.countries import country_code
from safeconduct.core.watchlists.days import from_iso, kept
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
from safeconduct.core.watchlists.source import Source, distinct, require
from safeconduct.core.watchlists.tables import Named

_ALWAYS = ("id", "name")
_COLUMNS = frozenset((*_ALWAYS, "born", "born_place", "country", "gender", "passport", "programme", "reason", "address"))
_NAMES = {
    "alias": NameKind.ALIAS,
    "weak_alias": NameKind.WEAK,
    "former": NameKind.FORMER,
    "original": NameKind.ORIGINAL_SCRIPT,
}


def from_table(source: Source) -> Iterator[Listed]:
    """One entry a row. ListRefused for the first row that is not whole, for an unknown column, and for days that are none."""
    source.strict = True
    table = tables.rows(source)
    header = next(table, None)
    if header is None:
        raise source.refused(1, "the file is empty")
    for column in (cell.strip() for cell in header.cells):
        known = column in _COLUMNS or _name_kind(column) is not None or not column
        require(known, source, header.line, "docs/lists.md has no such column", column[:40])
    for row in tables.named(source, table, header, required=_ALWAYS):
        yield _listed(source, row)


def _name_kind(column: str) -> NameKind | None:
    return next((kind for start, kind in _NAMES.items() if column.startswith(start)), None)


def _listed(source: Source, row: Named) -> Listed:
    require(bool(row["id"]), source, row.line, "a row without an id", "id")
    require(bool(row["name"]), source, row.line, "a row without a name", "name")
    gender = row["gender"].lower()
    require(gender in ("", "male", "female", "unknown"), source, row.line, "male, female or nothing", "gender")
    names = {row["name"]: ListedName(row["name"], NameKind.PRIMARY)}
    for column in row.cells:
        if kind := _name_kind(column.strip()):
            for text in _several(row[column]):
                names.setdefault(text, ListedName(text, kind))
    return Listed(
        list=source.list_id,
        id=row["id"],
        schema=Schema.PERSON,
        names=tuple(names.values()),
        births=tuple(birth for text in _several(row["born"]) for birth in kept(source, row.line, "born", _birth(text))),
        birth_places=distinct(_several(row["born_place"])),
        countries=distinct(country_code(word) for word in _several(row["country"])),
        gender=Gender(gender or "unknown"),
        identifiers=tuple(Identifier("passport", number) for number in _several(row["passport"])),
        programmes=distinct(_several(row["programme"])),
        reason=row["reason"][:LONGEST_REASON],
        address=row["address"],
        line=row.line,
    )


def _several(cell: str) -> list[str]:
    return [part for part in (each.strip() for each in cell.split(";")) if part]


def _birth(text: str) -> Birth | None:
    first, slash, last = text.removeprefix("~").partition("/")
    days = (from_iso(first.strip()), from_iso(last.strip()) if slash else "")
    if not days[0] or (slash and (not days[1] or days[1] < days[0])):
        return None
    return Birth(*days, circa=text.startswith("~"))
