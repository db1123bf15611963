"""Shared by the sealing tests."""

import functools

import pytest

from safeconduct.core.sealing import passphrases, receipts, tokens


@pytest.fixture(scope="session")
def _remembered_stretches() -> object:
    return functools.cache(passphrases.stretch)


@pytest.fixture
def stretched_once(monkeypatch: pytest.MonkeyPatch, _remembered_stretches: object) -> None:
    """Each slow derivation at its full cost, but only once a run: many vectors share theirs."""
    for module in (passphrases, receipts, tokens):
        monkeypatch.setattr(module, "stretch", _remembered_stretches)
