"""Trust files, manifests, statements and envelopes: each has one form, and everything else is refused."""

from collections.abc import Callable
from typing import Any  # JSON under change

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.core.dossier import Manifest, NotDossierForm, Standing, Trust
from safeconduct.core.dossier.attestations import Envelope, EvaluationStatement, ReleaseStatement, TimeStatement
from safeconduct.core.dossier.evaluations import decode_evaluations, encode_evaluations
from safeconduct.core.dossier.fields import base64_text
from tests.core.dossier import parts
from tests.core.dossier.tampering import true_files

TRUST = parts.trust().encode()
MANIFEST = true_files()["manifest.json"]
EVALUATIONS = true_files()["data/evaluations.json"]
ENVELOPE = true_files()["attestations/001-evaluation.json"]
STATEMENT = Envelope.decode(ENVELOPE).payload
RELEASE = Envelope.decode(true_files()["attestations/003-release.json"]).payload
TIME = Envelope.decode(true_files()["attestations/004-time.json"]).payload

READERS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "trust file": (TRUST, Trust.decode),
    "manifest": (MANIFEST, Manifest.decode),
    "evaluations": (EVALUATIONS, decode_evaluations),
    "envelope": (ENVELOPE, Envelope.decode),
    "evaluation statement": (STATEMENT, EvaluationStatement.decode),
    "release statement": (RELEASE, ReleaseStatement.decode),
    "time statement": (TIME, TimeStatement.decode),
}


OTHER_KINDS: dict[str, canonical.Value] = {
    "null": None,
    "true": True,
    "negative": -1,
    "empty text": "",
    "turned text": "\u202e",
    "endless text": "x" * 30_000,
    "empty list": [],
    "list": [1],
    "empty object": {},
    "object": {"a": 1},
}


def test_what_is_written_is_read_back() -> None:
    assert Trust.decode(TRUST) == parts.trust()
    assert Manifest.decode(MANIFEST).encode() == MANIFEST
    assert encode_evaluations(decode_evaluations(EVALUATIONS)) == EVALUATIONS
    assert Envelope.decode(ENVELOPE).encode() == ENVELOPE
    assert EvaluationStatement.decode(STATEMENT).encode() == STATEMENT
    assert ReleaseStatement.decode(RELEASE).encode() == RELEASE
    assert TimeStatement.decode(TIME).encode() == TIME


