"""`demo`: the demonstration coalition, walked and served."""

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Once or serving, and where to."""
    parser.add_argument("--once", action="store_true", help="walk the main job and leave its results, without serving")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="with --once: where dossier.zip, trust.json, organisation-roots.pem and summary.json go",
    )
    parser.add_argument("--code", metavar="NAME", help="print the six digits with which NAME signs in now")
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")


def run(arguments: argparse.Namespace) -> int:
    """Set up, walk where it has not been walked, and serve."""
    if arguments.once and arguments.out is None:
        sys.stderr.write("safeconduct: demo --once needs --out DIR\n")
        return 2
    from safeconduct.desk.config.environment import listen_on
    from safeconduct.desk.config.preparation import prepare

    listen_on(arguments.port)
    start = time.perf_counter()
    prepare()
    if arguments.code:
        return _print_code(arguments.code)
    _set_up(start)
    if arguments.once:
        return _leave_results(arguments.out)
    _print_logins(arguments.address, arguments.port)
    from safeconduct.desk.config.serving import serve

    serve(arguments.address, arguments.port)
    return 0


def _set_up(start: float) -> None:
    from safeconduct.demo import coalition
    from safeconduct.demo.results import remember
    from safeconduct.demo.walk import Stage, Walk, fill_desks, walk_main_job

    if coalition.is_founded():
        print("The demonstration is in this home already; nothing was changed.")
        return
    today = datetime.now(UTC).date()
    coalition.found_coalition(today)
    print(f"  three organisations, eight colleagues   {time.perf_counter() - start:5.2f} s")

    def say(stage: Stage) -> None:
        print(f"  {stage.name:<39} {stage.seconds:5.2f} s", flush=True)

    walk = Walk(today, say)
    dossier = walk_main_job(walk)
    fill_desks(today)
    remember(walk, dossier)
    print("  seven more cases, three open requests")


def _leave_results(folder: Path) -> int:
    from safeconduct.demo.results import verify_and_write

    summary = verify_and_write(folder, datetime.now(UTC).date())
    print(json.dumps({"verification": summary["verification"], "out": str(folder)}, ensure_ascii=False))
    return 0


def _print_code(name: str) -> int:
    from safeconduct.demo import coalition

    if name not in {colleague.name for colleague in coalition.COLLEAGUES}:
        sys.stderr.write("safeconduct: demo: there is no such colleague\n")
        return 2
    print(coalition.code_of(name, at=int(time.time())))
    return 0


def _print_logins(address: str, port: int) -> None:
    from safeconduct.demo.coalition import COLLEAGUES, ORGANISATIONS

    print(f"\nSafeconduct is at http://{address}:{port}/  (Ctrl-C ends it)\n")
    print("People who ask for help begin there. Colleagues sign in at /account/sign-in/ as:\n")
    for colleague in COLLEAGUES:
        organisation = ORGANISATIONS[colleague.organisation][0]
        print(f"  {colleague.name:<8} {colleague.passphrase:<38} {organisation}: {colleague.does}")
    print("\nThe six-digit code of the moment:  ./run demo --code camille\n", flush=True)
