"""An audit names every edited, dropped, reordered or forged row, and every checkpoint that does not fit."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.custody import Act, Findings, LogBroken, Row, Trouble, audit, leaf_hash
from tests.core.custody.parts import ORGANISATION, OTHER, LogSigner, entries, entry, leaves_of, rows_of

SIGNER = LogSigner(1)
ENTRIES = entries(20)
LEAVES = leaves_of(ENTRIES)
NOTES = [SIGNER.note(LEAVES[:size]) for size in (5, 12, 18)]


def audited(rows: list[Row], notes: list[bytes] | None = None) -> Findings:
    return audit(rows, NOTES if notes is None else notes, organisation=ORGANISATION, keys=[SIGNER.key])


def rows() -> list[Row]:
    return rows_of(ENTRIES)


def found(findings: Findings) -> list[tuple[Trouble, int, int]]:
    return [(problem.trouble, problem.first, problem.last) for problem in findings.problems]


def test_a_whole_log_has_no_problems() -> None:
    findings = audited(rows())
    assert (findings.rows, findings.checkpoints, findings.covered) == (20, 3, 18)
    assert findings.problems == ()
    findings.require_whole()


def test_a_log_without_kept_hashes_is_read_as_well() -> None:
    assert audited([replace(row, leaf=None) for row in rows()]).problems == ()


def test_an_empty_log_is_whole() -> None:
    assert audited([], [SIGNER.note([])]).problems == ()


def test_findings_have_no_truth_value() -> None:
    with pytest.raises(TypeError):
        bool(audited(rows()))


def edited(stored: list[Row]) -> list[Row]:
    stored[7] = replace(stored[7], body=entry(7, act=Act.RECORD_WRITTEN).encode())
    return stored


def edited_with_its_hash(stored: list[Row]) -> list[Row]:
    body = entry(7, act=Act.RECORD_WRITTEN).encode()
    stored[7] = Row(7, body, leaf_hash(body))
    return stored


def scribbled(stored: list[Row]) -> list[Row]:
    stored[7] = replace(stored[7], body=b"Ivan was here")
    return stored


def dropped(stored: list[Row]) -> list[Row]:
    return stored[:7] + stored[8:]


def dropped_and_closed_up(stored: list[Row]) -> list[Row]:
    """One row taken out, those behind it moved up and rewritten."""
    return rows_of(entries(19)[:7] + [entry(at, act=Act.RECORD_WRITTEN) for at in range(7, 19)])


def cut_at_the_end(stored: list[Row]) -> list[Row]:
    return stored[:15]


def swapped(stored: list[Row]) -> list[Row]:
    stored[7], stored[8] = replace(stored[8], position=7), replace(stored[7], position=8)
    return stored


def out_of_order(stored: list[Row]) -> list[Row]:
    stored[7], stored[8] = stored[8], stored[7]
    return stored


def forged(stored: list[Row]) -> list[Row]:
    """One row put in between, those behind it moved down."""
    extra = rows_of([entry(7, act=Act.GRANT_GIVEN)])
    return stored[:7] + extra + [replace(row, position=row.position + 1) for row in stored[7:]]


def foreign(stored: list[Row]) -> list[Row]:
    stored[7] = rows_of([entry(7, organisation=OTHER)])[0]
    return stored


TAMPERED: dict[Callable[[list[Row]], list[Row]], tuple[Trouble, int, int]] = {
    edited: (Trouble.EDITED, 7, 7),
    edited_with_its_hash: (Trouble.REPLACED, 5, 11),
    scribbled: (Trouble.UNREADABLE, 7, 7),
    dropped: (Trouble.DROPPED, 7, 7),
    dropped_and_closed_up: (Trouble.REPLACED, 5, 11),
    cut_at_the_end: (Trouble.DROPPED, 15, 17),
    swapped: (Trouble.REORDERED, 7, 7),
    out_of_order: (Trouble.REORDERED, 7, 7),
    forged: (Trouble.REORDERED, 8, 8),
    foreign: (Trouble.FOREIGN, 7, 7),
}


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__)
def test_a_tampered_log_is_found_and_the_place_is_named(tamper: Callable[[list[Row]], list[Row]]) -> None:
    findings = audited(tamper(rows()))
    assert TAMPERED[tamper] in found(findings)
    assert all(problem.line() for problem in findings.problems)
    with pytest.raises(LogBroken):
        findings.require_whole()


@given(st.integers(0, 17), st.sampled_from([Act.RECORD_WRITTEN, Act.GRANT_GIVEN, Act.CASE_OPENED]))
def test_any_rewritten_row_under_a_checkpoint_is_found(at: int, act: Act) -> None:
    stored = rows()
    stored[at] = rows_of([entry(at, act=act)])[0]
    (problem,) = audited(stored).problems
    assert problem.trouble is Trouble.REPLACED
    assert problem.first <= at <= problem.last


def test_a_checkpoint_that_is_not_ours_is_named() -> None:
    findings = audited(rows(), [NOTES[0], LogSigner(2).note(LEAVES[:12]), b"nothing", NOTES[2]])
    assert found(findings) == [(Trouble.UNSIGNED, 1, 1), (Trouble.UNSIGNED, 2, 2)]
    assert findings.covered == 18
    assert all(problem.line().startswith("checkpoint ") for problem in findings.problems)


def test_two_signed_pasts_are_a_fork() -> None:
    other = SIGNER.note(leaves_of([entry(at, act=Act.CASE_OPENED) for at in range(12)]))
    assert found(audited(rows(), [*NOTES, other])) == [(Trouble.FORKED, 3, 3)]


def test_a_checkpoint_over_another_past_names_the_rows_since_the_last_that_fits() -> None:
    other = SIGNER.note(leaves_of([entry(at, act=Act.CASE_OPENED) for at in range(15)]))
    findings = audited(rows(), [NOTES[0], NOTES[1], other])
    assert found(findings) == [(Trouble.REPLACED, 12, 14)]
    assert findings.covered == 12
