"""Destroying one request: who may, and when, is asked before."""

from datetime import date

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.concerns.models import LinkFile, Traits
from safeconduct.desk.custody import services as custody
from safeconduct.desk.inbox.models import DeskSide
from safeconduct.desk.intake.models import ReceiptBucket, Request
from safeconduct.desk.retention.models import Certificate
from safeconduct.desk.vault import erasing


def erase_request(request: Request, why: Certificate.Why, by: str, today: date) -> Certificate:
    """Destroy one request and its desk file, in the caller's transaction; who may and when is asked before."""
    gone = erasing.erase(request.id, holders=[request.applicant])
    side = DeskSide.objects.filter(request=request).exclude(file="").first()
    if side is not None:
        gone += erasing.erase(side.file)
    for concern in request.concerns.all():
        gone += erasing.erase(concern.id)
    traits = Traits.objects.filter(request=request).first()
    if traits is not None:
        gone += erasing.erase_record(LinkFile.objects.get(organisation_id=request.organisation_id).file, traits.record, "")
    ReceiptBucket.objects.filter(locator__in=[request.locator, request.pressure_locator or ""]).delete()
    organisation, thing = request.organisation_id, request.id
    request.delete()
    custody.write(organisation, Act.REQUEST_ERASED, actor=by, thing=thing, purpose=Purpose.RETENTION, today=today)
    return Certificate.of(organisation, thing, gone, what=Certificate.What.REQUEST, why=why, by=by, today=today)
