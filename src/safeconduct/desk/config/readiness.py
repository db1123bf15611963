"""Whether a home is prepared for this version: knows no Django, so that a process that only starts another stays small."""

import hashlib
import os
from pathlib import Path

from safeconduct.desk.config import environment

_STAMP = "prepared"


def is_prepared() -> bool:
    """Whether nothing has changed since this home was prepared."""
    stamp = environment.home() / _STAMP
    return stamp.is_file() and stamp.read_text() == _digest()


def remember_prepared() -> None:
    """Note down that this home is prepared for everything as it is now."""
    (environment.home() / _STAMP).write_text(_digest())


def _digest() -> str:
    """Of everything that preparation depends on: migrations, translations, static files, and which database."""
    desk = Path(__file__).resolve().parent.parent
    seen = hashlib.sha256(os.environ.get("SAFECONDUCT_DATABASE_URL", "").encode())
    for pattern in ("*/migrations/*.py", "locale/*/LC_MESSAGES/django.po", "*/static/**/*"):
        for path in sorted(desk.glob(pattern)):
            if path.is_file():
                seen.update(f"{path.relative_to(desk)} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return seen.hexdigest()
