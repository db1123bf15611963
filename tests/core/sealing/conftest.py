"""Shared by the sealing tests."""

import functools
from collections.abc import Callable, Iterator

import pytest

from safeconduct.core.sealing import passphrases, receipts, tokens
from safeconduct.core.sealing.passphrases import Cost, Profile

Stretch = Callable[[bytes, bytes, Profile], bytes]


@pytest.fixture(scope="session")
def _remembered_stretch() -> Stretch:
    return functools.cache(passphrases.stretch)


@pytest.fixture
def stretched_once(monkeypatch: pytest.MonkeyPatch, _remembered_stretch: Stretch) -> None:
    """Each slow derivation at its full cost, but only once a run: many vectors share theirs."""
    for module in (passphrases, receipts, tokens):
        monkeypatch.setattr(module, "stretch", _remembered_stretch)


@pytest.fixture(scope="class")
def insecure_costs() -> Iterator[None]:
    """Argon2id at its cheapest, for tests that derive often.

    Of class scope, which for plain functions is their own, because Hypothesis rightly objects to function scope.
    """
    cheapest = Cost(memory_kib=8, passes=1, lanes=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "_COSTS", dict.fromkeys(Profile, cheapest))
        yield
