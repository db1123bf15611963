"""Advice for people inside Russia, from its pack, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from safeconduct import packs
from safeconduct.core.canonical import Value
from safeconduct.core.packtext import local_text, strict_yaml

_Checked = Mapping[str, Value]


@dataclass(frozen=True)
class Advice:
    """What the page says."""

    title: str
    lead: str
    parts: Sequence[tuple[str, Sequence[str]]]
    """(title, lines)."""
    links_title: str
    links_warning: str
    links: Sequence[tuple[str, str]]
    """(address, what is there)."""


@cache
def advice_in(language: str) -> Advice:
    """The advice in a language of the product; English in any other."""
    pack = cast(_Checked, strict_yaml((packs.packs_folder() / "advice" / "inside-v1.yaml").read_bytes()))

    def said(text: Value) -> str:
        return local_text(text).in_language(language)

    def listed(name: str, within: _Checked = pack) -> Sequence[_Checked]:
        return cast("Sequence[_Checked]", within[name])

    return Advice(
        title=said(pack["title"]),
        lead=said(pack["lead"]),
        parts=[(said(part["title"]), [said(line) for line in listed("lines", part)]) for part in listed("parts")],
        links_title=said(pack["links_title"]),
        links_warning=said(pack["links_warning"]),
        links=[(str(link["address"]), said(link["what"])) for link in listed("links")],
    )
