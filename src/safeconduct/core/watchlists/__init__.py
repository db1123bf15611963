"""Sanctions and wanted lists, each in its publisher's form, read into one shape.

    format = recognise(name, head)
    source = Source(name, stream, today=today, list_id=format.about.list_id)
    for entry in read(format, source): ...
    source.published, source.notices, source.skipped

Readers stream: an entry is given as soon as it is whole. What cannot be read stops them with file, line and field.
Nothing here opens files, reads a clock or asks a network.
"""

from collections.abc import Callable, Iterator, Mapping

from safeconduct.core.watchlists import eu, ftm, ofac, plain, uk, un
from safeconduct.core.watchlists.errors import ListRefused, Notice, Place
from safeconduct.core.watchlists.formats import HEAD_BYTES, About, Format, recognise
from safeconduct.core.watchlists.ftm import joined
from safeconduct.core.watchlists.listed import (
    Birth,
    Gender,
    Identifier,
    Listed,
    ListedName,
    NameKind,
    Schema,
    decoded,
    encoded,
)
from safeconduct.core.watchlists.source import Shelf, Source

__all__ = [
    "HEAD_BYTES",
    "About",
    "Birth",
    "Format",
    "Gender",
    "Identifier",
    "ListRefused",
    "Listed",
    "ListedName",
    "NameKind",
    "Notice",
    "Place",
    "Schema",
    "Shelf",
    "Source",
    "decoded",
    "encoded",
    "joined",
    "read",
    "recognise",
]

_READERS: Mapping[Format, Callable[[Source], Iterator[Listed]]] = {
    Format.OFAC_XML: ofac.from_xml,
    Format.UN_XML: un.from_xml,
    Format.EU_XML: eu.from_xml,
    Format.EU_CSV: eu.from_table,
    Format.UK_CSV: uk.from_table,
    Format.FTM: ftm.from_lines,
    Format.PLAIN: plain.from_table,
}


def read(form: Format, source: Source, beside: Mapping[Format, Source] | None = None) -> Iterator[Listed]:
    """Every entry of a list, in the order of the file. `beside` holds what OFAC keeps beside SDN.CSV, by form.

    ListRefused when something cannot be read: what was given before must then not be used. Whether an id stands twice is
    for the caller to see, who keeps the entries.
    """
    if form is Format.OFAC_CSV:
        names = {Format.OFAC_ALT: "alt", Format.OFAC_ADD: "add", Format.OFAC_COMMENTS: "comments"}
        return ofac.from_tables(source, {names[each]: other for each, other in (beside or {}).items()})
    if form.stands_beside:
        raise source.refused(0, "this file only adds to SDN.CSV; import the two together")
    return _READERS[form](source)
