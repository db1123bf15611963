"""Pictures: decoded, turned upright, made smaller, drawn again as a plain JPEG."""

import io

from PIL import Image, ImageOps

from safeconduct.core.copies.model import Copy, CopyRefused, Limit, Note, Page, Refusal

_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
}
PICTURES = frozenset(_FORMATS)
_QUALITY = 85
_PRINTED_SIDE, _PRINTED_QUALITY = 1_400, 70
"""Some 170 dots an inch where a page is set as large as it fits."""
_ORIENTATION = 0x0112
# Pillow only warns at its own limit; ours is asked before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def copy_of_picture(kind: str, content: bytes) -> Copy:
    """The picture as one page. Raises CopyRefused for a kind, size or content that is not honest."""
    notes: list[Note] = []
    try:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as image:
            _require_modest(kind, image.size)
            if getattr(image, "n_frames", 1) > 1:
                notes.append(Note.FIRST_FRAME)
            if image.getexif().get(_ORIENTATION, 1) != 1:
                notes.append(Note.TURNED)
            page = drawn(image)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, OverflowError, IndexError, ArithmeticError) as error:
        # Pillow lets whatever its parsers meet through; each of these means the same to a reader.
        raise CopyRefused(Refusal.BROKEN) from error
    return Copy(pages=(page,), notes=tuple(notes))


def drawn(image: Image.Image) -> Page:
    """A picture as a page: upright, on white, at most `Limit.LONG_SIDE` long."""
    # JPEG can be decoded at a fraction of its size, which saves most of the time for a phone's pictures.
    image.draft("RGB", (int(Limit.LONG_SIDE), int(Limit.LONG_SIDE)))
    # First smaller, then upright: turning the whole would need its memory twice.
    image.thumbnail((int(Limit.LONG_SIDE), int(Limit.LONG_SIDE)))
    upright = ImageOps.exif_transpose(image)
    flat = Image.new("RGB", upright.size, "white")
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        flat.paste(layer, mask=layer.getchannel("A"))
    else:
        flat.paste(upright.convert("RGB"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY)
    return Page(out.getvalue(), *flat.size)


def for_print(page: bytes) -> Page:
    """A page of a copy, lighter: legible on a sheet of A4, a fraction of the bytes."""
    with Image.open(io.BytesIO(page), formats=["JPEG"]) as image:
        image.thumbnail((_PRINTED_SIDE, _PRINTED_SIDE))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=_PRINTED_QUALITY, optimize=True)
        return Page(out.getvalue(), *image.size)


def _require_modest(kind: str, size: tuple[int, int]) -> None:
    limit = Limit.JPEG_PIXELS if kind == "image/jpeg" else Limit.PIXELS
    if min(size) < 1:
        raise CopyRefused(Refusal.BROKEN)
    if size[0] * size[1] > limit:
        raise CopyRefused(Refusal.TOO_LARGE)
