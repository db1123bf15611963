"""The checks that rest on signatures: evaluations, attestations, release, vouchers, custody proofs."""

from collections.abc import Iterator

from safeconduct.core import custody
from safeconduct.core.dossier.attestations import (
    EVALUATION_TYPE,
    RELEASE_TYPE,
    Envelope,
    EvaluationStatement,
    ReleaseStatement,
)
from safeconduct.core.dossier.bag import evaluation_paths, release_path
from safeconduct.core.dossier.composing import FEWEST_EVALUATIONS
from safeconduct.core.dossier.evaluations import EvaluationShown, decode_evaluations
from safeconduct.core.dossier.examining import Package
from safeconduct.core.dossier.manifest import EVALUATIONS_PATH, ItemKind, Manifest
from safeconduct.core.dossier.measuring import sha256_hex
from safeconduct.core.dossier.refusals import NotDossierForm
from safeconduct.core.dossier.verdict import Check, Finding, Problem, Reason
from safeconduct.core.sealing import SealingRefused, SigningPublicKey


def check_evaluations(package: Package, manifest: Manifest) -> Finding:
    """At least two evaluations, by the evaluators that the manifest names."""
    problems: list[Problem] = []
    shown = _shown(package)
    if shown is None:
        problems.append(Problem(Reason.FORM, EVALUATIONS_PATH))
    elif [_author(each) for each in shown] != [(each.organisation, each.alias) for each in manifest.evaluators]:
        problems.append(Problem(Reason.OTHER_AUTHORS, EVALUATIONS_PATH))
    if len(manifest.evaluators) < FEWEST_EVALUATIONS or len(shown or ()) < FEWEST_EVALUATIONS:
        problems.append(Problem(Reason.TOO_FEW))
    facts = tuple(f"{each.alias} ({each.organisation}): {each.outcome.value}" for each in shown or ())
    return Finding(Check.EVALUATIONS, tuple(problems), facts)


def check_independence(manifest: Manifest) -> Finding:
    """No two evaluators of one organisation, none signing with another's or an organisation's key."""
    problems = []
    organisations = [each.organisation for each in manifest.evaluators]
    if len(set(organisations)) < FEWEST_EVALUATIONS:
        problems.append(Problem(Reason.SAME_ORGANISATION, ", ".join(sorted(set(organisations)))))
    keys = [each.key for each in manifest.evaluators] + [each.key for each in manifest.organisations]
    if len(set(keys)) != len(keys):
        problems.append(Problem(Reason.SAME_KEY))
    return Finding(Check.INDEPENDENCE, tuple(problems), tuple(sorted(set(organisations))))


def check_attestations(package: Package, manifest: Manifest) -> Finding:
    """One envelope for each evaluator: signed by the key in the manifest, over this manifest and evaluation."""
    problems: list[Problem] = []
    shown = _shown(package) or ()
    for number, (path, voucher) in enumerate(zip(evaluation_paths(manifest), manifest.evaluators, strict=True)):
        problem = envelope_problem(package, path, voucher.key, EVALUATION_TYPE)
        if problem is None and (number >= len(shown) or not _is_about(package, path, shown[number], manifest)):
            problem = Problem(Reason.OTHER_STATEMENT, path)
        if problem is not None:
            problems.append(problem)
    facts = tuple(f"{each.alias} ({each.organisation})" for each in manifest.evaluators)
    return Finding(Check.ATTESTATIONS, tuple(problems), facts)


def check_release(package: Package, manifest: Manifest) -> Finding:
    """The organisation's envelope: over this manifest, this recipient and exactly these attestations."""
    path = release_path(manifest)
    signatory = manifest.signatory(manifest.organisation)
    if signatory is None:
        return Finding(Check.RELEASE, (Problem(Reason.UNNAMED_ORGANISATION, manifest.organisation),))
    facts = (f"{signatory.name} ({signatory.id})", signatory.key.fingerprint())
    problem = envelope_problem(package, path, signatory.key, RELEASE_TYPE)
    if problem is not None:
        return Finding(Check.RELEASE, (problem,), facts)
    return Finding(Check.RELEASE, tuple(_release_problems(package, path, manifest)), facts)


