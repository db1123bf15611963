"""What is covered for one authority is in nothing that it receives, and stays for everybody else."""

import io

import pytest
from django.test import Client
from PIL import Image

from safeconduct.core.custody import Purpose
from safeconduct.core.redaction import BLOCK, NotRegion, Wording
from safeconduct.desk.cases.models import Case
from safeconduct.desk.dossiers.leaving import Leaving, evidence_leaving
from safeconduct.desk.redactions import services
from safeconduct.desk.redactions.errors import Superseded
from safeconduct.desk.redactions.marks import PageMarks, boxes_typed
from safeconduct.desk.redactions.selectors import audience_id
from safeconduct.desk.vault import files, opening
from tests.cast import TODAY, Cast, a_case
from tests.walked import AUTHORITY, consent_to_authority, letter, summons

UPPER_HALF = PageMarks(boxes=[(0, 0, 100, 50)])


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case of Amal's whose person consented to the authority."""
    case = a_case(cast)
    consent_to_authority(cast, case)
    return case


def covered(cast: Cast, case: Case, record: str) -> services.Covered:
    """What is kept for the authority."""
    with opening.opened(case.subject, holder=cast.actor("amal"), purpose=Purpose.DOSSIER, today=TODAY) as file:
        return services.Covered.of(file, AUTHORITY, record)


def cover(cast: Cast, case: Case, record: str, marks: PageMarks, *, as_pictures: bool = False) -> services.Covered:
    """Amal marks the first page."""
    kept = covered(cast, case, record)
    return services.cover_page(case, cast.actor("amal"), kept, 1, marks, as_pictures=as_pictures, today=TODAY)


def leaving(cast: Cast, case: Case, record: str, audience: str = AUTHORITY) -> tuple[Leaving, bytes]:
    """One piece of evidence as it leaves."""
    (found,) = evidence_leaving(case, cast.actor("amal"), [record], audience, today=TODAY)
    return found, b"".join(files.stream(found.reference))


def test_a_covered_picture_leaves_covered_to_this_authority_alone(cast: Cast, case: Case) -> None:
    record = summons(cast, case)
    cover(cast, case, record, UPPER_HALF)
    found, content = leaving(cast, case, record)
    image = Image.open(io.BytesIO(content))
    assert found.is_redacted
    assert image.crop((0, 0, image.width, image.height // 2)).getextrema() == ((0, 0), (0, 0), (0, 0))
    other, content = leaving(cast, case, record, audience="Another authority")
    assert not other.is_redacted
    assert Image.open(io.BytesIO(content)).convert("RGB").getpixel((5, 5)) == (248, 248, 248)


def test_marks_are_kept_changed_and_taken_back(cast: Cast, case: Case) -> None:
    record = summons(cast, case)
    assert cover(cast, case, record, PageMarks(cells=[(0, 0), (11, 15)])).pages[1].cells == [(0, 0), (11, 15)]
    assert covered(cast, case, record).pages[1].cells == [(0, 0), (11, 15)]
    assert cover(cast, case, record, PageMarks(), as_pictures=True).file is not None
    assert cover(cast, case, record, PageMarks()).file is None
    assert not leaving(cast, case, record)[0].is_redacted


def test_of_two_who_cover_at_the_same_moment_the_second_is_told(cast: Cast, case: Case) -> None:
    record = summons(cast, case)
    stale = covered(cast, case, record)
    cover(cast, case, record, UPPER_HALF)
    with pytest.raises(Superseded):
        services.cover_page(case, cast.actor("amal"), stale, 1, PageMarks(), as_pictures=False, today=TODAY)
    assert covered(cast, case, record).pages


def test_names_are_black_in_texts_that_leave(cast: Cast, case: Case) -> None:
    record = letter(cast, case)
    services.keep_wording(
        case, cast.actor("amal"), AUTHORITY, Wording.from_lines(["conscience", "compagnie = unit"]), today=TODAY
    )
    found, content = leaving(cast, case, record)
    text = content.decode()
    assert found.is_redacted
    assert "conscience" not in text
    assert "compagnie" not in text
    assert BLOCK in text
    assert "de la unit de transport" in text


@pytest.mark.parametrize("typed", ["1 2 3", "0 0 101 5", "50 0 40 10", "a b c d", "0 0 0 10"])
def test_a_line_that_is_no_rectangle_is_refused(typed: str) -> None:
    with pytest.raises(NotRegion):
        boxes_typed(typed)


def test_the_pages_work_without_scripts(cast: Cast, case: Case) -> None:
    record = summons(cast, case)
    client: Client = cast.client("amal")
    here = f"/desk/cases/{case.id}/redactions/{audience_id(AUTHORITY)}"
    assert client.get(f"{here}/{record}/1/").status_code == 200
    answered = client.post(f"{here}/{record}/1/", {"cell": ["0-0", "1-0"], "boxes": "10 10 50 20,5"})
    assert answered.status_code == 302
    shown = client.get(answered.headers["Location"]).content.decode()
    assert shown.count(" checked") == 2
    assert "10 10 50 20.5" in shown
    assert shown.count('<img class="copy__page"') == 2
    assert client.post(f"{here}/{record}/1/", {"boxes": "nonsense"}).status_code == 422
    assert client.get(f"{here}/{record}/2/").status_code == 404
    assert client.post(f"{here}/words/", {"lines": "a"}).status_code == 422
    assert client.post(f"{here}/words/", {"lines": "Ivanov*"}).status_code == 302
    assert "Ivanov*" in client.get(f"{here}/words/").content.decode()
    assert client.get(f"/desk/cases/{case.id}/redactions/{'0' * 12}/words/").status_code == 404
