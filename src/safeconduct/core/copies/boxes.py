"""Numbered boxes drawn on a page of a copy: where notes are pinned."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from safeconduct.core.copies.model import Page

Box = tuple[str, tuple[float, float, float, float]]
"""A label, and left, top, right and bottom in fractions of the page."""
_LINE, _LABEL = (178, 34, 34), (255, 255, 255)
_QUALITY = 85


def with_boxes(page: bytes, boxes: Sequence[Box]) -> Page:
    """A page that was drawn here, with a frame and its label for each box; never the bytes of somebody unknown."""
    with Image.open(io.BytesIO(page), formats=["JPEG"]) as image:
        drawn = image.convert("RGB")
    pen = ImageDraw.Draw(drawn)
    size = max(16, drawn.width // 40)
    font = ImageFont.load_default(size)
    for label, (left, top, right, bottom) in boxes:
        sides = (left * drawn.width, top * drawn.height, right * drawn.width - 1, bottom * drawn.height - 1)
        pen.rectangle(sides, outline=_LINE, width=max(2, drawn.width // 300))
        around = pen.textbbox((sides[0] + 4, sides[1] + 2), label, font=font)
        pen.rectangle((sides[0], sides[1], around[2] + 4, around[3] + 4), fill=_LINE)
        pen.text((sides[0] + 4, sides[1] + 2), label, fill=_LABEL, font=font)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=_QUALITY)
    return Page(out.getvalue(), *drawn.size)