def _release_problems(package: Package, path: str, manifest: Manifest) -> Iterator[Problem]:
    try:
        statement = ReleaseStatement.decode(envelope_of(package, path).payload)
    except NotDossierForm:
        yield Problem(Reason.FORM, path)
        return
    said = (statement.manifest, statement.organisation, statement.recipient)
    if said != (manifest.digest(), manifest.organisation, manifest.recipient) or statement.day < manifest.day:
        yield Problem(Reason.OTHER_STATEMENT, path)
    present = [package.small.get(each, b"") for each in evaluation_paths(manifest)]
    if list(statement.attestations) != [sha256_hex(content) for content in present]:
        yield Problem(Reason.OTHER_ATTESTATIONS, path)


def check_vouchers(manifest: Manifest) -> Finding:
    """Each evaluator's key is signed by their own organisation's key, for the dossier's day."""
    problems = []
    for voucher in manifest.evaluators:
        signatory = manifest.signatory(voucher.organisation)
        if signatory is None:
            problems.append(Problem(Reason.UNNAMED_ORGANISATION, voucher.organisation))
            continue
        try:
            voucher.require_signed_by(signatory.key)
        except SealingRefused:
            problems.append(Problem(Reason.NOT_VOUCHED, voucher.alias))
        if not voucher.covers(manifest.day):
            problems.append(Problem(Reason.VOUCHER_DAY, voucher.alias))
    facts = tuple(f"{each.alias} ({each.organisation})" for each in manifest.evaluators)
    return Finding(Check.VOUCHERS, tuple(problems), facts)


def check_custody(package: Package, manifest: Manifest) -> Finding:
    """Every enclosed proof holds under a log key of the manifest and is about something of this dossier."""
    keys = [custody.NoteKey(custody.origin_of(log.organisation), log.key.encode(), log.key.verify) for log in manifest.logs]
    items = manifest.items_of(ItemKind.CUSTODY)
    problems = [] if items else [Problem(Reason.NO_PROOF)]
    facts = []
    for item in items:
        try:
            proven = custody.ProofBundle.decode(package.small.get(item.path, b"")).verify(keys)
        except custody.CustodyRefused as refused:
            problems.append(Problem(Reason.PROOF_REFUSED, f"{item.path} ({refused.stage})"))
            continue
        if proven.entry.object not in manifest.objects:
            problems.append(Problem(Reason.OTHER_OBJECT, item.path))
        entry = proven.entry
        facts.append(f"{entry.day.isoformat()} {entry.act.value} ({entry.organisation} #{entry.index})")
    return Finding(Check.CUSTODY, tuple(problems), tuple(facts))


def _shown(package: Package) -> tuple[EvaluationShown, ...] | None:
    try:
        return decode_evaluations(package.small.get(EVALUATIONS_PATH, b""))
    except NotDossierForm:
        return None


def _author(shown: EvaluationShown) -> tuple[str, str]:
    return shown.organisation, shown.alias


def envelope_of(package: Package, path: str) -> Envelope:
    """The envelope at a path that is there. Raises NotDossierForm."""
    return Envelope.decode(package.small[path])


def envelope_problem(package: Package, path: str, key: SigningPublicKey, payload_type: str) -> Problem | None:
    """What is wrong with an envelope before its statement is looked at; None when it is signed as it should be."""
    if path not in package.small:
        return Problem(Reason.MISSING, path)
    try:
        envelope = envelope_of(package, path)
    except NotDossierForm:
        return Problem(Reason.FORM, path)
    try:
        envelope.require_signed_by(key)
    except (NotDossierForm, SealingRefused):
        return Problem(Reason.NOT_SIGNED, path)
    return None if envelope.payload_type == payload_type else Problem(Reason.OTHER_STATEMENT, path)


def _is_about(package: Package, path: str, shown: EvaluationShown, manifest: Manifest) -> bool:
    expected = EvaluationStatement.about(shown, manifest=manifest.digest())
    return envelope_of(package, path).payload == expected.encode()
