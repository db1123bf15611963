"""The log cannot be changed through the database, and what is changed in spite of that is found and named."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from safeconduct.core.custody import Act, NoteKey, ProofBundle, Purpose, origin_of
from safeconduct.desk.auditing import checking
from safeconduct.desk.custody import selectors, services
from safeconduct.desk.custody.models import Checkpoint, Entry
from safeconduct.desk.vault import signing
from tests.cast import TODAY, Cast, a_case
from tests.desk.custody import tampering
from tests.desk.custody.tampering import TAMPERINGS, drop_triggers, sql


@pytest.fixture
def signed_log(cast: Cast) -> None:
    """A log with entries, a checkpoint over most of them, and some after it."""
    a_case(cast)
    checking.sign_checkpoint("lantern")
    a_case(cast)


def key_of(organisation: str) -> NoteKey:
    """What a stranger knows of a log."""
    public = signing.log_public_key(selectors.log_key_of(organisation)[0])
    return NoteKey(origin_of(organisation), public.encode(), public.verify)


@pytest.mark.parametrize("table", tampering.TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET organisation = 'steppe'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_or_remove_rows(signed_log: None, table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        sql(statement.format(table))
    assert Entry.objects.filter(organisation="lantern").exists()
    assert Checkpoint.objects.filter(organisation="lantern").exists()


def test_the_models_refuse_as_well(signed_log: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(position=0).update(position=10_000)


def test_an_untouched_log_is_whole(signed_log: None) -> None:
    for organisation in checking.logs():
        assert checking.check_log(organisation).problems == ()
    findings = checking.check_log("lantern")
    assert 0 < findings.covered < findings.rows == Entry.objects.filter(organisation="lantern").count()


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_whoever_drops_the_triggers_is_found_out(signed_log: None, tamper: Callable[[], None]) -> None:
    drop_triggers()
    tamper()
    said = "\n".join(problem.line() for problem in checking.check_log("lantern").problems)
    assert TAMPERINGS[tamper] in said
    assert checking.check_log("harbour").problems == ()


def test_checking_changes_nothing(signed_log: None) -> None:
    before = [(row.position, bytes(row.body)) for row in Entry.objects.order_by("id")]
    for _ in range(2):
        checking.check_log("lantern")
    assert [(row.position, bytes(row.body)) for row in Entry.objects.order_by("id")] == before
    assert Checkpoint.objects.count() == 1


def test_published_keys_find_out_who_replaced_the_key_with_the_checkpoints(signed_log: None) -> None:
    real = selectors.log_key_of("lantern")[0]
    assert checking.check_log("lantern", keys=[real]).problems == ()
    other = selectors.log_key_of("steppe")[0]
    assert "unsigned" in checking.check_log("lantern", keys=[other]).problems[0].line()
    assert checking.check_log("lantern", keys=[]).problems


def test_every_entry_about_a_thing_is_proved(cast: Cast) -> None:
    case = a_case(cast)
    bundles = list(checking.prove_all(case.id))
    assert [bundle.entry.object for bundle in bundles] == [case.id] * len(bundles)
    assert {bundle.entry.act for bundle in bundles} >= {Act.CASE_OPENED}
    for bundle in bundles:
        proven = ProofBundle.decode(bundle.encode()).verify([key_of("lantern")])
        assert proven.entry == bundle.entry


def test_things_stand_in_whichever_log_they_were_touched(cast: Cast) -> None:
    bea = cast.actor("bea")
    services.write("lantern", Act.DOOR_REFUSED, actor=bea.id, thing=bea.id, purpose=Purpose.HANDLING, today=TODAY)
    assert {bundle.entry.organisation for bundle in checking.prove_all(bea.id)} == {"harbour", "lantern"}
    assert list(checking.prove_all("nothingofthis222")) == []


def test_entries_are_found_by_act_and_thing(cast: Cast) -> None:
    case = a_case(cast)
    found = selectors.entries_of("lantern", act=Act.CASE_OPENED)
    assert [(entry.act, entry.object) for entry in found] == [(Act.CASE_OPENED, case.id)]
    assert selectors.entries_of("lantern", act=Act.CASE_OPENED, thing="nothingofthis222") == []
    newest = selectors.entries_of("lantern", count=3)
    assert [entry.index for entry in newest] == sorted((entry.index for entry in newest), reverse=True)
    assert selectors.entries_of("lantern", before=newest[-1].index, count=1)[0].index == newest[-1].index - 1
    with pytest.raises(LookupError):
        selectors.entry_at("lantern", 10_000)
