"""Files open only to those who were given keys, and everything done with them is written down."""

from typing import Any

import pytest
from django.db import transaction

from safeconduct.core.custody import Entry as LogEntry
from safeconduct.core.custody import Purpose
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.custody.models import Entry
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.errors import KeysChanged, NotGranted
from safeconduct.desk.vault.models import SealedRecord
from safeconduct.desk.vault.sections import Section
from tests.cast import TODAY, Cast, a_case


def read(cast: Cast, name: str, case: Case) -> dict[str, Section]:
    """Kinds and sections of the records that a member can read."""
    with opening.opened(case.subject, holder=cast.actor(name), purpose=Purpose.HANDLING, today=TODAY) as file:
        return {record.kind: record.section for record in file.records()}


def acts(case: Case) -> list[str]:
    """What the log says was done, in order, about the case itself."""
    entries = [
        LogEntry.decode(bytes(row.body)) for row in Entry.objects.filter(organisation=case.organisation_id).order_by("position")
    ]
    return [entry.act.value for entry in entries if entry.object == case.id]


def test_the_owner_and_the_other_coordinator_read_everything(cast: Cast) -> None:
    case = a_case(cast)
    assert set(read(cast, "amal", case)) == {"card", "consents", "request"}
    assert set(read(cast, "farah", case)) == {"card", "consents", "request"}


@pytest.mark.parametrize("name", ["bea", "chidi", "dana", "emil", "gita"])
def test_everybody_else_is_refused_and_the_refusal_is_written_down(cast: Cast, name: str) -> None:
    case = a_case(cast)
    with pytest.raises(NotGranted):
        read(cast, name, case)
    assert acts(case)[-1] == "door.refused"


def test_a_grant_opens_just_the_sections_named(cast: Cast) -> None:
    case = a_case(cast)
    bea = cast.actor("bea").member
    cases.give_part(case, cast.actor("amal"), bea, CasePart.Part.RESEARCHER, [Section.CONTACT], today=TODAY)
    assert read(cast, "bea", case) == {"request": Section.CONTACT}


def test_after_removal_new_records_are_closed_even_to_kept_keys(cast: Cast) -> None:
    case, amal, bea = a_case(cast), cast.actor("amal"), cast.actor("bea")
    cases.give_part(case, amal, bea.member, CasePart.Part.RESEARCHER, [Section.ACCOUNT], today=TODAY)
    with opening.opened(case.subject, holder=bea, purpose=Purpose.HANDLING, today=TODAY) as file:
        kept = file.section_keys()
    cases.remove_member(case, amal, bea.member, today=TODAY)
    with opening.opened(case.subject, holder=amal, purpose=Purpose.HANDLING, today=TODAY) as file:
        record = file.write(Section.ACCOUNT, "note", {"text": "said after Bea had left"})
    with pytest.raises(NotGranted):
        read(cast, "bea", case)
    stolen = opening.OpenFile(case.subject, kept, TODAY)
    with pytest.raises(NotGranted):
        stolen.read(record)
    assert "key.rotated" in acts(case)
    assert "note" in read(cast, "farah", case)


def test_keys_are_those_of_the_moment_in_which_writers_stand_in_line(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is taken off while a colleague's writing waits: it comes after, under the new key."""
    case, amal, bea = a_case(cast), cast.actor("amal"), cast.actor("bea")
    cases.give_part(case, amal, bea.member, CasePart.Part.RESEARCHER, [Section.ACCOUNT], today=TODAY)
    begin = transaction.atomic

    def first_the_other(*args: Any, **kwargs: Any) -> Any:  # Any: handed on as given
        monkeypatch.setattr(transaction, "atomic", begin)
        cases.remove_member(case, amal, bea.member, today=TODAY)
        return begin(*args, **kwargs)

    monkeypatch.setattr(transaction, "atomic", first_the_other)
    with opening.opened(case.subject, holder=amal, purpose=Purpose.HANDLING, today=TODAY) as file:
        record = file.write(Section.ACCOUNT, "note", {"text": "said after Bea had left"})
    assert SealedRecord.objects.get(record=record).key_version == 2


def test_keys_are_changed_from_the_newest_ones_only(cast: Cast) -> None:
    """Two removals at once would make two keys of one version, and one of them would be lost."""
    case, amal, bea = a_case(cast), cast.actor("amal"), cast.actor("bea")
    cases.give_part(case, amal, bea.member, CasePart.Part.RESEARCHER, [Section.ACCOUNT], today=TODAY)
    with opening.opened(case.subject, holder=amal, purpose=Purpose.HANDLING, today=TODAY) as file:
        cases.remove_member(case, amal, bea.member, today=TODAY)
        with pytest.raises(KeysChanged):
            granting.rotate(file)


def test_a_new_version_replaces_the_record_and_keeps_the_old_one(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    with opening.opened(case.subject, holder=amal, purpose=Purpose.HANDLING, today=TODAY) as file:
        card = file.newest("card")
        assert card is not None
        file.write(Section.SUMMARY, "card", {**card.content, "urgency": "urgent"}, replaces=card)
        newest = file.newest("card")
        assert newest is not None
        assert (newest.version, newest.content["urgency"]) == (2, "urgent")
        assert file.read(card.id, version=1).content["urgency"] == "soon"


def test_a_failed_block_leaves_neither_record_nor_entry(cast: Cast) -> None:
    case = a_case(cast)
    before = acts(case)

    class Mishap(Exception):
        """Something went wrong in the middle."""

    def write_half() -> None:
        with opening.opened(case.subject, holder=cast.actor("amal"), purpose=Purpose.HANDLING, today=TODAY) as file:
            file.write(Section.ACCOUNT, "note", {"text": "half a thought"})
            raise Mishap

    with pytest.raises(Mishap):
        write_half()
    assert acts(case) == before
    assert "note" not in read(cast, "amal", case)
