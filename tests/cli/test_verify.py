"""`verify` as people and scripts meet it: what it prints, and the exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from safeconduct.cli.main import main
from safeconduct.cli.verify import language_of
from safeconduct.core.dossier import Check, Language, Trust
from safeconduct.core.statements import DossierReason, DossierWithdrawal, Filing, Signer, sign_statement
from tests.core.dossier import parts
from tests.core.dossier.tampering import repacked, true_files

ROOT = Path(__file__).resolve().parents[2]
ON = ["--on", parts.DAY.isoformat()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a true dossier and its trust file, and an English terminal."""
    (tmp_path / "dossier.zip").write_bytes(parts.dossier_bytes())
    (tmp_path / "trust.json").write_bytes(parts.trust().encode())
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


TRANSCRIPT = """\
STL-7K3M v2, 2026-11-22, Ministère de l’Intérieur, Direction de l’asile

holds      The file opens safely and is a dossier package
holds      The container is byte for byte as it was written
holds      Every listed file is there and unchanged
holds      Nothing was added
holds      The manifest agrees with the files
           - SHA-256 {manifest}
holds      There are at least two evaluations by the evaluators named
           - Évaluatrice Aigul (steppe-line): recommended
           - Évaluateur Benedikt (harbour-house): recommended
holds      The evaluators are of different organisations
           - harbour-house
           - steppe-line
holds      Each evaluator signed this dossier
           - Évaluatrice Aigul (steppe-line)
           - Évaluateur Benedikt (harbour-house)
holds      The organisation signed this dossier and its attestations
           - Ligne des Steppes (steppe-line)
           - SHA-256 {fingerprint}
holds      Each evaluator’s key is vouched for by their organisation
           - Évaluatrice Aigul (steppe-line)
           - Évaluateur Benedikt (harbour-house)
holds      Another organisation attests when it was released
           - 2026-11-22T10:15Z
           - Horloge du Port (harbour-house)
holds      The dossier is within its validity
           - 2026-11-22
           - 2027-05-22
holds      Custody proofs are enclosed and hold
           - 2026-11-01 case.opened (steppe-line #2)
           - 2026-11-01 evaluation.signed (steppe-line #7)
           - 2026-11-01 evaluation.signed (steppe-line #9)
holds      The organisations’ keys are in your trust file
           - Maison du Port (harbour-house)
           - Ligne des Steppes (steppe-line)
holds      Nothing is known to have been withdrawn
           - 2026-11-22

The dossier is whole, and signed with keys that your trust file names.
"""


def test_a_true_dossier(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "dossier.zip", "--trust", "trust.json", *ON]) == 0
    expected = TRANSCRIPT.format(manifest=parts.draft_of().manifest.digest(), fingerprint=parts.STEPPE.public_key().fingerprint())
    assert capsys.readouterr().out == expected


def test_a_changed_file_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = true_files()
    files["data/claims.json"] = files["data/claims.json"].replace("Établi".encode(), "Réfuté".encode())
    (folder / "dossier.zip").write_bytes(repacked(files))
    assert main(["verify", "dossier.zip", "--trust", "trust.json", *ON]) == 1
    printed = capsys.readouterr().out
    assert "BROKEN     Every listed file is there and unchanged\n           - the file was changed: data/claims.json" in printed
    assert printed.endswith("Do not rely on this dossier: at least one check is broken.\n")


def test_a_file_that_is_no_dossier(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7 hello")
    assert main(["verify", "letter.pdf", *ON]) == 2
    assert capsys.readouterr().out == (
        "BROKEN     The file opens safely and is a dossier package\n"
        "           - it was not opened: not a ZIP file\n"
        "\n"
        "This file cannot be read as a dossier.\n"
    )


@pytest.mark.parametrize("trust", [[], ["--trust", "empty.json"]], ids=["no trust file", "keys not in it"])
def test_keys_that_are_not_trusted(folder: Path, capsys: pytest.CaptureFixture[str], trust: list[str]) -> None:
    (folder / "empty.json").write_bytes(Trust((), day=parts.DAY).encode())
    assert main(["verify", "dossier.zip", *trust, *ON]) == 3
    assert "its keys are not in a trust file" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["nowhere.zip"], "cannot read the file: nowhere.zip\n"),
        (["."], "cannot read the file: .\n"),
        (["dossier.zip", "--trust", "nowhere.json"], "cannot read the trust file: nowhere.json\n"),
        (
            ["dossier.zip", "--trust", "dossier.zip"],
            "cannot read the trust file: dossier.zip (trust file: not canonical JSON)\n",
        ),
    ],
)
def test_what_cannot_be_read_gives_one_clear_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    assert main(["verify", *arguments]) == 2
    assert capsys.readouterr() == ("", line)


def test_json_for_machines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "dossier.zip", "--json", *ON]) == 3
    said = json.loads(capsys.readouterr().out)
    assert (said["v"], said["conclusion"], said["exit"]) == (1, "untrusted", 3)
    assert said["reservations"] == ["not-withdrawn"]
    assert said["dossier"]["reference"] == "STL-7K3M"
    assert [finding["check"] for finding in said["findings"]] == [check.value for check in Check]
    assert next(each for each in said["findings"] if each["check"] == "trust") == {
        "check": "trust",
        "outcome": "unknown",
        "problems": [{"reason": "no-trust-file", "subject": ""}],
        "facts": [],
    }


