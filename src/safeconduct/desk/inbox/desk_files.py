"""The desk file of a request: sealed to the desk and to nobody else, least of all to whoever wrote the request."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import desk_subject
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.custody import services as custody
from safeconduct.desk.inbox.models import DeskSide, Shelf
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.keyholders import Keyholder, SubjectKind
from safeconduct.desk.vault.opening import OpenFile


def desk_of(organisation: Organisation, actor: Actor, purpose: Purpose, *, today: date) -> Keyholder:
    """The desk as a holder. NotGranted, with a custody entry, for members without its key."""
    desk = granting.desk_keyholder(desk_subject(organisation), actor)
    if desk is None or actor.organisation != organisation.id:
        refusal = [(Act.DOOR_REFUSED, organisation.desk)]
        custody.write_all(organisation.id, refusal, actor=actor.id, purpose=purpose, today=today)
        raise NotGranted("the desk key is not held")
    return desk


@contextmanager
def opened_desk_file(request: Request, actor: Actor, purpose: Purpose, *, today: date) -> Iterator[OpenFile]:
    """The desk file of a request, made if nobody has written into it yet. NotGranted as above."""
    desk = desk_of(request.organisation, actor, purpose, today=today)
    with transaction.atomic():
        # Two colleagues who write the first note at the same moment stand in line here.
        custody.queue(request.organisation_id)
        side, _ = DeskSide.objects.get_or_create(request=request)
        if side.file:
            with opening.opened(side.subject(request.organisation_id), holder=desk, purpose=purpose, today=today) as file:
                yield file
            return
        with _created(request.organisation, desk, purpose, today) as file:
            DeskSide.objects.filter(pk=side.pk).update(file=file.subject.id)
            yield file


def desk_file_if_any(request: Request, actor: Actor, purpose: Purpose, *, today: date) -> "opening.Opening | None":
    """The same for reading: None where nobody has written into it."""
    side = DeskSide.objects.filter(request=request).exclude(file="").first()
    if side is None:
        return None
    desk = desk_of(request.organisation, actor, purpose, today=today)
    return opening.opened(side.subject(request.organisation_id), holder=desk, purpose=purpose, today=today)


@contextmanager
def opened_shelf(organisation: Organisation, actor: Actor, purpose: Purpose, *, today: date) -> Iterator[OpenFile]:
    """The file of an organisation's canned answers, made when it is first opened."""
    desk = desk_of(organisation, actor, purpose, today=today)
    with transaction.atomic():
        custody.queue(organisation.id)
        shelf = Shelf.objects.filter(organisation=organisation).first()
        if shelf is not None:
            with opening.opened(shelf.subject, holder=desk, purpose=purpose, today=today) as file:
                yield file
            return
        with _created(organisation, desk, purpose, today) as file:
            Shelf.objects.create(organisation=organisation, file=file.subject.id)
            yield file


@contextmanager
def _created(organisation: Organisation, desk: Keyholder, purpose: Purpose, today: date) -> Iterator[OpenFile]:
    with granting.created(
        organisation.id,
        SubjectKind.DESK_FILE,
        root_holders=[desk.id],
        actor=desk.logged_as,
        purpose=purpose,
        today=today,
    ) as file:
        yield file
