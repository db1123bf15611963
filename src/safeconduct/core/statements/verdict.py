"""What a verification of a statement says: one finding per check, and one bottom line (spec/statements-v1.md section 4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from safeconduct.core.sealing import SealingRefused, SigningPublicKey
from safeconduct.core.statements.refusals import NotStatementForm
from safeconduct.core.statements.statement import Statement, read_statement

_TIME_ZONES = timedelta(days=1)


class Check(StrEnum):
    """The checks, in the order in which they are reported."""

    READABLE = "readable"
    SIGNATURE = "signature"
    """The key that it names signed exactly this."""
    VALIDITY = "validity"
    """The day of verification lies within the days for which it is said."""
    TRUST = "trust"
    """The reader's trust file names the key as this organisation's."""


class Outcome(StrEnum):
    """What a check came to."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a check does not hold."""

    FORM = "form"
    NOT_SIGNED = "not-signed"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    NO_TRUST_FILE = "no-trust-file"
    KEY_UNKNOWN = "key-unknown"
    KEY_OUT_OF_TIME = "key-out-of-time"
    KEY_WITHDRAWN = "key-withdrawn"
    NOT_CHECKED = "not-checked"


class Belief(StrEnum):
    """What the reader's trust file says about a key for one day; its words are those of a dossier's trust file."""

    VALID = "valid"
    UNKNOWN = "unknown"
    OUT_OF_TIME = "out of time"
    WITHDRAWN = "withdrawn"


class Conclusion(StrEnum):
    """The one bottom line."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNREADABLE = "unreadable"
    UNTRUSTED = "untrusted"
    """Whole, but its key is not in the reader's trust file."""


Believes = Callable[[str, SigningPublicKey, date], Belief]
"""(organisation, key, day of signing) to what is believed of it."""

_OPEN = frozenset({Reason.NO_TRUST_FILE, Reason.KEY_UNKNOWN, Reason.NOT_CHECKED})
_BELIEFS = {
    Belief.VALID: None,
    Belief.UNKNOWN: Reason.KEY_UNKNOWN,
    Belief.OUT_OF_TIME: Reason.KEY_OUT_OF_TIME,
    Belief.WITHDRAWN: Reason.KEY_WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check; no reason means that it holds."""

    check: Check
    reason: Reason | None = None

    @property
    def outcome(self) -> Outcome:
        """Follows from the reason."""
        if self.reason is None:
            return Outcome.HOLDS
        return Outcome.UNKNOWN if self.reason in _OPEN else Outcome.BROKEN

    def __bool__(self) -> bool:
        raise TypeError("ask for the outcome")


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings in order, and what follows from them."""

    findings: tuple[Finding, ...]
    statement: Statement | None
    """What it says; to be believed only as far as the findings go."""

    def __bool__(self) -> bool:
        raise TypeError("ask for the conclusion")

    @property
    def conclusion(self) -> Conclusion:
        """Derived from the findings alone."""
        outcomes = {finding.check: finding.outcome for finding in self.findings}
        if outcomes[Check.READABLE] is not Outcome.HOLDS:
            return Conclusion.UNREADABLE
        if Outcome.BROKEN in outcomes.values():
            return Conclusion.BROKEN
        if Outcome.UNKNOWN in outcomes.values():
            return Conclusion.UNTRUSTED
        return Conclusion.HOLDS


def looks_like_statement(beginning: bytes) -> bool:
    """Whether a file that begins so means to be a statement; which it is only once it has been read."""
    return beginning[:1] == b"{" and b'"says":' in beginning


def verify_statement(encoded: bytes, *, today: date, believes: Believes | None) -> Verdict:
    """Every finding on a file's bytes; `believes` is None without a trust file. Raises nothing."""
    try:
        statement = read_statement(encoded)
    except NotStatementForm:
        rest = [check for check in Check if check is not Check.READABLE]
        return Verdict((Finding(Check.READABLE, Reason.FORM), *(Finding(check, Reason.NOT_CHECKED) for check in rest)), None)
    findings = (
        Finding(Check.READABLE),
        Finding(Check.SIGNATURE, _signature(statement)),
        Finding(Check.VALIDITY, _validity(statement, today)),
        Finding(Check.TRUST, _trust(statement, believes)),
    )
    return Verdict(findings, statement)


def _signature(statement: Statement) -> Reason | None:
    try:
        statement.require_signed()
    except SealingRefused:
        return Reason.NOT_SIGNED
    return None


def _validity(statement: Statement, today: date) -> Reason | None:
    if max(statement.day, statement.body.first_day) > today + _TIME_ZONES:
        return Reason.NOT_YET
    last_day = statement.body.last_day
    return Reason.EXPIRED if last_day is not None and today > last_day else None


def _trust(statement: Statement, believes: Believes | None) -> Reason | None:
    if believes is None:
        return Reason.NO_TRUST_FILE
    return _BELIEFS[believes(statement.signer.id, statement.key, statement.day)]
