"""Lists are served whole or not at all."""

import fcntl
import gzip
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from safeconduct.cli.main import main
from safeconduct.core import names
from safeconduct.core.watchlists import Birth, ListRefused
from safeconduct.lists import Chosen, ImportRefused, import_files, person, read_catalogue, served
from safeconduct.lists.catalogue import CatalogueUnreadable
from tests.core.watchlists.reading import LISTS, TODAY, entries_of, sample
from tests.lists.standin import put_in_place

OWN = b"id,name,born\n" + b"".join(b"p-%d,Person %d,19%d\n" % (n, n, n) for n in range(50, 60))


@pytest.fixture(autouse=True)
def _engine(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "lists"


def _file(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def _take(folder: Path, *paths: Path, chosen: Chosen | None = None) -> list[str]:
    made = import_files(paths, folder, chosen or Chosen(), today=TODAY)
    return [f"{each.made.list} {each.made.entries} {each.made.people} {'new' if each.is_new else 'same'}" for each in made]


def test_several_lists_are_imported_together_and_found(folder: Path) -> None:
    ofac = [LISTS / name for name in ("ofac-alt.csv", "ofac-sdn.csv", "ofac-add.csv")]
    assert _take(folder, *ofac, LISTS / "un.xml") == ["ofac-sdn 6 4 new", "un-sc 4 3 new"]
    lists = served(folder)
    assert [each.version[:10] for each in lists.imports] == ["2026-11-22", "2026-02-27"]
    hit = lists.screen(names.Query(name="Bosco Taganda"), threshold=0.5, limit=5)[0]
    assert (hit.id, hit.about["list"], hit.about["version"]) == ("6908021", "un-sc", lists.imports[1].version)
    entry = lists.entry("un-sc", hit.id)
    assert entry is not None
    assert entry.programmes == ("DRC", "CDi.030")
    assert lists.entry("un-sc", "no such") is None
    assert lists.entry("no-such", hit.id) is None


def test_one_bad_file_and_nothing_is_taken(folder: Path, tmp_path: Path) -> None:
    _take(folder, LISTS / "un.xml")
    before = read_catalogue(folder)
    cut = _file(tmp_path, "eu.xml", sample("eu.xml")[:-30])
    with pytest.raises(ListRefused, match=r"eu.xml, line \d+: the file ends before the list does"):
        _take(folder, LISTS / "ofac.xml", cut)
    assert read_catalogue(folder) == before
    assert served(folder).screen(names.Query(name="Bosco Taganda"), threshold=0.5, limit=5)
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == [before.current["un-sc"].folder]


def test_an_import_that_was_stopped_leaves_nothing_that_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _take(folder, LISTS / "un.xml")
    before = read_catalogue(folder)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)  # as after a kill: nothing is tidied
        patch.setattr(names, "build_index", lambda *_, **__: (_ for _ in ()).throw(MemoryError()))
        with pytest.raises(MemoryError):
            _take(folder, LISTS / "ofac.xml")
    assert read_catalogue(folder) == before
    assert len(served(folder).imports) == 1
    _take(folder, LISTS / "ofac.xml")
    assert {path.name for path in folder.iterdir() if path.is_dir()} == read_catalogue(folder).folders()


def test_the_same_file_again_changes_nothing(folder: Path) -> None:
    assert _take(folder, LISTS / "own.csv") == ["own 2 2 new"]
    before = read_catalogue(folder)
    assert _take(folder, LISTS / "own.csv") == ["own 2 2 same"]
    assert read_catalogue(folder) == before


def test_an_id_that_stands_twice_is_refused_with_both_lines(folder: Path, tmp_path: Path) -> None:
    twice = _file(tmp_path, "own.csv", sample("own.csv") + b"own-1,Somebody,,,,,,,,,,\n")
    with pytest.raises(ListRefused, match=r"own.csv, line 4, id: this id stands in line 2 already"):
        _take(folder, twice)
    assert read_catalogue(folder).current == {}


def test_a_list_that_shrinks_is_taken_only_when_somebody_says_so(folder: Path, tmp_path: Path) -> None:
    _take(folder, _file(tmp_path, "own.csv", OWN))
    fewer = _file(tmp_path, "own.csv", b"".join(OWN.splitlines(keepends=True)[:6]))
    with pytest.raises(ImportRefused, match="own: 5 entries where 10 are served; if that is right, add --smaller"):
        _take(folder, fewer)
    assert _take(folder, fewer, chosen=Chosen(smaller=True)) == ["own 5 5 new"]


def test_packed_files_are_read_and_damaged_ones_refused(folder: Path, tmp_path: Path) -> None:
    packed = gzip.compress(sample("un.xml"))
    assert _take(folder, _file(tmp_path, "un.xml.gz", packed)) == ["un-sc 4 3 new"]
    assert _take(folder, LISTS / "un.xml") == ["un-sc 4 3 same"]
    with pytest.raises(ListRefused, match="the gzip file is damaged or cut short"):
        _take(folder, _file(tmp_path, "cut.xml.gz", packed[:-200]))
    with pytest.raises(ListRefused, match="none of the lists"):
        _take(folder, _file(tmp_path, "empty.csv", b""))


def test_one_s_own_list_cannot_take_the_place_of_a_public_one(folder: Path, tmp_path: Path) -> None:
    for name in ("un-sc.csv", "Ofac_SDN.csv"):
        with pytest.raises(ImportRefused, match="choose another name with --as"):
            _take(folder, _file(tmp_path, name, OWN))
    assert _take(folder, _file(tmp_path, "un-sc.csv", OWN), chosen=Chosen(name="turned-away")) == ["turned-away 10 10 new"]


@pytest.mark.parametrize("given", [("ofac-sdn.csv", "ofac.xml"), ("un.xml", "un.xml"), ("ofac-alt.csv",)])
def test_files_that_do_not_make_one_list_are_refused(folder: Path, given: tuple[str, ...]) -> None:
    with pytest.raises(ImportRefused, match="give one file with entries"):
        _take(folder, *(LISTS / name for name in given))


def test_two_imports_do_not_run_at_once(folder: Path) -> None:
    folder.mkdir()
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ImportRefused, match="another import into this folder is running"):
            _take(folder, LISTS / "un.xml")


