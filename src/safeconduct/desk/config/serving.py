"""The web server: one process for SQLite, threads enough that slow uploads hold nobody up."""

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

BLOCKING_THREADS = 16


def serve(address: str, port: int, *, workers: int = 1) -> None:
    """Serve until interrupted. The home must have been prepared."""
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
