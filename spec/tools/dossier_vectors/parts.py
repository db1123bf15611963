"""An invented dossier in its parts: keys, manifest, envelopes, lists, container. Nothing is random."""

import base64
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sealing_vectors.fixed import fixed
from sealing_vectors.signing import sign

from safeconduct.core import canonical, custody
from safeconduct.core.custody import Act, Purpose
from safeconduct.core.dossier.archive import write_archive
from safeconduct.core.dossier.measuring import measure
from safeconduct.core.sealing import LogKey, SigningPrivateKey

Value = dict[str, Any]
Files = dict[str, bytes]
DAY, TODAY = "2026-11-20", "2026-11-22"
CASE, FIRST, SECOND = "aaaabbbbccccdddd", "eeeeffffgggghhhh", "jjjjkkkkmmmmnnnn"
NAMES = ("lantern", "harbour", "evaluator one", "evaluator two", "clock", "stranger")
LANTERN, HARBOUR, ONE, TWO, CLOCK, STRANGER = (SigningPrivateKey(fixed(f"dossier {name}")) for name in NAMES)
LOG, OTHER_LOG = LogKey.from_secret_bytes(fixed("dossier log")), LogKey.from_secret_bytes(fixed("dossier other log"))
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
RELEASE, TIME = "attestations/003-release.json", "attestations/004-time.json"


@dataclass(frozen=True)
class Vector:
    """One file: its name, its outcome and why, the bytes, and what a reader brings along."""

    name: str
    expect: str
    why: str
    body: bytes
    kind: str = "dossier"
    lines: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """Header lines, an empty line, the bytes themselves."""
        lines = {"expect": self.expect, "why": self.why, "kind": self.kind, **self.lines}
        return "".join(f"{name}: {value}\n" for name, value in lines.items()).encode() + b"\n" + self.body


def octets(content: bytes) -> str:
    """Base64."""
    return base64.b64encode(content).decode()


def public(key: SigningPrivateKey) -> str:
    """The public key as it is written in JSON."""
    return octets(key.public_key().encode())


