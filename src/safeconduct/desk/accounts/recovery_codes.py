"""Single-use codes that stand in for the second factor: 80 random bits each, so a plain digest is enough to store."""

import hashlib
import re
import secrets

HOW_MANY = 10
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LETTERS = 16


def _letters() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))


def digest_of(code: str) -> str | None:
    """What is stored of a code, however it was spaced; None for text that is not such a code."""
    letters = re.sub(r"[\s-]", "", code).upper()
    if len(letters) != _LETTERS or not set(_ALPHABET).issuperset(letters):
        return None
    return _digest(letters)


def generate_with_digests() -> list[tuple[str, str]]:
    """Ten fresh codes, each with what is stored of it."""
    return [(_grouped(letters), _digest(letters)) for letters in (_letters() for _ in range(HOW_MANY))]


def _digest(letters: str) -> str:
    return hashlib.sha256(f"safeconduct recovery code {letters}".encode()).hexdigest()


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, _LETTERS, 4))
