"""Signed statements over a dossier's manifest: by each evaluator, by the organisation that releases, by a partner's clock.

Envelopes follow DSSE (payload type, payload, signatures; both are signed together), with our own signature
algorithm underneath; spec/dossier-v1.md section 6.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from safeconduct.core import canonical
from safeconduct.core.dossier import fields
from safeconduct.core.dossier.evaluations import WORDS, EvaluationShown, Outcome, Pack
from safeconduct.core.dossier.fields import Fields, base64_text, decode_object, minute_text
from safeconduct.core.dossier.refusals import NotDossierForm
from safeconduct.core.sealing import SigningPrivateKey, SigningPublicKey, sign, verify

VERSION = 1
SIGNING_PURPOSE = "dossier-attestation"
EVALUATION_TYPE = "application/vnd.safeconduct.evaluation-attestation.v1+json"
RELEASE_TYPE = "application/vnd.safeconduct.release-attestation.v1+json"
TIME_TYPE = "application/vnd.safeconduct.time-attestation.v1+json"
_EVALUATION = ("v", "manifest", "evaluation", "pack", "organisation", "alias", "day", "outcome", "criteria")
_RELEASE = ("v", "manifest", "organisation", "day", "recipient", "released_by", "attestations")
_TIME = ("v", "manifest", "release", "organisation", "minute")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationStatement:
    """What an evaluator signs: this is my evaluation, and it stands in the dossier of this manifest."""

    manifest: str
    """SHA-256 of manifest.json."""
    evaluation: str
    """SHA-256 of the evaluation's signed bytes."""
    pack: Pack
    organisation: str
    alias: str
    day: date
    """The day of the evaluation."""
    outcome: Outcome
    criteria: dict[str, str]
    """Criterion identifier to rating in words, as far as the dossier shows them."""

    @classmethod
    def about(cls, shown: EvaluationShown, *, manifest: str) -> "EvaluationStatement":
        """The statement for one evaluation as the dossier shows it."""
        return cls(
            manifest=manifest,
            evaluation=shown.evaluation,
            pack=shown.pack,
            organisation=shown.organisation,
            alias=shown.alias,
            day=shown.day,
            outcome=shown.outcome,
            criteria=dict(shown.words()),
        )

    def encode(self) -> bytes:
        """Canonical JSON."""
        return canonical.encode(
            {
                "v": VERSION,
                "manifest": self.manifest,
                "evaluation": self.evaluation,
                "pack": self.pack.to_value(),
                "organisation": self.organisation,
                "alias": self.alias,
                "day": self.day.isoformat(),
                "outcome": self.outcome.value,
                "criteria": self.criteria,
            }
        )

    @classmethod
    def decode(cls, encoded: bytes) -> "EvaluationStatement":
        """From those bytes. Raises NotDossierForm."""
        inner = _statement(encoded, "evaluation attestation", _EVALUATION)
        return cls(
            manifest=inner.text("manifest", fields.DIGEST),
            evaluation=inner.text("evaluation", fields.DIGEST),
            pack=Pack.read(inner.inside("pack", Pack.names())),
            organisation=inner.text("organisation", fields.ORGANISATION),
            alias=inner.text("alias", fields.LINE),
            day=inner.day("day"),
            outcome=inner.word("outcome", Outcome),
            criteria=inner.mapping("criteria", fields.CODE, WORDS),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStatement:
    """What the organisation signs: this dossier, with these attestations, is released to this recipient."""

    manifest: str
    organisation: str
    day: date
    recipient: str
    released_by: tuple[str, str]
    """Aliases of the two people who released it."""
    attestations: tuple[str, ...]
    """SHA-256 of each evaluator's envelope, in the order of the manifest."""

    def encode(self) -> bytes:
        """Canonical JSON."""
        return canonical.encode(
            {
                "v": VERSION,
                "manifest": self.manifest,
                "organisation": self.organisation,
                "day": self.day.isoformat(),
                "recipient": self.recipient,
                "released_by": self.released_by,
                "attestations": self.attestations,
            }
        )

    @classmethod
    def decode(cls, encoded: bytes) -> "ReleaseStatement":
        """From those bytes. Raises NotDossierForm."""
        inner = _statement(encoded, "release attestation", _RELEASE)
        releasers = inner.texts("released_by", fields.LINE)
        if len(releasers) != 2 or releasers[0] == releasers[1]:
            raise inner.refused("released_by")
        return cls(
            manifest=inner.text("manifest", fields.DIGEST),
            organisation=inner.text("organisation", fields.ORGANISATION),
            day=inner.day("day"),
            recipient=inner.text("recipient", fields.LINE),
            released_by=(releasers[0], releasers[1]),
            attestations=inner.texts("attestations", fields.DIGEST),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStatement:
    """What a partner's server signs: this release was there in this minute."""

    manifest: str
    release: str
    """SHA-256 of the release envelope."""
    organisation: str
    """Whose clock it is."""
    minute: datetime
    """Universal time, without seconds."""

    def encode(self) -> bytes:
        """Canonical JSON."""
        return canonical.encode(
            {
                "v": VERSION,
                "manifest": self.manifest,
                "release": self.release,
                "organisation": self.organisation,
                "minute": minute_text(self.minute),
            }
        )

    @classmethod
    def decode(cls, encoded: bytes) -> "TimeStatement":
        """From those bytes. Raises NotDossierForm."""
        inner = _statement(encoded, "time attestation", _TIME)
        return cls(
            manifest=inner.text("manifest", fields.DIGEST),
            release=inner.text("release", fields.DIGEST),
            organisation=inner.text("organisation", fields.ORGANISATION),
            minute=inner.minute("minute"),
        )


Statement: TypeAlias = EvaluationStatement | ReleaseStatement | TimeStatement
_TYPES = {EvaluationStatement: EVALUATION_TYPE, ReleaseStatement: RELEASE_TYPE, TimeStatement: TIME_TYPE}


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload with one signature; nothing is verified by reading it."""

    payload_type: str
    payload: bytes
    key_id: str
    """Fingerprint of the key that is said to have signed."""
    signature: bytes

    def encode(self) -> bytes:
        """Canonical JSON in the fields of DSSE."""
        return canonical.encode(
            {
                "payload": base64_text(self.payload),
                "payloadType": self.payload_type,
                "signatures": [{"keyid": self.key_id, "sig": base64_text(self.signature)}],
            }
        )

    @classmethod
    def decode(cls, encoded: bytes) -> "Envelope":
        """From those bytes. Raises NotDossierForm."""
        outer = decode_object(encoded, "attestation", ("payload", "payloadType", "signatures"))
        signatures = outer.objects("signatures", ("keyid", "sig"))
        if len(signatures) != 1:
            raise outer.refused("signatures")
        return cls(
            payload_type=outer.text("payloadType", fields.LINE),
            payload=outer.octets("payload"),
            key_id=signatures[0].text("keyid", fields.DIGEST),
            signature=signatures[0].octets("sig"),
        )

    def require_signed_by(self, key: SigningPublicKey) -> None:
        """Raises NotDossierForm or SealingRefused unless this key signed payload and type."""
        if self.key_id != key.fingerprint():
            raise NotDossierForm("attestation: names another key")
        verify(key, SIGNING_PURPOSE, pre_authentication(self.payload_type, self.payload), self.signature)


def attest(statement: Statement, private: SigningPrivateKey) -> bytes:
    """The signed envelope of a statement, as its file's bytes."""
    payload_type, payload = _TYPES[type(statement)], statement.encode()
    type(statement).decode(payload)
    signature = sign(private, SIGNING_PURPOSE, pre_authentication(payload_type, payload))
    return Envelope(payload_type, payload, private.public_key().fingerprint(), signature).encode()


def pre_authentication(payload_type: str, payload: bytes) -> bytes:
    """DSSE's encoding of type and payload together (PAE, DSSE 1.0)."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def _statement(encoded: bytes, part: str, names: tuple[str, ...]) -> Fields:
    inner = decode_object(encoded, part, names)
    if inner.number("v") != VERSION:
        raise NotDossierForm(f"{part}: unknown version")
    return inner
