"""The separate purposes to which a person may agree, with the exact words they are shown."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from safeconduct.core.packtext import LocalText, PackRefused, PackStamp, Source, local_text, read_pack, sources

KIND = "consents"


class Recipient(enum.Enum):
    """For whom a consent is given."""

    NONE = "none"
    """For the organisation that asks; given once."""
    ORGANISATION = "organisation"
    """For one named partner organisation; asked again for each."""
    AUTHORITY = "authority"
    """For one named state authority; asked again for each."""
    PERSON = "person"
    """For one person whom the applicant names."""


@dataclass(frozen=True)
class ConsentWarning:
    """What a person must have read before they can agree, and where it comes from."""

    id: str
    text: LocalText
    source: str


@dataclass(frozen=True)
class Purpose:
    """One purpose. Texts may hold `{organisation}` and `{recipient}`: fill them with `LocalText.filled`."""

    id: str
    name: LocalText
    wording: LocalText
    explanation: LocalText
    on_withdrawal: LocalText
    recipient: Recipient
    needed_for_case: bool
    """Without it no case file may be kept."""
    warnings: tuple[ConsentWarning, ...]
    sections: frozenset[str]
    """The sealed sections that may be opened to the recipient; the person may choose fewer."""


@dataclass(frozen=True)
class Consents:
    """A checked consent pack. Record its stamp with every consent: it binds the words that were shown."""

    stamp: PackStamp
    title: LocalText
    preamble: LocalText
    withdrawal: LocalText
    reviewed_by: str
    sources: tuple[Source, ...]
    purposes: tuple[Purpose, ...]

    def purpose(self, id_: str) -> Purpose:
        """The purpose of that id; KeyError when there is none."""
        for each in self.purposes:
            if each.id == id_:
                return each
        raise KeyError(id_)


def load_consents(text: bytes, *, schema: bytes) -> Consents:
    """The consents of a pack's YAML text; PackRefused when they are not as the schema says or name no warning."""
    pack = read_pack(text, schema=schema, kind=KIND)
    content = cast("Mapping[str, Any]", pack.content)  # Its shape has been checked by the schema.
    warnings = {each["id"]: ConsentWarning(each["id"], local_text(each["text"]), each["source"]) for each in content["warnings"]}
    purposes = tuple(_purpose(each, warnings) for each in content["purposes"])
    if len({each.id for each in purposes}) != len(purposes) or len(warnings) != len(content["warnings"]):
        raise PackRefused("a purpose or a warning stands twice")
    return Consents(
        stamp=pack.stamp,
        title=local_text(content["title"]),
        preamble=local_text(content["preamble"]),
        withdrawal=local_text(content["withdrawal"]),
        reviewed_by=content.get("reviewed_by", ""),
        sources=sources(content["sources"]),
        purposes=purposes,
    )


def _purpose(content: Mapping[str, Any], warnings: Mapping[str, ConsentWarning]) -> Purpose:
    named: list[str] = content.get("warnings", [])
    if not set(named) <= set(warnings):
        raise PackRefused(f"{content['id']}: a warning that it names is not there")
    return Purpose(
        id=content["id"],
        name=local_text(content["name"]),
        wording=local_text(content["wording"]),
        explanation=local_text(content["explanation"]),
        on_withdrawal=local_text(content["on_withdrawal"]),
        recipient=Recipient(content["recipient"]),
        needed_for_case=content.get("needed_for_case", False),
        warnings=tuple(warnings[each] for each in named),
        sections=frozenset(content["sections"]),
    )
