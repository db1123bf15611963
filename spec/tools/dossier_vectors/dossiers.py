# ruff: noqa: E501 - one line a vector
"""Whole dossiers: honest ones, ones that a forger changed, and ones that an organisation which strays would sign."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from dossier_vectors import parts
from dossier_vectors.containers import packed_anew
from dossier_vectors.parts import (
    CLOCK,
    HARBOUR,
    LANTERN,
    ONE,
    OTHER_LOG,
    RELEASE,
    SHOWN,
    STRANGER,
    TIME,
    TODAY,
    TWO,
    Files,
    Made,
    Vector,
    clock,
    listed,
    packed,
    public,
    shown,
    voucher,
)
from safeconduct.core import canonical

TRUE = Made()
Change = Callable[[Files], Files]


def vector(name: str, findings: str, why: str, files: Files | bytes, **lines: str) -> Vector:
    """A dossier with its trust file; the outcome is `success` or the first check that does not hold and is not a reservation."""
    left_open = (
        "time-stamp:no-time-stamp",
        "not-withdrawn:trust-older",
        "not-withdrawn:no-trust-file",
        "not-withdrawn:notice-unproven",
    )
    counting = [each.partition(":")[0] for each in findings.split() if each not in left_open]
    body = files if isinstance(files, bytes) else packed(files)
    given = {"today": TODAY, "trust": "trust-plain", **lines}
    found = {"findings": findings} if findings else {}
    return Vector(name, (counting or ["success"])[0], why, body, lines={**{k: v for k, v in given.items() if v}, **found})


def honest() -> Iterator[Vector]:
    """Dossiers that hold."""
    files = TRUE.files()
    yield vector("whole", "", "A true dossier.", files)
    yield vector("whole-last-day", "", "On its last day.", files, today="2027-05-20")
    yield vector("whole-time-zone", "", "Where it is still the day before.", files, today="2026-11-19")
    unstamped = replace(TRUE, manifest={"time_stamper": None}).files()
    yield vector("unstamped", "time-stamp:no-time-stamp", "Nobody attests the time: it holds, with a reservation.", unstamped)
    old = "The trust file is older than the dossier: it holds, with a reservation."
    yield vector("with-trust-older", "not-withdrawn:trust-older", old, files, trust="trust-older")
    yield vector("with-trust-rotated", "", "An old key for an old dossier, beside a new one.", files, trust="trust-rotated")
    three = Made(
        payload=parts.payload(evaluations=evaluations(*SHOWN, shown("harbour", "Evaluator Three", "d"))),
        manifest={"evaluators": [*parts.manifest({})["evaluators"], voucher("harbour", "Evaluator Three", STRANGER, HARBOUR)]},
        evaluators=(ONE, TWO, STRANGER),
        shown=(*SHOWN, shown("harbour", "Evaluator Three", "d")),
    )
    yield vector("three-evaluations", "", "Three evaluations.", three.files())


def evaluations(*shown_: parts.Value) -> bytes:
    """data/evaluations.json."""
    return canonical.encode({"v": 1, "evaluations": list(shown_)})


def changed(path: str, content: bytes | None) -> Files:
    """The true dossier with one file changed or dropped, and the lists left alone."""
    files = dict(TRUE.files())
    files.pop(path)
    return files if content is None else {**files, path: content}


def forged() -> Iterator[Vector]:
    """What a forger without keys can do."""
    files = TRUE.files()
    claims, photo, first = "data/claims.json", "data/evidence/001-photo.jpg", "attestations/001-evaluation.json"
    other = canonical.encode({"v": 1, "claims": [{"number": 1}]})
    for name, why, package in packed_anew():
        yield vector(f"container-{name}", "container:repacked", f"Packed anew. {why}", package)
    yield vector("changed-claims", "bag:changed manifest:changed", "A file changed.", changed(claims, other))
    relisted = "Changed, with new lists."
    yield vector("changed-relisted", "manifest:changed manifest:disagrees", relisted, listed(changed(claims, other)))
    everything = dict(changed(claims, other))
    payload = {path: content for path, content in everything.items() if path.startswith("data/")}
    everything["manifest.json"] = canonical.encode(parts.manifest(payload))
    signatures = "attestations:other-statement release:other-statement time-stamp:other-statement"
    yield vector("changed-manifest", signatures, "Changed, with a new manifest: only the signatures tell.", listed(everything))
    yield vector("dropped-evidence", "bag:missing manifest:missing", "A file dropped.", changed(photo, None))
    both = {**files, photo: files[claims], claims: files[photo]}
    yield vector("swapped", "bag:changed manifest:changed", "Two files in each other's place.", both)
    added = {**files, "data/evidence/002-photo.jpg": b"x"}
    yield vector("added-payload", "nothing-added:added", "A file added.", added)
    lists = "nothing-added:added manifest:disagrees"
    yield vector("added-relisted", lists, "A file added, with new lists.", listed(added))
    yield vector("added-tag", "nothing-added:added", "A note added beside the lists.", {**files, "note.txt": b"x"})
    yield vector(
        "list-form",
        "bag:list-unreadable nothing-added:added manifest:disagrees bag:changed",
        "A list that is none.",
        {**files, "manifest-sha512.txt": b"hello"},
    )
    at = files[first].index(b'"sig":"') + 1000
    flip = files[first][:at] + (b"A" if files[first][at : at + 1] != b"A" else b"B") + files[first][at + 1 :]
    yield vector(
        "changed-envelope",
        "bag:changed manifest:disagrees attestations:not-signed release:other-attestations",
        "An envelope changed.",
        {**files, first: flip},
    )
    exchanged = {**files, first: files["attestations/002-evaluation.json"], "attestations/002-evaluation.json": files[first]}
    yield vector(
        "envelopes-swapped", "attestations:not-signed release:other-attestations", "Two envelopes exchanged.", listed(exchanged)
    )
    yield vector("release-dropped", "release:missing time-stamp:other-statement", "No release.", listed(changed(RELEASE, None)))
    yield vector("time-dropped", "time-stamp:missing", "The time stamp taken away.", listed(changed(TIME, None)))
    other_case = Made(payload=parts.payload(document=b"%PDF-1.7 another case\n"), manifest={"reference": "LAN-2222"}).files()
    from_other = {**files, first: other_case[first]}
    elsewhere = "attestations:other-statement release:other-attestations"
    yield vector("other-cases-envelope", elsewhere, "An evaluator's envelope from another case.", listed(from_other))
    released = {**files, RELEASE: other_case[RELEASE]}
    both_release = "release:other-attestations release:other-statement time-stamp:other-statement"
    yield vector("other-cases-release", both_release, "The release of another case.", listed(released))
    timed = {**files, TIME: other_case[TIME]}
    yield vector("other-cases-time", "time-stamp:other-statement", "The time stamp of another case.", listed(timed))


def astray() -> Iterator[Vector]:
    """What organisations that stray, or lost a key, would sign."""
    true = parts.manifest({})
    one, two = true["evaluators"]
    for name, findings, why, made in (
        ("one-evaluation", "evaluations:too-few independence:same-organisation", "One evaluation.", single(one)),
        ("same-organisation", "independence:same-organisation", "Two evaluators of one organisation.", colleagues(one)),
        ("same-key", "independence:same-key", "Two evaluators with one key.", with_second(voucher("harbour", "Evaluator Two", ONE, HARBOUR), ONE)),
        ("organisations-key", "independence:same-key", "The organisation's own key as an evaluator's.", with_second(voucher("harbour", "Evaluator Two", HARBOUR, HARBOUR), HARBOUR)),
        ("not-vouched", "vouchers:not-vouched", "A voucher signed by the other organisation.", with_second(voucher("harbour", "Evaluator Two", TWO, LANTERN), TWO)),
        ("time-as-evaluator", "vouchers:not-vouched", "A voucher signed for the other role.", with_second(voucher("harbour", "Evaluator Two", TWO, HARBOUR, purpose="time-voucher"), TWO)),
        ("voucher-late", "vouchers:voucher-day", "A voucher that begins later.", with_second(voucher("harbour", "Evaluator Two", TWO, HARBOUR, first_day="2026-11-21"), TWO)),
        ("voucher-over", "vouchers:voucher-day", "A voucher that ended.", with_second(voucher("harbour", "Evaluator Two", TWO, HARBOUR, last_day="2026-11-19"), TWO)),
        ("unnamed", "vouchers:unnamed-organisation trust:organisation-unknown", "An evaluator of an organisation that is not named.", unnamed(one, two)),
        ("wrong-signer", "attestations:not-signed", "An envelope signed by another key.", Made(evaluators=(ONE, STRANGER))),
        ("score", "evaluations:form evaluations:too-few attestations:other-statement", "A rating with a digit.", scored("Établi 5")),
        ("score-arabic", "evaluations:form evaluations:too-few attestations:other-statement", "A rating with a digit of another script.", scored("Établi ٥")),
        ("other-authors", "evaluations:other-authors", "Evaluations of others than the manifest names.", authors()),
        ("release-by-stranger", "release:not-signed", "Released by another key.", Made(releaser=STRANGER)),
        ("release-for-other", "release:other-statement", "Released to another authority.", Made(release={"recipient": "Ministry of Fear"})),
        ("release-before", "release:other-statement", "Released before its day.", Made(release={"day": "2026-11-19"})),
        ("release-one-person", "release:form", "Released by one person twice.", Made(release={"released_by": ["A", "A"]})),
        ("no-proof", "custody:no-proof", "No custody proof.", Made(payload=parts.payload(custody=None))),
        ("other-object", "custody:other-object", "A proof about another case.", Made(payload=parts.payload(custody=parts.proof("z" * 16)))),
        ("other-log", "custody:proof-refused", "A proof under another log's key.", Made(payload=parts.payload(custody=parts.proof(key=OTHER_LOG)))),
        ("proof-form", "custody:proof-refused", "No proof at all.", Made(payload=parts.payload(custody=b"{}"))),
    ):  # fmt: skip
        yield vector(name, findings, why, made.files())


def single(one: parts.Value) -> Made:
    """Only one evaluation."""
    return Made(
        payload=parts.payload(evaluations=evaluations(SHOWN[0])),
        manifest={"evaluators": [one]},
        evaluators=(ONE,),
        shown=SHOWN[:1],
    )


def colleagues(one: parts.Value) -> Made:
    """Both evaluators of the releasing organisation."""
    both = (SHOWN[0], shown("lantern", "Evaluator Two", "b"))
    second = voucher("lantern", "Evaluator Two", TWO, LANTERN)
    return Made(payload=parts.payload(evaluations=evaluations(*both)), manifest={"evaluators": [one, second]}, shown=both)


def with_second(second: parts.Value, key: Any) -> Made:
    """Another voucher for the second evaluator, who signs with that key."""
    return Made(manifest={"evaluators": [parts.manifest({})["evaluators"][0], second]}, evaluators=(ONE, key))


def unnamed(one: parts.Value, two: parts.Value) -> Made:
    """The second evaluator's organisation is left out; another one stands in, with a clock of its own."""
    organisations = [
        {"id": "haven", "name": "Haven", "key": public(HARBOUR)},
        {"id": "lantern", "name": "Lantern", "key": public(LANTERN)},
    ]
    stamper = {**clock(), **voucher("haven", "Clock", CLOCK, HARBOUR, role="time")}
    changes = {"organisations": organisations, "evaluators": [one, two], "time_stamper": stamper}
    return Made(manifest=changes, time={"organisation": "haven"})


