"""The second code, for when somebody forces a person to open their conversation.

It opens a thread of its own with a general question in it, and raises the alarm on the real request. Each request has the
columns of a second code, random where nobody has one: the database does not tell who made one, and the thread itself is
made when it is first opened. What whoever holds both the code and the database learns: docs/threat-model.md.
"""

import secrets
from collections.abc import Callable
from typing import TypedDict


class Code(TypedDict):
    """The columns of a second code."""

    pressure_locator: str
    pressure_salt: bytes
    pressure_check: bytes


def nobodys_code(is_taken: Callable[[str], bool]) -> Code:
    """Columns that look like those of a second code and belong to none."""
    locator = _random_locator()
    while is_taken(locator):
        locator = _random_locator()
    return Code(pressure_locator=locator, pressure_salt=secrets.token_bytes(16), pressure_check=secrets.token_bytes(32))


def _random_locator() -> str:
    return f"{secrets.randbelow(10**7):07}"
