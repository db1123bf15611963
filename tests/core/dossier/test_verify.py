"""A true dossier verifies; whatever is changed about it, a finding names what broke."""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.dossier import (
    Check,
    CheckOutcome,
    Conclusion,
    DossierBroken,
    Problem,
    Reason,
    Trust,
    Verdict,
    verify_dossier,
)
from safeconduct.core.dossier.archive import BASE
from tests.core.dossier import parts
from tests.core.dossier.tampering import FORGERS, Files, as_is, repacked, true_files, unpacked, with_new_manifest

TRUE = parts.dossier_bytes()
PATHS = sorted(true_files())


def verdict_on(package: bytes, *, trust: Trust | None = None, today: date = parts.DAY) -> Verdict:
    return verify_dossier(io.BytesIO(package), trust=trust or parts.trust(), today=today)


def broken(verdict: Verdict) -> set[Check]:
    return {finding.check for finding in verdict.findings if finding.outcome is CheckOutcome.BROKEN}


def problems(verdict: Verdict, check: Check) -> list[Problem]:
    return list(verdict.finding(check).problems)


def test_a_true_dossier_holds_in_every_finding() -> None:
    verdict = verdict_on(TRUE)
    assert [finding.check for finding in verdict.findings] == list(Check)
    assert all(finding.outcome is CheckOutcome.HOLDS for finding in verdict.findings)
    assert verdict.conclusion is Conclusion.HOLDS
    verdict.require_holds()


def test_the_findings_name_who_signed() -> None:
    verdict = verdict_on(TRUE)
    assert "Ligne des Steppes (steppe-line)" in verdict.finding(Check.RELEASE).facts
    assert "Évaluateur Benedikt (harbour-house)" in verdict.finding(Check.ATTESTATIONS).facts
    assert len(verdict.finding(Check.CUSTODY).facts) == 3


def test_neither_verdicts_nor_findings_have_a_truth_value() -> None:
    verdict = verdict_on(TRUE)
    with pytest.raises(TypeError):
        bool(verdict)
    with pytest.raises(TypeError):
        bool(verdict.findings[0])


# --- whatever is changed ---


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TRUE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_found_and_named(at: int, mask: int) -> None:
    changed = bytearray(TRUE)
    changed[at] ^= mask
    verdict = verdict_on(bytes(changed))
    assert verdict.conclusion in (Conclusion.BROKEN, Conclusion.UNREADABLE)
    with pytest.raises(DossierBroken):
        verdict.require_holds()


@pytest.mark.parametrize("step", range(9))
def test_a_changed_byte_around_the_files_is_found(step: int) -> None:
    """Headers are a small part of the bytes, so they are walked through by themselves."""
    with zipfile.ZipFile(io.BytesIO(TRUE)) as opened:
        local = [info.header_offset + at for info in opened.infolist() for at in range(30 + len(info.filename))]
        listing = range(opened.start_dir, len(TRUE))
    for at in [*local, *listing][step :: 9 * 4]:
        changed = bytearray(TRUE)
        changed[at] ^= 1 << (at % 8)
        assert verdict_on(bytes(changed)).conclusion in (Conclusion.BROKEN, Conclusion.UNREADABLE)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(TRUE)), st.binary(min_size=1, max_size=40))
def test_any_bytes_put_in_are_found(at: int, extra: bytes) -> None:
    assert verdict_on(TRUE[:at] + extra + TRUE[at:]).conclusion in (Conclusion.BROKEN, Conclusion.UNREADABLE)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(TRUE) - 1))
def test_any_cut_is_found(at: int) -> None:
    assert verdict_on(TRUE[:at]).conclusion is Conclusion.UNREADABLE


def flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def shorten(content: bytes) -> bytes:
    return content[:-1]


def extend(content: bytes) -> bytes:
    return content + b"\n"