def scored(words: str) -> Made:
    """An evaluation whose words hold a digit."""
    first = {**SHOWN[0], "criteria": [{"criterion": "identity", "name": "Identité", "words": words, "reasons": ""}]}
    return Made(payload=parts.payload(evaluations=evaluations(first, SHOWN[1])), shown=(first, SHOWN[1]))


def authors() -> Made:
    """The second evaluation is by somebody whom the manifest does not name."""
    second = shown("harbour", "Evaluator Three", "b")
    return Made(payload=parts.payload(evaluations=evaluations(SHOWN[0], second)), shown=(SHOWN[0], second))


def timed() -> Iterator[Vector]:
    """Time stamps that prove nothing, and days out of validity."""
    own = voucher("lantern", "Own clock", STRANGER, LANTERN, role="time")
    for name, reason, why, made in (
        ("time-other-key", "not-signed", "Stamped by another key.", Made(time_key=STRANGER)),
        ("time-before", "before-release", "Stamped two days before the release.", Made(time={"minute": "2026-11-18T10:15Z"})),
        ("time-ahead", "not-yet", "Stamped two days ahead.", Made(time={"minute": "2026-11-24T10:15Z"})),
        ("time-form", "form", "A minute with seconds.", Made(time={"minute": "2026-11-20T10:15:00Z"})),
        ("time-other-clock", "other-statement", "Another organisation's clock.", Made(time={"organisation": "lantern"})),
        ("time-own", "same-organisation", "The organisation's own clock.", Made(manifest={"time_stamper": own}, time={"organisation": "lantern"}, time_key=STRANGER)),
        ("time-evaluators-key", "same-key", "An evaluator's key as a clock.", Made(manifest={"time_stamper": voucher("harbour", "Clock", TWO, HARBOUR, role="time")}, time_key=TWO)),
        ("time-not-vouched", "not-vouched", "A clock that its organisation did not vouch for.", Made(manifest={"time_stamper": voucher("harbour", "Clock", CLOCK, LANTERN, role="time")})),
        ("time-voucher-over", "voucher-day", "A clock whose voucher ended.", Made(manifest={"time_stamper": clock(last_day="2026-11-19")})),
    ):  # fmt: skip
        yield vector(name, f"time-stamp:{reason}", why, made.files())
    files = TRUE.files()
    yield vector("expired", "validity:expired", "The day after its last day.", files, today="2027-05-21")
    ahead = "time-stamp:not-yet validity:not-yet"
    yield vector("not-yet", ahead, "Two days before its day.", files, today="2026-11-18")


