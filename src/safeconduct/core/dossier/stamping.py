"""The time stamp: a partner's word on the minute in which the release was there (spec/dossier-v1.md section 8, `time-stamp`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from safeconduct.core.dossier.attestations import TIME_TYPE, ReleaseStatement, TimeStatement
from safeconduct.core.dossier.bag import release_path, time_path
from safeconduct.core.dossier.examining import Package
from safeconduct.core.dossier.fields import minute_text
from safeconduct.core.dossier.manifest import Manifest
from safeconduct.core.dossier.measuring import sha256_hex
from safeconduct.core.dossier.refusals import NotDossierForm
from safeconduct.core.dossier.signatures import envelope_of, envelope_problem
from safeconduct.core.dossier.trust import Voucher
from safeconduct.core.dossier.verdict import Check, Finding, Problem, Reason
from safeconduct.core.sealing import SealingRefused

_TIME_ZONES = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stamped:
    """The finding on the time stamp, and what it proves."""

    finding: Finding
    day: date | None
    """The release was there on this day of universal time; None: not shown."""
    organisation: str = ""
    """Whose clock says so."""


def check_time_stamp(package: Package, manifest: Manifest, today: date) -> Stamped:
    """Unknown where the manifest names no time stamper; otherwise their envelope is there and holds."""
    stamper = manifest.time_stamper
    if stamper is None:
        return Stamped(Finding(Check.TIME_STAMP, (Problem(Reason.NO_TIME_STAMP),)), None)
    path = time_path(manifest)
    problems = list(_stamper_problems(manifest, stamper))
    problem = envelope_problem(package, path, stamper.key, TIME_TYPE)
    if problem is not None:
        return Stamped(Finding(Check.TIME_STAMP, (*problems, problem)), None)
    try:
        statement = TimeStatement.decode(envelope_of(package, path).payload)
    except NotDossierForm:
        return Stamped(Finding(Check.TIME_STAMP, (*problems, Problem(Reason.FORM, path))), None)
    problems += _statement_problems(package, manifest, stamper, statement, today)
    facts = (minute_text(statement.minute), f"{stamper.alias} ({stamper.organisation})")
    day = None if problems else statement.minute.date()
    return Stamped(Finding(Check.TIME_STAMP, tuple(problems), facts), day, stamper.organisation)


def _stamper_problems(manifest: Manifest, stamper: Voucher) -> Iterator[Problem]:
    if stamper.organisation == manifest.organisation:
        yield Problem(Reason.SAME_ORGANISATION, stamper.organisation)
    others = [each.key for each in manifest.organisations] + [each.key for each in manifest.evaluators]
    if stamper.key in others:
        yield Problem(Reason.SAME_KEY)
    signatory = manifest.signatory(stamper.organisation)
    if signatory is None:
        yield Problem(Reason.UNNAMED_ORGANISATION, stamper.organisation)
        return
    try:
        stamper.require_signed_by(signatory.key)
    except SealingRefused:
        yield Problem(Reason.NOT_VOUCHED, stamper.alias)


def _statement_problems(
    package: Package, manifest: Manifest, stamper: Voucher, statement: TimeStatement, today: date
) -> Iterator[Problem]:
    path, day = time_path(manifest), statement.minute.date()
    released = package.small.get(release_path(manifest), b"")
    said = (statement.manifest, statement.release, statement.organisation)
    if said != (manifest.digest(), sha256_hex(released), stamper.organisation):
        yield Problem(Reason.OTHER_STATEMENT, path)
    if not stamper.covers(day):
        yield Problem(Reason.VOUCHER_DAY, stamper.alias)
    # A stamp may be made later than the release, never before; days may differ by the time zone.
    if day < _released_on(package, manifest) - _TIME_ZONES:
        yield Problem(Reason.BEFORE_RELEASE, day.isoformat())
    if day > today + _TIME_ZONES:
        yield Problem(Reason.NOT_YET, day.isoformat())


def _released_on(package: Package, manifest: Manifest) -> date:
    try:
        return ReleaseStatement.decode(envelope_of(package, release_path(manifest)).payload).day
    except (KeyError, NotDossierForm):
        return manifest.day
