"""A desk of one's own: a fresh home, its members, and a real server in a process beside the test."""

import base64
import fcntl
import hashlib
import hmac
import json
import os
import shutil
import socket
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_STEP_S = 30
_READY_WITHIN_S = 30


@dataclass(repr=False)
class Household:
    """A running server and what its members need to sign in."""

    home: Path
    address: str
    sign_ins: dict[str, Any]  # Any: what founding.py printed
    _used_steps: dict[str, int] = field(default_factory=dict)

    def passphrase_of(self, name: str) -> str:
        """A member's passphrase."""
        return str(self.sign_ins[name]["passphrase"])

    def code_for(self, name: str) -> str:
        """Six digits that the server has not seen yet; where the present ones are used up, a recovery code."""
        now = int(time.time()) // _STEP_S
        step = max(now, self._used_steps.get(name, 0) + 1)
        if step > now + 1:
            return str(self.sign_ins[name]["recovery_codes"].pop())
        self._used_steps[name] = step
        return digits_of(self.sign_ins[name]["authenticator"], step)

    def let_proofs_grow_old(self) -> None:
        """As if everybody had signed in more than five minutes ago."""
        with sqlite3.connect(self.home / "desk.sqlite3", timeout=30) as database:
            database.execute("UPDATE accounts_session SET fresh_until = '2020-01-01 00:00:00'")
        database.close()


@contextmanager
def running(
    home: Path, *founding: str, shelf: Path | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[Household]:
    """A home in which the coalition has just been founded, served on a free port until the test is over.

    With a `shelf`, founding is done once for everybody who shares it, and the home is a copy.
    """
    port = _free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("SAFECONDUCT_", "DJANGO_"))},
        "SAFECONDUCT_HOME": str(home),
        "SAFECONDUCT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        **(settings or {}),
    }
    sign_ins = _copied(home, founding, shelf, environment) if shelf else _found(home, founding, environment)
    server = subprocess.Popen(
        [sys.executable, "-m", "safeconduct.cli.main", "serve", "--port", str(port)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, port)
        yield Household(home, f"http://127.0.0.1:{port}", sign_ins)
    finally:
        server.terminate()
        server.wait(timeout=_READY_WITHIN_S)


def _copied(home: Path, options: Sequence[str], shelf: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    name = "-".join(["founded", *(option.strip("-") for option in options)])
    kept, said = shelf / name, shelf / f"{name}.json"
    with (shelf / f"{name}.lock").open("w") as lock:
        # Another worker may be founding the same at this moment.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(json.dumps(_found(kept, options, environment)))
    shutil.copytree(kept, home, dirs_exist_ok=True)
    sign_ins: dict[str, Any] = json.loads(said.read_text())
    return sign_ins


def _found(home: Path, options: Sequence[str], environment: Mapping[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.journeys.founding", *options]
    here = {**environment, "SAFECONDUCT_HOME": str(home)}
    founded = subprocess.run(command, env=here, cwd=ROOT, capture_output=True, check=False)
    assert founded.returncode == 0, founded.stderr.decode()
    sign_ins: dict[str, Any] = json.loads(founded.stdout)
    return sign_ins


def digits_of(secret: str, step: int) -> str:
    """What an authenticator app shows for a secret (RFC 6238 with SHA-1 and six digits), by no code of ours."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", step), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number: int = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def verify(dossier: Path, trust: Path) -> subprocess.CompletedProcess[str]:
    """`safeconduct verify` as an authority would run it, without any home."""
    command = [sys.executable, "-m", "safeconduct.cli.main", "verify", str(dossier), "--trust", str(trust)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, env=environment, cwd=dossier.parent, capture_output=True, text=True, check=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)  # Nothing announces that a server has begun to listen.
    raise AssertionError("the server did not start")
