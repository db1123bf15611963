"""manifest.json: everything a dossier holds and whose keys it rests on (spec/dossier-v1.md section 4)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.core import canonical
from safeconduct.core.dossier import fields
from safeconduct.core.dossier.fields import Fields, base64_text, decode_object
from safeconduct.core.dossier.measuring import Measured, sha256_hex
from safeconduct.core.dossier.refusals import NotDossierForm
from safeconduct.core.dossier.trust import VOUCHER_NAMES, Voucher, VoucherRole
from safeconduct.core.sealing import LogPublicKey, SealingRefused, SigningPublicKey

VERSION = 1
KIND = "dossier"
DOCUMENT_PATH = "data/dossier.pdf"
CLAIMS_PATH = "data/claims.json"
EVALUATIONS_PATH = "data/evaluations.json"
_PATH = re.compile(
    r"data/(?:dossier\.pdf|claims\.json|evaluations\.json"
    r"|custody/[0-9]{3}\.json|evidence/[0-9]{3,5}-[a-z0-9]{1,20}\.[a-z0-9]{1,8})"
)
_SHA512 = re.compile(r"[0-9a-f]{128}")
_NAMES = (
    "v",
    "kind",
    "reference",
    "version",
    "language",
    "day",
    "valid_until",
    "organisation",
    "recipient",
    "organisations",
    "evaluators",
    "time_stamper",
    "logs",
    "objects",
    "items",
)


class Language(StrEnum):
    """The languages a dossier can be written in."""

    FRENCH = "fr"
    ENGLISH = "en"
    RUSSIAN = "ru"


class ItemKind(StrEnum):
    """What a payload file is."""

    DOCUMENT = "document"
    CLAIMS = "claims"
    EVALUATIONS = "evaluations"
    EVIDENCE = "evidence"
    CUSTODY = "custody"


@dataclass(frozen=True, slots=True)
class Item:
    """One payload file."""

    path: str
    kind: ItemKind
    size: int
    sha256: str
    sha512: str

    @classmethod
    def of(cls, path: str, measured: Measured) -> "Item":
        """The item of a measured file; its kind follows from its path."""
        return cls(path, kind_of(path), measured.size, measured.sha256, measured.sha512)

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {
            "path": self.path,
            "kind": self.kind.value,
            "size": self.size,
            "sha256": self.sha256,
            "sha512": self.sha512,
        }

    @classmethod
    def read(cls, inner: Fields) -> "Item":
        """From its fields."""
        item = cls(
            path=inner.text("path", _PATH),
            kind=inner.word("kind", ItemKind),
            size=inner.number("size"),
            sha256=inner.text("sha256", fields.DIGEST),
            sha512=inner.text("sha512", _SHA512),
        )
        if item.kind is not kind_of(item.path):
            raise inner.refused("kind")
        return item


@dataclass(frozen=True, slots=True)
class Signatory:
    """An organisation as it stands in a dossier, with the key it signs with."""

    id: str
    name: str
    key: SigningPublicKey

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {"id": self.id, "name": self.name, "key": base64_text(self.key.encode())}

    @classmethod
    def read(cls, inner: Fields) -> "Signatory":
        """From its fields."""
        return cls(
            inner.text("id", fields.ORGANISATION),
            inner.text("name", fields.LINE),
            inner.signing_key("key"),
        )


@dataclass(frozen=True, slots=True)
class LogKey:
    """The key that signs the checkpoints of an organisation's custody log."""

    organisation: str
    key: LogPublicKey

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {"organisation": self.organisation, "key": base64_text(self.key.encode())}

    @classmethod
    def read(cls, inner: Fields) -> "LogKey":
        """From its fields."""
        try:
            key = LogPublicKey.decode(inner.octets("key"))
        except SealingRefused:
            raise inner.refused("key") from None
        return cls(inner.text("organisation", fields.ORGANISATION), key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The head of a dossier."""

    reference: str
    version: int
    """From 1, one higher with every dossier under the same reference."""
    language: Language
    day: date
    valid_until: date
    organisation: str
    """The organisation that releases (identifier)."""
    recipient: str
    """The authority it is released to, as written on the cover."""
    organisations: tuple[Signatory, ...]
    """The releasing organisation and those of the evaluators, by identifier."""
    evaluators: tuple[Voucher, ...]
    """One for each evaluation, in the order of evaluations.json."""
    time_stamper: Voucher | None
    """The key, of another organisation, that attests when this was released; None: nobody does."""
    logs: tuple[LogKey, ...]
    objects: tuple[str, ...]
    """Identifiers, as used in custody logs, of what this dossier is about: case, evaluations, dossier."""
    items: tuple[Item, ...]
    """Every payload file, by path."""

    def encode(self) -> bytes:
        """The bytes of manifest.json. Raises NotDossierForm when they could not be read back."""
        encoded = canonical.encode(
            {
                "v": VERSION,
                "kind": KIND,
                "reference": self.reference,
                "version": self.version,
                "language": self.language.value,
                "day": self.day.isoformat(),
                "valid_until": self.valid_until.isoformat(),
                "organisation": self.organisation,
                "recipient": self.recipient,
                "organisations": [each.to_value() for each in self.organisations],
                "evaluators": [each.to_value() for each in self.evaluators],
                "time_stamper": self.time_stamper.to_value() if self.time_stamper else None,
                "logs": [each.to_value() for each in self.logs],
                "objects": self.objects,
                "items": [each.to_value() for each in self.items],
            }
        )
        Manifest.decode(encoded)
        return encoded

    @classmethod
    def decode(cls, encoded: bytes) -> "Manifest":
        """The manifest of those bytes; no signature is verified. Raises NotDossierForm."""
        outer = decode_object(encoded, "manifest.json", _NAMES)
        if outer.number("v") != VERSION or outer.text("kind", fields.CODE) != KIND:
            raise NotDossierForm("manifest.json: unknown kind or version")
        manifest = cls(
            reference=outer.text("reference", fields.REFERENCE),
            version=outer.number("version", least=1),
            language=outer.word("language", Language),
            day=outer.day("day"),
            valid_until=outer.day("valid_until"),
            organisation=outer.text("organisation", fields.ORGANISATION),
            recipient=outer.text("recipient", fields.LINE),
            organisations=tuple(Signatory.read(each) for each in outer.objects("organisations", ("id", "name", "key"))),
            evaluators=tuple(Voucher.read(each) for each in outer.objects("evaluators", VOUCHER_NAMES)),
            time_stamper=_voucher_or_none(outer.inside_or_none("time_stamper", VOUCHER_NAMES)),
            logs=tuple(LogKey.read(each) for each in outer.objects("logs", ("organisation", "key"))),
            objects=outer.texts("objects", fields.IDENTIFIER),
            items=tuple(Item.read(each) for each in outer.objects("items", ("path", "kind", "size", "sha256", "sha512"))),
        )
        _require_ordered(outer, "organisations", [each.id for each in manifest.organisations])
        _require_ordered(outer, "logs", [each.organisation for each in manifest.logs])
        _require_ordered(outer, "objects", manifest.objects)
        _require_ordered(outer, "items", [each.path for each in manifest.items])
        if any(each.role is not VoucherRole.EVALUATOR for each in manifest.evaluators):
            raise outer.refused("evaluators")
        if manifest.time_stamper is not None and manifest.time_stamper.role is not VoucherRole.TIME:
            raise outer.refused("time_stamper")
        return manifest

    def digest(self) -> str:
        """SHA-256 of manifest.json: what is attested."""
        return sha256_hex(self.encode())

    def signatory(self, organisation: str) -> Signatory | None:
        """The organisation of that identifier, or None where the manifest does not name it."""
        return next((each for each in self.organisations if each.id == organisation), None)

    def items_of(self, kind: ItemKind) -> tuple[Item, ...]:
        """The payload files of one kind."""
        return tuple(item for item in self.items if item.kind is kind)


def kind_of(path: str) -> ItemKind:
    """What a payload file at that path is."""
    fixed = {
        DOCUMENT_PATH: ItemKind.DOCUMENT,
        CLAIMS_PATH: ItemKind.CLAIMS,
        EVALUATIONS_PATH: ItemKind.EVALUATIONS,
    }
    if path in fixed:
        return fixed[path]
    return ItemKind.CUSTODY if path.startswith("data/custody/") else ItemKind.EVIDENCE


def evidence_path(number: int, kind: str, extension: str) -> str:
    """The neutral path of the evidence file with that number, from 1. NotDossierForm when kind or extension is not plain."""
    path = f"data/evidence/{number:03}-{kind}.{extension}"
    if not _PATH.fullmatch(path):
        raise NotDossierForm("evidence: the kind or the extension is not plain letters and digits")
    return path


def custody_path(number: int) -> str:
    """The path of the custody proof with that number, from 1."""
    return f"data/custody/{number:03}.json"


def _voucher_or_none(inner: Fields | None) -> Voucher | None:
    return None if inner is None else Voucher.read(inner)


def _require_ordered(outer: Fields, name: str, keys: Sequence[str]) -> None:
    """In order and no one twice: there is one encoding of each set."""
    if list(keys) != sorted(set(keys)):
        raise outer.refused(name)
