"""Lists and the engine of names together."""

from pathlib import Path

from safeconduct.core import names
from safeconduct.lists import Chosen, import_files, served
from tests.core.watchlists.reading import LISTS, TODAY


def test_somebody_on_a_list_in_latin_letters_is_found_by_a_name_in_cyrillic(tmp_path: Path) -> None:
    files = [LISTS / name for name in ("ofac-sdn.csv", "ofac-alt.csv", "ofac-add.csv", "un.xml", "own.csv")]
    made = import_files(files, tmp_path, Chosen(), today=TODAY)
    assert {each.made.list: each.made.people for each in made} == {"ofac-sdn": 4, "un-sc": 3, "own": 2}
    lists = served(tmp_path)
    for name, born, list_id, id_ in (
        ("Лукашенко Александр Григорьевич", "1954-08-30", "ofac-sdn", "9760"),
        ("Хлеб Вымыслов", "1974", "own", "own-1"),
        ("Ntaganda Bosco", "1973", "un-sc", "6908021"),
    ):
        best = lists.screen(names.Query(name=name, born=born), threshold=0.1, limit=5)[0]
        assert (best.about["list"], best.id) == (list_id, id_)
        assert best.about["version"] == lists.catalogue.current[list_id].version
        entry = lists.entry(list_id, best.id)
        assert entry is not None
        assert entry.programmes
    assert lists.screen(names.Query(name="Пётр Незнакомцев", born="1991"), threshold=0.1, limit=5) == []
