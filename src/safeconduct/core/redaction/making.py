"""From a file and regions to a new file of pixels: pictures and PDF, which need not be what they claim to be."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw, ImageOps
from pypdfium2 import raw

from safeconduct.core.copies import CopyRefused, Limit, Refusal
from safeconduct.core.redaction.regions import LARGEST_PAGE, Region, covered

_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
}
_PDF = "application/pdf"
REDACTABLE = frozenset({_PDF, *_FORMATS})
"""Media types in which regions can be covered."""
_LONG_SIDE = 3_200
"""Pixels: small print stays legible, and a page costs what a phone's photograph costs."""
_DOTS_PER_POINT = 200 / 72
_PAINT = (0, 0, 0)
_QUALITY = 88


@dataclass(frozen=True, repr=False)
class Redacted:
    """A file of pixels only: `kind` is image/jpeg, image/png or application/pdf."""

    kind: str
    content: bytes


def redact(kind: str, content: bytes, regions: Sequence[Region]) -> Redacted:
    """The file with regions painted over, drawn again from pixels; without a region too, it is pixels only.

    Raises CopyRefused for other kinds, for broken, locked and unmodest files, and where a region names a page that is not there.
    """
    if kind not in REDACTABLE:
        raise CopyRefused(Refusal.KIND)
    if len(content) > Limit.FILE_BYTES:
        raise CopyRefused(Refusal.TOO_LARGE)
    if kind == _PDF:
        return Redacted(_PDF, _paper(content, regions))
    try:
        return _picture(kind, content, regions)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, OverflowError, IndexError, ArithmeticError) as error:
        raise CopyRefused(Refusal.BROKEN) from error


def _picture(kind: str, content: bytes, regions: Sequence[Region]) -> Redacted:
    if any(region.page != 1 for region in regions):
        raise CopyRefused(Refusal.BROKEN)
    with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as image:
        if min(image.size) < 1 or image.width * image.height > (Limit.JPEG_PIXELS if kind == "image/jpeg" else Limit.PIXELS):
            raise CopyRefused(Refusal.TOO_LARGE)
        image.draft("RGB", (_LONG_SIDE, _LONG_SIDE))
        image.thumbnail((_LONG_SIDE, _LONG_SIDE))
        flat = _flat(ImageOps.exif_transpose(image))
    _paint(flat, regions, 1)
    out = io.BytesIO()
    if kind in ("image/png", "image/gif"):
        flat.save(out, "PNG", optimize=True)
        return Redacted("image/png", out.getvalue())
    flat.save(out, "JPEG", quality=_QUALITY)
    return Redacted("image/jpeg", out.getvalue())


def _flat(image: Image.Image) -> Image.Image:
    # A new picture on white: what lies beneath transparent pixels, other frames and every word about the file stay behind.
    flat = Image.new("RGB", image.size, "white")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        flat.paste(layer, mask=layer.getchannel("A"))
    else:
        flat.paste(image.convert("RGB"))
    return flat


def _paint(image: Image.Image, regions: Sequence[Region], page: int) -> None:
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in covered(regions, page, image.width, image.height):
        draw.rectangle((left, top, right - 1, bottom - 1), fill=_PAINT)


def _paper(content: bytes, regions: Sequence[Region]) -> bytes:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise CopyRefused(Refusal.LOCKED if locked else Refusal.BROKEN) from error
    try:
        if not 1 <= len(document) <= LARGEST_PAGE:
            # A page that nobody drew would be a page that nobody redacted: the file is refused whole.
            raise CopyRefused(Refusal.TOO_LARGE)
        if any(region.page > len(document) for region in regions):
            raise CopyRefused(Refusal.BROKEN)
        return _bound(_pages(document, regions))
    except pypdfium2.PdfiumError as error:
        raise CopyRefused(Refusal.BROKEN) from error
    finally:
        document.close()


def _pages(
    document: pypdfium2.PdfDocument, regions: Sequence[Region]
) -> Iterator[tuple[bytes, tuple[int, int], tuple[float, float]]]:
    """For each page its JPEG, its pixels and its points; upright and cut as a viewer shows it."""
    for number in range(len(document)):
        page = document[number]
        try:
            size = page.get_size()
            if min(size) <= 0:
                raise CopyRefused(Refusal.BROKEN)
            scale = min(_DOTS_PER_POINT, _LONG_SIDE / max(size))
            # Forms stay undrawn as in safe copies: who marked the regions saw the same.
            image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        finally:
            page.close()
        _paint(image, regions, number + 1)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=_QUALITY)
        yield out.getvalue(), image.size, size


def _bound(pages: Iterator[tuple[bytes, tuple[int, int], tuple[float, float]]]) -> bytes:
    """A new PDF, of one picture a page; nothing of the old file is carried over."""
    with pikepdf.new() as target:
        for jpeg, (width, height), (across, down) in pages:
            picture = pikepdf.Stream(
                target,
                jpeg,
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=width,
                Height=height,
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
            page = target.add_blank_page(page_size=(round(across, 2), round(down, 2)))
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=target.make_indirect(picture)))
            placed = f"{across:.2f} 0 0 {down:.2f} 0 0 cm /P Do".encode()
            page.obj.Contents = target.make_indirect(pikepdf.Stream(target, placed))
        out = io.BytesIO()
        target.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
