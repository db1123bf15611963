"""Whatever lies open in the database was decided by people: a reviewed list of every column that is not sealed."""

from pathlib import Path

from django.apps import apps
from django.db import models

SEALED = (models.BinaryField,)


def open_columns() -> set[str]:
    """Every column of every room that holds something other than sealed or public-key bytes."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if not isinstance(field, SEALED):
                found.add(f"{model._meta.label_lower}.{field.name}")
    return found


def bytes_columns() -> set[str]:
    """Every column of bytes: sealed, or a key or digest that is public."""
    return {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SEALED)
    }


def listed(part: str) -> set[str]:
    """The reviewed lines of one part of the list."""
    lines = (Path(__file__).parent / "visible.txt").read_text().splitlines()
    here, found = "", set()
    for line in lines:
        if line.startswith("["):
            here = line.strip("[]")
        elif line.strip() and not line.startswith("#") and here == part:
            found.add(line.split()[0])
    return found


def test_every_open_column_was_decided() -> None:
    assert open_columns() == listed("open")


def test_every_column_of_bytes_is_sealed_or_public_on_purpose() -> None:
    assert bytes_columns() == listed("sealed") | listed("public")
