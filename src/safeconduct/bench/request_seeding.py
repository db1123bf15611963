"""Fills a desk with invented requests; run as a module in a process of its own.

Everything is as real as a filed request but for the person's code: their key is drawn at random and not derived slowly,
because nobody comes back.
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from safeconduct.bench.seeding import story

if TYPE_CHECKING:
    from safeconduct.desk.accounts.models import Organisation

_BATCH = 250
_COUNTRIES = ("AM", "GE", "KZ", "RS", "TR", "FR")
_SAFETIES = ("safe", "unsure", "unsafe")
_TONGUES = ("russian", "french", "english")


def main() -> None:
    """Add so many requests to the desk of this name, and print the ids of the newest."""
    from safeconduct.desk.config.preparation import prepare

    prepare()
    wanted = json.loads(sys.argv[1])
    print(json.dumps({"requests": _add(wanted["slug"], wanted["requests"])[-40:]}))  # noqa: T201  # for the process that runs it


def _add(slug: str, count: int) -> list[str]:
    from django.db import transaction

    from safeconduct.desk.accounts.models import Organisation

    organisation, made = Organisation.objects.get(pk=slug), list[str]()
    while len(made) < count:
        with transaction.atomic():
            made += [_file(organisation, len(made) + number) for number in range(min(_BATCH, count - len(made)))]
    return made


def _file(organisation: "Organisation", number: int) -> str:
    from safeconduct import packs
    from safeconduct.core.sealing import ReceiptSalt
    from safeconduct.desk.intake import services
    from safeconduct.desk.intake.models import Request
    from safeconduct.desk.vault.keyholders import Keyholder, SealingPrivateKey
    from safeconduct.desk.vault.models import new_id
    from safeconduct.desk.vault.receipts import IssuedReceipt
    from safeconduct.desk.vault.secrets import Receipt

    receipt = Receipt.generate()
    while services.is_taken(receipt.locator):
        receipt = Receipt.generate()
    person = Keyholder(id=new_id(), organisation=organisation.id, sealing=SealingPrivateKey.generate(), log_name="applicant")
    stamp, today = packs.questionnaire(packs.REQUEST).stamp, datetime.now(UTC).date()
    filing = services.Filing(stamp=stamp, language="ru", answers=_answers(number))
    issued = IssuedReceipt(receipt, person, ReceiptSalt.generate().encoded)
    request = services.keep_request(organisation, filing, issued, today=today)
    Request.objects.filter(pk=request.pk).update(day=_day(today, number))
    return request.id


def _answers(number: int) -> dict[str, Any]:
    parts: dict[str, dict[str, Any]] = {
        "account": {"story": story()},
        "where": {"place": {"country": _COUNTRIES[number % len(_COUNTRIES)]}},
        "safe_now": {"how_safe": _SAFETIES[number % len(_SAFETIES)]},
        "language": {"tongue": _TONGUES[number % len(_TONGUES)]},
    }
    return {question: {"state": "answered", "parts": given} for question, given in parts.items()}


def _day(today: date, number: int) -> date:
    return today - timedelta(days=number % 29)


if __name__ == "__main__":
    main()