def test_whoever_screens_keeps_their_lists_while_new_ones_are_imported(folder: Path, tmp_path: Path) -> None:
    _take(folder, _file(tmp_path, "own.csv", OWN))
    before = served(folder)
    _take(folder, _file(tmp_path, "own.csv", OWN + b"p-60,Quite Another,1960\n"))
    after = served(folder)
    asked = names.Query(name="Quite Another")
    assert before.screen(asked, threshold=0.5, limit=5) == []
    assert [hit.id for hit in after.screen(asked, threshold=0.5, limit=5)] == ["p-60"]
    assert served(folder) is after


def test_a_damaged_catalogue_is_said(folder: Path) -> None:
    _take(folder, LISTS / "un.xml")
    (folder / "catalogue.json").write_text('{"v": 1, "current": [{"list": "x"}]}')
    with pytest.raises(CatalogueUnreadable, match="damaged; import the lists again"):
        served(folder)


def test_ranges_and_abouts_become_years_for_the_engine() -> None:
    entry = person(entries_of(sample("ofac.xml"))[0][0])
    assert entry is not None
    assert entry.born == ("1974-10-07", "1973", "1974", "1975", "1976", "1977", "1978")
    assert (entry.countries, entry.gender) == (("ru",), names.Gender.MALE)
    assert person(entries_of(sample("ofac.xml"))[0][1]) is None
    wide = entries_of(b"id,name,born\n1,A,1900/1990\n")[0][0]
    assert wide.births == (Birth("1900", "1990"),)
    known = person(wide)
    assert known is not None
    assert known.born == ()


def test_the_command_imports_says_and_compares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path / "home"))
    assert main(["lists", "status"]) == 0
    assert "no list was imported yet" in capsys.readouterr().out
    assert main(["lists", "diff"]) == 0
    assert "nothing to compare" in capsys.readouterr().out
    assert (
        main(["lists", "import", str(LISTS / "flat.ftm.json"), "--as", "invented", "--licence", "CC0", "--on", "2026-11-22"]) == 0
    )
    told = capsys.readouterr()
    assert told.out.startswith("invented: imported; 3 entries, 3 of them people, 1 values left out; version 2026-11-22-")
    assert told.err == "note: flat.ftm.json, line 5, birthDate: the day of birth has not come yet; left out\n"
    changed = tmp_path / "changed.ftm.json"
    changed.write_bytes(sample("flat.ftm.json").replace(b'"1974"', b'"1975"').replace(b'"f-5"', b'"f-6"'))
    assert main(["lists", "import", str(changed), "--as", "invented", "--json", "--on", "2026-11-23"]) == 0
    assert json.loads(capsys.readouterr().out)["lists"][0]["licence"] == "that of the publisher (OpenSanctions: CC BY-NC 4.0)"
    assert main(["lists", "diff"]) == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    assert lines == ["  + f-6  Yet Unborn", "  - f-5  Yet Unborn", "  ~ f-1  Gleb Vymyslov"]
    assert main(["lists", "diff", "invented", "--json"]) == 0
    changes = json.loads(capsys.readouterr().out)["lists"][0]["changes"]
    assert changes[2] == {"change": "changed", "id": "f-1", "name": "Gleb Vymyslov"}
    assert main(["lists", "status", "--on", "2026-12-01"]) == 0
    assert "does not say when it was published; imported 2026-11-23" in capsys.readouterr().out


def test_the_command_refuses_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused = [
        ["lists", "import", str(tmp_path / "none.xml"), "--index", str(tmp_path / "x")],
        ["lists", "import", str(LISTS / "SOURCE.md"), "--index", str(tmp_path / "x")],
        ["lists", "import", str(LISTS / "flat.ftm.json"), "--strict", "--index", str(tmp_path / "x")],
        ["lists", "diff", "un-sc", "--index", str(tmp_path / "x")],
    ]
    for arguments in refused:
        assert main(arguments) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
    assert not (tmp_path / "x" / "catalogue.json").exists()


def test_the_day_of_a_list_is_kept_and_its_age_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "kept"
    assert main(["lists", "import", str(LISTS / "un.xml"), "--index", str(folder), "--on", "2026-03-01"]) == 0
    capsys.readouterr()
    assert main(["lists", "status", "--index", str(folder), "--on", "2026-03-09", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["lists"]
    assert (told["published"], told["days_old"], told["entries"], told["people"]) == ("2026-02-27", 10, 4, 3)
    assert date.fromisoformat(told["imported_on"]) == date(2026, 3, 1)