def digest(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def signature(key: SigningPrivateKey, purpose: str, message: bytes) -> str:
    """A signature without randomness, in base64; kept, because most vectors share most of them."""
    return _signature(key.secret_bytes(), purpose, message)


@lru_cache(maxsize=1000)
def _signature(seed: bytes, purpose: str, message: bytes) -> str:
    return octets(sign(SigningPrivateKey(seed), purpose, message))


def voucher(organisation: str, alias: str, key: SigningPrivateKey, signer: SigningPrivateKey, **changes: str) -> Value:
    """A voucher; `changes` are made before it is signed, `purpose` signs it for another one."""
    purpose = changes.pop("purpose", "")
    value = {
        "organisation": organisation,
        "role": "evaluator",
        "alias": alias,
        "key": public(key),
        "first_day": "2026-01-01",
        "last_day": "2027-12-31",
        **changes,
    }
    signed = canonical.encode({"v": 1, **value})
    return {**value, "signature": signature(signer, purpose or f"{value['role']}-voucher", signed)}


def clock(**changes: str) -> Value:
    """The time stamper's voucher."""
    return voucher("harbour", "Harbour’s clock", CLOCK, HARBOUR, **{"role": "time", **changes})


def shown(organisation: str, alias: str, digit: str, **changes: Any) -> Value:
    """One evaluation as a dossier shows it."""
    return {
        "evaluation": digit * 64,
        "pack": {"id": "war-refusers", "version": 1, "digest": "c" * 64},
        "organisation": organisation,
        "alias": alias,
        "day": "2026-11-18",
        "outcome": "recommended",
        "criteria": [{"criterion": "identity", "name": "Identité", "words": "Établi", "reasons": ""}],
        **changes,
    }


SHOWN = (shown("lantern", "Evaluator One", "a"), shown("harbour", "Evaluator Two", "b"))


def proof(thing: str = CASE, key: LogKey = LOG) -> bytes:
    """A proof from a log of three entries."""
    entries = [
        custody.Entry(
            organisation="lantern",
            index=index,
            day=date(2026, 11, 19),
            act=Act.CASE_OPENED,
            actor="abcdefgh23456789",
            object=thing,
            purpose=Purpose.EVALUATION,
        )
        for index in range(3)
    ]
    leaves = [entry.leaf() for entry in entries]
    checkpoint = custody.Checkpoint(custody.origin_of("lantern"), 3, custody.root_of(leaves))
    note = checkpoint.sign(public_key=key.public_key().encode(), sign=key.sign)
    return custody.prove(entries[1], leaves, checkpoint=note).encode()


def payload(**changes: bytes | None) -> Files:
    """The payload files; None leaves one out. Names are `document`, `claims`, `evaluations`, `evidence`, `custody`."""
    paths = {
        "document": "data/dossier.pdf",
        "claims": "data/claims.json",
        "evaluations": "data/evaluations.json",
        "evidence": "data/evidence/001-photo.jpg",
        "custody": "data/custody/001.json",
    }
    contents: dict[str, bytes | None] = {
        "document": b"%PDF-1.7 an invented document\n",
        "claims": canonical.encode({"v": 1, "claims": []}),
        "evaluations": canonical.encode({"v": 1, "evaluations": list(SHOWN)}),
        "evidence": b"\xff\xd8\xff an invented photograph",
        "custody": proof(),
        **changes,
    }
    return {paths[name]: content for name, content in contents.items() if content is not None}


def kind_of(path: str) -> str:
    """What a payload file is, by its path."""
    fixed_kinds = {"data/dossier.pdf": "document", "data/claims.json": "claims", "data/evaluations.json": "evaluations"}
    return fixed_kinds.get(path, "custody" if "/custody/" in path else "evidence")


def manifest(files: Files, **changes: Any) -> Value:
    """The manifest of a payload, with some fields changed."""
    items = []
    for path in sorted(files):
        found = measure([files[path]])
        items.append({"path": path, "kind": kind_of(path), "size": found.size, "sha256": found.sha256, "sha512": found.sha512})
    return {
        "v": 1,
        "kind": "dossier",
        "reference": "LAN-7K3M",
        "version": 1,
        "language": "fr",
        "day": DAY,
        "valid_until": "2027-05-20",
        "organisation": "lantern",
        "recipient": "Ministry of Examples",
        "organisations": [
            {"id": "harbour", "name": "Harbour", "key": public(HARBOUR)},
            {"id": "lantern", "name": "Lantern", "key": public(LANTERN)},
        ],
        "evaluators": [voucher("lantern", "Evaluator One", ONE, LANTERN), voucher("harbour", "Evaluator Two", TWO, HARBOUR)],
        "time_stamper": clock(),
        "logs": [{"organisation": "lantern", "key": octets(LOG.public_key().encode())}],
        "objects": [CASE, FIRST, SECOND],
        "items": items,
        **changes,
    }


def envelope(kind: str, said: Value, key: SigningPrivateKey, *, named: SigningPrivateKey | None = None, type_: str = "") -> bytes:
    """A DSSE envelope; `named` puts another key's fingerprint on it, `type_` another type."""
    kind = type_ or f"application/vnd.safeconduct.{kind}-attestation.v1+json"
    content = canonical.encode(said)
    message = b"DSSEv1 %d %b %d %b" % (len(kind), kind.encode(), len(content), content)
    return canonical.encode(
        {
            "payload": octets(content),
            "payloadType": kind,
            "signatures": [
                {
                    "keyid": (named or key).public_key().fingerprint(),
                    "sig": signature(key, "dossier-attestation", message),
                }
            ],
        }
    )


@dataclass(frozen=True, kw_only=True)
class Made:
    """How a dossier is made; every field is honest unless it is changed."""

    payload: Files = field(default_factory=payload)
    manifest: Value = field(default_factory=dict)
    evaluators: Sequence[SigningPrivateKey] = (ONE, TWO)
    shown: Sequence[Value] = SHOWN
    releaser: SigningPrivateKey = field(default_factory=lambda: LANTERN)
    release: Value = field(default_factory=dict)
    time: Value = field(default_factory=dict)
    time_key: SigningPrivateKey = field(default_factory=lambda: CLOCK)

    def files(self) -> Files:
        """Every file of the bag."""
        value = manifest(self.payload, **self.manifest)
        encoded = canonical.encode(value)
        files = {**self.payload, "manifest.json": encoded}
        about = digest(encoded)
        envelopes = []
        for number, (said, key) in enumerate(zip(self.shown, self.evaluators, strict=True), start=1):
            words = {each["criterion"]: each["words"] for each in said["criteria"]}
            envelopes.append(envelope("evaluation", {"v": 1, "manifest": about, **said, "criteria": words}, key))
            files[f"attestations/{number:03}-evaluation.json"] = envelopes[-1]
        count = len(envelopes)
        release = {
            "v": 1,
            "manifest": about,
            "organisation": value["organisation"],
            "day": DAY,
            "recipient": value["recipient"],
            "released_by": ["Coordinator A", "Coordinator B"],
            "attestations": [digest(each) for each in envelopes],
            **self.release,
        }
        released = envelope("release", release, self.releaser)
        files[f"attestations/{count + 1:03}-release.json"] = released
        if value["time_stamper"] is not None:
            time = {
                "v": 1,
                "manifest": about,
                "release": digest(released),
                "organisation": "harbour",
                "minute": "2026-11-20T10:15Z",
                **self.time,
            }
            files[f"attestations/{count + 2:03}-time.json"] = envelope("time", time, self.time_key)
        return listed(files, value)


def listed(files: Files, value: Value | None = None) -> Files:
    """The files with the bag's lists as they follow from them."""
    value = value or canonical.decode(files["manifest.json"])  # type: ignore[assignment]  # an object
    assert value is not None
    paths = sorted(path for path in files if path.startswith("data/"))
    lists = {"manifest-sha256.txt": hashlib.sha256, "manifest-sha512.txt": hashlib.sha512}
    size = sum(len(files[path]) for path in paths)
    info = {
        "Source-Organization": value["organisation"],
        "External-Identifier": f"{value['reference']} v{value['version']}",
        "Bagging-Date": value["day"],
        "Payload-Oxum": f"{size}.{len(paths)}",
    }
    found = {path: content for path, content in files.items() if path != "tagmanifest-sha256.txt"}
    found["bagit.txt"] = DECLARATION
    found["bag-info.txt"] = "".join(f"{label}: {text}\n" for label, text in info.items()).encode()
    for name, algorithm in lists.items():
        found[name] = "".join(f"{algorithm(files[path]).hexdigest()}  {path}\n" for path in paths).encode()
    tags = sorted(path for path in found if not path.startswith("data/"))
    found["tagmanifest-sha256.txt"] = "".join(f"{digest(found[path])}  {path}\n" for path in tags).encode()
    return found


def packed(files: Mapping[str, bytes]) -> bytes:
    """The archive that the format gives for these files."""
    stream = io.BytesIO()
    write_archive([(path, measure([content]), giving(content)) for path, content in files.items()], stream)
    return stream.getvalue()


def giving(content: bytes) -> Callable[[], tuple[bytes, ...]]:
    """The content, each time anew."""
    return lambda: (content,)


def dated(key: str, **changes: str | None) -> Value:
    """A key of the trust file."""
    return {"key": key, "first_day": "2025-01-01", "last_day": None, "withdrawn_on": None, **changes}


def trust(**changes: Any) -> Value:
    """The trust file; `lantern` and `harbour` change fields of these organisations."""
    of = {"lantern": changes.pop("lantern", {}), "harbour": changes.pop("harbour", {})}
    lantern = {
        "id": "lantern",
        "name": "Lantern",
        "keys": [dated(public(LANTERN))],
        "logs": [dated(octets(LOG.public_key().encode()))],
        "vouchers": [],
        "withdrawn_keys": [],
        **of["lantern"],
    }
    harbour = {
        "id": "harbour",
        "name": "Harbour",
        "keys": [dated(public(HARBOUR))],
        "logs": [],
        "vouchers": [clock()],
        "withdrawn_keys": [],
        **of["harbour"],
    }
    return {"v": 1, "kind": "trust", "day": TODAY, "organisations": [lantern, harbour], "notices": [], **changes}


def notice(kind: str, says: Value, key: SigningPrivateKey, organisation: str = "lantern", **changes: Any) -> Value:
    """A signed statement; `changes` are made after it was signed."""
    value: Value = {
        "v": 1,
        "kind": kind,
        "organisation": organisation,
        "name": organisation.capitalize(),
        "day": TODAY,
        "says": says,
        "key": public(key),
    }
    return {**value, "signature": signature(key, f"statement/{kind}", canonical.encode(value)), **changes}
