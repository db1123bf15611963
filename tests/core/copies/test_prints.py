"""How pictures look: the same thing scanned, shrunk or pressed again is found; others are not."""

import io
import random
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from safeconduct.core.copies.pictures import drawn
from safeconduct.core.copies.prints import are_alike, print_of, shared_pieces

FONT = ImageFont.load_default(28)


def document(seed: int) -> Image.Image:
    """An invented page: lines of words, stamps, a frame."""
    chance = random.Random(seed)
    page = Image.new("RGB", (1200, 1600), (245, 245, 240))
    pen = ImageDraw.Draw(page)
    height = 100
    while height < 1500:
        words = ["".join(chance.choice("abcdefghijkl") for _ in range(chance.randint(2, 9))) for _ in range(chance.randint(2, 9))]
        pen.text((100, height), " ".join(words), fill=(30, 30, 30), font=FONT)
        height += chance.randint(34, 90)
    for _ in range(3):
        left, top = chance.randint(100, 900), chance.randint(100, 1300)
        pen.ellipse((left, top, left + 180, top + 180), outline=(60, 60, 160), width=6)
    return page


def looks(image: Image.Image) -> tuple[str, ...]:
    return print_of(drawn(image).content)


def pressed(image: Image.Image) -> Image.Image:
    out = io.BytesIO()
    image.resize((600, 800)).save(out, "JPEG", quality=40)
    return Image.open(io.BytesIO(out.getvalue()))


@pytest.mark.parametrize(
    "again",
    [
        pressed,
        lambda image: image.filter(ImageFilter.GaussianBlur(2)),
        lambda image: image.point(lambda value: min(255, int(value * 1.1))),
    ],
    ids=["pressed", "blurred", "brighter"],
)
def test_another_scan_of_a_page_is_alike(again: Callable[[Image.Image], Image.Image]) -> None:
    for seed in range(8):
        one, other = looks(document(seed)), looks(again(document(seed)))
        assert are_alike(shared_pieces(one, other), len(one), len(other))


def test_other_pages_are_not_alike() -> None:
    prints = [looks(document(seed)) for seed in range(24)]
    for number, one in enumerate(prints):
        for other in prints[:number]:
            assert not are_alike(shared_pieces(one, other), len(one), len(other))


def test_a_page_on_which_nothing_happens_has_no_print() -> None:
    assert looks(Image.new("RGB", (800, 1000), "white")) == ()
    edge = Image.new("RGB", (800, 1000), "white")
    edge.paste("black", (0, 0, 400, 1000))
    assert looks(edge) == ()
