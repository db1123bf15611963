"""Reading the words of a page with Tesseract, where it is installed: in a process of its own with a share of memory and time.

It is given a page of a safe copy, a plain JPEG that was drawn here, and never the bytes that somebody sent. The child writes
no file and starts no other; it may read, because Tesseract reads its language data when it begins. Tesseract is looked for
whenever it is needed.
"""

import os
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from safeconduct.core.errors import SafeconductError

LANGUAGES = ("rus", "fra", "eng")
LONGEST_TEXT = 40_000
_MEMORY_BYTES = 1_600 * 1024**2
_PROCESSOR_S = 40
_PATIENCE_S = 60
_SOURCE = Path(__file__).resolve().parent.parent


class NothingRead(SafeconductError):
    """The page could not be read: Tesseract is not there, or took more time or memory than is allowed."""


@dataclass(frozen=True)
class Engine:
    """Tesseract as it is installed here."""

    path: str
    version: str
    """`tesseract 5.3.0`"""
    languages: tuple[str, ...]
    """Of `LANGUAGES`, those whose data is there."""


def engine() -> Engine | None:
    """Tesseract with at least one of our languages; None where it is not installed."""
    path = shutil.which("tesseract")
    return _described(path) if path else None


@lru_cache(maxsize=4)
def _described(path: str) -> Engine | None:
    try:
        version = _said(path, "--version").partition("\n")[0].strip()
        known = set(_said(path, "--list-langs").split())
    except (OSError, subprocess.SubprocessError):
        return None
    languages = tuple(language for language in LANGUAGES if language in known)
    return Engine(path, version, languages) if languages else None


def _said(path: str, option: str) -> str:
    command = [path, option]
    done = subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, check=True, env=_environment())  # noqa: S603  # ours
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def words_of(page: bytes) -> str:
    """The words of a JPEG page, in the order in which they stand; at most `LONGEST_TEXT` characters. NothingRead."""
    found = engine()
    if found is None:
        raise NothingRead("Tesseract is not installed")
    command = [sys.executable, "-B", "-s", "-m", "safeconduct.wordreader", found.path, "+".join(found.languages)]
    try:
        done = subprocess.run(  # noqa: S603  # our own module, and a program that was found on the path
            command,
            input=page,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=True,
            env={**_environment(), "PYTHONPATH": str(_SOURCE)},
        )
    except subprocess.SubprocessError:
        raise NothingRead("reading took more than is allowed") from None
    text = done.stdout.decode("utf-8", "replace").replace("\f", "\n")
    return "".join(letter for letter in text if letter == "\n" or letter.isprintable()).strip()[:LONGEST_TEXT]


def _environment() -> dict[str, str]:
    # One thread: a second one would count as a process, and the child may not start any.
    kept = {name: os.environ[name] for name in ("TESSDATA_PREFIX",) if name in os.environ}
    return {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", **kept}


def main(path: str, languages: str) -> None:
    """The child: give up what is not needed, and become Tesseract."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_S, _PROCESSOR_S))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    os.execve(path, [path, "stdin", "stdout", "-l", languages, "--psm", "3"], _environment())  # noqa: S606  # by design


if __name__ == "__main__":
    main(*sys.argv[1:])
