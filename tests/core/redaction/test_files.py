"""Redacted files: searched, byte for byte and after unpacking every stream, for what was removed."""

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from safeconduct.core.copies import CopyRefused, Refusal
from safeconduct.core.redaction import NotRegion, Region, cells_of, redact, region_of_cells
from tests.core.copies import samples
from tests.core.redaction.papers import NAME, everything_in, magenta_share, page, pictures_in

# The square of `papers.page` as a viewer sees it at each turn, with some room around it; from the top left.
_SQUARE = {
    0: (90 / 595, 170 / 842, 250 / 595, 285 / 842),
    90: (555 / 842, 90 / 595, 675 / 842, 250 / 595),
    180: (340 / 595, 555 / 842, 505 / 595, 675 / 842),
    270: (165 / 842, 340 / 595, 290 / 842, 505 / 595),
}


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_nothing_of_a_covered_page_is_left_however_it_is_turned(turned: int) -> None:
    redacted = redact("application/pdf", page(turned=turned), [Region(1, *_SQUARE[turned])])
    assert NAME.encode() not in everything_in(redacted.content)
    assert NAME.encode("utf-16-be") not in everything_in(redacted.content)
    (picture,) = pictures_in(redacted.content)
    assert magenta_share(picture) == 0
    assert (picture.width > picture.height) == (turned in (90, 270))


def test_the_square_is_seen_where_nothing_covers_it() -> None:
    (picture,) = pictures_in(redact("application/pdf", page(), []).content)
    assert magenta_share(picture) > 1_000


def test_what_stands_outside_the_crop_box_is_gone_and_regions_count_from_its_corner() -> None:
    cut = page(crop=(80, 500, 480, 700))
    covered = Region(1, 10 / 400, 30 / 200, 100 / 400, 110 / 200)
    (picture,) = pictures_in(redact("application/pdf", cut, [covered]).content)
    assert picture.width / picture.height == pytest.approx(2, rel=0.01)
    assert magenta_share(picture) == 0
    (outside,) = pictures_in(redact("application/pdf", page(crop=(300, 100, 590, 500)), []).content)
    assert magenta_share(outside) == 0, "the layer that is off stays unseen"


def test_a_redacted_pdf_is_pictures_and_nothing_else() -> None:
    redacted = redact("application/pdf", page(pages=2), [Region(2, 0, 0, 1, 1)])
    with pikepdf.open(io.BytesIO(redacted.content)) as document:
        assert set(document.Root.keys()) == {"/Type", "/Pages"}
        assert not document.docinfo
        for each in document.pages:
            assert set(each.obj.keys()) <= {"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources"}
    read = pypdfium2.PdfDocument(redacted.content)
    assert [sheet.get_textpage().get_text_range() for sheet in read] == ["", ""]
    first, second = pictures_in(redacted.content)
    assert magenta_share(first) > 0
    assert second.getextrema() == ((0, 0), (0, 0), (0, 0))
    assert redacted == redact("application/pdf", page(pages=2), [Region(2, 0, 0, 1, 1)])


@pytest.mark.parametrize("turned", [1, 3, 6, 8])
def test_a_photograph_is_covered_as_it_is_seen_and_tells_nothing_more(turned: int) -> None:
    """Red is the left half as stored; upright, it is the side that the camera's note says."""
    content = samples.picture(size=(320, 200), turned=turned, telling=NAME)
    red = {1: (0, 0, 0.55, 1), 3: (0.45, 0, 1, 1), 6: (0, 0, 1, 0.55), 8: (0, 0.45, 1, 1)}[turned]
    redacted = redact("image/jpeg", content, [Region(1, *(float(side) for side in red))])
    image = Image.open(io.BytesIO(redacted.content))
    assert NAME.encode() not in redacted.content
    assert not image.getexif()
    assert max(image.convert("RGB").getchannel("R").tobytes()) < 60


