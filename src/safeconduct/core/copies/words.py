"""Plain text and office files as words: nothing of their layout, fields, links or macros is kept."""

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from safeconduct.core.copies.model import Copy, CopyRefused, Limit, Note, Page, Refusal
from safeconduct.core.copies.pictures import copy_of_picture

TEXT = "text/plain"
PACKED = "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
WORDS = frozenset({TEXT, PACKED, DOCX, XLSX, ODT, ODS})

_PICTURE_KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}
_PICTURE = re.compile(r"(?:word/media|xl/media|Pictures)/[^/]+\.(png|jpe?g|gif)", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
# Elements that end a line or a cell, by their local names.
_LINE_ENDS = frozenset({"p", "h", "br", "row", "table-row", "line-break", "tr"})
_CELL_ENDS = frozenset({"tab", "tc", "c", "table-cell", "cell"})


def copy_of_words(kind: str, content: bytes) -> Copy:
    """The words of a text or an office file, and the pictures inside. Raises CopyRefused as for any other file."""
    if kind == TEXT:
        return _copy(_decoded(content), (), ())
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = _checked_names(packed)
            reader = _reader_of(names)
            if reader is None:
                return _copy("\n".join(names), (), (Note.WORDS_ONLY,))
            return _copy(reader(packed, names), tuple(_pictures(packed, names)), (Note.WORDS_ONLY,))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise CopyRefused(Refusal.BROKEN) from error
    except RuntimeError as error:  # How zipfile says that a part is encrypted.
        raise CopyRefused(Refusal.LOCKED) from error


def _reader_of(names: list[str]) -> Callable[[zipfile.ZipFile, list[str]], str] | None:
    if "word/document.xml" in names:
        return lambda packed, _: _words_of(_part(packed, "word/document.xml"))
    if "xl/workbook.xml" in names:
        return _sheets
    if "content.xml" in names:
        return lambda packed, _: _words_of(_part(packed, "content.xml"))
    return None


def _copy(words: str, pages: tuple[Page, ...], notes: tuple[Note, ...]) -> Copy:
    shown = "".join(character for character in words if character in "\n\t" or unicodedata.category(character)[0] != "C")
    if len(shown) > Limit.WORDS:
        shown, notes = shown[: int(Limit.WORDS)], (*notes, Note.WORDS_CUT)
    return Copy(pages=pages, words=shown, notes=notes)


def _decoded(content: bytes) -> str:
    text = content[: int(Limit.WORDS) * 4].decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _checked_names(packed: zipfile.ZipFile) -> list[str]:
    entries = packed.infolist()
    if len(entries) > Limit.PARTS or sum(entry.file_size for entry in entries) > Limit.UNPACKED_BYTES:
        raise CopyRefused(Refusal.PACKED)
    return [entry.filename for entry in entries]


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    # What the directory says of a part's size may be a lie: no more than the limit is ever unpacked.
    with packed.open(name) as part:
        content = part.read(int(Limit.PART_BYTES) + 1)
    if len(content) > Limit.PART_BYTES:
        raise CopyRefused(Refusal.PACKED)
    return content


def _pictures(packed: zipfile.ZipFile, names: list[str]) -> Iterator[Page]:
    found = [(name, match[1].lower()) for name in names if (match := _PICTURE.fullmatch(name))]
    for name, extension in found[: int(Limit.PICTURES_IN_DOCUMENT)]:
        try:
            yield from copy_of_picture(_PICTURE_KINDS[extension], _part(packed, name)).pages
        except CopyRefused:
            # One picture that cannot be drawn does not hide the words around it.
            continue


def _sheets(packed: zipfile.ZipFile, names: list[str]) -> str:
    shared = _strings(_part(packed, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
    numbered = sorted((int(match[1]), name) for name in names if (match := _SHEET.fullmatch(name)))
    return "\n\n".join(_sheet(_part(packed, name), shared) for _, name in numbered)


class _Words:
    """Gathers the text of an XML part. A document type, the source of every entity, ends the reading."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0

    def text(self, text: str) -> None:
        self.size += len(text)
        if self.size <= Limit.WORDS + 1:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in _LINE_ENDS:
            self.text("\n")
        elif local in _CELL_ENDS:
            self.text("\t")


def _parse(content: bytes, *, start: Callable[..., None] | None, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise CopyRefused(Refusal.BROKEN) from error


def _refuse_doctype(*_: object) -> None:
    raise CopyRefused(Refusal.PACKED)


def _words_of(content: bytes) -> str:
    words = _Words()
    _parse(content, start=None, end=words.end, text=words.text)
    return re.sub(r"\n{3,}", "\n\n", "".join(words.pieces)).strip()


def _strings(content: bytes) -> list[str]:
    """The strings that cells of a sheet refer to by number."""
    found: list[str] = []
    current: list[str] = []

    def end(name: str) -> None:
        if name.rpartition(":")[2] == "si":
            found.append("".join(current))
            current.clear()

    _parse(content, start=None, end=end, text=current.append)
    return found


def _sheet(content: bytes, shared: list[str]) -> str:
    """Rows as lines, cells apart by tabs; a formula is left out, its last value stays."""
    rows: list[str] = []
    cells: list[str] = []
    reading = {"type": "", "value": "", "is_value": ""}

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            reading.update(type=attributes.get("t", ""), value="")
        reading["is_value"] = "yes" if local in ("v", "t") else ""

    def text(piece: str) -> None:
        if reading["is_value"]:
            reading["value"] += piece

    def end(name: str) -> None:
        local = name.rpartition(":")[2]
        reading["is_value"] = ""
        if local == "c":
            cells.append(_cell(reading["type"], reading["value"].strip(), shared))
        elif local == "row":
            rows.append("\t".join(cells))
            cells.clear()

    _parse(content, start=start, end=end, text=text)
    return "\n".join(rows)


def _cell(kind: str, value: str, shared: list[str]) -> str:
    if kind == "s":
        return shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
    return value
