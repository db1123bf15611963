"""PDF pages that hide a name in every place a page has, and a way to look into every place of the result."""

import io

import pikepdf
from PIL import Image

NAME = "Distinctive-Surname"
MAGENTA = (255, 0, 255)


def page(*, turned: int = 0, crop: tuple[float, float, float, float] | None = None, pages: int = 1) -> bytes:
    """A4 pages with a magenta square whose lower left corner, unturned, stands at (100, 600) and measures 60 points.

    The name stands beside it as text, as text that is not drawn, in a layer that is off, in a form field, in a mark,
    in an attachment, in a script and in what the file says about itself.
    """
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    for sheet in document.pages:
        _hide_everywhere(document, sheet, turned, crop)
    document.docinfo["/Title"] = NAME
    with document.open_metadata() as metadata:
        metadata["dc:title"] = NAME
    document.attachments[f"{NAME}.txt"] = NAME.encode()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{NAME}')"))
    document.Root["/OpenAction"] = document.make_indirect(script)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _hide_everywhere(
    document: pikepdf.Pdf, sheet: pikepdf.Page, turned: int, crop: tuple[float, float, float, float] | None
) -> None:
    layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String(NAME)))
    off = pikepdf.Dictionary(OFF=pikepdf.Array([layer]), Order=pikepdf.Array([layer]))
    document.Root["/OCProperties"] = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=off)
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    sheet.obj.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F=document.make_indirect(font)), Properties=pikepdf.Dictionary(L=layer)
    )
    drawn = (
        f"1 0 1 rg 100 600 60 60 re f\n0 0 0 rg BT /F 12 Tf 100 580 Td ({NAME}) Tj ET\n"
        f"BT 3 Tr /F 12 Tf 100 560 Td ({NAME}) Tj ET\n"
        f"/OC /L BDC 1 0 1 rg 300 300 90 90 re f BT 0 Tr /F 12 Tf 300 300 Td ({NAME}) Tj ET EMC"
    )
    sheet.contents_add(drawn.encode())
    rectangle = pikepdf.Array([300, 100, 400, 120])
    mark, written = pikepdf.Name.Annot, pikepdf.String(NAME)
    field = pikepdf.Dictionary(Type=mark, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, Rect=rectangle, T=written, V=written)
    note = pikepdf.Dictionary(Type=mark, Subtype=pikepdf.Name.Text, Rect=rectangle, Contents=written)
    typed = document.make_indirect(field)
    sheet.obj.Annots = pikepdf.Array([typed, document.make_indirect(note)])
    if "/AcroForm" not in document.Root:
        document.Root["/AcroForm"] = pikepdf.Dictionary(Fields=pikepdf.Array())
    document.Root.AcroForm.Fields.append(typed)
    if turned:
        sheet.obj.Rotate = turned
    if crop:
        sheet.obj.CropBox = pikepdf.Array(crop)


def everything_in(content: bytes) -> bytes:
    """Every byte of a PDF: as it stands, and each stream and string unpacked through all of its filters."""
    found = [content]
    with pikepdf.open(io.BytesIO(content)) as document:
        for each in document.objects:
            found.append(each.unparse(resolved=True))
            if isinstance(each, pikepdf.Stream):
                found.append(each.read_raw_bytes())
                if each.get("/Filter") != pikepdf.Name.DCTDecode:
                    found.append(each.read_bytes(decode_level=pikepdf.StreamDecodeLevel.all))
    return b"\0".join(found)


def pictures_in(content: bytes) -> list[Image.Image]:
    """The picture of each page, decoded."""
    with pikepdf.open(io.BytesIO(content)) as document:
        pages = [each.Resources.XObject.P.read_raw_bytes() for each in document.pages]
    return [Image.open(io.BytesIO(each)).convert("RGB") for each in pages]


def magenta_share(image: Image.Image) -> int:
    """How many pixels are near magenta."""
    return sum(count for count, (red, green, blue) in _colours(image) if red > 150 and blue > 150 and green < 110)


def _colours(image: Image.Image) -> list[tuple[int, tuple[int, int, int]]]:
    small = image.quantize(64).convert("RGB")
    found: list[tuple[int, tuple[int, int, int]]] = small.getcolors(1_000_000) or []  # type: ignore[assignment]  # RGB: three numbers
    return found
