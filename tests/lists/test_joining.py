"""Flat FollowTheMoney dumps: sanctions, documents and addresses, in any order, come to their person."""

import json
from pathlib import Path
from typing import Any

import pytest

from safeconduct.core.watchlists import Identifier, Listed
from safeconduct.lists import Chosen, import_files, served
from safeconduct.lists.catalogue import read_catalogue
from tests.core.watchlists.reading import TODAY, entries_of
from tests.lists.standin import put_in_place

PERSON = {"name": ["Gleb Vymyslov"], "birthDate": ["1974"], "nationality": ["ru"], "notes": ["A note."]}
SANCTION = {
    "program": ["Invented programme"],
    "reason": ["Said to command an invented brigade."],
    "sourceUrl": ["https://x.example/1"],
}
PASSPORT = {"number": ["000000001"], "country": ["ru"], "type": ["Passport"]}
CARD = {"number": ["000000002"], "type": ["Identity card"]}
HOME = {"full": ["Osh"], "country": ["kg"]}


@pytest.fixture(autouse=True)
def _engine(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(monkeypatch)


def entity(id_: str, schema: str, properties: dict[str, Any]) -> str:
    return json.dumps({"id": id_, "schema": schema, "properties": properties})


FLAT = [
    entity("p-1", "Person", {**PERSON, "addressEntity": ["a-1"]}),
    entity("s-1", "Sanction", {**SANCTION, "entity": ["p-1"]}),
    entity("d-1", "Passport", {**PASSPORT, "holder": ["p-1"]}),
    entity("d-2", "Identification", {**CARD, "holder": ["p-1"]}),
    entity("a-1", "Address", HOME),
    entity("s-2", "Sanction", {**SANCTION, "entity": ["nobody-here"]}),
    entity("p-2", "Person", {"name": ["Somebody Else"]}),
]
NESTED = entity(
    "p-1",
    "Person",
    {
        **PERSON,
        "sanctions": [{"id": "s-1", "schema": "Sanction", "properties": SANCTION}],
        "passport": [{"id": "d-1", "schema": "Passport", "properties": PASSPORT}],
        "identification": [{"id": "d-2", "schema": "Identification", "properties": CARD}],
        "addressEntity": [{"id": "a-1", "schema": "Address", "properties": HOME}],
    },
)


def imported(folder: Path, lines: list[str]) -> Listed:
    """What the list says of the first person after an import."""
    path = folder / "flat.ftm.json"
    path.write_text("\n".join(lines) + "\n")
    import_files([path], folder / "lists", Chosen(name="flat"), today=TODAY)
    entry = served(folder / "lists").entry("flat", "p-1")
    assert entry is not None
    return entry


@pytest.mark.parametrize("order", [1, -1])
def test_what_stands_in_lines_of_its_own_is_joined_in_any_order(tmp_path: Path, order: int) -> None:
    entry = imported(tmp_path, FLAT[::order])
    assert entry.programmes == ("Invented programme",)
    assert entry.reason == "Said to command an invented brigade.; A note."
    assert entry.address == "https://x.example/1"
    assert set(entry.identifiers) == {Identifier("passport", "000000001", "ru"), Identifier("national-id", "000000002")}
    assert entry.countries == ("ru", "kg")
    made = read_catalogue(tmp_path / "lists").current["flat"]
    assert (made.entries, made.skipped) == (2, 0)
    assert not list((tmp_path / "lists").rglob("hanging*"))


def test_flat_and_nested_say_the_same(tmp_path: Path) -> None:
    (nested,), _ = entries_of(NESTED.encode() + b"\n")
    flat = imported(tmp_path, FLAT)
    for field in ("names", "births", "countries", "programmes", "reason", "address", "identifiers"):
        assert getattr(flat, field) == getattr(nested, field), field