def empty(content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("forger", FORGERS, ids=lambda forger: forger.__name__)
@pytest.mark.parametrize("change", [flip, shorten, extend, empty], ids=lambda change: change.__name__)
@pytest.mark.parametrize("path", PATHS)
def test_a_changed_file_is_named_by_every_check_it_breaks(
    path: str, change: Callable[[bytes], bytes], forger: Callable[[Files], Files]
) -> None:
    files = true_files()
    files[path] = change(files[path])
    forged = forger(files)
    verdict = verdict_on(repacked(forged))
    if forged == true_files():
        # A list that was changed and then written anew is the true one again.
        assert verdict.conclusion is Conclusion.HOLDS
        return
    assert verdict.conclusion is Conclusion.BROKEN
    assert Check.CONTAINER not in broken(verdict)
    if forger is as_is:
        named = {problem.subject for finding in verdict.findings for problem in finding.problems}
        assert any(path in subject for subject in named)
    if forger is with_new_manifest and path.startswith("data/"):
        assert {Check.ATTESTATIONS, Check.RELEASE} <= broken(verdict)


@pytest.mark.parametrize("forger", FORGERS, ids=lambda forger: forger.__name__)
@pytest.mark.parametrize("path", PATHS)
def test_a_dropped_file_is_named(path: str, forger: Callable[[Files], Files]) -> None:
    files = true_files()
    del files[path]
    forged = forger(files)
    verdict = verdict_on(repacked(forged))
    if forged == true_files():
        return
    assert verdict.conclusion is Conclusion.BROKEN
    if forger is as_is:
        named = {problem.subject for finding in verdict.findings for problem in finding.problems}
        assert any(path in subject for subject in named)


ADDED = ["data/evidence/004-photo.jpg", "data/custody/004.json", "attestations/004-evaluation.json", "note.txt"]


@pytest.mark.parametrize("forger", FORGERS, ids=lambda forger: forger.__name__)
@pytest.mark.parametrize("path", ADDED)
def test_an_added_file_is_named(path: str, forger: Callable[[Files], Files]) -> None:
    files = true_files()
    files[path] = b"{}"
    verdict = verdict_on(repacked(forger(files)))
    assert verdict.conclusion is Conclusion.BROKEN
    if forger is not with_new_manifest or not path.startswith("data/"):
        assert Problem(Reason.ADDED, path) in problems(verdict, Check.NOTHING_ADDED)


@pytest.mark.parametrize("forger", FORGERS, ids=lambda forger: forger.__name__)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("data/evidence/001-summons.jpg", "data/evidence/002-report.pdf"),
        ("attestations/001-evaluation.json", "attestations/002-evaluation.json"),
        ("attestations/002-evaluation.json", "attestations/003-release.json"),
        ("data/custody/001.json", "data/custody/002.json"),
        ("data/claims.json", "data/evaluations.json"),
        ("manifest-sha256.txt", "manifest-sha512.txt"),
    ],
)
def test_two_files_in_each_others_place_are_found(first: str, second: str, forger: Callable[[Files], Files]) -> None:
    files = true_files()
    files[first], files[second] = files[second], files[first]
    forged = forger(files)
    if forged != true_files():
        assert verdict_on(repacked(forged)).conclusion is Conclusion.BROKEN


def other_version() -> Files:
    """The dossier's first version: another day, one piece of evidence fewer in the chronology."""
    given = parts.content()
    older = replace(given, version=1, day=parts.DAY - timedelta(days=30), summary=("Première version.",))
    return unpacked(parts.packed(parts.draft_of(older)))


OLDER = other_version()


@pytest.mark.parametrize("forger", FORGERS, ids=lambda forger: forger.__name__)
@pytest.mark.parametrize("path", [path for path in PATHS if OLDER[path] != true_files()[path]])
def test_a_file_of_an_older_version_is_found(path: str, forger: Callable[[Files], Files]) -> None:
    files = true_files()
    files[path] = OLDER[path]
    forged = forger(files)
    if forged != true_files():
        assert verdict_on(repacked(forged)).conclusion is Conclusion.BROKEN


