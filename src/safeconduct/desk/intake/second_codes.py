"""The columns of a second code, which a person opens their page with when somebody forces them (`pressure`).

Each request has them, random where nobody has a code: neither the database nor the person's own page tells who made one.
"""

import hmac
import secrets
from collections.abc import Callable
from typing import TypedDict

from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault import receipts
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.desk.vault.models import new_id
from safeconduct.desk.vault.secrets import Receipt


class Columns(TypedDict):
    """What a request keeps of a second code."""

    pressure_locator: str
    pressure_salt: bytes
    pressure_check: bytes


def nobodys(is_taken: Callable[[str], bool]) -> Columns:
    """Columns that look like those of a second code and belong to none."""
    locator = _random_locator()
    while is_taken(locator):
        locator = _random_locator()
    return Columns(pressure_locator=locator, pressure_salt=secrets.token_bytes(16), pressure_check=secrets.token_bytes(32))


def issued(organisation: str, is_taken: Callable[[str], bool]) -> tuple[Receipt, Columns]:
    """A second code, shown once, and what is kept of it. Slow on purpose: not for the inside of a transaction."""
    made = receipts.issue(new_id(), organisation, is_taken)
    check = receipts.check_of(made.keyholder)
    return made.receipt, Columns(pressure_locator=made.receipt.locator, pressure_salt=made.salt, pressure_check=check)


def holder_of(request: Request, receipt: Receipt, holder: str) -> Keyholder | None:
    """The holder behind a second code; None where the code is not this request's."""
    salt = bytes(request.pressure_salt)
    keyholder = receipts.keyholder_of(receipt, salt, holder=holder, organisation=request.organisation_id)
    return keyholder if hmac.compare_digest(receipts.check_of(keyholder), bytes(request.pressure_check)) else None


def _random_locator() -> str:
    return f"{secrets.randbelow(10**7):07}"
