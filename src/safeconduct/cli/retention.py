"""`retention`: erase what has had its time."""

import argparse
from datetime import date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and which day counts."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="sweep")
    sweep = commands.add_parser("sweep", help="erase every request whose day has come, and end interpreters' periods")
    sweep.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="as if it were this day (default: today)")


def run(arguments: argparse.Namespace) -> int:
    """Sweep once and say how much it did. The server sweeps by itself; this is for servers that are off, and for tests."""
    from safeconduct.desk.config.preparation import prepare

    prepare()
    from safeconduct.desk.retention.services import sweep
    from safeconduct.desk.web import clock

    swept = sweep(clock.now(), on=arguments.on)
    print(f"requests erased: {swept.erased}; periods ended: {swept.periods_ended}; stray files removed: {swept.left_behind}")
    return 0
