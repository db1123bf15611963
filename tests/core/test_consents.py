"""A consent pack that names what is not there, or one thing twice, is refused."""

from collections.abc import Callable

import pytest

from safeconduct import packs
from safeconduct.core.consents import Recipient, load_consents
from safeconduct.core.packtext import PackRefused

TEXT = (packs.packs_folder() / "consents" / "consents-v1.yaml").read_text()
SCHEMA = (packs.packs_folder() / "_schema" / "consent.schema.json").read_bytes()
CONSENTS = packs.consents(packs.CONSENTS)


def swapped(old: str, new: str) -> Callable[[], bytes]:
    assert old in TEXT
    return lambda: TEXT.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (swapped('warnings: ["proves_presence"]', 'warnings: ["weather"]'), "a warning that it names is not there"),
        (swapped('id: "statistics"', 'id: "recording"'), "stands twice"),
        (swapped('id: "recognisable"', 'id: "proves_presence"'), "is not there|stands twice"),
        (swapped('recipient: "authority"', 'recipient: "everyone"'), "everyone"),
        (swapped('sections: ["summary", "legal"]', 'sections: ["summary", "diary"]'), "diary"),
    ],
)
def test_a_misleading_pack_is_refused(changed: Callable[[], bytes], words: str) -> None:
    with pytest.raises(PackRefused, match=words):
        load_consents(changed(), schema=SCHEMA)


def test_a_purpose_is_found_by_its_id() -> None:
    assert CONSENTS.purpose("partner").recipient is Recipient.ORGANISATION
    with pytest.raises(KeyError):
        CONSENTS.purpose("everything")


def test_every_warning_says_where_it_comes_from() -> None:
    warnings = {warning.id: warning for purpose in CONSENTS.purposes for warning in purpose.warnings}
    assert set(warnings) == {"proves_presence", "self_incrimination", "recognisable", "relatives_watched"}
    assert all(warning.source for warning in warnings.values())
    assert "front" in warnings["proves_presence"].text.en
    assert "фронт" in warnings["proves_presence"].text.ru
