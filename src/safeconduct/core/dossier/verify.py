"""Verifying a dossier: every check by itself, none skipped because another failed (spec section 8).

Nothing is believed that the file says of itself: sizes, names and digests are recomputed, signatures
verified, and the manifest's derived files rebuilt and compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import BinaryIO

from safeconduct.core.dossier.bag import DECLARATION, TAG_MANIFEST_PATH, attestation_paths, tag_files
from safeconduct.core.dossier.examining import PAYLOAD_LISTS, Package, examine
from safeconduct.core.dossier.manifest import Manifest
from safeconduct.core.dossier.notices import Notice
from safeconduct.core.dossier.refusals import ArchiveUnsafe
from safeconduct.core.dossier.signatures import (
    check_attestations,
    check_custody,
    check_evaluations,
    check_independence,
    check_release,
    check_vouchers,
)
from safeconduct.core.dossier.stamping import check_time_stamp
from safeconduct.core.dossier.trust import Standing, Trust
from safeconduct.core.dossier.unpacking import LARGEST_TOTAL
from safeconduct.core.dossier.verdict import Check, Finding, Problem, Reason, Verdict, unreadable
from safeconduct.core.dossier.withdrawals import check_not_withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What whoever verifies brings along."""

    trust: Trust | None
    """Their trust file; None without one."""
    today: date
    """The day of verification."""
    notices: Sequence[Notice] = ()
    """Withdrawals that reached them beside the trust file."""


def verify_dossier(
    stream: BinaryIO, *, trust: Trust | None, today: date, notices: Sequence[Notice] = (), largest: int = LARGEST_TOTAL
) -> Verdict:
    """The verdict on a package in a seekable stream; the other arguments are those of `Reader`, and `largest`: how many bytes
    it may unpack to, where the reader has less room than the format allows. Never raises
    for what the stream holds; memory stays flat however large the evidence is.
    """
    try:
        package = examine(stream, largest=largest)
    except ArchiveUnsafe as refused:
        return unreadable(Problem(Reason.UNSAFE, refused.hazard.value))
    if package is None:
        return unreadable(Problem(Reason.NOT_A_BAG))
    structural = (
        Finding(Check.READABLE, facts=(f"{len(package.declared)}",)),
        Finding(Check.CONTAINER, tuple(_container(package))),
        Finding(Check.BAG, tuple(_bag(package)), facts=(f"{len(package.measured)}",)),
        Finding(Check.NOTHING_ADDED, tuple(_added(package))),
        Finding(Check.MANIFEST, tuple(_manifest(package)), facts=_digest(package)),
    )
    if package.manifest is None:
        done = {finding.check for finding in structural}
        rest = tuple(Finding(check, (Problem(Reason.NOT_CHECKED),)) for check in Check if check not in done)
        return Verdict((*structural, *rest), None)
    reader = Reader(trust=trust, today=today, notices=notices)
    return Verdict((*structural, *_signed(package, package.manifest, reader)), package.manifest)


def _signed(package: Package, manifest: Manifest, reader: Reader) -> Iterator[Finding]:
    yield check_evaluations(package, manifest)
    yield check_independence(manifest)
    yield check_attestations(package, manifest)
    yield check_release(package, manifest)
    yield check_vouchers(manifest)
    stamped = check_time_stamp(package, manifest, reader.today)
    yield stamped.finding
    yield _validity(manifest, reader.today)
    yield check_custody(package, manifest)
    yield _trust(manifest, reader.trust)
    yield check_not_withdrawn(manifest, stamped, reader.trust, reader.notices)


def _container(package: Package) -> Iterator[Problem]:
    if not package.is_as_written:
        yield Problem(Reason.REPACKED)
    for path, measured in package.measured.items():
        if package.declared[path].crc32 != measured.crc32:
            yield Problem(Reason.CHECKSUM, path)


def _bag(package: Package) -> Iterator[Problem]:
    """RFC 8493 alone: the declaration, and every file that a list names."""
    if package.small.get("bagit.txt") != DECLARATION:
        yield Problem(Reason.CHANGED if "bagit.txt" in package.declared else Reason.MISSING, "bagit.txt")
    for path in package.declared:
        if path not in package.measured:
            yield Problem(Reason.UNPACKS_WRONGLY, path)
    for list_path, algorithm in {**PAYLOAD_LISTS, TAG_MANIFEST_PATH: "sha256"}.items():
        listed = package.listed(list_path)
        if listed is None:
            yield Problem(Reason.LIST_UNREADABLE, list_path)
            continue
        for path, digest in listed.items():
            if path not in package.declared:
                yield Problem(Reason.MISSING, path)
            elif path in package.measured and getattr(package.measured[path], algorithm) != digest:
                yield Problem(Reason.CHANGED, path)


