"""`serve`: the desk on this machine."""

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and with how many processes."""
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--workers", type=int, default=1, help="processes (more than one needs PostgreSQL)")


def run(arguments: argparse.Namespace) -> int:
    """Prepare the home and serve until interrupted."""
    from safeconduct.desk.config.environment import CLOCKWORK, listen_on
    from safeconduct.desk.config.readiness import is_prepared
    from safeconduct.desk.config.serving import serve

    listen_on(arguments.port)
    os.environ[CLOCKWORK] = "1"
    if not is_prepared():
        # Imported only now: this process starts the one that serves, and need not know Django itself.
        from safeconduct.desk.config.preparation import prepare

        prepare()
    print(f"Safeconduct is at http://{arguments.address}:{arguments.port}/  (Ctrl-C ends it)")
    serve(arguments.address, arguments.port, workers=arguments.workers)
    return 0
