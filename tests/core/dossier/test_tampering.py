"""The tamper matrix: every file of a real dossier × what can be done to it, each refused with the findings that it must break.

Containers packed anew, reordered and dated are in test_verify.py; here the container is always the right one.
"""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.core.dossier import (
    Check,
    CheckOutcome,
    Claim,
    Conclusion,
    DossierContent,
    EvidenceFile,
    EvidenceShown,
    Language,
    Problem,
    Reason,
    Verdict,
    compose,
    enclose,
    verify_dossier,
    write_dossier,
)
from tests.core.dossier import parts
from tests.core.dossier.tampering import Files, as_is, repacked, true_files, unpacked, with_new_lists

PATHS = sorted(true_files())
ENVELOPES = {Check.ATTESTATIONS, Check.RELEASE}
SIGNED = {Check.ATTESTATIONS, Check.RELEASE, Check.TIME_STAMP}


def verdict_on(files: Files) -> Verdict:
    return verify_dossier(io.BytesIO(repacked(files)), trust=parts.trust(), today=parts.DAY)


def broken(verdict: Verdict) -> set[Check]:
    return {finding.check for finding in verdict.findings if finding.outcome is CheckOutcome.BROKEN}


def files_of(content: DossierContent) -> Files:
    return unpacked(parts.packed(parts.draft_of(content)))


@lru_cache(maxsize=1)
def other_case() -> Files:
    """Another person's dossier by the same people and keys."""
    return files_of(replace(parts.content(), reference="STL-2222", summary=("Une autre personne.",), claims=()))


@lru_cache(maxsize=1)
def older() -> Files:
    """The same person's first version."""
    return files_of(replace(parts.content(), version=1, day=parts.DAY - timedelta(days=30), summary=("Première version.",)))


def flip(files: Files, path: str) -> bytes | None:
    content = files[path]
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def drop(files: Files, path: str) -> bytes | None:
    return None


def from_another_case(files: Files, path: str) -> bytes | None:
    return other_case()[path]


def from_an_older_version(files: Files, path: str) -> bytes | None:
    return older()[path]


ACTS: list[Callable[[Files, str], bytes | None]] = [flip, drop, from_another_case, from_an_older_version]


def must_break(path: str, *, lists_follow: bool) -> set[Check]:
    """The findings that any change of this file breaks, whatever else it breaks."""
    in_lists = set() if lists_follow else {Check.BAG}
    match path.split("/"):
        case ["data", *_]:
            return in_lists | {Check.MANIFEST}
        case ["attestations", name] if name.endswith("-evaluation.json"):
            return in_lists | ENVELOPES
        case ["attestations", name] if name.endswith("-release.json"):
            return in_lists | {Check.RELEASE, Check.TIME_STAMP}
        case ["attestations", _]:
            return in_lists | {Check.TIME_STAMP}
        case _:
            return in_lists & {Check.BAG} if path == "manifest.json" else {Check.MANIFEST}


@pytest.mark.parametrize("forger", [as_is, with_new_lists], ids=lambda forger: forger.__name__)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_done_to_a_file_the_right_finding_names_it(
    path: str, act: Callable[[Files, str], bytes | None], forger: Callable[[Files], Files]
) -> None:
    files = true_files()
    content = act(files, path)
    if content is None:
        del files[path]
    else:
        files[path] = content
    forged = forger(files)
    if forged == true_files():
        # The same bytes in both dossiers, or a list that was written anew.
        return
    verdict = verdict_on(forged)
    assert verdict.conclusion is Conclusion.BROKEN
    found = broken(verdict)
    assert must_break(path, lists_follow=forger is with_new_lists) <= found
    if path == "manifest.json" and act in (from_another_case, from_an_older_version):
        assert found >= SIGNED
    if path == "manifest.json" and act in (flip, drop):
        assert Check.MANIFEST in found
    assert Check.CONTAINER not in found


@pytest.mark.parametrize(
    "path", ["data/evidence/004-photo.jpg", "data/extra/1.txt", "attestations/005-time.json", "x/y.json", "z"]
)
@pytest.mark.parametrize("forger", [as_is, with_new_lists], ids=lambda forger: forger.__name__)
def test_whatever_is_added_is_named(path: str, forger: Callable[[Files], Files]) -> None:
    verdict = verdict_on(forger({**true_files(), path: b"{}"}))
    assert Problem(Reason.ADDED, path) in verdict.finding(Check.NOTHING_ADDED).problems


def test_every_signed_part_of_another_case_together_is_refused_all_the_same() -> None:
    files, other = true_files(), other_case()
    mixed = {path: other[path] if path.startswith("attestations/") or path == "manifest.json" else files[path] for path in files}
    assert {Check.MANIFEST} <= broken(verdict_on(with_new_lists(mixed)))


# --- whatever is built verifies ---

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), max_codepoint=0x4FF), min_size=1, max_size=20)
FILES = st.lists(
    st.tuples(st.sampled_from(["photo", "summons", "capture"]), st.sampled_from(["jpg", "pdf", "txt"]), st.binary(max_size=3000)),
    max_size=4,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    files=FILES,
    recipient=WORDS,
    language=st.sampled_from(Language),
    claims=st.lists(WORDS, max_size=3),
    valid=st.integers(0, 400),
    is_stamped=st.booleans(),
    data=st.data(),
)
def test_whatever_is_composed_verifies_and_a_changed_byte_does_not(
    files: list[tuple[str, str, bytes]],
    recipient: str,
    language: Language,
    claims: list[str],
    valid: int,
    is_stamped: bool,
    data: st.DataObject,
) -> None:
    enclosed = enclose([EvidenceFile(kind, extension, parts.in_pieces(content)) for kind, extension, content in files])
    shown = tuple(
        EvidenceShown(title=text, source="—", day="2022", shows="—", file=each.item)
        for text, each in zip("ABCD", enclosed, strict=False)
    )
    base = parts.content(())
    content = replace(
        base,
        evidence=shown,
        chronology=(),
        language=language,
        recipient=replace(base.recipient, name=recipient),
        claims=tuple(Claim(text=text, standing="Établi", evidence=tuple(range(1, len(files) + 1))) for text in claims),
        valid_until=parts.DAY + timedelta(days=valid),
    )
    draft = compose(content, enclosed, parts.proofs(), time_stamper=parts.clock() if is_stamped else None)
    envelopes, released = parts.attested(draft)
    stream = io.BytesIO()
    write_dossier(draft, envelopes, released, stream, stamped=parts.stamped(draft, released))
    verdict = verify_dossier(stream, trust=parts.trust(), today=parts.DAY)
    assert verdict.conclusion is Conclusion.HOLDS
    assert verdict.reservations == (() if is_stamped else (Check.TIME_STAMP,))
    package = bytearray(stream.getvalue())
    package[data.draw(st.integers(0, len(package) - 1))] ^= data.draw(st.integers(1, 255))
    again = verify_dossier(io.BytesIO(package), trust=parts.trust(), today=parts.DAY)
    assert again.conclusion in (Conclusion.BROKEN, Conclusion.UNREADABLE)
