"""Copies are made by a process that can open nothing and is ended when it asks for too much."""

import subprocess
import sys
from pathlib import Path

import pytest

from safeconduct import copyist
from safeconduct.core.copies import CopyRefused, Note, Refusal
from safeconduct.core.redaction import Region
from tests.core.copies import samples
from tests.core.redaction.papers import NAME, everything_in, page

SOURCE = Path(copyist.__file__).resolve().parent.parent


def locked_in(attempt: str) -> subprocess.CompletedProcess[bytes]:
    """Run a few lines after the child has locked itself in."""
    before = "import os, socket\nfrom safeconduct import copyist\ncopyist._load_everything()\ncopyist._lock_in()\n"
    command = [sys.executable, "-c", before + attempt]
    return subprocess.run(command, env={"PYTHONPATH": str(SOURCE)}, capture_output=True, timeout=60, check=False)


def test_a_copy_comes_back_whole() -> None:
    copy = copyist.copy_of("image/jpeg", samples.picture(turned=6))
    assert (copy.pages[0].width, copy.pages[0].height, copy.notes) == (40, 60, (Note.TURNED,))


def test_words_come_back_whole() -> None:
    assert copyist.copy_of("application/zip", samples.open_document("Привет, " * 1000)).words.startswith("Привет, Привет")


def test_every_kind_is_copied_and_cleaned_after_nothing_can_be_opened() -> None:
    for kind, form in (("image/png", "PNG"), ("image/gif", "GIF"), ("image/webp", "WEBP"), ("image/jpeg", "JPEG")):
        assert copyist.copy_of(kind, samples.picture(form)).pages
    assert len(copyist.copy_of("application/pdf", samples.paper(pages=2)).pages) == 2
    assert b"Distinctive" not in copyist.cleaned("application/pdf", samples.paper(telling="Distinctive"))


def test_what_is_covered_is_covered_by_the_child_too() -> None:
    kind, content = copyist.redacted("application/pdf", page(), [Region(1, 0, 0, 1, 0.5)])
    assert (kind, NAME.encode() in everything_in(content)) == ("application/pdf", False)
    kinds = [("image/webp", "WEBP", "image/jpeg"), ("image/png", "PNG", "image/png"), ("image/gif", "GIF", "image/png")]
    assert [copyist.redacted(kind, samples.picture(form), [])[0] for kind, form, _ in kinds] == [each for _, _, each in kinds]


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\nnothing", Refusal.BROKEN),
        ("application/pdf", samples.paper(password="hush"), Refusal.LOCKED),
        ("video/mp4", b"", Refusal.KIND),
    ],
)
def test_the_reason_comes_back(kind: str, content: bytes, reason: Refusal) -> None:
    with pytest.raises(CopyRefused) as refused:
        copyist.copy_of(kind, content)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd')",
        "open('/tmp/leak', 'wb')",
        "socket.socket()",
        "os.pipe()",
        "bytearray(2 * 1024 ** 3)",
    ],
)
def test_a_child_that_was_taken_over_can_open_nothing(attempt: str) -> None:
    done = locked_in(attempt)
    assert done.returncode == 1
    assert b"OSError" in done.stderr or b"MemoryError" in done.stderr


def test_a_child_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copyist, "_PATIENCE_S", 0.01)
    with pytest.raises(CopyRefused) as refused:
        copyist.copy_of("application/pdf", samples.paper(pages=50))
    assert refused.value.reason is Refusal.TOO_LONG


def test_a_child_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(CopyRefused) as refused:
        copyist.copy_of("image/png", samples.picture("PNG"))
    assert refused.value.reason is Refusal.TOO_LONG
