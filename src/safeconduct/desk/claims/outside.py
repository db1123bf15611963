"""What the rules need that no statement says: twins of files, incidents near a stay, who interviewed and who evaluated."""

from collections.abc import Callable, Collection, Mapping

from safeconduct.core.timeline import Assignment, Certainty, Outside
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.vault.opening import OpenFile

Near = Callable[[OpenFile], Mapping[str, Certainty]]
"""Of an open case: statements about stays that touch a documented incident."""

_near: list[Near] = []


def near_from(read: Near) -> None:
    """Let a room that stands on this one say which stays touch incidents."""
    _near.append(read)


def outside_of(case: Case, file: OpenFile, twins: Collection[str]) -> Outside:
    """Everything that other rooms know of this case, read while it is open; `twins` are items whose file is elsewhere too."""
    near: dict[str, Certainty] = {}
    for read in _near:
        near |= read(file)
    return Outside(near=near, twins=twins, assignments=_assignments(case), on=file.today)


def _assignments(case: Case) -> list[Assignment]:
    concerned = (CasePart.Part.INTERVIEWER, CasePart.Part.EVALUATOR)
    rows = case.parts.filter(part__in=concerned).select_related("member").order_by("pk")
    return [
        Assignment(f"{row.part}-{row.member_id}", row.member.organisation_id, row.part == CasePart.Part.INTERVIEWER)
        for row in rows
    ]
