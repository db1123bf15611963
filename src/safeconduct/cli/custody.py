"""`custody`: check the logs, prove entries, sign a checkpoint."""

import argparse
import json
import os
from pathlib import Path

from safeconduct.core.custody import Findings
from safeconduct.core.dossier import Trust
from safeconduct.core.errors import SafeconductError, UnreadableInput

_BROKEN = 1
_LARGEST_TRUST_FILE = 16 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the logs."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="check | prove | checkpoint")
    check = commands.add_parser("check", help="recompute every row of every log; exit 1 when anything does not fit")
    check.add_argument("--trust", type=Path, metavar="FILE", help="trust.json with the logs' published keys")
    check.add_argument("--json", action="store_true", help="the findings for a machine")
    prove = commands.add_parser("prove", help="a proof for every entry about one thing")
    prove.add_argument("id", metavar="ID", help="identifier of a case, a dossier, a member, ... as it stands in the log")
    prove.add_argument("--out", type=Path, metavar="DIR", help="one file for each proof (default: one line each)")
    commands.add_parser("checkpoint", help="sign every log as it stands now")


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 when all is well, 1 when a log is broken or there is nothing to prove, 2 for what cannot be read."""
    trust = _trust(arguments.trust) if arguments.command == "check" and arguments.trust else None
    _require_desk()
    from safeconduct.desk.config.preparation import prepare

    prepare()
    if arguments.command == "check":
        return _check(trust, as_json=arguments.json)
    if arguments.command == "prove":
        return _prove(arguments.id, arguments.out)
    return _checkpoint()


def _check(trust: Trust | None, *, as_json: bool) -> int:
    from safeconduct.desk.auditing import checking

    found: dict[str, Findings] = {}
    for organisation in checking.logs():
        keys = None
        if trust is not None:
            published = [each for each in trust.organisations if each.id == organisation]
            keys = [dated.key for each in published for dated in each.logs]
        found[organisation] = checking.check_log(organisation, keys=keys)
    if as_json:
        print(json.dumps([_value(organisation, findings) for organisation, findings in found.items()], indent=1))
    else:
        _say(found)
    return _BROKEN if any(findings.problems for findings in found.values()) else 0


def _say(found: dict[str, Findings]) -> None:
    for organisation, findings in found.items():
        counted = f"{findings.rows} rows, {findings.checkpoints} checkpoints, {findings.covered} rows signed for"
        print(f"{organisation}: {'BROKEN' if findings.problems else 'whole'}: {counted}")
        for problem in findings.problems:
            print(f"  {problem.line()}")
    if not found:
        print("There is no log yet.")


def _value(organisation: str, findings: Findings) -> dict[str, object]:
    problems = [
        {"trouble": each.trouble.value, "first": each.first, "last": each.last, "reason": each.reason}
        for each in findings.problems
    ]
    return {
        "organisation": organisation,
        "rows": findings.rows,
        "checkpoints": findings.checkpoints,
        "covered": findings.covered,
        "problems": problems,
    }


def _prove(thing: str, folder: Path | None) -> int:
    from safeconduct.desk.auditing import checking

    bundles = list(checking.prove_all(thing))
    if not bundles:
        print("No log has an entry about this.")
        return _BROKEN
    if folder is None:
        for bundle in bundles:
            print(bundle.encode().decode())
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    for bundle in bundles:
        (folder / f"{bundle.entry.organisation}-{bundle.entry.index}.json").write_bytes(bundle.encode())
    print(f"{len(bundles)} proofs")
    return 0


def _checkpoint() -> int:
    from safeconduct.desk.auditing import checking

    for organisation in checking.logs():
        print(checking.sign_checkpoint(organisation).note)
    return 0


def _require_desk() -> None:
    home = Path(os.environ.get("SAFECONDUCT_HOME", "var"))
    if not os.environ.get("SAFECONDUCT_DATABASE_URL") and not (home / "desk.sqlite3").is_file():
        raise UnreadableInput("custody: there is no desk in this home (SAFECONDUCT_HOME)")


def _trust(path: Path) -> Trust:
    try:
        with path.open("rb") as stream:
            return Trust.decode(stream.read(_LARGEST_TRUST_FILE))
    except OSError:
        raise UnreadableInput(f"custody: cannot read {path}") from None
    except SafeconductError:
        raise UnreadableInput(f"custody: {path} is not a trust file") from None
