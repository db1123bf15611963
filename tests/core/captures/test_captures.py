"""Captures of the web: what they say is read, their digests are checked, what is made to harm is refused."""

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.captures import WACZ, WARC, WARC_PACKED, Capture, Digest, Problem, open_capture, warc
from safeconduct.core.copies import CopyRefused, Refusal
from tests.core.captures import made

PICTURE_PNG = "image/png"


def problems(capture: Capture) -> list[tuple[Problem, str]]:
    return [(each.problem, each.about) for each in capture.findings]


def test_a_package_tells_its_pages_its_moments_and_its_tool() -> None:
    capture, shown = open_capture(WACZ, made.wacz())
    assert capture.holds
    assert problems(capture) == []
    assert capture.software == "Invented Packer 2"
    assert [(page.address, page.title, page.at) for page in capture.pages] == [("https://post.example/1", "A post", made.MOMENT)]
    assert (capture.counted, capture.with_digest, capture.first, capture.last) == (2, 2, made.MOMENT, made.MOMENT)
    assert [(r.address, r.status, r.media_type, r.digest) for r in capture.records] == [
        ("https://post.example/1", "200", "text/html", Digest.HOLDS),
        ("https://post.example/1.jpg", "200", "image/jpeg", Digest.HOLDS),
    ]
    assert len(shown.pages) == 1
    assert shown.pages[0].content.startswith(b"\xff\xd8")
    assert "Я против войны\nPost of 3 March" in shown.words
    assert "steal" not in shown.words
    assert Capture.from_value(json.loads(json.dumps(capture.to_value()))) == capture


@pytest.mark.parametrize("packed", [True, False])
def test_a_lone_file_of_records_is_read_packed_or_not(packed: bool) -> None:
    capture, _ = open_capture(WARC_PACKED if packed else WARC, made.warc(packed=packed))
    assert (capture.holds, capture.software, capture.counted) == (True, "Invented Crawler 1.0", 2)


def test_a_changed_record_does_not_hold_and_is_not_shown() -> None:
    changed = made.warc(packed=False).replace(b"Post of 3 March", b"Post of 9 March")
    capture, shown = open_capture(WARC, changed)
    assert not capture.holds
    assert problems(capture) == [(Problem.RECORD_BROKEN, "https://post.example/1")]
    assert "9 March" not in shown.words


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        (made.wacz(break_hash="archive/data.warc.gz"), (Problem.FILE_BROKEN, "archive/data.warc.gz")),
        (made.wacz(add={"datapackage-digest.json": b'{"hash": "sha256:00"}'}), (Problem.MANIFEST_BROKEN, "")),
        (made.wacz(parts={"archive/a.warc.gz": made.warc()[:-40]}), (Problem.CUT_SHORT, "archive/a.warc.gz")),
        (made.wacz(parts={"pages/pages.jsonl": b"{}"}), (Problem.NO_RECORDS, "")),
    ],
)
def test_what_is_broken_is_named(package: bytes, expected: tuple[Problem, str]) -> None:
    capture, _ = open_capture(WACZ, package)
    assert not capture.holds
    assert expected in problems(capture)


def test_a_file_that_is_missing_breaks_and_one_that_is_not_listed_is_told() -> None:
    whole = made.wacz(add={"archive/more.warc.gz": made.warc()})
    capture, _ = open_capture(WACZ, whole)
    assert (capture.holds, problems(capture)) == (True, [(Problem.FILE_UNLISTED, "archive/more.warc.gz")])
    with zipfile.ZipFile(io.BytesIO(made.wacz())) as package:
        parts = {name: package.read(name) for name in package.namelist() if not name.startswith("pages")}
    without, _ = open_capture(WACZ, made.zipped(parts))
    assert (Problem.FILE_MISSING, "pages/pages.jsonl") in problems(without)
    assert not without.holds


def test_a_signature_is_told_and_not_taken_for_proof() -> None:
    capture, _ = open_capture(WACZ, made.wacz(signed=True))
    assert (capture.holds, problems(capture)) == (True, [(Problem.SIGNATURE_NOT_CHECKED, "")])


