"""A copy shows what was sent and carries nothing else; what is not honest is refused with its reason."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from safeconduct.core.copies import Copy, CopyRefused, Limit, Note, Refusal, make_copy
from tests.core.copies import samples

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def opened(copy: Copy, number: int = 0) -> Image.Image:
    return Image.open(io.BytesIO(copy.pages[number].content), formats=["JPEG"])


def left_and_right(copy: Copy) -> tuple[str, str]:
    """The main colour at both sides of the first page."""
    image = opened(copy).convert("RGB")
    found = []
    for x in (image.width // 8, image.width * 7 // 8):
        red, green, blue = image.getpixel((x, image.height // 2))  # type: ignore[misc]  # three bands after conversion
        found.append("white" if min(red, green, blue) > 200 else "red" if red > blue else "blue")
    return found[0], found[1]


@pytest.mark.parametrize(
    ("form", "kind"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("GIF", "image/gif"), ("WEBP", "image/webp")]
)
def test_a_picture_is_drawn_again(form: str, kind: str) -> None:
    copy = make_copy(kind, samples.picture(form))
    assert left_and_right(copy) == ("red", "blue")
    assert (copy.pages[0].width, copy.pages[0].height) == (60, 40)


def test_a_picture_taken_upside_down_is_shown_upright() -> None:
    copy = make_copy("image/jpeg", samples.picture(turned=3))
    assert left_and_right(copy) == ("blue", "red")
    assert copy.notes == (Note.TURNED,)


def test_a_picture_taken_sideways_has_its_sides_exchanged() -> None:
    copy = make_copy("image/jpeg", samples.picture(turned=6))
    assert (copy.pages[0].width, copy.pages[0].height) == (40, 60)


def test_what_is_transparent_is_white() -> None:
    assert left_and_right(make_copy("image/png", samples.picture("PNG", mode="RGBA"))) == ("red", "white")


def test_a_copy_tells_nothing_of_camera_or_place() -> None:
    content = samples.picture(telling=samples.PLACE_OF_THE_PHOTO)
    assert samples.PLACE_OF_THE_PHOTO.encode() in content
    copy = make_copy("image/jpeg", content)
    assert samples.PLACE_OF_THE_PHOTO.encode() not in copy.pages[0].content
    assert not opened(copy).getexif()


def test_a_large_picture_is_made_smaller() -> None:
    page = make_copy("image/jpeg", samples.picture(size=(4_000, 1_000))).pages[0]
    assert (page.width, page.height) == (Limit.LONG_SIDE, 450)


def test_a_single_pixel_is_a_picture() -> None:
    assert make_copy("image/png", samples.picture("PNG", size=(1, 1))).pages[0].width == 1


@pytest.mark.parametrize("size", [(60_000, 60_000), (2_000_000_000, 1), (1, 2_000_000_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_that_claims_to_be_enormous_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(CopyRefused) as refused:
        make_copy("image/png", samples.png_that_claims(*size))
    assert refused.value.reason in (Refusal.TOO_LARGE, Refusal.BROKEN)


def test_of_a_moving_picture_the_first_frame_is_shown() -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    copy = make_copy("image/gif", out.getvalue())
    assert (len(copy.pages), copy.notes) == (1, (Note.FIRST_FRAME,))


def test_what_hides_behind_a_picture_is_not_in_its_copy() -> None:
    copy = make_copy("image/jpeg", samples.picture() + samples.letter("hidden words"))
    assert b"PK\x03\x04" not in copy.pages[0].content
    assert copy.words == ""


@pytest.mark.parametrize("at", [0.3, 0.6, 0.95])
def test_a_picture_cut_short_is_refused(at: float) -> None:
    content = samples.picture("PNG", size=(400, 400))
    with pytest.raises(CopyRefused) as refused:
        make_copy("image/png", content[: int(len(content) * at)])
    assert refused.value.reason is Refusal.BROKEN


def test_a_paper_is_drawn_page_by_page() -> None:
    copy = make_copy("application/pdf", samples.paper(pages=3, telling="secret"))
    assert len(copy.pages) == 3
    assert max(copy.pages[0].width, copy.pages[0].height) == Limit.LONG_SIDE
    assert all(page.content.startswith(b"\xff\xd8") and b"secret" not in page.content for page in copy.pages)


def test_a_paper_of_many_pages_is_shown_as_far_as_is_reasonable() -> None:
    copy = make_copy("application/pdf", samples.paper(pages=Limit.PAGES + 1, size=(20, 20)))
    assert (len(copy.pages), copy.notes) == (Limit.PAGES, (Note.FIRST_PAGES,))


def test_a_page_that_claims_to_be_a_kilometre_long_costs_no_more_than_another() -> None:
    page = make_copy("application/pdf", samples.paper(size=(14_400, 3))).pages[0]
    assert max(page.width, page.height) <= Limit.LONG_SIDE + 1


def test_a_locked_paper_says_so() -> None:
    with pytest.raises(CopyRefused) as refused:
        make_copy("application/pdf", samples.paper(password="hush"))
    assert refused.value.reason is Refusal.LOCKED


def test_a_letter_becomes_its_words_and_pictures() -> None:
    copy = make_copy(DOCX, samples.letter("They came.\nI left.", more={"word/media/image1.png": samples.picture("PNG")}))
    assert copy.words == "They came.\nI left."
    assert len(copy.pages) == 1
    assert Note.WORDS_ONLY in copy.notes


def test_a_table_becomes_lines_of_values_and_no_formula() -> None:
    assert make_copy("application/zip", samples.table()).words == "Unit\tMonth\nA\t7"


def test_an_open_document_becomes_its_words() -> None:
    assert make_copy("application/zip", samples.open_document("Привет")).words == "Привет"


def test_a_packed_file_that_is_no_document_is_listed() -> None:
    assert (
        make_copy("application/zip", samples.packed({"one.txt": b"1", "two/three.jpg": b"2"})).words == "one.txt\ntwo/three.jpg"
    )


def test_a_broken_picture_in_a_letter_does_not_hide_its_words() -> None:
    copy = make_copy(DOCX, samples.letter("Words.", more={"word/media/image1.png": b"\x89PNG\r\n\x1a\nnothing"}))
    assert (copy.words, copy.pages) == ("Words.", ())


def test_a_file_that_unpacks_without_end_is_refused() -> None:
    bomb = samples.letter(more={"word/media/zeros.bin": b"\0" * (Limit.UNPACKED_BYTES + 1)})
    assert len(bomb) < 1_000_000
    with pytest.raises(CopyRefused) as refused:
        make_copy(DOCX, bomb)
    assert refused.value.reason is Refusal.PACKED


def test_a_part_whose_size_is_a_lie_is_refused() -> None:
    honest = samples.packed({"content.xml": b" " * (Limit.PART_BYTES + 1)})
    size = (Limit.PART_BYTES + 1).to_bytes(4, "little")
    lying = honest.replace(size, (10).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(CopyRefused) as refused:
        make_copy("application/zip", lying)
    assert refused.value.reason in (Refusal.PACKED, Refusal.BROKEN)


def test_entities_are_never_expanded() -> None:
    doctype = b'<!DOCTYPE a [<!ENTITY x "ha">]><a>&x;</a>'
    with pytest.raises(CopyRefused) as refused:
        make_copy("application/zip", samples.packed({"content.xml": doctype}))
    assert refused.value.reason is Refusal.PACKED


def test_text_is_shown_without_characters_that_turn_or_hide_it() -> None:
    assert make_copy("text/plain", "one\u202etwo\x00\r\nthree".encode()).words == "onetwo\nthree"


@pytest.mark.parametrize("kind", ["audio/ogg", "video/mp4", "image/heic", "text/html", "application/x-msdownload"])
def test_of_other_kinds_there_is_no_copy(kind: str) -> None:
    with pytest.raises(CopyRefused) as refused:
        make_copy(kind, b"anything")
    assert refused.value.reason is Refusal.KIND


SEEDS = {
    "image/jpeg": samples.picture(telling="x", turned=6),
    "image/png": samples.picture("PNG"),
    "image/gif": samples.picture("GIF"),
    "image/webp": samples.picture("WEBP"),
    "application/pdf": samples.paper(telling="x"),
    "application/zip": samples.letter(),
}


@settings(max_examples=300)
@given(data=st.data())
def test_damaged_files_give_a_copy_or_a_reason_and_nothing_else(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(SEEDS)))
    content = bytearray(SEEDS[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.none(), st.integers(1, len(content))))
    try:
        copy = make_copy(kind, bytes(content[:cut]))
    except CopyRefused:
        return
    assert all(page.content.startswith(b"\xff\xd8") for page in copy.pages)
