"""What links requests to one desk: the same file, nearly the same account, pictures of one device. For security readers only.

Fingerprints are worked out in the session of a reader who shares the desk's key, and kept sealed in a file of the readers.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

from django.db import transaction

from safeconduct import copyist
from safeconduct.core import likeness
from safeconduct.core.copies import HINTED, CopyRefused, Limit
from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.concerns.models import LinkFile, Traits
from safeconduct.desk.concerns.services import readers_of
from safeconduct.desk.custody import services as custody
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.selectors import Conversation, conversation_for_desk
from safeconduct.desk.vault import cards, files, granting, opening
from safeconduct.desk.vault.keyholders import SubjectKind
from safeconduct.desk.vault.opening import OpenFile
from safeconduct.desk.vault.sections import Section

TRAITS = "traits"
NEARLY_THE_SAME = 0.5
"""Of resemblance: two honest accounts of one place and day stay far below."""
A_VISIT = 40
"""How many requests are read on one visit of the page: each of their pictures is opened in a process of its own."""
_MOST_HINTED = 12
_COMMON_TO = 3
"""A model of telephone that more requests than this share links nobody."""


class Reason(StrEnum):
    """Why two requests are shown together."""

    FILE = "file"
    """The same file, byte for byte."""
    ACCOUNT = "account"
    """Nearly the same account."""
    DEVICE = "device"
    """Pictures that name one camera, lens, owner or shot."""
    MODEL = "model"
    """Pictures of a model and software that few others name."""


@dataclass(frozen=True, repr=False)
class Link:
    """Two requests and what they share."""

    one: str
    other: str
    reasons: Sequence[Reason]
    resemblance: int
    """Of the accounts, in per cent; 0 where that is not the reason."""


@dataclass(frozen=True, repr=False)
class Linked:
    """What a reader sees."""

    links: Sequence[Link]
    compared: int
    unread: int
    """Requests whose fingerprints wait for the next visit."""


def linked(actor: Actor, *, today: date) -> Linked:
    """Read up to `A_VISIT` requests that are new or have grown, and compare all.

    NotGranted without the desk's key or that of the fingerprints.
    """
    waiting = _waiting(actor.organisation)
    for request, newest in waiting[:A_VISIT]:
        _keep(request, actor, traits_of(request, actor, today=today), newest, today)
    with _opened(actor, today) as file:
        known = {record.content["request"]: record.content for record in file.records(kind=TRAITS)}
    return Linked(list(compare(known)), len(known), max(0, len(waiting) - A_VISIT))


def compare(known: Mapping[str, Mapping[str, Any]]) -> Iterator[Link]:
    """Every pair of requests that share something, the nearest accounts first. Any: fingerprints as they are kept."""
    reasons: dict[tuple[str, str], set[Reason]] = defaultdict(set)
    alike: dict[tuple[str, str], float] = {}
    texts = {request: tuple(each["account"]) for request, each in known.items() if each["account"]}
    for one, other, measured in likeness.alike(texts, at_least=NEARLY_THE_SAME):
        alike[one, other] = measured
        reasons[one, other].add(Reason.ACCOUNT)
    for trait, requests in _by_trait(known).items():
        is_model = trait.startswith("model ")
        reason = Reason.FILE if trait.startswith("file ") else Reason.MODEL if is_model else Reason.DEVICE
        if not (is_model and len(requests) > _COMMON_TO):
            for pair in combinations(sorted(requests), 2):
                reasons[pair].add(reason)
    for pair in sorted(reasons, key=lambda pair: (-alike.get(pair, 0.0), pair)):
        yield Link(*pair, sorted(reasons[pair]), round(100 * alike.get(pair, 0.0)))


def traits_of(request: Request, actor: Actor, *, today: date) -> dict[str, Any]:
    """What a request is compared by: digests of its files, a fingerprint of its words, hints of devices."""
    conversation = conversation_for_desk(request, actor, today=today)
    sent = conversation.files()
    return {
        "request": request.id,
        "files": sorted({each["sha256"] for each in sent}),
        "account": list(likeness.fingerprint(_words(conversation)) or ()),
        "hints": sorted({hint for each in sent[:_MOST_HINTED] for hint in _hints(each)}),
    }


def _words(conversation: Conversation) -> str:
    answers = conversation.filed["answers"].values()
    told = [part for answer in answers for part in answer.get("parts", {}).values() if isinstance(part, str)]
    return " ".join([*told, *(message.text for message in conversation.messages if not message.is_from_desk)])


def _hints(reference: files.Reference) -> Sequence[str]:
    if reference["type"] not in HINTED or reference["size"] > Limit.FILE_BYTES:
        return ()
    try:
        return copyist.device_hints(reference["type"], b"".join(files.stream(reference)))
    except CopyRefused:
        # A broken picture links nobody.
        return ()


def _by_trait(known: Mapping[str, Mapping[str, Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for request, each in known.items():
        for digest in each["files"]:
            found[f"file {digest}"].add(request)
        for hint in each["hints"]:
            found[hint].add(request)
    return found


def _waiting(organisation: str) -> list[tuple[Request, int]]:
    requests = Request.objects.filter(organisation_id=organisation)
    newest = cards.newest_records(requests.values("id"), "message")
    taken = dict(Traits.objects.filter(request__organisation_id=organisation).values_list("request_id", "newest"))
    found = ((request, newest.get(request.id, (0, None))[0]) for request in requests.order_by("day", "id"))
    return [(request, number) for request, number in found if taken.get(request.id, -1) < number]


def _keep(request: Request, actor: Actor, traits: Mapping[str, Any], newest: int, today: date) -> None:
    with _opened(actor, today) as file:
        known = Traits.objects.filter(request=request).first()
        before = file.read(known.record) if known else None
        record = file.write(Section.DESK, TRAITS, traits, replaces=before)
        Traits.objects.update_or_create(request=request, defaults={"record": record, "newest": newest})


@contextmanager
def _opened(actor: Actor, today: date) -> Iterator[OpenFile]:
    with transaction.atomic():
        # Two readers who come first at the same moment stand in line here.
        custody.queue(actor.organisation)
        kept = LinkFile.objects.filter(organisation_id=actor.organisation).first()
        if kept is not None:
            with opening.opened(kept.subject, holder=actor, purpose=Purpose.SECURITY, today=today) as file:
                yield file
            return
        with granting.created(
            actor.organisation,
            SubjectKind.CONCERN,
            root_holders=[member.id for member in readers_of(actor.organisation)],
            actor=actor.id,
            purpose=Purpose.SECURITY,
            today=today,
        ) as file:
            LinkFile.objects.create(organisation_id=actor.organisation, file=file.subject.id)
            yield file
