"""What somebody typed and has not sent: sealed to themselves, found again by the form it belongs to."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from safeconduct.core import canonical, sealing
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.desk.vault.models import Draft


def save_draft(holder: Keyholder, place: str, content: Mapping[str, Any], *, today: date) -> None:
    """Keep a form's content; replaces what was kept for this form before. Any: what forms hold."""
    digest = _place(place)
    sealed = sealing.seal_to(holder.sealing.public_key(), _context(holder, digest), canonical.encode(dict(content)))
    Draft.objects.update_or_create(holder=holder.id, place=digest, defaults={"sealed": sealed, "day": today})


def load_draft(holder: Keyholder, place: str) -> dict[str, Any] | None:
    """What was kept for this form, or None. Any: what forms hold."""
    row = Draft.objects.filter(holder=holder.id, place=_place(place)).first()
    if row is None:
        return None
    content: dict[str, Any] = json.loads(sealing.open_from(holder.sealing, _context(holder, row.place), bytes(row.sealed)))
    return content


def drop_draft(holder: Keyholder, place: str) -> None:
    """Forget what was kept for this form."""
    Draft.objects.filter(holder=holder.id, place=_place(place)).delete()


def drop_everybodys(places: Iterable[str]) -> None:
    """Forget what anybody kept for these forms: what they are about is erased."""
    Draft.objects.filter(place__in=[_place(place) for place in places]).delete()


def _place(place: str) -> str:
    return hashlib.sha256(place.encode()).hexdigest()


def _context(holder: Keyholder, digest: str) -> sealing.Context:
    return sealing.Context(organisation=holder.organisation, subject=holder.id, section="draft", record=digest[:32], version=1)


def drop_draft_of(holder: str, place: str) -> None:
    """The same for a holder who is not signed in."""
    Draft.objects.filter(holder=holder, place=_place(place)).delete()
