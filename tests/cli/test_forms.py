"""`forms` as people and scripts call it: what is made, what is said, and that nothing half-made stays behind."""

import json
from pathlib import Path

import pytest

from safeconduct import packs
from safeconduct.cli import main as cli
from safeconduct.core.questionnaires import visible
from tests.core.xlsforms.books import survey

GOOD = survey(
    {"type": "select_one yn", "name": "a", "label::English (en)": "A?"},
    {"type": "text", "name": "b", "label::English (en)": "B?", "relevant": "${a} = 'yes'"},
    ["deviceid", "d"],
    settings=[["form_id"], ["intake"]],
)
BAD = survey({"type": "text", "name": "a", "relevant": "${zz} = uuid()"}, ["select_one nowhere", "b"])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xlsx"
    path.write_bytes(GOOD)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(BAD)
    return path


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_form_is_imported_into_the_home_and_can_be_asked(home: Path, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forms", "import", str(good)]) == 0
    said = capsys.readouterr().out
    assert "form-intake-v1: made; 2 questions, languages: English (en)" in said
    assert "note: survey!A4 (type): nothing is read from a person's device; this stays blank" in said
    assert files(home) == ["form-intake-v1.yaml"]
    questionnaire = packs.questionnaire("form-intake-v1")
    assert [question.id for question in visible(questionnaire, {})] == ["a"]
    assert packs.questionnaire_of(questionnaire.stamp) is questionnaire


def test_the_same_form_is_imported_once_and_a_changed_one_becomes_the_next_version(home: Path, good: Path) -> None:
    assert cli.main(["forms", "import", str(good)]) == 0
    assert cli.main(["forms", "import", str(good)]) == 0
    assert files(home) == ["form-intake-v1.yaml"]
    good.write_bytes(survey(["text", "a", "Another?"], settings=[["form_id"], ["intake"]]))
    assert cli.main(["forms", "import", str(good)]) == 0
    assert files(home) == ["form-intake-v1.yaml", "form-intake-v2.yaml"]


def test_check_writes_nothing(home: Path, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forms", "import", str(good), "--check"]) == 0
    assert "form-intake-v1: would be made" in capsys.readouterr().out
    assert not home.exists()


def test_out_writes_there_and_nowhere_else(home: Path, good: Path, tmp_path: Path) -> None:
    assert cli.main(["forms", "import", str(good), "--out", str(tmp_path / "pack.yaml")]) == 0
    assert b'"id": "form-intake"' in (tmp_path / "pack.yaml").read_bytes()
    assert not home.exists()


def test_json_says_the_same_to_a_machine(home: Path, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forms", "import", str(good), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {key: said[key] for key in ("ok", "pack", "questions", "languages", "problems")} == {
        "ok": True,
        "pack": "form-intake-v1",
        "questions": 2,
        "languages": ["English (en)"],
        "problems": [],
    }


def test_every_problem_is_named_and_nothing_is_written(home: Path, bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forms", "import", str(bad)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "survey!D2 (relevant): there is no question ${zz} [${zz} = uuid()]" in said.err
    assert "survey!A3 (type): there is no list of choices “nowhere”" in said.err
    assert "3 things stand in the way; nothing was written" in said.err
    assert not home.exists()


def test_every_problem_is_named_to_a_machine(home: Path, bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forms", "import", str(bad), "--json"]) == 2
    said = json.loads(capsys.readouterr().out)
    assert (said["ok"], said["pack"]) == (False, None)
    assert {
        "sheet": "survey",
        "row": 2,
        "column": "relevant",
        "cell": "survey!D2",
        "what": "there is no question ${zz}",
        "value": "${zz} = uuid()",
    } in said["problems"]


def test_what_is_no_workbook_is_refused(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"not a workbook")
    assert cli.main(["forms", "import", str(tmp_path / "a.xlsx")]) == 2
    assert "neither an .xlsx nor an .xls workbook" in capsys.readouterr().err
    assert cli.main(["forms", "import", str(tmp_path / "absent.xlsx")]) == 2
    assert "absent.xlsx: No such file" in capsys.readouterr().err


def test_nothing_half_written_stays(home: Path, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert cli.main(["forms", "import", str(good)]) == 2
    assert files(home) == []


def test_an_imported_form_is_exported_and_imported_as_the_same(home: Path, good: Path, tmp_path: Path) -> None:
    cli.main(["forms", "import", str(good)])
    assert cli.main(["forms", "export", "form-intake-v1", "--out", str(tmp_path / "out.xlsx")]) == 0
    assert cli.main(["forms", "import", str(tmp_path / "out.xlsx")]) == 0
    assert files(home) == ["form-intake-v1.yaml"]


@pytest.mark.parametrize("name", ["request-v1", "screening-v1"])
def test_a_shipped_questionnaire_is_exported(home: Path, tmp_path: Path, name: str) -> None:
    assert cli.main(["forms", "export", name, "--out", str(tmp_path / "out.xlsx")]) == 0
    assert cli.main(["forms", "import", str(tmp_path / "out.xlsx"), "--check"]) == 0


@pytest.mark.parametrize("name", ["form-nothing-v1", "nothing-v1", "form-../../secret"])
def test_what_is_not_there_is_not_exported(home: Path, tmp_path: Path, name: str) -> None:
    assert cli.main(["forms", "export", name, "--out", str(tmp_path / "out.xlsx")]) == 2
    assert not (tmp_path / "out.xlsx").exists()
