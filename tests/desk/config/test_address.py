"""The public address decides what forms and links say, whatever stands between the desk and the browser."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from safeconduct.desk.config import environment

_ASK = """
import json, re
from safeconduct.desk.config.preparation import prepare
prepare()
from django.test import Client
from django.urls import reverse
from safeconduct.desk.web.links import public_link
browser = Client(enforce_csrf_checks=True, headers={"host": "desk.example"})
token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', browser.get("/").text)[1]
typed = {"csrfmiddlewaretoken": token, "code": "1"}
print(json.dumps({
    "own": browser.post("/", typed, headers={"origin": "https://desk.example"}).status_code,
    "other": browser.post("/", typed, headers={"origin": "https://other.example"}).status_code,
    "link": public_link("accounts:join", token="T"),
}))
"""


def test_forms_and_links_work_where_a_proxy_speaks_https_for_the_desk(tmp_path: Path) -> None:
    said = asked(tmp_path, SAFECONDUCT_PUBLIC_URL="https://desk.example")
    assert said == {"own": 422, "other": 403, "link": "https://desk.example/account/join/T/"}


def test_links_name_the_port_that_is_listened_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFECONDUCT_PUBLIC_URL", "")
    monkeypatch.delenv("SAFECONDUCT_PUBLIC_URL")
    environment.listen_on(8123)
    assert environment.public_url() == "http://127.0.0.1:8123"
    environment.listen_on(9000)
    assert environment.public_url() == "http://127.0.0.1:8123"


def asked(home: Path, **variables: str) -> dict[str, object]:
    """What a process of its own says, for which the environment decides anew."""
    given = {name: value for name, value in os.environ.items() if name != "SAFECONDUCT_DATABASE_URL"}
    given |= {"PYTHONPATH": os.pathsep.join(sys.path), "SAFECONDUCT_HOME": str(home), **variables}
    ended = subprocess.run([sys.executable, "-c", _ASK], env=given, capture_output=True, text=True, check=True, timeout=120)
    said: dict[str, object] = json.loads(ended.stdout.splitlines()[-1])
    return said
