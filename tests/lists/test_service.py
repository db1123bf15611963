"""A yente service is asked by POST, and only where the environment names one."""

import json

import pytest

from safeconduct.core.watchlists.yente import AnswerUnreadable, Asked, answer, question
from safeconduct.lists.service import Service, ServiceMisnamed, ServiceSilent, ask, named_in, service_at
from tests.lists.yente_server import RECORDED, Yente, running

GLEB = Asked(name="Глеб Вымыслов", born="1974-10", country="RU")


def test_the_question_is_posted_and_the_answer_read() -> None:
    with running() as base:
        service = named_in({"SAFECONDUCT_YENTE_URL": base, "SAFECONDUCT_YENTE_DATASET": "our own"})
        assert service is not None
        hits = ask(service, GLEB)
    ((path, body),) = Yente.seen
    assert path == "/match/our%20own?limit=10&threshold=0.1&cutoff=0.1"
    assert json.loads(body) == {
        "queries": {
            "person": {
                "schema": "Person",
                "properties": {"name": ["Глеб Вымыслов"], "birthDate": ["1974-10"], "nationality": ["ru"]},
            }
        }
    }
    assert [(hit.id, hit.list, hit.band) for hit in hits] == [
        ("NK-invented-1", "our own", "strong"),
        ("NK-invented-2", "our own", "weak"),
    ]
    assert hits[0].version == "2026-10-02T10:00:00"
    assert hits[0].born == ("1974-10-07",)
    assert {each.name: (each.ours, each.theirs) for each in hits[0].features}["name_match"][1] == "Gleb Vymyslov"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_service_that_refuses_or_sends_on_is_silent(status: int) -> None:
    with running(status) as base, pytest.raises(ServiceSilent, match=str(status)) as silent:
        ask(Service(f"{base}/match/x", "x"), GLEB)
    assert "Вымыслов" not in str(silent.value)


def test_a_service_that_is_not_there_is_silent() -> None:
    with pytest.raises(ServiceSilent, match="cannot be reached"):
        ask(Service("http://127.0.0.1:9/match/x", "x"), GLEB)


def test_nothing_is_asked_unless_the_environment_says_where() -> None:
    assert named_in({}) is None
    for address in (
        "http://yente.example",
        "ftp://127.0.0.1",
        "https://",
        "https://a:b@yente.example",
        "https://x/?q=1",
        "yente",
        "https://yente.example:port",
    ):
        with pytest.raises(ServiceMisnamed):
            named_in({"SAFECONDUCT_YENTE_URL": address})
    found = named_in({"SAFECONDUCT_YENTE_URL": "https://yente.example/api/"})
    assert found == Service("https://yente.example/api/match/default", "default")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"responses": {}}',
        RECORDED.replace(b"0.93", b"9.3"),
        RECORDED.replace(b'"NK-invented-1"', b"1"),
        b"\xff",
    ],
)
def test_what_is_no_answer_is_refused(content: bytes) -> None:
    with pytest.raises(AnswerUnreadable):
        answer(content, GLEB, "x")


def test_a_question_without_a_day_asks_for_none() -> None:
    assert json.loads(question(Asked(name="A")))["queries"]["person"]["properties"] == {"name": ["A"]}
    assert "Вымыслов" not in repr(GLEB)


def test_plain_http_to_another_machine_is_allowed_only_aloud() -> None:
    with pytest.raises(ServiceMisnamed):
        service_at("http://yente.example")
    assert service_at("http://yente.example", plain_http=True).address == "http://yente.example/match/default"
    assert service_at("http://127.0.0.1:8000", "x").dataset == "x"


def test_a_service_that_ignores_the_options_is_cut_to_them() -> None:
    with running() as base:
        assert [hit.id for hit in ask(service_at(base), GLEB, threshold=0.5)] == ["NK-invented-1"]
        assert len(ask(service_at(base), GLEB, limit=1)) == 1
