"""Every vector of spec/vectors/dossier comes to its outcome, and to exactly its findings."""

import io
import os
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from safeconduct.core.dossier import Check, NotDossierForm, Notice, Trust, Verdict, read_notice, verify_dossier

SPEC = Path(__file__).resolve().parents[3] / "spec"
FOLDER = SPEC / "vectors" / "dossier"
VECTORS = sorted(FOLDER.glob("*.txt"))


@cache
def read(path: Path) -> tuple[dict[str, str], bytes]:
    head, _, body = path.read_bytes().partition(b"\n\n")
    return dict(line.split(": ", 1) for line in head.decode().split("\n")), body


@cache
def trust_of(name: str) -> Trust:
    return Trust.decode(read(FOLDER / f"{name}.txt")[1])


@cache
def notice_of(name: str) -> Notice:
    return read_notice(read(FOLDER / f"{name}.txt")[1])


def verified(lines: dict[str, str], body: bytes) -> Verdict:
    return verify_dossier(
        io.BytesIO(body),
        trust=trust_of(lines["trust"]) if "trust" in lines else None,
        today=date.fromisoformat(lines.get("today", "2026-11-22")),
        notices=[notice_of(name) for name in lines.get("notices", "").split()],
    )


def found_in(verdict: Verdict) -> set[str]:
    return {
        f"{finding.check.value}:{problem.reason.value}"
        for finding in verdict.findings
        for problem in finding.problems
        if problem.reason.value != "not-checked"
    }


def outcome_of(verdict: Verdict) -> str:
    """`success`, or the first check that does not hold and is no reservation."""
    failing = [each.check for each in verdict.findings if each.problems and each.check not in verdict.reservations]
    return failing[0].value if failing else "success"


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_the_vector_has_its_outcome(path: Path) -> None:
    lines, body = read(path)
    if lines["kind"] == "dossier":
        verdict = verified(lines, body)
        assert (outcome_of(verdict), found_in(verdict)) == (lines["expect"], set(lines.get("findings", "").split()))
        if "hazard" in lines:
            assert verdict.finding(Check.READABLE).problems[0].subject == lines["hazard"]
        return
    reader = {"trust": Trust.decode, "notice": read_notice}[lines["kind"]]
    if lines["expect"] == "success":
        reader(body)
        return
    with pytest.raises(NotDossierForm):
        reader(body)


def test_there_are_enough_vectors_and_most_are_refusals() -> None:
    outcomes = [read(path)[0]["expect"] for path in VECTORS]
    assert len(outcomes) >= 60
    assert outcomes.count("success") * 3 <= len(outcomes)


def test_every_check_but_the_last_word_has_a_vector_that_breaks_it() -> None:
    broken = {pair.partition(":")[0] for path in VECTORS for pair in read(path)[0].get("findings", "").split()}
    assert broken == {check.value for check in Check}


def test_every_reason_of_a_vector_stands_in_the_specification() -> None:
    text = (SPEC / "dossier-v1.md").read_text()
    reasons = {pair.partition(":")[2] for path in VECTORS for pair in read(path)[0].get("findings", "").split()}
    assert not [reason for reason in reasons if f"`{reason}`" not in text]


def test_the_generator_gives_the_same_files_again(tmp_path: Path) -> None:
    program = SPEC / "tools" / "make_dossier_vectors.py"
    paths = {**os.environ, "PYTHONPATH": str(SPEC.parent / "src")}
    subprocess.run([sys.executable, program, tmp_path], check=True, capture_output=True, env=paths)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {path.name: path.read_bytes() for path in VECTORS}
