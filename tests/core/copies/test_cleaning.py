"""A cleaned file looks the same and tells nothing about its maker."""

import contextlib
import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from safeconduct.core.copies import CLEANABLE, CopyRefused, Refusal, cleaned
from tests.core.copies import samples
from tests.core.copies.samples import PLACE_OF_THE_PHOTO

FORMS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_pixels_stay_and_words_go(kind: str) -> None:
    content = samples.picture(FORMS[kind], telling=PLACE_OF_THE_PHOTO)
    assert PLACE_OF_THE_PHOTO.encode() in content
    clean = cleaned(kind, content)
    assert PLACE_OF_THE_PHOTO.encode() not in clean
    before, after = (Image.open(io.BytesIO(each)) for each in (content, clean))
    assert before.tobytes() == after.tobytes()
    assert not after.getexif()


@pytest.mark.parametrize("turned", range(2, 9))
def test_a_photo_stays_turned_as_it_was(turned: int) -> None:
    clean = cleaned("image/jpeg", samples.picture(turned=turned, telling=PLACE_OF_THE_PHOTO))
    assert dict(Image.open(io.BytesIO(clean)).getexif()) == {samples.ORIENTATION: turned}
    assert PLACE_OF_THE_PHOTO.encode() not in clean


def test_a_photo_loses_what_was_hung_behind_it() -> None:
    assert cleaned("image/jpeg", samples.picture() + b"PK\x03\x04 more").endswith(b"\xff\xd9")


def test_a_progressive_photo_keeps_every_scan() -> None:
    out = io.BytesIO()
    Image.effect_noise((200, 120), 80).convert("RGB").save(out, "JPEG", progressive=True, comment=b"secret comment")
    clean = cleaned("image/jpeg", out.getvalue())
    assert b"secret comment" not in clean
    assert Image.open(io.BytesIO(clean)).tobytes() == Image.open(out).tobytes()


def test_a_paper_loses_author_attachments_scripts_and_history() -> None:
    content = samples.paper(telling="Distinctive")
    assert b"Distinctive" in samples.every_stream(content)
    clean = cleaned("application/pdf", content)
    unpacked = samples.every_stream(clean)
    assert b"Distinctive" not in unpacked
    assert b"JavaScript" not in unpacked
    with pikepdf.open(io.BytesIO(clean)) as document:
        assert len(document.pages) == 1


def test_a_cleaned_paper_is_the_same_each_time() -> None:
    content = samples.paper(telling="Distinctive")
    assert cleaned("application/pdf", content) == cleaned("application/pdf", content)


@pytest.mark.parametrize("kind", ["image/gif", "video/mp4", "application/zip"])
def test_other_kinds_cannot_be_cleaned(kind: str) -> None:
    with pytest.raises(CopyRefused) as refused:
        cleaned(kind, b"x")
    assert refused.value.reason is Refusal.KIND


SEEDS = {kind: samples.picture(form, telling="x", turned=6) for kind, form in FORMS.items()} | {
    "application/pdf": samples.paper(telling="x"),
    "text/plain": b"words",
}


@settings(max_examples=200)
@given(data=st.data())
def test_damaged_files_are_cleaned_or_refused(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(CLEANABLE)))
    content = bytearray(SEEDS[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(CopyRefused):
        assert cleaned(kind, bytes(content[: data.draw(st.integers(1, len(content)))])) is not None
