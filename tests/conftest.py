"""What every test may ask for."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from safeconduct.core.sealing import passphrases
from safeconduct.desk.config.preparation import compile_translations
from safeconduct.desk.web import clock
from tests.cast import NOW, TODAY, Cast, enrol_everybody


@contextmanager
def insecure_passphrases() -> Iterator[None]:
    """Argon2id at a cost that protects nothing, so that hundreds of tests may sign in."""
    cheap = passphrases.Cost(memory_kib=64, passes=1, lanes=1)
    real = dict(passphrases._COSTS)
    passphrases._COSTS.update(dict.fromkeys(real, cheap))
    try:
        yield
    finally:
        passphrases._COSTS.update(real)


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix() -> None:
    """Give each worker a PostgreSQL database of its own; on SQLite each has its memory."""
    database, worker = settings.DATABASES["default"], os.environ.get("PYTEST_XDIST_WORKER")
    if worker and database["ENGINE"].endswith("postgresql"):
        database.setdefault("TEST", {})["NAME"] = f"test_{database['NAME']}_{worker}"


@pytest.fixture(scope="session", autouse=True)
def prepared_home() -> None:
    """Static files and translations in this process's home, so that pages can be drawn."""
    compile_translations()
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(scope="session")
def _everybody(django_db_setup: None, django_db_blocker: DjangoDbBlocker, prepared_home: None) -> Cast:
    with django_db_blocker.unblock(), insecure_passphrases():
        return enrol_everybody()


@pytest.fixture
def cast(db: None, _everybody: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """The fixed cast on its day, whatever the day outside, in a database that is rolled back after the test."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with insecure_passphrases():
        yield _everybody


@pytest.fixture
def own_database() -> Iterator[str]:
    """A database of this test's own for a server of its own: empty text for SQLite, an address on PostgreSQL."""
    address = os.environ.get("SAFECONDUCT_DATABASE_URL", "")
    if not address:
        yield ""
        return
    name = f"own_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield f"{address.rpartition('/')[0]}/{name}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
