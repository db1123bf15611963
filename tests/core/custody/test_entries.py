"""An entry holds closed words and opaque identifiers, and nothing else fits in."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from safeconduct.core import canonical
from safeconduct.core.custody import APPLICANT, NO_OBJECT, Act, Entry, EntryRefused, NotCustodyForm, Purpose
from tests.core.custody.parts import MEMBER, OBJECT, entry

GOOD: Mapping[str, canonical.Value] = entry(7).to_value()


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("actor", [MEMBER, APPLICANT, "system"])
def test_an_entry_is_read_back_as_written(act: Act, actor: str) -> None:
    written = Entry(
        organisation="new-dawn",
        index=0,
        day=date(2026, 2, 28),
        act=act,
        actor=actor,
        object=NO_OBJECT,
        purpose=Purpose.AUDIT,
    )
    assert Entry.decode(written.encode()) == written


@pytest.mark.parametrize("thing", ["desk:new-dawn", "organisation:north", "log:north", OBJECT])
def test_an_object_is_an_identifier_or_an_organisations_own_thing(thing: str) -> None:
    assert Entry.from_value({**GOOD, "object": thing}).object == thing


def test_the_bytes_are_canonical_json() -> None:
    assert entry(0).encode() == (
        b'{"act":"record.read","actor":"system","day":"2026-11-22","index":0,'
        b'"object":"zyxwvutsrqpnmkj2","organisation":"north","purpose":"handling","v":1}'
    )


REFUSED: dict[str, dict[str, canonical.Value]] = {
    "a version to come": {"v": 2},
    "a version that is true": {"v": True},
    "an index below zero": {"index": -1},
    "an index that is text": {"index": "7"},
    "an index that is true": {"index": True},
    "an index too large": {"index": 2**53 - 1},
    "a day that does not exist": {"day": "2026-02-30"},
    "a day without hyphens": {"day": "20261122"},
    "a day with a time": {"day": "2026-11-22T10:00"},
    "a day in other digits": {"day": "٢٠٢٦-11-22"},
    "a day that is a number": {"day": 20261122},
    "an act that is not listed": {"act": "record.copied"},
    "an act in capitals": {"act": "Record.Read"},
    "an actor with a name": {"actor": "Ivan Petrov"},
    "an actor with an address": {"actor": "ivan@example.org"},
    "an identifier too short": {"actor": "abcdefgh2345678"},
    "an identifier too long": {"actor": "abcdefgh234567892"},
    "an identifier with a line end": {"actor": "abcdefgh23456789\n"},
    "a telephone number": {"object": "4915112345678901"},
    "an object that is empty": {"object": ""},
    "an object that is nothing": {"object": None},
    "an object of another kind": {"object": "person:north"},
    "an object with free text behind a kind": {"object": "desk:Ivan Petrov"},
    "a purpose in words": {"purpose": "because he asked"},
    "an organisation in words": {"organisation": "New Dawn"},
    "an organisation too short": {"organisation": "n"},
    "an organisation too long": {"organisation": "n" * 41},
    "an organisation with a double hyphen": {"organisation": "new--dawn"},
    "an organisation that ends in a hyphen": {"organisation": "new-"},
    "a field too many": {"note": "hello"},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_fields_outside_their_form_are_refused_without_quoting_them(
    change: dict[str, canonical.Value],
) -> None:
    with pytest.raises(EntryRefused) as refusal:
        Entry.from_value({**GOOD, **change})
    assert not any(str(value) in str(refusal.value) for value in change.values() if len(str(value)) > 4)


@pytest.mark.parametrize("field", GOOD)
def test_a_missing_field_is_refused(field: str) -> None:
    with pytest.raises(EntryRefused):
        Entry.from_value({name: value for name, value in GOOD.items() if name != field})


def test_a_day_with_a_time_of_day_cannot_be_written() -> None:
    with pytest.raises(EntryRefused):
        Entry(
            organisation="north",
            index=0,
            day=datetime(2026, 11, 22),  # noqa: DTZ001 - a moment instead of a day is what must be refused
            act=Act.RECORD_READ,
            actor=MEMBER,
            object=OBJECT,
            purpose=Purpose.AUDIT,
        )


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"[]x",
        b"{}",
        b"[" * 900 + b"]" * 900,
        b"1" * 5000,
        b" " + entry(0).encode(),
        entry(0).encode() + b"\n",
    ],
)
def test_bytes_that_are_not_one_entry_are_refused(encoded: bytes) -> None:
    with pytest.raises((NotCustodyForm, EntryRefused)):
        Entry.decode(encoded)
