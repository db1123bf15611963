"""Building and verifying dossiers of many pages and of much evidence, in one process, beside hashing the same bytes.

Everything in them is invented; measured are setting the PDF and signing it (PAdES B-LTA), attesting, writing, and verifying.
"""

import io
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image

from safeconduct.bench import Effort, Row, Say
from safeconduct.core import custody
from safeconduct.core.custody import Act, Purpose
from safeconduct.core.dossier import (
    MOST_PAGES,
    Annex,
    AnnexPage,
    CriterionShown,
    DatedKey,
    DossierContent,
    Draft,
    Enclosed,
    EvaluationShown,
    EvidenceFile,
    EvidenceShown,
    Inquiry,
    Language,
    LogKey,
    Outcome,
    Pack,
    Person,
    Recipient,
    Signatory,
    Trust,
    TrustedOrganisation,
    Voucher,
    VoucherRole,
    attest,
    compose,
    enclose,
    release,
    render,
    stamp,
    verify_dossier,
    vouch,
    write_dossier,
)
from safeconduct.core.dossier.measuring import measure as measured
from safeconduct.core.pades import Chain, sign_document
from safeconduct.core.sealing import LogKey as LogSecret
from safeconduct.core.sealing import SigningPrivateKey
from safeconduct.core.sealing.documents import DocumentKey, issue

DAY, LAST = date(2026, 11, 22), date(2027, 5, 22)
PAGES = (10, 100, 1_000)
MIB = 1 << 20
ONE, TWO, FIRST, SECOND, CLOCK = (SigningPrivateKey.from_seed(bytes([number]) * 32) for number in range(1, 6))
LOG = LogSecret.from_secret_bytes(b"\x06" * 32)
CASE = "aaaabbbbccccdddd"
_WIDTH, _HEIGHT = 620, 877


