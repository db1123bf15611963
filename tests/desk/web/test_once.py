"""A form that is sent twice is acted on once; two writers who meet lose nothing."""

import re

import pytest
from django.db import IntegrityError
from django.test import Client

from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.web.models import TakenForm
from tests.cast import TODAY, Cast, a_case
from tests.walked import released

pytestmark = pytest.mark.django_db
_WORD = re.compile(r'name="once" value="([^"]+)"')


def word_of(client: Client, path: str) -> str:
    found = _WORD.search(client.get(path).content.decode())
    assert found
    return found[1]


def submission(cast: Cast) -> tuple[str, dict[str, str]]:
    """The address of a submission form and what is typed there."""
    dossier = released(cast, a_case(cast))
    client = cast.client("farah")
    path = f"/desk/cases/{dossier.case_id}/path/submit/"
    client.post(
        f"/desk/cases/{dossier.case_id}/path/authority/", {"name": "Ministry of Examples", "country": "FR", "language": "fr"}
    )
    authority = re.search(r'name="authority".*?<option value="([^"]+)"', client.get(path).content.decode(), re.DOTALL)
    assert authority
    return path, {"dossier": dossier.id, "authority": authority[1], "on": TODAY.isoformat(), "how": "By hand"}


def recorded(cast: Cast, path: str) -> int:
    return str(cast.client("farah").get(path.replace("submit/", "")).content.decode()).count("By hand")


def test_a_form_sent_twice_is_acted_on_once(cast: Cast) -> None:
    path, typed = submission(cast)
    client = cast.client("farah")
    typed["once"] = word_of(client, path)
    assert [client.post(path, typed).status_code for _ in range(2)] == [302, 302]
    assert recorded(cast, path) == 1


def test_a_form_that_was_refused_can_be_corrected_and_sent(cast: Cast) -> None:
    path, typed = submission(cast)
    client = cast.client("farah")
    typed["once"] = word_of(client, path)
    assert client.post(path, {**typed, "how": ""}).status_code == 422
    assert client.post(path, typed).status_code == 302
    assert recorded(cast, path) == 1


def test_two_forms_of_one_page_are_two(cast: Cast) -> None:
    path, typed = submission(cast)
    client = cast.client("farah")
    for _ in range(2):
        client.post(path, {**typed, "once": word_of(client, path)})
    assert recorded(cast, path) == 2


def test_what_is_remembered_of_a_form_says_nothing_of_it(cast: Cast) -> None:
    path, typed = submission(cast)
    client = cast.client("farah")
    typed["once"] = word_of(client, path)
    client.post(path, typed)
    assert not TakenForm.objects.filter(digest__contains=typed["once"]).exists()
    assert all(re.fullmatch("[0-9a-f]{64}", row.digest) for row in TakenForm.objects.all())


def test_whoever_meets_another_writer_is_told_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(cast)

    def meets(*_: object, **__: object) -> None:
        raise IntegrityError("one_current_version_per_record")

    monkeypatch.setattr(evidence, "items_of", meets)
    answer = cast.client("amal").get(f"/desk/cases/{case.id}/evidence/")
    assert answer.status_code == 409
    assert "Nothing of yours was written" in answer.content.decode()
