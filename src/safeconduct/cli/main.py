"""The one command: finds the subcommand's module only when it is asked for, so that each starts fast."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from safeconduct.core.errors import SafeconductError

PACKAGE = "safeconduct.cli"
WRONG_USAGE = 2
# As shells give them: 128 and the number of the signal (SIGINT, SIGPIPE).
INTERRUPTED = 130
OUTPUT_LOST = 141
# In the order of the help text: what people do first stands first.
COMMANDS = {
    "demo": "set up and show the demo coalition",
    "serve": "run the desk",
    "test": "run everything that continuous integration runs",
    "bench": "measure",
    "screen": "look for people in sanctions and wanted lists, in any spelling, with reasons",
    "verify": "verify a dossier or a signed statement, offline",
    "forms": "import an XLSForm as a questionnaire, or export one",
    "lists": "import sanctions lists, say which are served and what changed",
    "incidents": "import incident datasets, or ask which incidents may touch a stay",
    "deadlines": "the last day of each step of a procedure, by the rule in force, and how it is counted",
    "retention": "erase what has had its time",
    "custody": "check the custody log, or prove one entry",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        (sys.stdout if given else sys.stderr).write(usage())
        return 0 if given else WRONG_USAGE
    name, rest = given[0], given[1:]
    if name not in COMMANDS:
        return _say(f"there is no command {name!r}; the commands are: {', '.join(COMMANDS)}")
    try:
        module = importlib.import_module(f"{PACKAGE}.{name}")
    except ModuleNotFoundError as missing:
        return _say(_missing(name, missing.name or ""))
    return _run(name, module, rest)


def usage() -> str:
    """The help text."""
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name:<{width}}  {text}" for name, text in COMMANDS.items()]
    return "\n".join(["usage: safeconduct COMMAND [--help] ...", "", *lines]) + "\n"


def _run(name: str, module: ModuleType, rest: list[str]) -> int:
    parser = argparse.ArgumentParser(prog=f"safeconduct {name}")
    module.add_arguments(parser)
    try:
        code: int = module.run(parser.parse_args(rest))
        sys.stdout.flush()
    except SafeconductError as refused:
        return _say(str(refused))
    except BrokenPipeError:
        # Whoever read our output has gone. The code must not be one that a script could take for a result.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTPUT_LOST
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _missing(name: str, module: str) -> str:
    if module == f"{PACKAGE}.{name}":
        return f"{name}: this command is not part of this installation"
    return f"{name}: needs the package {module.partition('.')[0]!r}, which is not installed (pip install 'safeconduct[desk]')"


def _say(line: str) -> int:
    sys.stderr.write(f"safeconduct: {line}\n")
    return WRONG_USAGE


if __name__ == "__main__":
    sys.exit(main())
