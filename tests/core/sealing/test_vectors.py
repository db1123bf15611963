"""Every published sealing vector has its one outcome here, and its generator gives the same bytes again."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from safeconduct.core import sealing
from safeconduct.core.sealing import Stage
from tests.core.sealing.vectors import FOLDER, SPEC, Vector, all_vectors, run

VECTORS = all_vectors()
CONTEXT = sealing.Context("north", "case-17", "identity", "person/name", 3)
# Whoever reads sealed bytes must refuse those of every other kind.
SEALED_KINDS = {"record", "grant", "passphrase-wrap", "passkey-wrap", "file", "signature", "member-keys"}
pytestmark = pytest.mark.usefixtures("stretched_once")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_the_vector_has_its_outcome(vector: Vector) -> None:
    expected = vector.lines["expect"]
    if expected == "success":
        run(vector)
        return
    with pytest.raises(sealing.SealingRefused) as refused:
        run(vector)
    assert refused.value.stage is Stage(expected)


def open_with_every_reader(sealed: bytes) -> dict[str, bool]:
    """Whether each reader of sealed bytes, given some key of the right type, accepts these."""
    secret = bytes(range(32))

    def opened_file() -> object:
        opener = sealing.FileOpener(sealing.SectionKey(secret), CONTEXT)
        return opener.update(sealed) + opener.finalize()

    readers: dict[str, Callable[[], object]] = {
        "record": lambda: sealing.open_record(sealing.SectionKey(secret), CONTEXT, sealed),
        "grant": lambda: sealing.open_from(sealing.SealingPrivateKey(secret), CONTEXT, sealed),
        "passphrase-wrap": lambda: sealing.unwrap_with_passphrase(
            sealing.Passphrase("another"), CONTEXT, sealed[:2] + b"\xff" + sealed[3:]
        ),
        "passkey-wrap": lambda: sealing.unwrap_with_passkey(sealing.PasskeySecret(secret), CONTEXT, sealed),
        "file": opened_file,
        "member-keys": lambda: sealing.MemberKeys.decode(sealed),
        "sealing-public-key": lambda: sealing.SealingPublicKey.decode(sealed),
        "signing-public-key": lambda: sealing.SigningPublicKey.decode(sealed),
        "log-public-key": lambda: sealing.LogPublicKey.decode(sealed),
        "signature": lambda: sealing.verify(sealing.SigningPrivateKey(secret).public_key(), "attestation", b"", sealed),
    }
    accepted = {}
    for name, read in readers.items():
        try:
            read()
        except sealing.SealingRefused:
            accepted[name] = False
        else:
            accepted[name] = True
    return accepted


@pytest.mark.parametrize("vector", [v for v in VECTORS if v.lines["kind"] in SEALED_KINDS], ids=lambda v: v.name)
def test_no_reader_takes_the_bytes_of_a_vector_under_another_key_or_for_another_kind(vector: Vector) -> None:
    accepted = open_with_every_reader(vector.body)
    is_bundle = vector.lines["kind"] == "member-keys" and vector.lines["expect"] == "success"
    assert accepted.pop("member-keys") == is_bundle
    assert not any(accepted.values())


def test_records_are_sealed_from_the_same_parts_to_the_same_bytes() -> None:
    good = [v for v in VECTORS if v.lines["kind"] == "record" and "plaintext" in v.lines]
    assert good
    for vector in good:
        key = sealing.SectionKey(vector.octets("key"))
        if vector.lines["key-type"] == "section":
            again = sealing.records.seal_record_from_parts(
                key, vector.context(), vector.octets("plaintext"), salt=vector.body[2:34]
            )
            assert again == vector.body


def test_there_are_enough_vectors_and_most_are_refusals() -> None:
    outcomes = [vector.lines["expect"] for vector in VECTORS]
    assert len(outcomes) >= 150
    assert outcomes.count("success") * 3 <= len(outcomes)
    assert set(outcomes) == {"success", *(stage.value for stage in Stage)}


def test_each_vector_says_why_in_one_sentence() -> None:
    for vector in VECTORS:
        assert vector.lines["why"].endswith("."), vector.name


def test_the_grammar_page_lists_every_outcome_and_kind() -> None:
    page = (SPEC / "vectors" / "README.md").read_text(encoding="utf-8")
    words = {vector.lines["kind"] for vector in VECTORS} | {vector.lines["expect"] for vector in VECTORS}
    assert not [word for word in words if f"`{word}`" not in page]


def test_the_generator_gives_the_same_files_again(tmp_path: Path) -> None:
    program = SPEC / "tools" / "make_sealing_vectors.py"
    paths = {**os.environ, "PYTHONPATH": str(SPEC.parent / "src")}
    subprocess.run([sys.executable, program, tmp_path], check=True, capture_output=True, env=paths)
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert again == {path.name: path.read_bytes() for path in FOLDER.glob("*.txt")}
