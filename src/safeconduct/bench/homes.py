"""A home of the benchmark's own, on SQLite or in a PostgreSQL database of its own, and the real server on it."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.bench import processes
from safeconduct.core.errors import SafeconductError

_ADDRESS = "SAFECONDUCT_DATABASE_URL"
_PATIENCE_S = 60.0


class BenchStopped(SafeconductError):
    """A process of the benchmark ended before its time."""


@dataclass(frozen=True)
class Home:
    """Where a desk lives for the length of a benchmark."""

    folder: Path
    environment: Mapping[str, str]

    @property
    def database(self) -> str:
        """How the table calls the database."""
        return "PostgreSQL" if self.environment.get(_ADDRESS) else "SQLite"

    def ask(self, module: str, **wanted: Any) -> Any:  # Any: JSON both ways
        """Run a module of the benchmark in this home, in a process of its own; what it prints is JSON."""
        command = [sys.executable, "-m", module, json.dumps(wanted)]
        done = subprocess.run(command, env=dict(self.environment), cwd=self.folder, capture_output=True, check=False)  # noqa: S603  # our own module
        if done.returncode:
            raise BenchStopped(f"{module} failed: {done.stderr.decode().strip().splitlines()[-1:]}")
        return json.loads(done.stdout)


@dataclass(frozen=True)
class Running:
    """The server, answering."""

    port: int
    pids: list[int]
    started_in_s: float
    """From the start of the process to the first page."""

    def memory_mb(self) -> float:
        """Of the server's processes."""
        return processes.memory_mb(self.pids)

    def processor_seconds(self) -> float:
        """Used by the server so far."""
        return processes.processor_seconds(self.pids)


@contextmanager
def temporary_home() -> Iterator[Home]:
    """An empty home that is gone afterwards; where the environment names a PostgreSQL, a new database there."""
    with tempfile.TemporaryDirectory(prefix="safeconduct-bench-") as name, _own_database() as address:
        folder = Path(name)
        (folder / "scratch").mkdir()
        environment = {
            **os.environ,
            "PYTHONPATH": str(Path(__file__).resolve().parent.parent.parent),
            "SAFECONDUCT_HOME": str(folder / "home"),
            "TMPDIR": str(folder / "scratch"),
            # What is measured is a request, not the door that a flood meets.
            "SAFECONDUCT_CALM_REQUESTS": "1000000",
        }
        environment.pop(_ADDRESS, None)
        environment.pop("SAFECONDUCT_PUBLIC_URL", None)
        if address:
            environment[_ADDRESS] = address
        yield Home(folder, environment)


@contextmanager
def served(home: Home) -> Iterator[Running]:
    """The real server on a free port of loopback; ended afterwards."""
    port = _free_port()
    environment = {**home.environment, "SAFECONDUCT_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    start = time.perf_counter()
    with (home.folder / "output").open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", "safeconduct.cli.main", "serve", "--port", str(port)],
            env=environment,
            cwd=home.folder,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait_for(process, port)
        taken = time.perf_counter() - start
        yield Running(port, processes.family(process.pid), taken)
    finally:
        _end(process)


@contextmanager
def _own_database() -> Iterator[str]:
    address = os.environ.get(_ADDRESS, "")
    if not address:
        yield ""
        return
    import psycopg
    from psycopg import sql

    name = sql.Identifier(fresh := f"safeconduct_bench_{secrets.token_hex(6)}")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    try:
        yield f"{address.rpartition('/')[0]}/{fresh}"
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.perf_counter() + _PATIENCE_S
    while time.perf_counter() < end:
        if process.poll() is not None:
            raise BenchStopped("the server ended by itself")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_S) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if connection.recv(4096).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            # Not listening yet; only trying can tell.
            time.sleep(0.005)
    raise BenchStopped("the server did not answer")


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