def test_a_package_without_a_manifest_says_so() -> None:
    capture, _ = open_capture(WACZ, made.zipped({"archive/a.warc": made.warc(packed=False)}))
    assert problems(capture) == [(Problem.MANIFEST_ABSENT, "")]


def test_payloads_hold_chunked_or_put_together() -> None:
    chunked = b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    kept = {"WARC_Payload_Digest": made.sha1(b"hello world")}
    more = "Transfer-Encoding: chunked\r\n"
    for body in (chunked, b"hello world"):
        one = made.response("https://x.example/", body, "text/html", more, **kept)
        capture, shown = open_capture(WARC, one)
        assert (capture.holds, shown.words) == (True, "https://x.example/\n\nhello world")


def test_packed_bodies_are_read_as_a_browser_would() -> None:
    body = gzip.compress(b"<p>packed</p>")
    _, shown = open_capture(WARC, made.response("https://x.example/", body, "text/html", "Content-Encoding: gzip\r\n"))
    assert shown.words.endswith("packed")
    _, unknown = open_capture(WARC, made.response("https://x.example/", body, "text/html", "Content-Encoding: br\r\n"))
    assert unknown.words == ""


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"WARC_Payload_Digest": "", "WARC_Block_Digest": ""}, Digest.ABSENT),
        ({"WARC_Payload_Digest": "", "WARC_Block_Digest": "crc:00"}, Digest.ABSENT),
        ({"WARC_Payload_Digest": "sha1:AAAA"}, Digest.HOLDS),
        ({"WARC_Block_Digest": "", "WARC_Payload_Digest": "sha-256:" + "00" * 32}, Digest.BROKEN),
    ],
)
def test_digests_of_every_kind(headers: dict[str, str], expected: Digest) -> None:
    capture, _ = open_capture(WARC, made.response("https://x.example/", b"x", "text/plain", **headers))
    assert capture.records[0].digest is expected
    assert capture.is_checked is (expected is not Digest.ABSENT)


@pytest.mark.parametrize("name", ["../x.warc", "/etc/x.warc", "a/../../x.warc", "C:/x.warc", "..\\x.warc"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(CopyRefused) as refused:
        open_capture(WACZ, made.zipped({"datapackage.json": b"{}", name: made.warc()}))
    assert refused.value.reason is Refusal.PACKED


def test_links_and_names_that_stand_twice_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("datapackage.json", "{}")
        link = zipfile.ZipInfo("archive/link.warc")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    with pytest.raises(CopyRefused, match="packed"):
        open_capture(WACZ, out.getvalue())
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as package:
        package.writestr("datapackage.json", "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("datapackage.json", "{}")
    with pytest.raises(CopyRefused, match="packed"):
        open_capture(WACZ, twice.getvalue())


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MOST_UNPACKED_BYTES", 2_000_000)
    bomb = gzip.compress(made.response("https://x.example/", bytes(5_000_000), "text/plain"))
    with pytest.raises(CopyRefused) as refused:
        open_capture(WARC_PACKED, bomb)
    assert refused.value.reason is Refusal.PACKED


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", made.zipped({"a.txt": b"x"}), b"WARC/1.1\r\n"])
def test_what_is_no_capture_is_refused(content: bytes) -> None:
    with pytest.raises(CopyRefused) as refused:
        open_capture(WARC if content.startswith(b"WARC") else WACZ, content)
    assert refused.value.reason is Refusal.BROKEN


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(CopyRefused, match="kind"):
        open_capture(PICTURE_PNG, b"")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(min_value=0, max_value=2_000), st.integers(min_value=0, max_value=60))
def test_whatever_is_put_into_a_capture_it_is_read_or_refused(noise: bytes, at: int, cut: int) -> None:
    whole = made.record("warcinfo", b"software: x\r\n") + made.response("https://x.example/", b"<p>x</p>", "text/html")
    spoiled = whole[:at] + noise + whole[at + cut :]
    for kind in (WARC, WARC_PACKED, WACZ):
        try:
            capture, _ = open_capture(kind, spoiled)
        except CopyRefused:
            continue
        assert capture.to_value()