def _added(package: Package) -> Iterator[Problem]:
    """Files that one of the lists leaves out; the manifest's, which is signed, included."""
    for name in package.outside:
        yield Problem(Reason.ADDED, name)
    lists = [set(package.listed(path) or ()) for path in PAYLOAD_LISTS]
    payload = set.intersection(*lists)
    tags = set(package.listed(TAG_MANIFEST_PATH) or ()) | {TAG_MANIFEST_PATH}
    if package.manifest is not None:
        payload &= {item.path for item in package.manifest.items}
        tags &= {*_derived(package, package.manifest), *attestation_paths(package.manifest)}
    for path in sorted(set(package.declared) - payload - tags):
        yield Problem(Reason.ADDED, path)


def _manifest(package: Package) -> Iterator[Problem]:
    """manifest.json against the files themselves and against every tag file that follows from it."""
    manifest = package.manifest
    if manifest is None:
        yield Problem(Reason.FORM, package.manifest_problem)
        return
    for item in manifest.items:
        measured = package.measured.get(item.path)
        if measured is None:
            yield Problem(Reason.MISSING, item.path)
        elif (measured.size, measured.sha256, measured.sha512) != (item.size, item.sha256, item.sha512):
            yield Problem(Reason.CHANGED, item.path)
    for path, content in _derived(package, manifest).items():
        if package.small.get(path) != content:
            yield Problem(Reason.DISAGREES, path)


def _derived(package: Package, manifest: Manifest) -> dict[str, bytes]:
    """The tag files as the manifest and the attestations that are there give them."""
    paths = attestation_paths(manifest)
    attestations = {path: package.small[path] for path in paths if path in package.small}
    derived = tag_files(manifest, attestations)
    return {path: content for path, content in derived.items() if path not in paths}


def _digest(package: Package) -> tuple[str, ...]:
    return () if package.manifest is None else (package.manifest.digest(),)


def _validity(manifest: Manifest, today: date) -> Finding:
    facts = (manifest.day.isoformat(), manifest.valid_until.isoformat())
    if today > manifest.valid_until:
        return Finding(Check.VALIDITY, (Problem(Reason.EXPIRED, manifest.valid_until.isoformat()),))
    # Released in one time zone and verified in another, a dossier may seem to be of tomorrow.
    if today < manifest.day - timedelta(days=1):
        return Finding(Check.VALIDITY, (Problem(Reason.NOT_YET, manifest.day.isoformat()),))
    return Finding(Check.VALIDITY, facts=facts)


_STANDINGS = {
    Standing.UNKNOWN: Reason.KEY_UNKNOWN,
    Standing.OUT_OF_TIME: Reason.KEY_OUT_OF_TIME,
    Standing.WITHDRAWN: Reason.KEY_WITHDRAWN,
}


def _trust(manifest: Manifest, trust: Trust | None) -> Finding:
    if trust is None:
        return Finding(Check.TRUST, (Problem(Reason.NO_TRUST_FILE),))
    facts = tuple(f"{each.name} ({each.id})" for each in manifest.organisations)
    return Finding(Check.TRUST, tuple(_distrusted(manifest, trust)), facts=facts)


def _distrusted(manifest: Manifest, trust: Trust) -> Iterator[Problem]:
    for each in manifest.organisations:
        standing = trust.signing_key(each.id, each.key, manifest.day)
        if not trust.knows(each.id):
            yield Problem(Reason.ORGANISATION_UNKNOWN, each.id)
        elif standing is not Standing.VALID:
            yield Problem(_STANDINGS[standing], each.id)
    stamper = () if manifest.time_stamper is None else (manifest.time_stamper,)
    for voucher in (*manifest.evaluators, *stamper):
        if trust.is_withdrawn(voucher.organisation, voucher.key):
            yield Problem(Reason.KEY_WITHDRAWN, voucher.alias)
    for log in manifest.logs:
        standing = trust.log_key(log.organisation, log.key.encode(), manifest.day)
        if standing is Standing.UNKNOWN:
            yield Problem(Reason.LOG_KEY_UNKNOWN, log.organisation)
        elif standing is not Standing.VALID:
            yield Problem(_STANDINGS[standing], log.organisation)
