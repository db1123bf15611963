"""The web server: one process for SQLite, threads enough that slow uploads hold nobody up."""

import os

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

BLOCKING_THREADS = 16


def serve(address: str, port: int, *, workers: int = 1) -> None:
    """Serve until interrupted. The home must have been prepared."""
    # Read by the C library of the process that serves: sixteen threads would each keep memory of their own for what they
    # once needed, such as the eight megabytes of a receipt's derivation.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    Server(
        "safeconduct.desk.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        log_access=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
    ).serve()
