"""`verify`: check a dossier or a signed statement offline, with this package alone; no network, nothing written."""

import argparse
import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from safeconduct.core import dossier, statements
from safeconduct.core.dossier import Conclusion, Language, Notice, Trust, Verdict, Wording, read_notice
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.sealing import SigningPublicKey

EXIT_CODES = {
    Conclusion.HOLDS: 0,
    Conclusion.BROKEN: 1,
    Conclusion.UNREADABLE: 2,
    Conclusion.UNTRUSTED: 3,
}
CANNOT_READ = 2
PAGE = Path(__file__).parents[1] / "desk" / "dossiers" / "static" / "dossiers" / "verify.html"
"""The verifier as one file for a browser; built from spec/second_reader. Only its bytes are used, nothing of the desk."""
_LARGEST_TRUST_FILE = 16 << 20
_MISSING = {
    Language.ENGLISH: "cannot read {what}: {path}",
    Language.FRENCH: "lecture impossible, {what} : {path}",
    Language.RUSSIAN: "не удаётся прочитать {what}: {path}",
}
_DOSSIER = {Language.ENGLISH: "the file", Language.FRENCH: "le fichier", Language.RUSSIAN: "файл"}
_TRUST = {
    Language.ENGLISH: "the trust file",
    Language.FRENCH: "le fichier de confiance",
    Language.RUSSIAN: "файл доверия",
}
_NOTICE = {Language.ENGLISH: "the notice", Language.FRENCH: "l’avis", Language.RUSSIAN: "уведомление"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `verify`."""
    parser.description = (
        "Verify a dossier or a signed statement offline. "
        "Exit 0: everything holds; 1: broken; 2: not readable; 3: keys not trusted."
    )
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("file", type=Path, nargs="?", metavar="FILE", help="dossier.zip or statement, as received")
    wanted.add_argument("--page", type=Path, metavar="FILE", help="write the verifier for a browser, one file that works offline")
    parser.add_argument("--trust", type=Path, metavar="FILE", help="trust.json, obtained by another way")
    repeated = "notice of withdrawal; may be given several times"
    parser.add_argument("--notice", type=Path, metavar="FILE", action="append", default=[], help=repeated)
    parser.add_argument("--json", action="store_true", help="findings for machines on standard output")
    parser.add_argument("--language", choices=[language.value for language in Language], help="default: from LANG")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="verify as of this day (default: today)")


def run(arguments: argparse.Namespace) -> int:
    """Verify and print; the exit code is the conclusion's."""
    language = Language(arguments.language) if arguments.language else language_of(os.environ)
    if arguments.page is not None:
        return _write_page(arguments.page)
    try:
        trust = _read_trust(arguments.trust)
    except (OSError, UnreadableInput) as refused:
        return _cannot_read(language, _TRUST[language], arguments.trust, refused)
    notices = []
    for path in arguments.notice:
        try:
            notices.append(_read_notice(path))
        except (OSError, UnreadableInput) as refused:
            return _cannot_read(language, _NOTICE[language], path, refused)
    today = arguments.on or datetime.now(tz=UTC).astimezone().date()
    try:
        with arguments.file.open("rb") as stream:
            beginning = stream.read(statements.LARGEST + 1)
            if statements.looks_like_statement(beginning):
                return _verify_statement(beginning, trust, today, language, arguments.json)
            stream.seek(0)
            verdict = dossier.verify_dossier(stream, trust=trust, today=today, notices=notices)
    except OSError as refused:
        return _cannot_read(language, _DOSSIER[language], arguments.file, refused)
    text = as_json(verdict) if arguments.json else as_text(verdict, language)
    sys.stdout.write(text)
    return EXIT_CODES[verdict.conclusion]


def as_text(verdict: Verdict, language: Language) -> str:
    """The findings for a person, and the bottom line."""
    wording = Wording(language)
    lines = []
    if verdict.manifest is not None:
        manifest = verdict.manifest
        lines += [f"{manifest.reference} v{manifest.version}, {manifest.day.isoformat()}, {manifest.recipient}", ""]
    # Of a file that cannot be opened nothing else can be said, so that one finding is shown alone.
    shown = verdict.findings if verdict.conclusion is not Conclusion.UNREADABLE else verdict.findings[:1]
    for finding in shown:
        lines += wording.lines(finding)
    lines += ["", wording.conclusion(verdict.conclusion)]
    if verdict.conclusion in (Conclusion.HOLDS, Conclusion.UNTRUSTED) and verdict.reservations:
        lines.append(wording.reservation(verdict.reservations))
    return "\n".join(lines) + "\n"


def as_json(verdict: Verdict) -> str:
    """The findings for a machine; the words are those of spec/dossier-v1.md section 8."""
    manifest = verdict.manifest
    about = manifest and {
        "reference": manifest.reference,
        "version": manifest.version,
        "day": manifest.day.isoformat(),
        "valid_until": manifest.valid_until.isoformat(),
        "recipient": manifest.recipient,
        "organisation": manifest.organisation,
        "manifest": manifest.digest(),
    }
    findings = [
        {
            "check": finding.check.value,
            "outcome": finding.outcome.value,
            "problems": [{"reason": each.reason.value, "subject": each.subject} for each in finding.problems],
            "facts": list(finding.facts),
        }
        for finding in verdict.findings
    ]
    conclusion = verdict.conclusion
    value = {
        "v": 1,
        "conclusion": conclusion.value,
        "exit": EXIT_CODES[conclusion],
        "reservations": [check.value for check in verdict.reservations],
        "dossier": about,
        "findings": findings,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _verify_statement(encoded: bytes, trust: Trust | None, today: date, language: Language, for_machines: bool) -> int:
    def believes(organisation: str, key: SigningPublicKey, day: date) -> statements.Belief:
        assert trust is not None
        return statements.Belief(trust.signing_key(organisation, key, day).value)

    verdict = statements.verify_statement(encoded, today=today, believes=believes if trust else None)
    if for_machines:
        sys.stdout.write(statement_as_json(verdict))
    else:
        sys.stdout.write("\n".join(statements.lines_of(verdict, language.value)) + "\n")
    return EXIT_CODES[Conclusion(verdict.conclusion.value)]


def statement_as_json(verdict: statements.Verdict) -> str:
    """The findings on a statement for a machine; the words are those of spec/statements-v1.md section 4."""
    statement = verdict.statement
    about = statement and {
        "kind": statement.body.kind,
        "organisation": statement.signer.id,
        "name": statement.signer.name,
        "day": statement.day.isoformat(),
        "says": statement.body.value(),
        "key": statement.key.fingerprint(),
    }
    findings = [
        {"check": each.check.value, "outcome": each.outcome.value, "reason": each.reason.value if each.reason else ""}
        for each in verdict.findings
    ]
    conclusion = Conclusion(verdict.conclusion.value)
    value = {"v": 1, "conclusion": conclusion.value, "exit": EXIT_CODES[conclusion], "statement": about, "findings": findings}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def language_of(environment: "os._Environ[str] | dict[str, str]") -> Language:
    """The language of LANGUAGE, LC_ALL, LC_MESSAGES or LANG; English when it is none of ours."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        if value:
            code = value[:2].lower()
            return Language(code) if code in {language.value for language in Language} else Language.ENGLISH
    return Language.ENGLISH


def _read_trust(path: Path | None) -> Trust | None:
    if path is None:
        return None
    with path.open("rb") as stream:
        return Trust.decode(stream.read(_LARGEST_TRUST_FILE))


def _write_page(path: Path) -> int:
    try:
        path.write_bytes(PAGE.read_bytes())
    except OSError as refused:
        sys.stderr.write(f"{path}: {refused.strerror}\n")
        return CANNOT_READ
    return 0


def _read_notice(path: Path) -> Notice:
    with path.open("rb") as stream:
        return read_notice(stream.read(statements.LARGEST + 1))


def _cannot_read(language: Language, what: str, path: Path, refused: OSError | UnreadableInput) -> int:
    reason = f" ({refused})" if isinstance(refused, UnreadableInput) else ""
    sys.stderr.write(_MISSING[language].format(what=what, path=f"{path}{reason}") + "\n")
    return CANNOT_READ
