"""The one command: what it offers, and what it says when it cannot."""

import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from safeconduct.cli import main as cli
from safeconduct.core.errors import UnreadableInput


def test_without_a_command_it_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "verify" in capsys.readouterr().err
    assert cli.main(["--help"]) == 0
    assert "verify" in capsys.readouterr().out


def test_an_unknown_command_gives_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verfy"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("safeconduct: there is no command 'verfy'; the commands are: demo, serve, ")
    assert said.err.count("\n") == 1


def test_wrong_usage_of_a_command_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["verify"])
    assert ended.value.code == 2
    assert "usage: safeconduct verify" in capsys.readouterr().err


def test_a_command_that_is_not_installed_gives_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(cli.COMMANDS, "nowhere", "leads nowhere")
    assert cli.main(["nowhere"]) == 2
    assert capsys.readouterr().err == "safeconduct: nowhere: this command is not part of this installation\n"


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def absent(name: str) -> ModuleType:
        raise ModuleNotFoundError(name="django.db")

    monkeypatch.setattr("importlib.import_module", absent)
    assert cli.main(["verify"]) == 2
    assert "needs the package 'django'" in capsys.readouterr().err


def command_that(run: Callable[[], int]) -> ModuleType:
    module = ModuleType("safeconduct.cli.example")
    module.add_arguments = lambda parser: None  # type: ignore[attr-defined]  # made on the spot
    module.run = lambda arguments: run()  # type: ignore[attr-defined]
    return module


def refuse() -> int:
    raise UnreadableInput("list.csv, row 3: no such column")


def interrupt() -> int:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("run", "code", "line"),
    [
        (refuse, 2, "safeconduct: list.csv, row 3: no such column\n"),
        (interrupt, 130, ""),
        (lambda: 1, 1, ""),
    ],
)
def test_what_a_command_comes_to(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    run: Callable[[], int],
    code: int,
    line: str,
) -> None:
    monkeypatch.setitem(cli.COMMANDS, "example", "an example")
    monkeypatch.setitem(sys.modules, "safeconduct.cli.example", command_that(run))
    assert cli.main(["example"]) == code
    assert capsys.readouterr().err == line
