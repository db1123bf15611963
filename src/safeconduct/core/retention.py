"""How long things are kept: clocks that run from a day and end on another."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from safeconduct.core.packtext import LocalText, PackRefused, PackStamp, Source, local_text, read_pack, sources

KIND = "retention"


class After(enum.Enum):
    """From what a clock runs."""

    LAST_WORD = "last_word"
    """The last message of either side."""
    ASKED = "asked"
    """The person asked for deletion."""
    HOLD = "hold"
    """Two people placed a hold."""
    WITHDRAWN = "withdrawn"
    """The person withdrew the consent to handle their case."""
    REVIEW = "review"
    """A negative decision, or its review by someone new."""
    ASYLUM = "asylum"
    """The final decision on asylum."""
    CLOSED = "closed"
    """Work on the case ended."""
    EVALUATIONS = "evaluations"
    """The last of two evaluations was handed in."""


@dataclass(frozen=True)
class Clock:
    """One period."""

    id: str
    days: int
    after: After
    name: LocalText
    says: LocalText

    def ends(self, begun: date) -> date:
        """The day on which what began on a day ends."""
        return begun + timedelta(days=self.days)


@dataclass(frozen=True)
class Retention:
    """A checked retention pack."""

    stamp: PackStamp
    title: LocalText
    reviewed_by: str
    sources: tuple[Source, ...]
    clocks: tuple[Clock, ...]

    def clock(self, id_: str) -> Clock:
        """The clock of that id; KeyError when there is none."""
        for each in self.clocks:
            if each.id == id_:
                return each
        raise KeyError(id_)


def load_retention(text: bytes, *, schema: bytes) -> Retention:
    """The clocks of a pack's YAML text; PackRefused when they are not as the schema says, or one stands twice."""
    pack = read_pack(text, schema=schema, kind=KIND)
    content = cast("Mapping[str, Any]", pack.content)  # Its shape has been checked by the schema.
    clocks = tuple(
        Clock(each["id"], each["days"], After(each["after"]), local_text(each["name"]), local_text(each["says"]))
        for each in content["clocks"]
    )
    if len({each.id for each in clocks}) != len(clocks):
        raise PackRefused("a clock stands twice")
    return Retention(
        stamp=pack.stamp,
        title=local_text(content["title"]),
        reviewed_by=content.get("reviewed_by", ""),
        sources=sources(content["sources"]),
        clocks=clocks,
    )
