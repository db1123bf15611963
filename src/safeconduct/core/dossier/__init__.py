"""The dossier: what an authority receives, and can verify by itself, offline (spec/dossier-v1.md)."""

from safeconduct.core.dossier.attestations import (
    Envelope,
    EvaluationStatement,
    ReleaseStatement,
    TimeStatement,
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
    stamp,
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
from safeconduct.core.dossier.notices import Notice, read_notice
from safeconduct.core.dossier.refusals import (
    ArchiveUnsafe,
    DossierRefused,
    Hazard,
    MemberUnreadable,
    NotDossierForm,
)
from safeconduct.core.dossier.trust import (
    DatedKey,
    Standing,
    Trust,
    TrustedOrganisation,
    Voucher,
    VoucherRole,
    vouch,
)
from safeconduct.core.dossier.verdict import (
    Check,
    Conclusion,
    DossierBroken,
    Finding,
    Problem,
    Reason,
    Verdict,
)
from safeconduct.core.dossier.verdict import Outcome as CheckOutcome
from safeconduct.core.dossier.verify import verify_dossier
from safeconduct.core.dossier.wording import Wording

__all__ = [
    "ArchiveUnsafe",
    "Check",
    "CheckOutcome",
    "Claim",
    "Conclusion",
    "CriterionShown",
    "DatedKey",
    "DossierBroken",
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
    "Finding",
    "Hazard",
    "Inquiry",
    "Item",
    "ItemKind",
    "Language",
    "LogKey",
    "Manifest",
    "MemberUnreadable",
    "NotDossierForm",
    "Notice",
    "Outcome",
    "Pack",
    "Person",
    "Problem",
    "Reason",
    "Recipient",
    "ReleaseStatement",
    "Signatory",
    "Standing",
    "Statement",
    "TimeStatement",
    "Trust",
    "TrustedOrganisation",
    "Verdict",
    "Voucher",
    "VoucherRole",
    "Wording",
    "attest",
    "compose",
    "enclose",
    "long_date",
    "read_notice",
    "release",
    "render",
    "resume",
    "stamp",
    "verify_dossier",
    "vouch",
    "write_dossier",
]
