"""The real server in a process of its own, with a home of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from safeconduct.core.sealing import TotpSecret

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, eq=False)
class RealServer:
    """A running desk."""

    base: str
    home: Path
    scratch: Path
    """What the server takes for the temporary folder."""
    output: Path
    """Everything it printed."""
    secrets: Mapping[str, str]
    """The cast's second factors, hexadecimal, by sign-in name."""
    process: "subprocess.Popen[bytes]"

    def code(self, name: str) -> str:
        """What a member's authenticator shows in the next step, so that no code is used twice in a hurry."""
        return TotpSecret.from_secret_bytes(bytes.fromhex(self.secrets[name])).code(int(time.time()))

    def kill(self) -> None:
        """As the power goes: no farewell."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def real_server(folder: Path, *, set_up: str = "tests.real_cast", database: str = "") -> Iterator[RealServer]:
    """Prepare a home by a module of ours, serve it on a free port, and end it at last."""
    home, scratch, output = folder / "home", folder / "scratch", folder / "output"
    scratch.mkdir(parents=True)
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "SAFECONDUCT_HOME": str(home),
        "TMPDIR": str(scratch),
        "LC_ALL": "C.UTF-8",
        # Tests of what a flood meets are elsewhere; here forty people file at once and all are to be heard.
        "SAFECONDUCT_CALM_REQUESTS": "1000",
    }
    environment.pop("SAFECONDUCT_DATABASE_URL", None)
    if database:
        environment["SAFECONDUCT_DATABASE_URL"] = database
    made = subprocess.run([sys.executable, "-m", set_up], env=environment, cwd=ROOT, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr.decode()
    port = _free_port()
    environment["SAFECONDUCT_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "safeconduct.cli.main", "serve", "--port", str(port)],
            env=environment,
            cwd=scratch,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    server = RealServer(f"http://127.0.0.1:{port}", home, scratch, output, json.loads(made.stdout), process)
    try:
        _wait_for(server)
        yield server
    finally:
        if process.poll() is None:
            server.kill()


def _wait_for(server: RealServer) -> None:
    for _ in range(300):
        assert server.process.poll() is None, server.output.read_text()
        try:
            urllib.request.urlopen(server.base, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            # Not listening yet; there is nothing to be told by but trying.
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
