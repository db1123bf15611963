"""The package is a BagIt 1.0 bag that other people's software accepts, and the same bytes every time."""

import io
import logging
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pytest

from safeconduct.core.dossier import DossierRefused, write_dossier
from safeconduct.core.dossier.archive import Member, directory, write_archive
from safeconduct.core.dossier.measuring import Measured, measure, sha256_hex
from tests.core.dossier import parts

TRUE = parts.dossier_bytes()


@pytest.fixture
def extracted(tmp_path: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(TRUE)) as opened:
        opened.extractall(tmp_path)
    return tmp_path / "dossier"


def test_bagit_py_accepts_the_bag(extracted: Path) -> None:
    bag = bagit.Bag(str(extracted))
    bag.validate()
    assert bag.info["External-Identifier"] == "STL-7K3M v2"
    assert sorted(bag.algorithms) == ["sha256", "sha512"]


def test_bagit_py_finds_a_changed_file(extracted: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    (extracted / "data" / "claims.json").write_bytes(b"{}")
    assert not bagit.Bag(str(extracted)).is_valid()


def test_names_of_evidence_say_nothing_about_the_person(extracted: Path) -> None:
    names = sorted(path.name for path in (extracted / "data" / "evidence").iterdir())
    assert names == ["001-summons.jpg", "002-report.pdf", "003-capture.html"]


def test_evidence_is_enclosed_unchanged(extracted: Path) -> None:
    enclosed = sorted((extracted / "data" / "evidence").iterdir())
    assert [path.read_bytes() for path in enclosed] == [content for _, _, content in parts.FILES]


def test_a_draft_and_its_attestations_give_the_same_bytes_again() -> None:
    draft = parts.draft_of()
    attestations = parts.attested(draft)
    stamped = parts.stamped(draft, attestations[1])
    streams = [io.BytesIO(), io.BytesIO()]
    for stream in streams:
        write_dossier(draft, *attestations, stream, stamped=stamped)
    assert streams[0].getvalue() == streams[1].getvalue()


def test_another_process_in_another_place_sets_the_same_documents() -> None:
    program = (
        "from tests.core.dossier import parts; from safeconduct.core.dossier.measuring import sha256_hex\n"
        "for path, content in sorted(parts.draft_of().documents.items()): print(sha256_hex(content), path)"
    )
    root = Path(__file__).resolve().parents[3]
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": f"{root / 'src'}:{root}", "PYTHONHASHSEED": "7", "TZ": "Asia/Almaty", "LANG": "ru_KZ.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    documents = sorted(parts.draft_of().documents.items())
    assert ended.stdout.splitlines() == [f"{sha256_hex(content)} {path}" for path, content in documents]


def test_files_that_change_while_they_are_written_are_refused() -> None:
    measured = measure([b"before"])
    with pytest.raises(DossierRefused, match="changed"):
        write_archive([("a", measured, lambda: [b"after it"])], io.BytesIO())


def test_more_than_a_zip_can_hold_is_refused_before_writing() -> None:
    huge = Measured(2**32, "", "", 0)
    stream = io.BytesIO()
    with pytest.raises(DossierRefused, match="4 GiB"):
        write_archive([("a", huge, lambda: [])], stream)
    half = Measured(2**31, "", "", 0)
    with pytest.raises(DossierRefused, match="4 GiB"):
        write_archive([("a", half, lambda: []), ("b", half, lambda: []), ("c", half, lambda: [])], stream)
    assert stream.getvalue() == b""
    with pytest.raises(DossierRefused, match="too many"):
        directory([Member(f"{number}", 0, 0) for number in range(65_535)])
