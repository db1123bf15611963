"""Which list a file is, from its first bytes."""

import csv
import json
import re
from dataclasses import dataclass
from enum import Enum

from safeconduct.core.watchlists.errors import ListRefused, Place

HEAD_BYTES = 16_384
"""How much of the beginning `recognise` looks at."""


@dataclass(frozen=True)
class About:
    """What is known of a list before it is read."""

    list_id: str
    """Empty where the importer names it."""
    title: str
    licence: str


_OFAC = About("ofac-sdn", "OFAC Specially Designated Nationals", "public domain (United States Government)")
_UN = About("un-sc", "United Nations Security Council consolidated list", "published by the United Nations for screening")
_EU = About("eu-fsf", "EU consolidated financial sanctions", "reuse under Decision 2011/833/EU")
_UK = About("uk-sanctions", "United Kingdom sanctions", "Open Government Licence 3.0")
_FTM = About("", "FollowTheMoney entities", "that of the publisher (OpenSanctions: CC BY-NC 4.0)")
_PLAIN = About("", "A coalition’s own list", "that of the coalition")


class Format(Enum):
    """The forms that can be read; the value says what stands in them."""

    OFAC_CSV = ("OFAC SDN.CSV", _OFAC)
    OFAC_ALT = ("OFAC ALT.CSV", _OFAC)
    OFAC_ADD = ("OFAC ADD.CSV", _OFAC)
    OFAC_COMMENTS = ("OFAC SDN_COMMENTS.CSV", _OFAC)
    OFAC_XML = ("OFAC SDN.XML", _OFAC)
    UN_XML = ("UN consolidated list (XML)", _UN)
    EU_XML = ("EU consolidated list (XML)", _EU)
    EU_CSV = ("EU consolidated list (CSV)", _EU)
    UK_CSV = ("UK list (CSV)", _UK)
    FTM = ("FollowTheMoney JSON lines", _FTM)
    PLAIN = ("plain CSV", _PLAIN)

    @property
    def about(self) -> About:
        """What is known of the list before it is read."""
        return self.value[1]

    @property
    def stands_beside(self) -> bool:
        """Whether the file only adds to OFAC's SDN.CSV."""
        return self in (Format.OFAC_ALT, Format.OFAC_ADD, Format.OFAC_COMMENTS)


_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)([^>]*)")


def recognise(name: str, head: bytes) -> Format:
    """The form of the file whose first bytes (up to `HEAD_BYTES`) are given; ListRefused where it is none that can be read."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"<" not in head[:8]:
        raise ListRefused(Place(name, 1), "the file is UTF-16; save it as UTF-8")
    if head.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise ListRefused(Place(name), "the file is packed; unpack it, or give it the ending .gz if it is gzip")
    text = head.replace(b"\0", b"").decode("utf-8", "replace").lstrip("\ufeff \r\n\t\ufffd")
    found = _of_xml(text) if text.startswith("<") else _of_json(text) if text.startswith(("{", "[")) else _of_table(text)
    if found is None:
        raise ListRefused(Place(name), "this is none of the lists that can be read (docs/lists.md names them)")
    return found


def _of_xml(text: str) -> Format | None:
    found = _ROOT.search(text)
    if found is None:
        return None
    root, attributes = found.groups()
    if root == "export" and "fpi/fsd/export" in attributes:
        return Format.EU_XML
    return {"sdnList": Format.OFAC_XML, "CONSOLIDATED_LIST": Format.UN_XML}.get(root)


def _of_json(text: str) -> Format | None:
    line = text.partition("\n")[0]
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        # One long entity does not fit into the head.
        return Format.FTM if '"schema"' in line and '"properties"' in line and line.startswith("{") else None
    return Format.FTM if isinstance(value, dict) and {"id", "schema", "properties"} <= value.keys() else None


def _of_table(text: str) -> Format | None:
    lines = text.splitlines()
    if not lines:
        return None
    if "Entity_LogicalId" in lines[0]:
        return Format.EU_CSV
    if lines[0].startswith(("Last Updated,", "Report Date")) and len(lines) > 1 and "Name 6" in lines[1]:
        return Format.UK_CSV
    try:
        cells = [cell.strip() for cell in next(csv.reader(lines[:1]), [])]
    except csv.Error:
        return None
    if {"id", "name"} <= set(cells):
        return Format.PLAIN
    return _of_ofac(cells) if cells[0].isdecimal() else None


def _of_ofac(cells: list[str]) -> Format | None:
    if len(cells) == 5 and cells[1].isdecimal():
        return Format.OFAC_ALT
    return {12: Format.OFAC_CSV, 6: Format.OFAC_ADD, 2: Format.OFAC_COMMENTS}.get(len(cells))
