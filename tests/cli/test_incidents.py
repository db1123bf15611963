"""`incidents`: files to a store, stays to JSON lines, and one clear line for what cannot be read."""

import json
import shutil
from pathlib import Path

import pytest

from safeconduct.cli.main import main

EXCERPT = Path(__file__).resolve().parents[1] / "core" / "incidents" / "ucdp-ged-excerpt.csv"
STAYS = "person,place,lat,lon,from,to,unit\na,Kyiv,,,2014-01,2014-02,\na,,48.02,37.80,2014-07~,2014-09,\nb,,10,10,2014,,\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path / "home"))
    (tmp_path / "stays.csv").write_text(STAYS)
    shutil.copy(EXCERPT, tmp_path / "events.csv")
    return tmp_path


def lines(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_stays_are_told_what_may_touch_them_and_what_was_looked_at(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents", "import", str(home / "events.csv"), "--version", "25.1"]) == 0
    assert capsys.readouterr().out == "8 incidents of 1 datasets\n"
    assert main(["incidents", "overlap", "--stays", str(home / "stays.csv")]) == 0
    found = lines(capsys.readouterr().out)
    kyiv = next(line for line in found if line.get("event") == "147997")
    assert (kyiv["person"], kyiv["stay"], kyiv["source"], kyiv["version"]) == ("a", 1, "ucdp-ged", "25.1")
    assert kyiv["date"] == ["2014-01-22", "2014-01-22"]
    assert set(kyiv) >= {
        *("person", "stay", "event", "source", "version", "date", "km", "days", "civilian_deaths", "category", "certainty", "why")
    }
    assert kyiv["attribution"]
    assert found[-1] == {"person": "b", "found": 0, "coverage": [], "stays_without_coverage": [3], "units": []}


def test_positions_of_units_are_kept_beside_the_incidents_and_searched_with_them(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "units.csv").write_text("unit,date,lat,lon,aliases\n940th Tank Regiment,2014-01-20,50.45,30.52,в/ч 99940\n")
    assert main(["incidents", "import", str(home / "events.csv"), str(home / "units.csv")]) == 0
    assert capsys.readouterr().out == "8 incidents of 1 datasets, positions of 1 units\n"
    (home / "stays.csv").write_text("person,from,to,unit\na,2014-01,2014-02,в/ч 99940\nb,2014-01,,12 тп\n")
    assert main(["incidents", "overlap", "--stays", str(home / "stays.csv")]) == 0
    found = lines(capsys.readouterr().out)
    assert (found[0]["event"], found[0]["by"], found[0]["certainty"]) == ("147997", "unit", "possible")
    assert found[-1]["stays_without_coverage"] == [2]
    assert found[-1]["units"] == [{"stay": 2, "may_mean": [], "recorded_periods": 0}]
    asked = ["incidents", "overlap", "--stays", str(home / "stays.csv"), "--events", str(home / "events.csv")]
    assert main([*asked, "--units", str(home / "units.csv")]) == 0
    assert lines(capsys.readouterr().out)[0]["event"] == "147997"


def test_files_are_read_without_a_store_and_the_less_certain_can_be_left_out(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["incidents", "overlap", "--events", str(home / "events.csv"), "--stays", str(home / "stays.csv")]
    assert main([*asked, "--km", "60"]) == 0
    everything = lines(capsys.readouterr().out)
    assert main([*asked, "--km", "60", "--min-certainty", "possible"]) == 0
    fewer = lines(capsys.readouterr().out)
    assert {line.get("certainty") for line in everything} >= {"weak"}
    assert {line.get("certainty") for line in fewer} <= {"possible", "likely", None}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("Kyiv", "Olenivka"), "stays.csv: row 2: several places have this name"),
        (("Kyiv", "Nowhere"), "stays.csv: row 2: no such place here"),
        (("48.02,37.80", "137.80,48.02"), "stays.csv: row 3: latitude then longitude"),
        (("48.02", "north"), "stays.csv: row 3: lat and lon are degrees"),
        (("2014-02", "2013-02"), "stays.csv: row 2: from and to are dates"),
        (("person,", "name,"), "stays.csv: row 1: the columns are"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    home: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], line: str
) -> None:
    (home / "stays.csv").write_text(STAYS.replace(*change, 1))
    assert main(["incidents", "overlap", "--events", str(home / "events.csv"), "--stays", str(home / "stays.csv")]) == 2
    said = capsys.readouterr()
    assert line in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_an_import_that_fails_leaves_the_old_store(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents", "import", str(home / "events.csv")]) == 0
    kept = (home / "home" / "incidents" / "incidents.store").read_bytes()
    (home / "events.csv").write_text(EXCERPT.read_text().replace("50.450000", "950.45", 1))
    assert main(["incidents", "import", str(home / "events.csv")]) == 2
    assert "events.csv: row 3, column latitude" in capsys.readouterr().err
    assert [path.read_bytes() for path in (home / "home" / "incidents").iterdir()] == [kept]
    (home / "other.csv").write_text("name,born\n")
    assert main(["incidents", "import", str(home / "other.csv")]) == 2
