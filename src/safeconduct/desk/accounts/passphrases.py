"""How strong a passphrase must be: length and variety, no composition rules (NIST SP 800-63B 5.1.1.2)."""

from collections.abc import Iterable

from safeconduct.desk.accounts.errors import PassphraseTooWeak
from safeconduct.desk.vault.secrets import Passphrase

SHORTEST = 15
FEWEST_DIFFERENT_CHARACTERS = 8

_COMMON_STARTS = (
    "password",
    "passphrase",
    "qwerty",
    "йцукен",
    "пароль",
    "motdepasse",
    "azerty",
    "123456",
    "safeconduct",
)


def require_strong(passphrase: Passphrase, known: Iterable[str]) -> None:
    """Return when the passphrase is long and varied and is not made of things that are known about the person."""
    text = passphrase.text().casefold()
    if len(text) < SHORTEST:
        raise PassphraseTooWeak("too short")
    remaining = text
    for word in (*known, *_COMMON_STARTS):
        if len(word) >= 3:
            remaining = remaining.replace(word.casefold(), "")
    if len(remaining) < SHORTEST - 4 or len(set(remaining)) < FEWEST_DIFFERENT_CHARACTERS:
        raise PassphraseTooWeak("too easy to guess")
