"""What the environment says: where the desk lives, which database, which public address.

SAFECONDUCT_HOME          folder of the desk (default ./var)
SAFECONDUCT_DATABASE_URL  postgres://user:password@host:port/name (default: SQLite in the home)
SAFECONDUCT_PUBLIC_URL    the address people use (default http://127.0.0.1 and the port); https makes cookies secure
SAFECONDUCT_CALM_REQUESTS, SAFECONDUCT_LONGEST_QUEUE, SAFECONDUCT_UPLOAD_GB_A_DAY, SAFECONDUCT_DISK_RESERVE_GB
                          what a flood meets: requests in ten minutes that nothing is asked for (30), unread requests (500),
                          gigabytes of files a day for each desk (20), gigabytes of the disk that uploads leave free (2)
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from safeconduct.core.errors import SafeconductError

CLOCKWORK = "SAFECONDUCT_CLOCKWORK"
"""Set by `serve` for the processes that serve: they sweep and send notices by themselves."""


class UnsafeSetting(SafeconductError):
    """A value of the environment would make the desk unsafe or cannot be understood; names the variable."""


def home() -> Path:
    """The folder that holds everything the desk keeps; made on first use, readable by its owner only."""
    folder = Path(os.environ.get("SAFECONDUCT_HOME", "var")).absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def public_url() -> str:
    """The address people use, without a trailing slash."""
    address = os.environ.get("SAFECONDUCT_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnsafeSetting("SAFECONDUCT_PUBLIC_URL must be an http or https address")
    plain_http_is_safe = parts.hostname in ("127.0.0.1", "localhost", "::1") or parts.hostname.endswith(".onion")
    if parts.scheme == "http" and not plain_http_is_safe:
        raise UnsafeSetting("SAFECONDUCT_PUBLIC_URL: plain http is allowed on this machine and for onion addresses only")
    return address


def number(name: str, default: int) -> int:
    """A whole number from 1, or the default where nothing is said."""
    text = os.environ.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise UnsafeSetting(f"{name} must be a whole number from 1")
    return int(text)


def listen_on(port: int) -> None:
    """Where nobody has said which address people use, it is this machine's, on the port that is listened on."""
    os.environ.setdefault("SAFECONDUCT_PUBLIC_URL", f"http://127.0.0.1:{port}")


def server_secret(name: str) -> str:
    """A random secret of this server, kept in a file of the home that only its owner may read."""
    path = home() / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    secret = secrets.token_hex(32)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secret)
    return secret


def database() -> dict[str, Any]:  # Any: Django's own shape of DATABASES
    """Django's description of the database that the environment names."""
    address = os.environ.get("SAFECONDUCT_DATABASE_URL")
    if not address:
        return _sqlite(home() / "desk.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise UnsafeSetting("SAFECONDUCT_DATABASE_URL must look like postgres://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: Path) -> dict[str, Any]:  # Any: Django's own shape of DATABASES
    return {
        "ENGINE": "safeconduct.desk.config.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Writers queue at the start of their transaction, so that overlapping requests wait and never fail.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
                # Lists read thousands of short rows: mapped, they need no copy into each connection's cache.
                "PRAGMA cache_size=-8000; PRAGMA mmap_size=67108864;"
            ),
        },
    }
