"""The custody command: what it says and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from safeconduct.cli import main as cli
from safeconduct.core.custody import ProofBundle
from safeconduct.desk.auditing import checking
from safeconduct.desk.config import environment, preparation
from safeconduct.desk.dossiers.vouching import trust_file
from tests.cast import TODAY, Cast, a_case
from tests.desk.custody.tampering import drop, drop_triggers
from tests.desk.custody.test_log import key_of


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The command finds the test's own database as the desk of this home."""
    monkeypatch.setattr(preparation, "prepare", lambda: None)
    (environment.home() / "desk.sqlite3").touch()
    return cast


def test_a_whole_log_ends_with_zero(desk: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["custody", "check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["harbour", "lantern", "steppe"]
    assert all(": whole: " in line for line in lines)


def test_a_broken_log_ends_with_one_and_names_the_row(desk: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    drop_triggers()
    drop()
    assert cli.main(["custody", "check"]) == 1
    said = capsys.readouterr().out
    assert "lantern: BROKEN" in said
    assert "  row 3: dropped" in said
    assert "steppe: whole" in said


def test_findings_for_a_machine(desk: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    drop_triggers()
    drop()
    assert cli.main(["custody", "check", "--json"]) == 1
    found = {each["organisation"]: each for each in json.loads(capsys.readouterr().out)}
    assert found["steppe"]["problems"] == []
    assert found["lantern"]["problems"][0] | {"reason": ""} == {"trouble": "dropped", "first": 3, "last": 3, "reason": ""}


def test_the_log_is_held_to_published_keys(desk: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checking.sign_checkpoint("lantern")
    trust = tmp_path / "trust.json"
    trust.write_bytes(trust_file(TODAY))
    assert cli.main(["custody", "check", "--trust", str(trust)]) == 0
    trust.write_bytes(trust.read_bytes().replace(b'"id":"lantern"', b'"id":"lanterm"'))
    assert cli.main(["custody", "check", "--trust", str(trust)]) == 1
    for unreadable in ("absent.json", "broken.json"):
        (tmp_path / "broken.json").write_text("{")
        assert cli.main(["custody", "check", "--trust", str(tmp_path / unreadable)]) == 2
    assert capsys.readouterr().err.count("\n") >= 2


def test_proofs_stand_on_lines_or_in_files(desk: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = a_case(desk)
    assert cli.main(["custody", "prove", case.id]) == 0
    lines = capsys.readouterr().out.splitlines()
    bundles = [ProofBundle.decode(line.encode()) for line in lines]
    assert {bundle.entry.object for bundle in bundles} == {case.id}
    assert cli.main(["custody", "prove", case.id, "--out", str(tmp_path / "proofs")]) == 0
    files = sorted((tmp_path / "proofs").iterdir())
    assert len(files) == len(bundles)
    for file in files:
        ProofBundle.decode(file.read_bytes()).verify([key_of("lantern")])


def test_nothing_to_prove_ends_with_one(desk: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["custody", "prove", "nothingofthis222"]) == 1
    assert "No log" in capsys.readouterr().out


def test_a_checkpoint_is_printed_for_every_log_and_signing_twice_gives_the_same(
    desk: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["custody", "checkpoint"]) == 0
    first = capsys.readouterr().out
    assert first.count("safeconduct/custody/") >= 3
    cli.main(["custody", "checkpoint"])
    assert capsys.readouterr().out == first


@pytest.mark.parametrize("arguments", [[], ["prove"], ["burn"]])
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["custody", *arguments])
    assert ended.value.code == 2


def test_a_home_without_a_desk_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    environment = {"SAFECONDUCT_HOME": str(tmp_path / "nowhere"), "PATH": os.environ["PATH"], "PYTHONPATH": "src"}
    command = [sys.executable, "-m", "safeconduct.cli.main", "custody", "check"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "safeconduct: custody: there is no desk in this home (SAFECONDUCT_HOME)\n"
    assert not (tmp_path / "nowhere").exists()
