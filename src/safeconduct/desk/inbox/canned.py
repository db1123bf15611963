"""Canned answers: texts for common questions, by language, each with the mark of a colleague who has reviewed it.

They lie sealed in a file of the desk. A text that nobody but its author has read can be used; it says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.inbox.desk_files import opened_shelf
from safeconduct.desk.inbox.errors import OwnReview
from safeconduct.desk.vault.opening import OpenRecord
from safeconduct.desk.vault.sections import Section

KIND = "canned"


@dataclass(frozen=True, kw_only=True, repr=False)
class Words:
    """What an answer says."""

    title: str
    language: str
    text: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Canned:
    """One canned answer."""

    id: str
    title: str
    language: str
    text: str
    by: str
    written_on: date
    reviewed_by: str
    reviewed_on: str
    """ISO day; empty while nobody has."""
    is_own: bool
    """The reader wrote this version."""


def answers(organisation: Organisation, actor: Actor, *, today: date) -> Sequence[Canned]:
    """Every answer that was not taken away, by language and title."""
    with opened_shelf(organisation, actor, Purpose.CONVERSATION, today=today) as file:
        found = [_canned(record, actor) for record in file.records(kind=KIND) if not record.content["gone"]]
    return sorted(found, key=lambda each: (each.language, each.title.casefold(), each.id))


def add(organisation: Organisation, actor: Actor, words: Words, *, today: date) -> None:
    """Write a new answer; it is unreviewed."""
    with opened_shelf(organisation, actor, Purpose.CONVERSATION, today=today) as file:
        file.write(Section.DESK, KIND, _content(actor, words))


def change(organisation: Organisation, actor: Actor, id_: str, words: Words, *, today: date) -> None:
    """Write an answer anew. It loses its mark: what was reviewed was another text. NotGranted where there is none."""
    with opened_shelf(organisation, actor, Purpose.CONVERSATION, today=today) as file:
        file.write(Section.DESK, KIND, _content(actor, words), replaces=file.read(id_))


def review(organisation: Organisation, actor: Actor, id_: str, *, today: date) -> None:
    """Put one's mark under an answer that somebody else wrote. OwnReview or NotGranted before writing."""
    with opened_shelf(organisation, actor, Purpose.CONVERSATION, today=today) as file:
        record = file.read(id_)
        if record.content["writer"] == actor.id:
            raise OwnReview("somebody else reviews it")
        mark = {"reviewed_by": actor.member.alias, "reviewed_on": today.isoformat()}
        file.write(Section.DESK, KIND, {**record.content, **mark}, replaces=record)


def take_away(organisation: Organisation, actor: Actor, id_: str, *, today: date) -> None:
    """Offer an answer no more. NotGranted where there is none."""
    with opened_shelf(organisation, actor, Purpose.CONVERSATION, today=today) as file:
        record = file.read(id_)
        file.write(Section.DESK, KIND, {**record.content, "gone": True}, replaces=record)


def _content(actor: Actor, words: Words) -> dict[str, object]:
    return {
        "title": words.title,
        "language": words.language,
        "text": words.text,
        "by": actor.member.alias,
        "writer": actor.id,
        "reviewed_by": "",
        "reviewed_on": "",
        "gone": False,
    }


def _canned(record: OpenRecord, actor: Actor) -> Canned:
    content = record.content
    return Canned(
        id=record.id,
        title=content["title"],
        language=content["language"],
        text=content["text"],
        by=content["by"],
        written_on=record.day,
        reviewed_by=content["reviewed_by"],
        reviewed_on=content["reviewed_on"],
        is_own=content["writer"] == actor.id,
    )
