"""The dossier: what an authority receives, and can verify by itself, offline (spec/dossier-v1.md)."""

from safeconduct.core.dossier.attestations import (
    Envelope,
    EvaluationStatement,
    ReleaseStatement,
    attest,
)
from safeconduct.core.dossier.composing import (
    Draft,
    Enclosed,
    EvidenceFile,
    compose,
    enclose,
    release,
    resume,
    write_dossier,
)
from safeconduct.core.dossier.content import (
    Claim,
    DossierContent,
    Event,
    EvidenceShown,
    Inquiry,
    Person,
    Recipient,
    Statement,
)
from safeconduct.core.dossier.document import long_date, render
from safeconduct.core.dossier.evaluations import CriterionShown, EvaluationShown, Outcome, Pack
from safeconduct.core.dossier.manifest import Item, ItemKind, Language, LogKey, Manifest, Signatory
from safeconduct.core.dossier.refusals import (
    ArchiveUnsafe,
    DossierRefused,
    MemberUnreadable,
    NotDossierForm,
)
from safeconduct.core.dossier.trust import (
    DatedKey,
    Standing,
    Trust,
    TrustedOrganisation,
    Voucher,
    vouch,
)

__all__ = [
    "ArchiveUnsafe",
    "Claim",
    "CriterionShown",
    "DatedKey",
    "DossierContent",
    "DossierRefused",
    "Draft",
    "Enclosed",
    "Envelope",
    "EvaluationShown",
    "EvaluationStatement",
    "Event",
    "EvidenceFile",
    "EvidenceShown",
    "Inquiry",
    "Item",
    "ItemKind",
    "Language",
    "LogKey",
    "Manifest",
    "MemberUnreadable",
    "NotDossierForm",
    "Outcome",
    "Pack",
    "Person",
    "Recipient",
    "ReleaseStatement",
    "Signatory",
    "Standing",
    "Statement",
    "Trust",
    "TrustedOrganisation",
    "Voucher",
    "attest",
    "compose",
    "enclose",
    "long_date",
    "release",
    "render",
    "resume",
    "vouch",
    "write_dossier",
]
