"""`screen`: JSON lines as the contract has them, and one clear line for wrong input."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from safeconduct.cli.main import main

LIST = "id,name,alias,born,country\n1,Олександр Іваненко,Aleksandr Ivanenko,1971-03-02,ua\n2,Smirnov Oleg,,1984-05-06,ru\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "wanted.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_hit_has_the_fields_of_the_contract(listed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", "--list", str(listed), "--name", "Саша Иваненко", "--born", "1971"]) == 0
    (answer,) = lines(capsys)
    assert answer["query"] == {"id": "", "name": "Саша Иваненко", "born": "1971"}
    (hit, *_) = answer["hits"]
    assert {"list", "version", "id", "name", "matched_name", "born", "score", "band", "features", "expected_namesakes"} == set(
        hit
    )
    assert (hit["list"], hit["id"]) == ("wanted", "1")
    assert {"name", "score", "detail", "ours", "theirs"} == set(hit["features"][0])


def test_people_of_a_file_are_answered_in_their_order(listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,born,id\nOleg Smirnow,1984,a\nНикто Никтоев,,b\n", encoding="utf-8")
    assert main(["screen", "--list", str(listed), "--in", str(people)]) == 0
    found = lines(capsys)
    assert [answer["query"]["id"] for answer in found] == ["a", "b"]
    assert [bool(answer["hits"]) for answer in found] == [True, False]


def test_a_name_comes_from_standard_input(
    listed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Смирнов Олег\n"))
    assert main(["screen", "--list", str(listed), "--name", "-"]) == 0
    assert lines(capsys)[0]["hits"]


def test_a_list_without_ids_is_numbered_by_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("name,born\nСмирнов Олег,1984\n", encoding="utf-8")
    assert main(["screen", "--list", str(path), "--name", "Oleg Smirnov", "--born", "1984"]) == 0
    assert lines(capsys)[0]["hits"][0]["id"] == "row 2"


def test_a_kept_index_gives_the_same_answer(listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "kept"
    assert main(["lists", "import", str(listed), "--index", str(kept)]) == 0
    capsys.readouterr()
    assert main(["screen", "--index", str(kept), "--name", "Oleg Smirnov"]) == 0
    one = lines(capsys)
    assert main(["screen", "--list", str(listed), "--name", "Oleg Smirnov"]) == 0
    assert lines(capsys)[0]["hits"] == one[0]["hits"]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("id,born\n1,1970\n", "row 1"),
        ("name,born\nOleg,1970-13\n", "row 2"),
        ("name\nOleg\n,\n", "row 3"),
        ("name,born\nOleg,1970,more\n", "row 2"),
        ("name\n\u200b\n", "row 2"),
    ],
)
def test_a_bad_row_is_named_in_one_line(
    listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], people: str, said: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(people, encoding="utf-8")
    assert main(["screen", "--list", str(listed), "--in", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "people.csv" in captured.err
    assert said in captured.err


@pytest.mark.parametrize(
    "given",
    [
        ["--name", "Oleg"],
        ["--list", "LIST", "--name", "Oleg", "--threshold", "2"],
        ["--list", "LIST", "--name", "Oleg", "--limit", "0"],
        ["--list", "LIST", "--name", "Oleg", "--jobs", "0"],
        ["--list", "LIST", "--name", "123"],
        ["--list", "LIST", "--name", "Oleg", "--born", "yesterday"],
        ["--list", "absent.csv", "--name", "Oleg"],
        ["--list", "LIST", "--in", "absent.csv"],
        ["--index", "absent", "--name", "Oleg"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(listed: Path, capsys: pytest.CaptureFixture[str], given: list[str]) -> None:
    assert main(["screen", *(str(listed) if each == "LIST" else each for each in given)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("safeconduct: ")
    assert captured.err.count("\n") == 1
