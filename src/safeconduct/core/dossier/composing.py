"""From content and evidence to a released package: compose, have it attested, release, write.

Nothing is written before everything fits; what a reader would refuse is refused here first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import BinaryIO

from safeconduct.core import custody
from safeconduct.core.dossier import bag
from safeconduct.core.dossier.archive import write_archive
from safeconduct.core.dossier.attestations import (
    EVALUATION_TYPE,
    Envelope,
    EvaluationStatement,
    ReleaseStatement,
    TimeStatement,
    attest,
)
from safeconduct.core.dossier.content import DossierContent, encode_claims
from safeconduct.core.dossier.document import render
from safeconduct.core.dossier.evaluations import decode_evaluations, encode_evaluations
from safeconduct.core.dossier.manifest import (
    CLAIMS_PATH,
    DOCUMENT_PATH,
    EVALUATIONS_PATH,
    Item,
    Manifest,
    custody_path,
    evidence_path,
)
from safeconduct.core.dossier.measuring import Chunks, Measured, measure, sha256_hex
from safeconduct.core.dossier.refusals import DossierRefused, NotDossierForm
from safeconduct.core.dossier.trust import Voucher
from safeconduct.core.sealing import SealingRefused, SigningPrivateKey

FEWEST_EVALUATIONS = 2


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file to enclose. Its name in the package is made from number, kind and extension only."""

    kind: str
    """Plain letters and digits, such as "photo", "summons", "capture"."""
    extension: str
    chunks: Chunks = field(repr=False)
    """Gives the plaintext from the start each time; it is read once to measure and once to write."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An evidence file with its place and digests in the package."""

    item: Item
    measured: Measured
    chunks: Chunks = field(repr=False)


def enclose(files: Sequence[EvidenceFile]) -> tuple[Enclosed, ...]:
    """Measure evidence files, numbered from 1 in the order given; memory stays that of one piece."""
    enclosed = []
    for number, file in enumerate(files, start=1):
        measured = measure(file.chunks())
        item = Item.of(evidence_path(number, file.kind, file.extension), measured)
        enclosed.append(Enclosed(item, measured, file.chunks))
    return tuple(enclosed)


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A composed dossier, to be attested: its manifest and files. Plaintext about a person."""

    manifest: Manifest
    documents: Mapping[str, bytes]
    """The payload files other than evidence, by path; with `manifest` all that must be kept to resume."""
    evidence: tuple[Enclosed, ...]

    def statements(self) -> tuple[EvaluationStatement, ...]:
        """What each evaluator is asked to sign, in the manifest's order."""
        digest = self.manifest.digest()
        shown = decode_evaluations(self.documents[EVALUATIONS_PATH])
        return tuple(EvaluationStatement.about(each, manifest=digest) for each in shown)


def compose(
    content: DossierContent,
    evidence: Sequence[Enclosed],
    proofs: Sequence[bytes],
    *,
    time_stamper: Voucher | None = None,
    seal: Callable[[bytes], bytes] | None = None,
) -> Draft:
    """Set the document and draw up the manifest. `proofs` are encoded custody proof bundles.

    `time_stamper` vouches for the key that will stamp the release: of another organisation than the releasing one.
    `seal` signs the set document (core.pades); nothing in the verification of a dossier rests on it.

    Raises DossierRefused when something does not fit, NotDossierForm when a field is not of its form.
    """
    _require_fitting(content, evidence)
    _require_proofs(content, proofs)
    _require_other_clock(content, time_stamper)
    document = render(content, proofs=len(proofs))
    documents = {
        DOCUMENT_PATH: seal(document) if seal else document,
        CLAIMS_PATH: encode_claims(content.claims),
        EVALUATIONS_PATH: encode_evaluations(content.evaluations),
        **{custody_path(number): proof for number, proof in enumerate(proofs, start=1)},
    }
    items = [Item.of(path, measure([document])) for path, document in documents.items()]
    items += [enclosed.item for enclosed in evidence]
    manifest = Manifest(
        reference=content.reference,
        version=content.version,
        language=content.language,
        day=content.day,
        valid_until=content.valid_until,
        organisation=content.organisation,
        recipient=content.recipient.name,
        organisations=tuple(sorted(content.organisations, key=lambda each: each.id)),
        evaluators=content.evaluators,
        time_stamper=time_stamper,
        logs=tuple(sorted(content.logs, key=lambda each: each.organisation)),
        objects=tuple(sorted(content.objects)),
        items=tuple(sorted(items, key=lambda item: item.path)),
    )
    manifest.encode()
    return Draft(manifest, documents, tuple(evidence))


def resume(manifest: bytes, documents: Mapping[str, bytes], evidence: Sequence[EvidenceFile]) -> Draft:
    """The draft composed earlier, from what was kept of it. DossierRefused when a file is another now."""
    read = Manifest.decode(manifest)
    enclosed = enclose(evidence)
    items = [Item.of(path, measure([document])) for path, document in documents.items()]
    items += [each.item for each in enclosed]
    if tuple(sorted(items, key=lambda item: item.path)) != read.items:
        raise DossierRefused("a file is not the one that the manifest names")
    return Draft(read, dict(documents), enclosed)


