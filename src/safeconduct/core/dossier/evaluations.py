"""Evaluations as a dossier shows them: words per criterion, as far as consents allow, and never a score."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.core import canonical
from safeconduct.core.dossier import fields
from safeconduct.core.dossier.fields import Fields, decode_object
from safeconduct.core.dossier.refusals import NotDossierForm

VERSION = 1
WORDS = re.compile(rf"(?=.*\S)[^\d{fields.CONTROLS}]{{1,160}}")
"""Words of a rating: no digit of any script, so that no score can be written."""
_TEXT = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f]{0,20000}")
_SHOWN = ("evaluation", "pack", "organisation", "alias", "day", "outcome", "criteria")
_PACK = ("id", "version", "digest")
_CRITERION = ("criterion", "name", "words", "reasons")


class Outcome(StrEnum):
    """What an evaluation comes to."""

    RECOMMENDED = "recommended"
    NOT_RECOMMENDED = "not_recommended"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The criteria that an evaluation was made by."""

    id: str
    version: int
    digest: str
    """SHA-256 of the pack's file."""

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {"id": self.id, "version": self.version, "digest": self.digest}

    @classmethod
    def read(cls, inner: Fields) -> "Pack":
        """From the fields `id`, `version`, `digest`."""
        return cls(
            id=inner.text("id", fields.CODE),
            version=inner.number("version", least=1),
            digest=inner.text("digest", fields.DIGEST),
        )

    @staticmethod
    def names() -> Sequence[str]:
        """The fields' names."""
        return _PACK


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionShown:
    """One criterion: its name and the rating in words, in the dossier's language."""

    criterion: str
    """The pack's identifier of the criterion."""
    name: str
    words: str
    """Such as "Established"; digits are refused."""
    reasons: str = ""
    """The evaluator's reasons, where the consents allow them; else empty."""

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {"criterion": self.criterion, "name": self.name, "words": self.words, "reasons": self.reasons}

    @classmethod
    def read(cls, inner: Fields) -> "CriterionShown":
        """From its fields."""
        return cls(
            criterion=inner.text("criterion", fields.CODE),
            name=inner.text("name", fields.LINE),
            words=inner.text("words", WORDS),
            reasons=inner.text("reasons", _TEXT),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationShown:
    """One signed evaluation, as far as the dossier shows it."""

    evaluation: str
    """SHA-256 of the evaluation's signed bytes, which stay with the organisations."""
    pack: Pack
    organisation: str
    """The evaluator's organisation (identifier)."""
    alias: str
    """The evaluator's public alias."""
    day: date
    outcome: Outcome
    criteria: tuple[CriterionShown, ...]

    def words(self) -> Mapping[str, str]:
        """Criterion identifier to rating in words."""
        return {shown.criterion: shown.words for shown in self.criteria}

    def to_value(self) -> dict[str, canonical.Value]:
        """JSON object."""
        return {
            "evaluation": self.evaluation,
            "pack": self.pack.to_value(),
            "organisation": self.organisation,
            "alias": self.alias,
            "day": self.day.isoformat(),
            "outcome": self.outcome.value,
            "criteria": [shown.to_value() for shown in self.criteria],
        }

    @classmethod
    def read(cls, inner: Fields) -> "EvaluationShown":
        """From its fields."""
        return cls(
            evaluation=inner.text("evaluation", fields.DIGEST),
            pack=Pack.read(inner.inside("pack", Pack.names())),
            organisation=inner.text("organisation", fields.ORGANISATION),
            alias=inner.text("alias", fields.LINE),
            day=inner.day("day"),
            outcome=inner.word("outcome", Outcome),
            criteria=tuple(CriterionShown.read(each) for each in inner.objects("criteria", _CRITERION)),
        )


def encode_evaluations(evaluations: Sequence[EvaluationShown]) -> bytes:
    """The bytes of data/evaluations.json. Raises NotDossierForm when a field could not be read back."""
    encoded = canonical.encode({"v": VERSION, "evaluations": [each.to_value() for each in evaluations]})
    decode_evaluations(encoded)
    return encoded


def decode_evaluations(encoded: bytes) -> tuple[EvaluationShown, ...]:
    """The evaluations of those bytes. Raises NotDossierForm."""
    outer = decode_object(encoded, "evaluations.json", ("v", "evaluations"))
    if outer.number("v") != VERSION:
        raise NotDossierForm("evaluations.json: unknown version")
    return tuple(EvaluationShown.read(each) for each in outer.objects("evaluations", _SHOWN))