def test_an_older_version_as_a_whole_is_what_it_says() -> None:
    verdict = verdict_on(repacked(OLDER))
    assert verdict.conclusion is Conclusion.HOLDS
    assert verdict.manifest is not None
    assert verdict.manifest.version == 1


# --- packed anew: named, and everything else still checked ---


def rezipped(*, method: int = zipfile.ZIP_STORED, order: int = 1, base: str = BASE, **changes: object) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        for path in PATHS[::order]:
            info = zipfile.ZipInfo(base + path, (1980, 1, 1, 0, 0, 0))
            info.external_attr, info.create_system, info.compress_type = 0o100644 << 16, 3, method
            for name, value in changes.items():
                setattr(info, name, value)
            opened.writestr(info, true_files()[path])
    return stream.getvalue()


def test_python_writes_the_same_archive_from_the_same_rules() -> None:
    assert rezipped() == TRUE


@pytest.mark.parametrize(
    "package",
    [
        rezipped(method=zipfile.ZIP_DEFLATED),
        rezipped(order=-1),
        rezipped(date_time=(2026, 11, 22, 9, 0, 0)),
        rezipped(external_attr=0o100600 << 16),
        rezipped(create_system=0),
        rezipped(comment=b"hello"),
        rezipped(extra=b"\x01\x00\x00\x00"),
        rezipped(base="renamed/"),
        rezipped(base=""),
    ],
    ids=["deflated", "reordered", "dated", "mode", "system", "comment", "extra", "renamed", "without folder"],
)
def test_a_package_packed_anew_is_named_as_such_and_nothing_else_breaks(package: bytes) -> None:
    verdict = verdict_on(package)
    assert broken(verdict) == {Check.CONTAINER}
    assert problems(verdict, Check.CONTAINER) == [Problem(Reason.REPACKED)]


def test_a_directory_entry_is_no_file_but_the_container_is_not_as_written() -> None:
    stream = io.BytesIO(TRUE)
    with zipfile.ZipFile(stream, "a") as opened:
        opened.mkdir("dossier/data")
    assert broken(verdict_on(stream.getvalue())) == {Check.CONTAINER}


def test_a_file_outside_the_bags_folder_is_added() -> None:
    stream = io.BytesIO(TRUE)
    with zipfile.ZipFile(stream, "a") as opened:
        opened.writestr("elsewhere/readme.txt", "hello")
    verdict = verdict_on(stream.getvalue())
    assert Problem(Reason.ADDED, "elsewhere/readme.txt") in problems(verdict, Check.NOTHING_ADDED)


def test_a_checksum_changed_in_both_places_is_found() -> None:
    with zipfile.ZipFile(io.BytesIO(TRUE)) as opened:
        info = opened.getinfo("dossier/data/dossier.pdf")
    changed = TRUE.replace(struct.pack("<I", info.CRC), struct.pack("<I", info.CRC ^ 1))
    verdict = verdict_on(changed)
    assert Problem(Reason.CHECKSUM, "data/dossier.pdf") in problems(verdict, Check.CONTAINER)


def test_a_zip_without_a_bag_is_no_dossier() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        opened.writestr("dossier/readme.txt", "hello")
    verdict = verdict_on(stream.getvalue())
    assert verdict.conclusion is Conclusion.UNREADABLE
    assert problems(verdict, Check.READABLE) == [Problem(Reason.NOT_A_BAG)]


def test_a_file_that_does_not_unpack_is_named_and_the_rest_is_checked() -> None:
    package = bytearray(rezipped(method=zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        info = opened.getinfo("dossier/data/evidence/003-capture.html")
    at = info.header_offset + 30 + len(info.filename)
    package[at : at + 8] = b"\xff" * 8
    verdict = verdict_on(bytes(package))
    assert Problem(Reason.UNPACKS_WRONGLY, "data/evidence/003-capture.html") in problems(verdict, Check.BAG)
    assert verdict.finding(Check.RELEASE).outcome is CheckOutcome.HOLDS
