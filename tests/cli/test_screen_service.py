"""`screen --service`: the same answers from a running service; the name is posted, and no line of ours repeats it."""

import json
from pathlib import Path

import pytest

from safeconduct.cli.main import main
from tests.lists.yente_server import Yente, running


def test_a_service_answers_in_the_shape_of_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A proxy would read what is sent.
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    people = tmp_path / "people.csv"
    people.write_text("id,name,born\na,Глеб Вымыслов,1974-10\nb,Никто Никтоев,\n", encoding="utf-8")
    with running() as base:
        asked = ["--service", base, "--dataset", "invented", "--limit", "1"]
        assert main(["screen", *asked, "--in", str(people)]) == 0
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first["query"] == {"id": "a", "name": "Глеб Вымыслов", "born": "1974-10"}
    assert second["query"]["id"] == "b"
    (hit,) = first["hits"]
    assert {"list", "version", "id", "name", "matched_name", "born", "score", "band", "features", "expected_namesakes"} == set(
        hit
    )
    assert (hit["list"], hit["id"], hit["band"], hit["expected_namesakes"]) == ("invented", "NK-invented-1", "strong", None)
    assert {"name", "score", "detail", "ours", "theirs"} == set(hit["features"][0])
    assert not any("%D0" in address or "Вымыслов" in address for address, _ in Yente.seen)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--service", "http://yente.example"], "https"),
        (["--service", "nowhere"], "https"),
        (["--service", "http://127.0.0.1:9"], "cannot be reached"),
        (["--service", "https://yente.example", "--index", "lists"], "not both"),
        (["--dataset", "x"], "--service URL"),
    ],
)
def test_a_service_that_cannot_be_asked_ends_with_one_line(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", *options, "--name", "Глеб Вымыслов"]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert said in written.err
    assert "Вымыслов" not in written.err
    assert written.err.count("\n") == 1


def test_a_service_that_fails_leaves_no_half_answer(capsys: pytest.CaptureFixture[str]) -> None:
    with running(500) as base:
        assert main(["screen", "--service", base, "--name", "Глеб Вымыслов"]) == 2
    written = capsys.readouterr()
    assert (written.out, written.err) == ("", "safeconduct: the matching service answered 500\n")