def release(
    draft: Draft,
    evaluations: Sequence[bytes],
    *,
    signing_key: SigningPrivateKey,
    day: date,
    released_by: tuple[str, str],
) -> bytes:
    """The organisation's attestation over the manifest and the evaluators' envelopes, in the manifest's order.

    Raises DossierRefused when an envelope is not the one asked for, or the key is not the organisation's.
    """
    manifest = draft.manifest
    signatory = manifest.signatory(manifest.organisation)
    if signatory is None or signatory.key != signing_key.public_key():
        raise DossierRefused("the signing key is not the organisation's key in the manifest")
    if len(evaluations) != len(manifest.evaluators):
        raise DossierRefused("there is not one attestation for each evaluation")
    for encoded, voucher, statement in zip(evaluations, manifest.evaluators, draft.statements(), strict=True):
        try:
            envelope = Envelope.decode(encoded)
            envelope.require_signed_by(voucher.key)
        except (NotDossierForm, SealingRefused):
            raise DossierRefused("an attestation is not signed by its evaluator") from None
        if envelope.payload_type != EVALUATION_TYPE or envelope.payload != statement.encode():
            raise DossierRefused("an attestation is over something else")
    statement_of_release = ReleaseStatement(
        manifest=manifest.digest(),
        organisation=manifest.organisation,
        day=day,
        recipient=manifest.recipient,
        released_by=released_by,
        attestations=tuple(sha256_hex(encoded) for encoded in evaluations),
    )
    return attest(statement_of_release, signing_key)


def stamp(draft: Draft, released: bytes, *, time_key: SigningPrivateKey, now: datetime) -> bytes:
    """The time stamper's attestation that the release was there in the minute of `now` (aware).

    Raises DossierRefused when the key is not the time stamper's in the manifest.
    """
    stamper = draft.manifest.time_stamper
    if stamper is None or stamper.key != time_key.public_key():
        raise DossierRefused("the time key is not the one that the manifest names")
    statement = TimeStatement(
        manifest=draft.manifest.digest(),
        release=sha256_hex(released),
        organisation=stamper.organisation,
        minute=now.astimezone(UTC).replace(second=0, microsecond=0),
    )
    return attest(statement, time_key)


def write_dossier(
    draft: Draft, evaluations: Sequence[bytes], released: bytes, stream: BinaryIO, *, stamped: bytes | None = None
) -> None:
    """Write the package. The same draft and attestations give the same bytes; evidence is read piece by piece.

    `stamped` is the time attestation; DossierRefused, before writing, unless there is one exactly where the manifest says so.
    """
    if (stamped is None) is not (draft.manifest.time_stamper is None):
        raise DossierRefused("the manifest and the attestations disagree on a time stamp")
    paths = bag.attestation_paths(draft.manifest)
    stamps = () if stamped is None else (stamped,)
    attestations = dict(zip(paths, (*evaluations, released, *stamps), strict=True))
    small = {**draft.documents, **bag.tag_files(draft.manifest, attestations)}
    files = [(path, measure([content]), _once(content)) for path, content in small.items()]
    files += [(each.item.path, each.measured, each.chunks) for each in draft.evidence]
    write_archive(files, stream)


def _once(content: bytes) -> Chunks:
    return lambda: (content,)


def _require_fitting(content: DossierContent, evidence: Sequence[Enclosed]) -> None:
    by_id = {each.id: each for each in content.organisations}
    authors = [(shown.organisation, shown.alias) for shown in content.evaluations]
    if content.organisation not in by_id:
        raise DossierRefused("the releasing organisation is not among the organisations")
    if authors != [(voucher.organisation, voucher.alias) for voucher in content.evaluators]:
        raise DossierRefused("the evaluations and the evaluators do not correspond")
    if len(authors) < FEWEST_EVALUATIONS or len({organisation for organisation, _ in authors}) < 2:
        raise DossierRefused("a dossier needs two evaluations by different organisations")
    if not content.day <= content.valid_until:
        raise DossierRefused("the dossier would not be valid on its own day")
    if set(by_id) != {content.organisation, *(organisation for organisation, _ in authors)}:
        raise DossierRefused("the organisations are not those of the release and the evaluators")
    for voucher in content.evaluators:
        _require_vouched(content, voucher.organisation)
    if [shown.file for shown in content.evidence] != [enclosed.item for enclosed in evidence]:
        raise DossierRefused("the list of evidence and the files do not correspond")
    cited = {number for event in content.chronology for number in event.basis}
    cited |= {number for claim in content.claims for number in claim.evidence}
    if not cited <= set(range(1, len(evidence) + 1)):
        raise DossierRefused("a piece of evidence is cited that is not enclosed")


def _require_vouched(content: DossierContent, organisation: str) -> None:
    key = next(each.key for each in content.organisations if each.id == organisation)
    for voucher in content.evaluators:
        if voucher.organisation != organisation:
            continue
        try:
            voucher.require_signed_by(key)
        except SealingRefused:
            raise DossierRefused("an evaluator's voucher is not signed by their organisation") from None
        if not voucher.covers(content.day):
            raise DossierRefused("an evaluator's voucher is not for this day")


def _require_other_clock(content: DossierContent, stamper: Voucher | None) -> None:
    if stamper is None:
        return
    key = next((each.key for each in content.organisations if each.id == stamper.organisation), None)
    if key is None or stamper.organisation == content.organisation:
        raise DossierRefused("the time stamper is not of another organisation of this dossier")
    try:
        stamper.require_signed_by(key)
    except SealingRefused:
        raise DossierRefused("the time stamper's voucher is not signed by their organisation") from None
    if not stamper.covers(content.day):
        raise DossierRefused("the time stamper's voucher is not for this day")


def _require_proofs(content: DossierContent, proofs: Sequence[bytes]) -> None:
    if not proofs:
        raise DossierRefused("a dossier needs a custody proof")
    keys = [custody.NoteKey(custody.origin_of(log.organisation), log.key.encode(), log.key.verify) for log in content.logs]
    for encoded in proofs:
        try:
            proven = custody.ProofBundle.decode(encoded).verify(keys)
        except custody.CustodyRefused:
            raise DossierRefused("a custody proof does not hold under the logs' keys") from None
        if proven.entry.object not in content.objects:
            raise DossierRefused("a custody proof is about something else")
