"""Workbooks of the present format (.xlsx): a zip of XML parts (ECMA-376, part 1, chapter 18; transitional and strict).

Read with expat alone, cell by cell, so that neither a declared size nor a far cell costs anything; a document type
declaration is refused before an entity can be expanded; nothing is unpacked beyond the limits.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers import expat

from safeconduct.core.xlsforms.problems import FormRefused
from safeconduct.core.xlsforms.sheets import MOST_SHEETS, Sheet, SheetBuilder, date_text, number_text

LARGEST_PART_BYTES: Final = 60_000_000
LARGEST_UNPACKED_BYTES: Final = 120_000_000
MOST_PARTS: Final = 5_000
DEEPEST_NESTING: Final = 100

# Number formats that spreadsheets know without being told (ECMA-376, part 1, 18.8.30): 14 to 22 and 45 to 47 are dates.
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_PART_OF_A_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")

Attributes = Mapping[str, str]


def read_xlsx(content: bytes) -> tuple[Sheet, ...]:
    """The worksheets of a workbook in their order; FormRefused when it is damaged, locked, hostile or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Package(archive).sheets()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, OverflowError):
        # RuntimeError is zipfile's word for a password; ValueError covers numbers and addresses that are none.
        raise FormRefused.whole("the .xlsx workbook is damaged or locked with a password") from None


class _Package:
    """The parts of one workbook, unpacked one after another under one limit."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._unpacked = 0
        if len(archive.infolist()) > MOST_PARTS:
            raise FormRefused.whole(f"the workbook has more than {MOST_PARTS} parts")
        self._names = {name.lstrip("/").casefold(): name for name in archive.namelist()}

    def sheets(self) -> tuple[Sheet, ...]:
        main = self._main_part()
        listed = _Listing()
        self._parse(main, listed)
        if len(listed.sheets) > MOST_SHEETS:
            raise FormRefused.whole(f"the workbook has more than {MOST_SHEETS} sheets")
        folder = main.rpartition("/")[0]
        related = _Relations()
        self._parse(f"{folder}/_rels/{main.rpartition('/')[2]}.rels", related)
        strings, styles = _Strings(), _Styles()
        for kind, target in related.by_kind.items():
            reader = {"sharedStrings": strings, "styles": styles}.get(kind)
            if reader is not None and self._has(_joined(folder, target)):
                self._parse(_joined(folder, target), reader)
        cells = _Texts(strings.texts, styles.dated(), since_1904=listed.since_1904)
        return tuple(
            self._sheet(name, _joined(folder, related.by_id[key]), cells)
            for name, key in listed.sheets
            if related.kinds.get(key, "") == "worksheet"
        )

    def _main_part(self) -> str:
        related = _Relations()
        self._parse("_rels/.rels", related)
        if "officeDocument" not in related.by_kind:
            raise FormRefused.whole("the zip file is not a workbook")
        return related.by_kind["officeDocument"].lstrip("/")

    def _sheet(self, name: str, part: str, cells: "_Texts") -> Sheet:
        gathered = SheetBuilder(name)
        self._parse(part, _Cells(gathered, cells))
        return gathered.sheet()

    def _has(self, part: str) -> bool:
        return part.casefold() in self._names

    def _parse(self, part: str, reader: "_Reader") -> None:
        if not self._has(part):
            raise FormRefused.whole(f"the workbook lacks its part {part[:100]}")
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        # Refused at the declaration itself: no entity is ever defined, none can be expanded or fetched.
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.characters
        size = 0
        try:
            with self._archive.open(self._names[part.casefold()]) as stream:
                while chunk := stream.read(65_536):
                    size += len(chunk)
                    self._unpacked += len(chunk)
                    if size > LARGEST_PART_BYTES or self._unpacked > LARGEST_UNPACKED_BYTES:
                        raise FormRefused.whole("the workbook unpacks to more than a form can need")
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise FormRefused.whole(f"the part {part[:100]} of the workbook is not XML") from None


def _refuse_doctype(*_: object) -> None:
    raise FormRefused.whole("the workbook declares XML entities, which no spreadsheet program writes")


def _joined(folder: str, target: str) -> str:
    """The part that a relation leads to; absolute targets begin with a slash."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