def test_json_of_a_file_that_is_no_dossier(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "trust.json", "--json"]) == 2
    said = json.loads(capsys.readouterr().out)
    assert (said["conclusion"], said["dossier"]) == ("unreadable", None)


@pytest.mark.parametrize(
    ("language", "last_line"),
    [
        ("fr", "Le dossier est intègre et signé avec des clés que votre fichier de confiance désigne."),
        ("ru", "Досье цело и подписано ключами, названными в вашем файле доверия."),
    ],
)
def test_the_readers_language(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, last_line: str
) -> None:
    arguments = ["verify", "dossier.zip", "--trust", "trust.json", *ON]
    assert main([*arguments, "--language", language]) == 0
    by_option = capsys.readouterr().out
    monkeypatch.setenv("LANG", f"{language}_XX.UTF-8")
    assert main(arguments) == 0
    assert capsys.readouterr().out == by_option
    assert by_option.splitlines()[-1] == last_line


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.ENGLISH),
        ({"LANG": "C.UTF-8"}, Language.ENGLISH),
        ({"LANG": "de_DE"}, Language.ENGLISH),
        ({"LANG": "ru_KZ.UTF-8"}, Language.RUSSIAN),
        ({"LANG": "en_GB", "LC_ALL": "fr_FR"}, Language.FRENCH),
        ({"LANG": "fr_FR", "LC_MESSAGES": "en_GB"}, Language.ENGLISH),
    ],
)
def test_the_language_is_that_of_the_terminal(environment: dict[str, str], language: Language) -> None:
    assert language_of(environment) is language


def test_verify_needs_neither_django_nor_a_home(folder: Path) -> None:
    """In a process of its own, with Django made impossible to import."""
    program = "import sys; sys.modules['django'] = None\nfrom safeconduct.cli.main import main\nsys.exit(main(sys.argv[1:]))\n"
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    command = [sys.executable, "-c", program, "verify", "dossier.zip", "--trust", "trust.json", *ON]
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["dossier.zip", "trust.json"]


def test_a_reader_who_has_gone_is_no_result(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "safeconduct.cli.main", "verify", "dossier.zip", "--trust", "trust.json", *ON]
    ended = subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, "")


def test_a_statement_is_recognised_and_verified(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A proof of filing: whole with the trust file, untrusted without, broken when changed, unreadable when it is other JSON."""
    filing = Filing(filed_on=parts.DAY, number="0" * 32)
    made = sign_statement(parts.STEPPE, Signer("steppe-line", "Ligne des Steppes"), filing, day=parts.DAY).encode()
    (folder / "proof.json").write_bytes(made)
    (folder / "changed.json").write_bytes(made.replace(b"Steppes", b"Stoppes"))
    assert main(["verify", "proof.json", "--trust", "trust.json", *ON]) == 0
    assert "Proof of having filed a request; it names nobody" in capsys.readouterr().out
    assert main(["verify", "proof.json", "--json", *ON]) == 3
    assert json.loads(capsys.readouterr().out)["statement"]["says"]["number"] == "0" * 32
    assert main(["verify", "changed.json", "--trust", "trust.json", *ON]) == 1
    assert main(["verify", "trust.json", *ON]) == 2


def notice() -> bytes:
    """Ligne des Steppes withdraws the dossier."""
    says = DossierWithdrawal(manifest=parts.draft_of().manifest.digest(), withdrawn_on=parts.DAY, reason=DossierReason.REPLACED)
    return sign_statement(parts.STEPPE, Signer("steppe-line", "Ligne des Steppes"), says, day=parts.DAY).encode()


def test_a_notice_of_withdrawal_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notice.json").write_bytes(notice())
    assert main(["verify", "dossier.zip", "--trust", "trust.json", "--notice", "notice.json", *ON]) == 1
    printed = capsys.readouterr().out
    assert "BROKEN     Nothing is known to have been withdrawn\n" in printed
    assert "the dossier was withdrawn: steppe-line, 2026-11-22, replaced\n" in printed


def test_a_notice_that_cannot_be_read_is_no_silence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notice.json").write_bytes(notice().replace(b"replaced", b"mistaken"))
    assert main(["verify", "dossier.zip", "--trust", "trust.json", "--notice", "notice.json", *ON]) == 2
    assert capsys.readouterr().err == "cannot read the notice: notice.json (notice: its signature does not hold)\n"


def test_a_dossier_without_a_time_stamp_says_so_under_the_bottom_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "dossier.zip").write_bytes(parts.packed(parts.unstamped()))
    assert main(["verify", "dossier.zip", "--trust", "trust.json", *ON]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "Not shown by this file: Another organisation attests when it was released."


def test_the_verifier_for_a_browser_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--page", "verify.html"]) == 0
    assert (folder / "verify.html").read_text().startswith("<!doctype html>")
    assert main(["verify", "--page", "nowhere/verify.html"]) == 2
    assert "nowhere" in capsys.readouterr().err
