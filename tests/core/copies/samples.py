"""Files as people send them, honest and hostile, made here."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pikepdf
from PIL import Image, PngImagePlugin

PLACE_OF_THE_PHOTO = "Place-where-it-was-taken"
ORIENTATION = 0x0112


def picture(
    form: str = "JPEG", size: tuple[int, int] = (60, 40), *, turned: int = 1, mode: str = "RGB", telling: str = ""
) -> bytes:
    """A picture with a red left half and a blue right half."""
    image = Image.new(mode, size, "blue" if mode == "RGB" else (0, 0, 255, 0))
    image.paste("red" if mode == "RGB" else (255, 0, 0, 255), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    exif = Image.Exif()
    if turned != 1:
        exif[ORIENTATION] = turned
    if telling:
        exif[0x010E] = telling
    notes = PngImagePlugin.PngInfo()
    if telling and form == "PNG":
        notes.add_text("Comment", telling)
    more = {"pnginfo": notes} if form == "PNG" else {}
    image.save(out, form, exif=exif, **more)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are an enormous picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, body) for name, body in ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def paper(*, pages: int = 1, size: tuple[float, float] = (595, 842), telling: str = "", password: str = "") -> bytes:
    """A PDF file; with `telling`, that word stands in every place where a PDF tells about its maker."""
    document = pikepdf.new()
    for _ in range(pages):
        page = document.add_blank_page(page_size=size)
        page.contents_add(b"1 0 0 rg 0 0 100 100 re f")
        if telling:
            page.obj["/PieceInfo"] = pikepdf.Dictionary(Note=pikepdf.String(telling))
    if telling:
        document.docinfo["/Author"] = telling
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = [telling]
        document.attachments["notes.txt"] = telling.encode()
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{telling}')"))
        document.Root["/OpenAction"] = document.make_indirect(script)
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else None)
    return out.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def letter(text: str = "They came at night.", more: Mapping[str, bytes] | None = None) -> bytes:
    """A document of a word processor."""
    words = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    body = f'<w:document xmlns:w="urn:w"><w:body>{words}</w:body></w:document>'
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": body.encode(), **(more or {})})


def table() -> bytes:
    """A workbook with one sheet of two rows, one of them with a formula."""
    shared = b'<sst xmlns="urn:s"><si><t>Unit</t></si><si><r><t>Mon</t></r><r><t>th</t></r></si></sst>'
    sheet = (
        b'<worksheet xmlns="urn:s"><sheetData>'
        b'<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        b'<row><c t="inlineStr"><is><t>A</t></is></c><c><f>HYPERLINK("x")</f><v>7</v></c></row>'
        b"</sheetData></worksheet>"
    )
    return packed({"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet})


def open_document(text: str) -> bytes:
    """An OpenDocument text."""
    body = f'<office:document-content xmlns:office="o" xmlns:text="t"><text:p>{text}</text:p></office:document-content>'
    return packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": body.encode()})


def every_stream(content: bytes) -> bytes:
    """A PDF with every stream unpacked, for searching."""
    with pikepdf.open(io.BytesIO(content)) as document:
        out = io.BytesIO()
        document.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()