def trusted() -> Iterator[Vector]:
    """The true dossier with other trust files, and with notices."""
    files = packed(TRUE.files())
    for name, findings, why in (
        ("none", "trust:no-trust-file not-withdrawn:no-trust-file", "No trust file."),
        ("missing", "trust:organisation-unknown", "An organisation is missing from it."),
        ("other-key", "trust:key-unknown", "Another key stands in it."),
        ("no-log", "trust:log-key-unknown", "The log's key is missing from it."),
        ("ended", "trust:key-out-of-time", "The key ended before."),
        ("withdrawn-key", "trust:key-withdrawn", "The key is marked withdrawn."),
        ("withdrawn-evaluator", "trust:key-withdrawn", "The evaluator's key is marked withdrawn."),
        ("withdrawn-clock", "trust:key-withdrawn", "The time stamper's key is marked withdrawn."),
        ("notice", "not-withdrawn:withdrawn", "A notice in it withdraws the dossier."),
    ):
        given = {"trust": "" if name == "none" else f"trust-{name}"}
        yield vector(f"with-trust-{name}", findings, why, files, **given)
    unstamped = packed(replace(TRUE, manifest={"time_stamper": None}).files())
    both = "not-withdrawn:key-withdrawn time-stamp:no-time-stamp"
    yield vector("withdrawn", "not-withdrawn:withdrawn", "A notice that came by itself.", files, notices="notice-dossier")
    yield vector("withdrawn-other", "", "A notice on another dossier.", files, notices="notice-other")
    yield vector(
        "withdrawn-stranger", "not-withdrawn:notice-unproven", "A notice by a stranger's key.", files, notices="notice-stranger"
    )
    yield vector(
        "stolen-before", "not-withdrawn:key-withdrawn", "The organisation's key was stolen before.", files, notices="notice-key"
    )
    yield vector("stolen-after", "", "Stolen the day after a partner stamped it.", files, notices="notice-key-later")
    yield vector(
        "stolen-unstamped", both, "Stolen after its day, but nobody attests the day.", unstamped, notices="notice-key-later"
    )
    yield vector(
        "stolen-clock", "not-withdrawn:key-withdrawn", "The clock's key was stolen, whenever.", files, notices="notice-key-clock"
    )