def measure(effort: Effort, say: Say) -> list[Row]:
    """Annex pages by tens, hundreds and a thousand; then evidence of a gibibyte (a fiftieth of it for a quick look)."""
    rows: list[Row] = []
    # Each page another picture: the same one would be kept once in the document, however often it is shown.
    pictures = [_page() for _ in range(MOST_PAGES)]
    _seal(render(_content((), ()), proofs=1))  # What signs a PDF takes a second and 40 MB to load, once in a process.
    sizes = PAGES if effort.file_bytes >= 50_000_000 else PAGES[:1]
    for count in sizes:
        say(f"dossier: {count} annex pages")
        rows += _of_pages(count, pictures)
    mebibytes = 1024 if effort.file_bytes >= 50_000_000 else max(1, effort.file_bytes // MIB * 2)
    say(f"dossier: {mebibytes} MiB of evidence")
    return rows + _of_evidence(mebibytes)


@dataclass(frozen=True)
class Built:
    """A package on a disk, and how long it took."""

    seconds: float
    growth_mb: float


def _of_pages(count: int, pictures: Sequence[bytes]) -> list[Row]:
    bound = [pictures[number % len(pictures)] for number in range(count)]
    enclosed = enclose([EvidenceFile("report", "jpg", lambda: bound)])
    pages = tuple(AnnexPage(picture, _WIDTH, _HEIGHT) for picture in bound)
    content = _content(enclosed, (Annex(number=1, pages=pages),))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.zip"
        built = _build(content, enclosed, path)
        before = _peak_mb(anew=True)
        verified, hashed = _verify(path)
        growth = _peak_mb() - before
    size = f"{count:,} annex pages"
    note = f"{sum(map(len, bound)) / MIB:.0f} MiB of pages, {min(count, MOST_PAGES)} of them in the document"
    return [
        Row(name="dossier built", size=size, value=built.seconds * 1000, unit="ms", note=note),
        _memory("built", size, built.growth_mb, 512),
        _verifying(size, verified, hashed),
        _memory("verified", size, growth, 128),
    ]


def _of_evidence(mebibytes: int) -> list[Row]:
    piece = bytes(range(256)) * (MIB // 256)

    def pieces() -> Iterator[bytes]:
        for _ in range(mebibytes):
            yield piece

    enclosed = enclose([EvidenceFile("video", "mp4", pieces)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.zip"
        built = _build(_content(enclosed, ()), enclosed, path)
        before = _peak_mb(anew=True)
        verified, hashed = _verify(path)
        growth = _peak_mb() - before
    size = f"{mebibytes:,} MiB of evidence"
    return [
        Row(
            name="dossier built",
            size=size,
            value=mebibytes / built.seconds,
            unit="MiB/s",
            note="the PDF, signatures, and writing; measuring the evidence comes before",
        ),
        _memory("built", size, built.growth_mb, 32),
        _verifying(size, verified, hashed),
        _memory("verified", size, growth, 32),
    ]


def _memory(done: str, size: str, megabytes: float, target: float) -> Row:
    return Row(name=f"dossier {done}, memory taken", size=size, value=max(0.0, megabytes), unit="MB", target=target)


def _verifying(size: str, verified: float, hashed: float) -> Row:
    note = "beside SHA-256, SHA-512 and CRC-32 of the same file"
    ratio = verified / hashed
    return Row(
        name="dossier verified", size=size, value=verified * 1000, unit="ms", reference=hashed * 1000, ratio=ratio, note=note
    )


def _build(content: DossierContent, enclosed: Sequence[Enclosed], path: Path) -> Built:
    before, start = _peak_mb(anew=True), time.perf_counter()
    clock = _voucher("two", "Clock", CLOCK, TWO, VoucherRole.TIME)
    draft = compose(content, enclosed, [_proof()], time_stamper=clock, seal=_seal)
    with path.open("wb") as stream:
        _sign_and_write(draft, stream)
    return Built(time.perf_counter() - start, _peak_mb() - before)


def _sign_and_write(draft: Draft, stream: io.BufferedWriter) -> None:
    first, second = draft.statements()
    envelopes = [attest(first, FIRST), attest(second, SECOND)]
    released = release(draft, envelopes, signing_key=ONE, day=DAY, released_by=("A", "B"))
    stamped = stamp(draft, released, time_key=CLOCK, now=datetime(2026, 11, 22, 12, tzinfo=UTC))
    write_dossier(draft, envelopes, released, stream, stamped=stamped)


def _verify(path: Path) -> tuple[float, float]:
    """Seconds of verifying and of hashing the file; the first reading warms the disk's cache for both."""
    with path.open("rb") as stream:
        for _ in iter(lambda: stream.read(MIB), b""):
            pass
        stream.seek(0)
        start = time.perf_counter()
        measured(iter(lambda: stream.read(MIB), b""))
        hashed = time.perf_counter() - start
        start = time.perf_counter()
        verify_dossier(stream, trust=_trust(), today=DAY).require_holds()
        return time.perf_counter() - start, hashed


def _peak_mb(*, anew: bool = False) -> float:
    """The most memory that this process has held, from now on where `anew` (Linux; 0 elsewhere)."""
    try:
        if anew:
            Path("/proc/self/clear_refs").write_text("5")
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


# --- an invented dossier ---


def _page() -> bytes:
    """A page of A4 at 75 dots an inch, of no meaning."""
    stream = io.BytesIO()
    Image.effect_noise((_WIDTH, _HEIGHT), 40).convert("RGB").save(stream, "JPEG", quality=50)
    return stream.getvalue()


def _voucher(
    organisation: str, alias: str, key: SigningPrivateKey, signer: SigningPrivateKey, role: VoucherRole = VoucherRole.EVALUATOR
) -> Voucher:
    return vouch(signer, organisation=organisation, alias=alias, key=key.public_key(), first_day=DAY, last_day=LAST, role=role)


def _shown(organisation: str, alias: str) -> EvaluationShown:
    return EvaluationShown(
        evaluation="0" * 64,
        pack=Pack(id="bench", version=1, digest="0" * 64),
        organisation=organisation,
        alias=alias,
        day=DAY,
        outcome=Outcome.RECOMMENDED,
        criteria=(CriterionShown(criterion="identity", name="Identity", words="Established"),),
    )


def _seal(pdf: bytes) -> bytes:
    signer, stamper = _chain(ONE, "One", "document"), _chain(TWO, "Two", "time")
    return sign_document(pdf, signer=signer, stamper=stamper, at=datetime(2026, 11, 22, tzinfo=UTC))


def _chain(key: SigningPrivateKey, name: str, use: str) -> Chain:
    root, leaf = DocumentKey.following(key, "root"), DocumentKey.following(key, use)
    issued = issue(root, leaf.public_der(), organisation=name, for_time=use == "time", day=DAY)
    return Chain(issued.root, issued.leaf, issued.revocations, leaf.sign)


def _proof() -> bytes:
    entry = custody.Entry(
        organisation="one", index=0, day=DAY, act=Act.CASE_OPENED, actor="system", object=CASE, purpose=Purpose.EVALUATION
    )
    leaves = [entry.leaf()]
    checkpoint = custody.Checkpoint(custody.origin_of("one"), 1, custody.root_of(leaves))
    note = checkpoint.sign(public_key=LOG.public_key().encode(), sign=LOG.sign)
    return custody.prove(entry, leaves, checkpoint=note).encode()


def _content(enclosed: Sequence[Enclosed], annexes: tuple[Annex, ...]) -> DossierContent:
    inquiry = Inquiry(finding="No indication after examination", paragraphs=("Looked for.",), limits=("Nothing.",))
    return DossierContent(
        language=Language.ENGLISH,
        reference="BEN-1000",
        version=1,
        day=DAY,
        valid_until=LAST,
        organisation="one",
        organisations=(Signatory("one", "One", ONE.public_key()), Signatory("two", "Two", TWO.public_key())),
        contact=("bench@one.example",),
        recipient=Recipient(name="Ministry of Examples", address=()),
        request="Application for a visa",
        person=Person(name="Nobody", details=()),
        summary=("A measurement.",),
        chronology=(),
        statements=(),
        claims=(),
        evaluations=(_shown("one", "A"), _shown("two", "B")),
        evaluators=(_voucher("one", "A", FIRST, ONE), _voucher("two", "B", SECOND, TWO)),
        exclusion=inquiry,
        security=inquiry,
        evidence=tuple(EvidenceShown(title="File", source="—", day="2026", shows="—", file=each.item) for each in enclosed),
        consents=("None is needed for a measurement.",),
        annexes=annexes,
        logs=(LogKey("one", LOG.public_key()),),
        objects=(CASE,),
    )


def _trust() -> Trust:
    def organisation(id_: str, key: SigningPrivateKey, logs: tuple[DatedKey, ...] = ()) -> TrustedOrganisation:
        dated = DatedKey(key=key.public_key().encode(), first_day=DAY)
        return TrustedOrganisation(id=id_, name=id_, keys=(dated,), logs=logs)

    log = DatedKey(key=LOG.public_key().encode(), first_day=DAY)
    return Trust((organisation("one", ONE, (log,)), organisation("two", TWO)), day=DAY)
