"""Every published custody vector has its one outcome here, and the generator gives the same bytes again."""

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from safeconduct.core.custody import (
    CustodyRefused,
    Entry,
    Frontier,
    ProofBundle,
    open_checkpoint,
    verify_consistency,
    verify_inclusion,
)
from tests.core.custody.parts import note_key

SPEC = Path(__file__).resolve().parents[3] / "spec"
VECTORS = sorted((SPEC / "vectors" / "custody").glob("*.txt"))
STAGES = {"success", "form", "entry", "note", "checkpoint", "signature", "inclusion", "consistency"}
Header = dict[str, str]


def read(path: Path) -> tuple[Header, bytes]:
    head, _, body = path.read_bytes().partition(b"\n\n")
    return dict(line.split(": ", 1) for line in head.decode().split("\n")), body


def hashes(body: bytes) -> list[bytes]:
    return [body[at : at + 32] for at in range(0, len(body), 32)]


def run_entry(header: Header, body: bytes) -> None:
    assert Entry.decode(body).leaf().hex() == header["leaf"]


def run_frontier(header: Header, body: bytes) -> None:
    frontier = Frontier.decode(body)
    assert frontier.root().hex() == header["root"]
    assert frontier.append(bytes.fromhex(header["leaf"])).encode().hex() == header["appended"]


def run_inclusion(header: Header, body: bytes) -> None:
    verify_inclusion(
        leaf=bytes.fromhex(header["leaf"]),
        index=int(header["index"]),
        size=int(header["size"]),
        path=hashes(body),
        root=bytes.fromhex(header["root"]),
    )


def run_consistency(header: Header, body: bytes) -> None:
    verify_consistency(
        earlier_size=int(header["earlier-size"]),
        earlier_root=bytes.fromhex(header["earlier-root"]),
        size=int(header["size"]),
        root=bytes.fromhex(header["root"]),
        path=hashes(body),
    )


def run_checkpoint(header: Header, body: bytes) -> None:
    key = note_key(header["origin"], bytes.fromhex(header["key"]))
    checkpoint = open_checkpoint(body, origin=header["origin"], keys=[key])
    assert (str(checkpoint.size), checkpoint.root.hex()) == (header["size"], header["root"])


def run_proof(header: Header, body: bytes) -> None:
    key = note_key("safeconduct/custody/north", bytes.fromhex(header["key"]))
    ProofBundle.decode(body).verify([key])


RUNNERS: dict[str, Callable[[Header, bytes], None]] = {
    "entry": run_entry,
    "frontier": run_frontier,
    "inclusion": run_inclusion,
    "consistency": run_consistency,
    "checkpoint": run_checkpoint,
    "proof": run_proof,
}


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_the_vector_has_its_outcome(path: Path) -> None:
    header, body = read(path)
    assert header["expect"] in STAGES
    run = RUNNERS[header["kind"]]
    if header["expect"] == "success":
        run(header, body)
        return
    with pytest.raises(CustodyRefused) as refused:
        run(header, body)
    assert refused.value.stage == header["expect"]


def test_there_are_enough_vectors_and_most_are_refusals() -> None:
    outcomes = [read(path)[0]["expect"] for path in VECTORS]
    assert len(outcomes) >= 40
    assert outcomes.count("success") * 3 <= len(outcomes)
    assert set(outcomes) == STAGES


def test_the_generator_gives_the_same_files_again(tmp_path: Path) -> None:
    program = runpy.run_path(str(SPEC / "tools" / "make_custody_vectors.py"))
    program["main"](tmp_path)
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert again == {path.name: path.read_bytes() for path in VECTORS}
