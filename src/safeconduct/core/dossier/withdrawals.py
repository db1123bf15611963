"""Whether a dossier, or a key that it rests on, was withdrawn (spec/dossier-v1.md section 9).

A notice counts when the organisation that it is about says so: with the key that stands in the dossier, or with another that
the reader's trust file has for that organisation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeconduct.core.dossier.manifest import Manifest
from safeconduct.core.dossier.notices import Notice
from safeconduct.core.dossier.stamping import Stamped
from safeconduct.core.dossier.trust import Standing, Trust
from safeconduct.core.dossier.verdict import Check, Finding, Problem, Reason
from safeconduct.core.statements import DossierWithdrawal, KeyWithdrawal


@dataclass(frozen=True, slots=True)
class _Held:
    """A key that the dossier rests on: whose it is, and what a finding calls it."""

    organisation: str
    label: str
    is_clock: bool = False


def check_not_withdrawn(manifest: Manifest, stamped: Stamped, trust: Trust | None, notices: Sequence[Notice]) -> Finding:
    """Broken by a notice that counts; unknown for one that is unproven, and without a trust file as new as the dossier."""
    known = (*(trust.notices if trust else ()), *notices)
    problems = [problem for notice in known for problem in _weighed(notice, manifest, stamped, trust)]
    if trust is None:
        problems.append(Problem(Reason.NO_TRUST_FILE))
        return Finding(Check.NOT_WITHDRAWN, tuple(dict.fromkeys(problems)))
    if trust.day < manifest.day:
        problems.append(Problem(Reason.TRUST_OLDER, trust.day.isoformat()))
    return Finding(Check.NOT_WITHDRAWN, tuple(dict.fromkeys(problems)), (trust.day.isoformat(),))


def _weighed(notice: Notice, manifest: Manifest, stamped: Stamped, trust: Trust | None) -> Iterator[Problem]:
    match notice.says:
        case DossierWithdrawal() as says if says.manifest == manifest.digest():
            if _speaks_for(notice, manifest, trust):
                yield Problem(Reason.WITHDRAWN, f"{notice.organisation}, {says.withdrawn_on.isoformat()}, {says.reason.value}")
            else:
                yield Problem(Reason.NOTICE_UNPROVEN, notice.organisation)
        case KeyWithdrawal() as says:
            for held in _held(manifest, says.key):
                # The key itself may always withdraw itself: whoever has it can only do harm to themselves.
                is_its_own = notice.key.fingerprint() == says.key
                if notice.organisation != held.organisation or not (is_its_own or _speaks_for(notice, manifest, trust)):
                    yield Problem(Reason.NOTICE_UNPROVEN, notice.organisation)
                elif not _was_stamped_before(says, held, stamped):
                    yield Problem(Reason.KEY_WITHDRAWN, f"{held.label}, {says.withdrawn_from.isoformat()}, {says.reason.value}")


def _speaks_for(notice: Notice, manifest: Manifest, trust: Trust | None) -> bool:
    signatory = manifest.signatory(notice.organisation)
    if signatory is None:
        return False
    is_trusted = trust is not None and trust.signing_key(notice.organisation, notice.key, notice.day) is Standing.VALID
    return notice.key == signatory.key or is_trusted


def _held(manifest: Manifest, fingerprint: str) -> Iterator[_Held]:
    for each in manifest.organisations:
        if each.key.fingerprint() == fingerprint:
            yield _Held(each.id, each.id)
    for voucher in manifest.evaluators:
        if voucher.key.fingerprint() == fingerprint:
            yield _Held(voucher.organisation, voucher.alias)
    stamper = manifest.time_stamper
    if stamper is not None and stamper.key.fingerprint() == fingerprint:
        yield _Held(stamper.organisation, stamper.alias, is_clock=True)


def _was_stamped_before(says: KeyWithdrawal, held: _Held, stamped: Stamped) -> bool:
    """Whether another organisation's clock saw the release before the key may have been in other hands.

    The dossier's own day proves nothing here: whoever has a stolen key can write any day.
    """
    if stamped.day is None or held.is_clock or stamped.organisation == held.organisation:
        return False
    return stamped.day < says.withdrawn_from