class _Reader:
    """Element names without their namespaces, so that transitional and strict workbooks read alike."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self._path.append(name.rpartition(" ")[2])
        if len(self._path) > DEEPEST_NESTING:
            raise FormRefused.whole("the workbook's XML is nested too deeply")
        self.opened(self._path[-1], {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self.closed(self._path.pop())

    def characters(self, text: str) -> None:
        self._text.append(text)

    def taken(self) -> str:
        """The characters since the last time."""
        text = "".join(self._text)
        self._text.clear()
        return text

    def inside(self, name: str) -> bool:
        return name in self._path

    def opened(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def closed(self, name: str) -> None:
        """An element ends."""


class _Relations(_Reader):
    """Which part stands for which id and kind."""

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}

    def opened(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            key, kind, target = (
                attributes.get("Id", ""),
                attributes.get("Type", "").rpartition("/")[2],
                attributes.get("Target", ""),
            )
            self.by_id[key], self.kinds[key] = target, kind
            self.by_kind.setdefault(kind, target)


class _Listing(_Reader):
    """The names of the sheets, and from which year days are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def opened(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0") in ("1", "true")


class _Strings(_Reader):
    """The shared texts: runs joined, phonetic guides left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._runs: list[str] = []

    def opened(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._runs = []
        elif name == "t":
            self.taken()

    def closed(self, name: str) -> None:
        if name == "t" and not self.inside("rPh"):
            self._runs.append(unescaped(self.taken()))
        elif name == "si":
            self.texts.append("".join(self._runs))


class _Styles(_Reader):
    """Which styles show a number as a date."""

    def __init__(self) -> None:
        super().__init__()
        self._formats: dict[int, str] = {}
        self._styles: list[int] = []

    def opened(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt" and "numFmtId" in attributes:
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "xf" and self.inside("cellXfs"):
            self._styles.append(int(attributes.get("numFmtId", "0")))

    def dated(self) -> frozenset[int]:
        """The numbers of those styles."""
        return frozenset(style for style, format_ in enumerate(self._styles) if self._is_date(format_))

    def _is_date(self, format_: int) -> bool:
        if format_ in self._formats:
            code = _NOT_PART_OF_A_DATE.sub("", self._formats[format_].partition(";")[0]).casefold()
            return code != "general" and any(letter in code for letter in "ymdhs")
        return format_ in _BUILT_IN_DATES


class _Texts:
    """The text of a cell from its stored value, its type and its style (ECMA-376, part 1, 18.18.11)."""

    def __init__(self, shared: list[str], dated: frozenset[int], *, since_1904: bool) -> None:
        self._shared = shared
        self._dated = dated
        self._since_1904 = since_1904
        self._by_type: Mapping[str, Callable[[str], str]] = {
            "s": self._shared_text,
            "b": lambda value: "TRUE" if value.strip() in ("1", "true") else "FALSE",
            "str": str,
            "d": lambda value: value.removesuffix("T00:00:00").removesuffix("T00:00:00.000"),
        }

    def text(self, value: str, *, kind: str, style: int) -> str:
        if kind in self._by_type:
            return self._by_type[kind](value)
        if not value.strip():
            return ""
        number = float(value)
        if number in (float("inf"), float("-inf")) or number != number:
            raise ValueError("a number without a value")
        return date_text(number, since_1904=self._since_1904) if style in self._dated else number_text(number)

    def _shared_text(self, value: str) -> str:
        index = int(value)
        if not 0 <= index < len(self._shared):
            raise ValueError("a text that is not there")
        return self._shared[index]


class _Cells(_Reader):
    """The cells of one sheet."""

    def __init__(self, gathered: SheetBuilder, texts: _Texts) -> None:
        super().__init__()
        self._gathered = gathered
        self._texts = texts
        self._row = self._column = -1
        self._kind, self._style = "n", 0
        self._value: str | None = None
        self._inline: list[str] = []
        self._has_formula = False

    def opened(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            # A row or a cell without an address follows the one before it.
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t", "f"):
            self.taken()

    def _begin_cell(self, attributes: Attributes) -> None:
        self._column += 1
        if "r" in attributes:
            found = _ADDRESS.fullmatch(attributes["r"])
            if found is None:
                raise ValueError("an address that is none")
            self._column = column_number(found[1])
            self._row = int(found[2]) - 1
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._value, self._inline, self._has_formula = None, [], False

    def closed(self, name: str) -> None:
        if name == "v":
            self._value = self.taken()
        elif name == "t" and self.inside("is") and not self.inside("rPh"):
            self._inline.append(unescaped(self.taken()))
        elif name == "f":
            self._has_formula = True
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        if self._kind == "inlineStr":
            self._gathered.put(self._row, self._column, "".join(self._inline))
        elif self._kind == "e" or (self._has_formula and self._lacks_result()):
            self._gathered.put_unread(self._row, self._column)
        elif self._value is not None:
            self._gathered.put(self._row, self._column, self._texts.text(self._value, kind=self._kind, style=self._style))

    def _lacks_result(self) -> bool:
        # A formula may well give the empty text; a number or a truth value cannot be empty.
        return self._value is None or (not self._value.strip() and self._kind != "str")


def unescaped(text: str) -> str:
    """The text with `_x000D_` and its like as the characters that they stand for (ECMA-376, part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def column_number(letters: str) -> int:
    """The column of its letters, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
