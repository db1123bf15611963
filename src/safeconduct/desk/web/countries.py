"""Countries in the reader's language, those where people most often wait or go first."""

import unicodedata
from functools import cache
from typing import Any

import yaml

from safeconduct import packs


@cache
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """(ISO 3166-1 alpha-2 code, name) of every country."""
    pack = _pack()
    names = {each["id"]: each["name"].get(language, each["name"]["en"]) for each in pack["countries"]}
    first = [(code, names[code]) for code in pack["first"]]
    others = sorted(
        ((code, name) for code, name in names.items() if code not in pack["first"]), key=lambda each: _sorting(each[1])
    )
    return (*first, *others)


def country_name(code: str, language: str) -> str:
    """The name of a country, or the code where it is not known."""
    return dict(country_choices(language)).get(code, code)


@cache
def _pack() -> Any:  # Any: what YAML gives; the file is our own and its shape is tested
    return yaml.safe_load((packs.packs_folder() / "countries" / "countries-v1.yaml").read_text())


def _sorting(name: str) -> str:
    # Accents do not decide the order: Émirats stands with E.
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