@pytest.mark.parametrize("name", READERS)
def test_every_field_is_needed_and_none_may_be_added(name: str) -> None:
    encoded, read = READERS[name]
    value: Any = canonical.decode(encoded)
    for field in value:
        with pytest.raises(NotDossierForm):
            read(canonical.encode({key: item for key, item in value.items() if key != field}))
    with pytest.raises(NotDossierForm):
        read(canonical.encode({**value, "more": 1}))


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("other", OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_a_field_of_another_kind_is_refused_by_name(name: str, other: canonical.Value) -> None:
    encoded, read = READERS[name]
    value: Any = canonical.decode(encoded)
    for field in value:
        forged = canonical.encode({**value, field: other})
        if is_allowed(name, field, other):
            continue
        with pytest.raises(NotDossierForm) as refused:
            read(forged)
        assert "x" * 20 not in str(refused.value)


def is_allowed(name: str, field: str, other: canonical.Value) -> bool:
    """Empty lists that a reader takes; what is missing from them is for the checks to say."""
    lists = {"organisations", "evaluators", "logs", "objects", "items", "evaluations", "attestations", "notices"}
    is_list = other == [] and field in lists
    is_opaque = name == "envelope" and field == "payload" and isinstance(other, str) and other != "\u202e"
    if name == "manifest" and field == "time_stamper" and other is None:
        return True
    return is_list or is_opaque or (name == "evaluation statement" and field == "criteria" and other == {})


@pytest.mark.parametrize("name", [name for name in READERS if name != "envelope"])
def test_a_version_to_come_is_refused(name: str) -> None:
    encoded, read = READERS[name]
    value: Any = canonical.decode(encoded)
    with pytest.raises(NotDossierForm, match="version"):
        read(canonical.encode({**value, "v": 2}))


@pytest.mark.parametrize("name", READERS)
@given(at=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
def test_a_changed_byte_is_refused_or_read_as_something_else(name: str, at: float, mask: int) -> None:
    encoded, read = READERS[name]
    changed = bytearray(encoded)
    changed[int(at * len(encoded))] ^= mask
    try:
        found = read(bytes(changed))
    except NotDossierForm:
        return
    assert found != read(encoded)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("encoded", [b"", b"[]", b"{}", b"null", b"\xff", b"[" * 5000, b'{"v":1.0}'])
def test_other_json_is_refused(name: str, encoded: bytes) -> None:
    with pytest.raises(NotDossierForm):
        READERS[name][1](encoded)


def changed_trust(change: Callable[[Any], None]) -> bytes:
    value: Any = canonical.decode(TRUST)
    change(value)
    return canonical.encode(value)


def same_organisation_twice(value: Any) -> None:
    value["organisations"].append(value["organisations"][0])


def no_key(value: Any) -> None:
    value["organisations"][0]["keys"] = []


def key_that_is_none(value: Any) -> None:
    value["organisations"][0]["keys"][0]["key"] = base64_text(b"\x01" * 32)


def log_key_that_is_none(value: Any) -> None:
    value["organisations"][0]["logs"][0]["key"] = base64_text(b"\x00" * 32)


def voucher_of_another(value: Any) -> None:
    value["organisations"][0]["vouchers"] = value["organisations"][1]["vouchers"]


def voucher_changed(value: Any) -> None:
    value["organisations"][0]["vouchers"][0]["alias"] = "Somebody else"


def day_that_is_none(value: Any) -> None:
    value["organisations"][0]["keys"][0]["first_day"] = "2026-02-30"


@pytest.mark.parametrize(
    "change",
    [
        same_organisation_twice,
        no_key,
        key_that_is_none,
        log_key_that_is_none,
        voucher_of_another,
        voucher_changed,
        day_that_is_none,
    ],
)
def test_a_trust_file_with_a_fault_inside_is_refused(change: Callable[[Any], None]) -> None:
    with pytest.raises(NotDossierForm, match="trust file"):
        Trust.decode(changed_trust(change))


def test_a_voucher_by_an_older_key_of_the_organisation_is_read() -> None:
    def rotate(value: Any) -> None:
        new = {**value["organisations"][0]["keys"][0], "key": base64_text(parts.STRANGER.public_key().encode())}
        value["organisations"][0]["keys"].insert(0, new)

    trust = Trust.decode(changed_trust(rotate))
    for key in (parts.STRANGER, parts.STEPPE):
        assert trust.signing_key("steppe-line", key.public_key(), parts.DAY) is Standing.VALID


def changed_manifest(change: Callable[[Any], None]) -> bytes:
    value: Any = canonical.decode(MANIFEST)
    change(value)
    return canonical.encode(value)


def unsorted_items(value: Any) -> None:
    value["items"].reverse()


def an_item_twice(value: Any) -> None:
    value["items"].insert(0, value["items"][0])


def a_path_that_leads_away(value: Any) -> None:
    value["items"][-1]["path"] = "data/../../etc/passwd"


def another_kind(value: Any) -> None:
    value["items"][0]["kind"] = "evidence"


def unsorted_organisations(value: Any) -> None:
    value["organisations"].reverse()


def a_signing_key_that_is_none(value: Any) -> None:
    value["organisations"][0]["key"] = base64_text(b"\x01" * 32)


def a_log_key_of_small_order(value: Any) -> None:
    value["logs"][0]["key"] = base64_text(b"\x01" + bytes(31))


@pytest.mark.parametrize(
    "change",
    [
        unsorted_items,
        an_item_twice,
        a_path_that_leads_away,
        another_kind,
        unsorted_organisations,
        a_signing_key_that_is_none,
        a_log_key_of_small_order,
    ],
)
def test_a_manifest_with_a_fault_inside_is_refused(change: Callable[[Any], None]) -> None:
    with pytest.raises(NotDossierForm, match="manifest"):
        Manifest.decode(changed_manifest(change))
