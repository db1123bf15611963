"""What a verification says: one finding per check, each a separate fact, and one bottom line."""

from dataclasses import dataclass
from enum import StrEnum

from safeconduct.core.dossier.manifest import Manifest
from safeconduct.core.errors import SafeconductError


class Check(StrEnum):
    """The checks, in the order in which they are reported (spec/dossier-v1.md section 8)."""

    READABLE = "readable"
    """The file is a ZIP that can be opened without harm, and a bag."""
    CONTAINER = "container"
    """Every byte around the files is the one that was written."""
    BAG = "bag"
    """Every file that the bag lists is there and unchanged."""
    NOTHING_ADDED = "nothing-added"
    MANIFEST = "manifest"
    """manifest.json is readable and says the same as the bag."""
    EVALUATIONS = "evaluations"
    """There are at least two, and they are those of the evaluators named."""
    INDEPENDENCE = "independence"
    """The evaluators are of different organisations and sign with different keys."""
    ATTESTATIONS = "attestations"
    """Each evaluator signed this manifest and this evaluation."""
    RELEASE = "release"
    """The organisation signed this manifest and these attestations."""
    VOUCHERS = "vouchers"
    """Each evaluator's key is vouched for by their organisation."""
    TIME_STAMP = "time-stamp"
    """A partner attests when the release was there. Not required."""
    VALIDITY = "validity"
    """The day of verification lies within the dossier's validity."""
    CUSTODY = "custody"
    """Proofs from custody logs are enclosed, hold, and are about this case."""
    TRUST = "trust"
    """The organisations' keys are in the reader's trust file."""
    NOT_WITHDRAWN = "not-withdrawn"
    """No notice that counts withdraws the dossier or a key of it. Not required to be known."""


MAY_STAY_OPEN = frozenset({Check.TIME_STAMP, Check.NOT_WITHDRAWN})
"""Checks that leave a reservation, and not another conclusion, where they are unknown."""


class Outcome(StrEnum):
    """What a check came to."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    """It could not be checked, or it is for the reader to judge."""


class Reason(StrEnum):
    """Why a check does not hold."""

    UNSAFE = "unsafe"
    """The subject is a hazard's word."""
    NOT_A_BAG = "not-a-bag"
    REPACKED = "repacked"
    CHECKSUM = "checksum"
    UNPACKS_WRONGLY = "unpacks-wrongly"
    MISSING = "missing"
    CHANGED = "changed"
    LIST_UNREADABLE = "list-unreadable"
    ADDED = "added"
    FORM = "form"
    DISAGREES = "disagrees"
    """A tag file is not what manifest.json gives."""
    TOO_FEW = "too-few"
    OTHER_AUTHORS = "other-authors"
    SAME_ORGANISATION = "same-organisation"
    SAME_KEY = "same-key"
    NOT_SIGNED = "not-signed"
    """The signature is not one of the key named in the manifest."""
    OTHER_STATEMENT = "other-statement"
    """Signed, but over another manifest or evaluation, or for another recipient."""
    OTHER_ATTESTATIONS = "other-attestations"
    UNNAMED_ORGANISATION = "unnamed-organisation"
    NOT_VOUCHED = "not-vouched"
    VOUCHER_DAY = "voucher-day"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    NO_PROOF = "no-proof"
    PROOF_REFUSED = "proof-refused"
    OTHER_OBJECT = "other-object"
    NO_TRUST_FILE = "no-trust-file"
    ORGANISATION_UNKNOWN = "organisation-unknown"
    KEY_UNKNOWN = "key-unknown"
    LOG_KEY_UNKNOWN = "log-key-unknown"
    KEY_OUT_OF_TIME = "key-out-of-time"
    KEY_WITHDRAWN = "key-withdrawn"
    NO_TIME_STAMP = "no-time-stamp"
    BEFORE_RELEASE = "before-release"
    WITHDRAWN = "withdrawn"
    """The subject is organisation, day and reason."""
    NOTICE_UNPROVEN = "notice-unproven"
    """A notice says so, but nothing shows that its signer may."""
    TRUST_OLDER = "trust-older"
    """The trust file was drawn up before the dossier."""
    NOT_CHECKED = "not-checked"
    """An earlier finding leaves nothing to check."""


_LEAVES_OPEN = frozenset(
    {
        Reason.NOT_CHECKED,
        Reason.NO_TRUST_FILE,
        Reason.ORGANISATION_UNKNOWN,
        Reason.KEY_UNKNOWN,
        Reason.LOG_KEY_UNKNOWN,
        Reason.NO_TIME_STAMP,
        Reason.NOTICE_UNPROVEN,
        Reason.TRUST_OLDER,
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason, and the file, person or key it is about."""

    reason: Reason
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    check: Check
    problems: tuple[Problem, ...] = ()
    facts: tuple[str, ...] = ()
    """What was found, where it holds: names, days, numbers."""

    @property
    def outcome(self) -> Outcome:
        """BROKEN when any problem is; UNKNOWN when problems only leave something open."""
        if not self.problems:
            return Outcome.HOLDS
        if all(problem.reason in _LEAVES_OPEN for problem in self.problems):
            return Outcome.UNKNOWN
        return Outcome.BROKEN

    def __bool__(self) -> bool:
        raise TypeError("ask for the outcome")


class Conclusion(StrEnum):
    """The one bottom line."""

    HOLDS = "holds"
    """Every required finding holds."""
    BROKEN = "broken"
    """At least one finding is broken; it is named."""
    UNREADABLE = "unreadable"
    """The file cannot be read as a dossier."""
    UNTRUSTED = "untrusted"
    """Whole and consistent, but its keys are not in the reader's trust file."""


class DossierBroken(SafeconductError):
    """The dossier does not verify."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings in order, and what follows from them."""

    findings: tuple[Finding, ...]
    manifest: Manifest | None
    """What the dossier says of itself; to be believed only as far as the findings go."""

    def __bool__(self) -> bool:
        raise TypeError("ask for the conclusion or call require_holds")

    @property
    def conclusion(self) -> Conclusion:
        """Derived from the findings alone."""
        outcomes = {finding.check: finding.outcome for finding in self.findings}
        if outcomes[Check.READABLE] is not Outcome.HOLDS:
            return Conclusion.UNREADABLE
        if Outcome.BROKEN in outcomes.values():
            return Conclusion.BROKEN
        if any(outcome is Outcome.UNKNOWN for check, outcome in outcomes.items() if check not in MAY_STAY_OPEN):
            return Conclusion.UNTRUSTED
        return Conclusion.HOLDS

    @property
    def reservations(self) -> tuple[Check, ...]:
        """What a conclusion that holds leaves open all the same; to be said beside it."""
        return tuple(each.check for each in self.findings if each.check in MAY_STAY_OPEN and each.outcome is Outcome.UNKNOWN)

    def require_holds(self) -> None:
        """Raise DossierBroken, naming the checks that do not hold, unless everything required does."""
        failing = [each.check.value for each in self.findings if each.problems and each.check not in self.reservations]
        if failing:
            raise DossierBroken(f"does not hold: {', '.join(failing)}")

    def finding(self, check: Check) -> Finding:
        """The finding of one check; every check has exactly one."""
        return next(finding for finding in self.findings if finding.check is check)


def unreadable(problem: Problem) -> Verdict:
    """The verdict on a file that cannot be opened: nothing else could be checked."""
    rest = [check for check in Check if check is not Check.READABLE]
    not_checked = [Finding(check, (Problem(Reason.NOT_CHECKED),)) for check in rest]
    return Verdict((Finding(Check.READABLE, (problem,)), *not_checked), None)