def test_what_lies_beneath_transparent_pixels_and_in_other_frames_is_gone() -> None:
    layered = Image.new("RGBA", (50, 50), (255, 0, 255, 0))
    out = io.BytesIO()
    layered.save(out, "PNG")
    clear = Image.open(io.BytesIO(redact("image/png", out.getvalue(), []).content))
    assert clear.getextrema() == ((255, 255), (255, 255), (255, 255))
    moving, out = [Image.new("RGB", (50, 50), colour) for colour in ("white", "magenta")], io.BytesIO()
    moving[0].save(out, "GIF", save_all=True, append_images=moving[1:])
    still = Image.open(io.BytesIO(redact("image/gif", out.getvalue(), []).content))
    assert getattr(still, "n_frames", 1) == 1
    assert magenta_share(still.convert("RGB")) == 0


_SIDE = st.floats(0, 1, allow_nan=False)


@st.composite
def regions(draw: st.DrawFn) -> Region:
    """Any region of the first page."""
    (left, right), (top, bottom) = (sorted((draw(_SIDE), draw(_SIDE))) for _ in range(2))
    return (
        Region(1, left, top, right if right > left else 1.0, bottom if bottom > top else 1.0)
        if max(left, top) < 1
        else Region(1, 0, 0, 1, 1)
    )


@given(chosen=st.lists(regions(), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_every_pixel_that_a_region_touches_is_black(chosen: list[Region]) -> None:
    out = io.BytesIO()
    Image.new("RGB", (61, 37), "white").save(out, "PNG")
    image = Image.open(io.BytesIO(redact("image/png", out.getvalue(), chosen).content))
    for region in chosen:
        kept = Region.from_value(region.to_value())
        assert kept.left <= region.left
        assert kept.bottom >= region.bottom
        box = region.pixels(*image.size)
        assert image.crop(box).getextrema() == ((0, 0), (0, 0), (0, 0))


@given(cells=st.sets(st.tuples(st.integers(0, 11), st.integers(0, 15)), max_size=30))
def test_cells_of_a_grid_become_regions_and_come_back(cells: set[tuple[int, int]]) -> None:
    found = region_of_cells(1, cells, 12, 16)
    assert {cell for region in found for cell in cells_of(region, 12, 16)} == cells


@pytest.mark.parametrize("sides", [(0, 0, 0, 1), (0.5, 0, 0.4, 1), (-0.1, 0, 1, 1), (0, 0, 1, 1.1), (float("nan"), 0, 1, 1)])
def test_a_region_outside_its_page_is_refused(sides: tuple[float, float, float, float]) -> None:
    with pytest.raises(NotRegion):
        Region(1, *sides)


@pytest.mark.parametrize("value", [None, [], [1, 2, 3, 4], [1, 0, 0, 10_000, "10000"], [1, 0, 0, True, 10_000], [0, 0, 0, 1, 1]])
def test_what_is_not_written_as_a_region_is_refused(value: list[int] | None) -> None:
    with pytest.raises(NotRegion):
        Region.from_value(value)


@pytest.mark.parametrize(
    ("kind", "content", "chosen", "reason"),
    [
        ("text/plain", b"words", [], Refusal.KIND),
        ("application/pdf", b"%PDF-1.7 nothing", [], Refusal.BROKEN),
        ("application/pdf", samples.paper(password="hush"), [], Refusal.LOCKED),
        ("application/pdf", samples.paper(pages=201), [], Refusal.TOO_LARGE),
        ("application/pdf", samples.paper(), [Region(2, 0, 0, 1, 1)], Refusal.BROKEN),
        ("image/png", samples.picture("PNG"), [Region(2, 0, 0, 1, 1)], Refusal.BROKEN),
        ("image/png", samples.png_that_claims(60_000, 60_000), [], Refusal.TOO_LARGE),
        ("image/jpeg", b"\xff\xd8 nothing", [], Refusal.BROKEN),
    ],
)
def test_what_cannot_be_covered_whole_is_refused(kind: str, content: bytes, chosen: list[Region], reason: Refusal) -> None:
    with pytest.raises(CopyRefused) as refused:
        redact(kind, content, chosen)
    assert refused.value.reason is reason
