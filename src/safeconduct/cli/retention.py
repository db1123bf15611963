"""`retention`: erase what has had its time."""

import argparse
import sys
from datetime import date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and which day counts."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="sweep")
    sweep = commands.add_parser("sweep", help="erase every request and case whose day has come, and end interpreters' periods")
    sweep.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="as if it were this day (default: today)")
    sweep.add_argument("--early", action="store_true", help="allow a day that has not come: erase what is due by then, for good")


def run(arguments: argparse.Namespace) -> int:
    """Sweep once and say how much it did. The server sweeps by itself; this is for servers that are off, and for tests."""
    from safeconduct.desk.config.preparation import prepare

    prepare()
    from safeconduct.desk.retention.services import sweep
    from safeconduct.desk.web import clock

    if arguments.on and arguments.on > clock.today() and not arguments.early:
        print("safeconduct retention: --on has not come yet, and erasing is for good: add --early", file=sys.stderr)
        return 2
    swept = sweep(clock.now(), on=arguments.on)
    print(f"requests erased: {swept.erased}; cases erased: {swept.cases}; parts of cases erased: {swept.parts}")
    print(
        f"copies of cases dropped: {swept.copies}; periods ended: {swept.periods_ended}; stray files removed: {swept.left_behind}"
    )
    return 0
