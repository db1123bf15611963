"""Asking a running yente service, for lists larger than one machine. Off unless the environment names one.

SAFECONDUCT_YENTE_URL (such as https://yente.internal:8000) and SAFECONDUCT_YENTE_DATASET (default: default). Whoever names one
decides that names leave this process: it must be a service of one's own. Addresses that are not this machine need https.
"""

import os
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from safeconduct.core.errors import SafeconductError
from safeconduct.core.watchlists.yente import LARGEST_ANSWER_BYTES, Asked, ServiceHit, answer, question

TIMEOUT_S: Final = 15.0
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


class ServiceMisnamed(SafeconductError):
    """The address of the service is none that a name may be sent to."""


class ServiceSilent(SafeconductError):
    """The service did not answer, or refused; the message names no query."""


@dataclass(frozen=True)
class Service:
    """Where to ask."""

    address: str
    """Of the dataset's matching route."""
    dataset: str


def named_in(environment: Mapping[str, str] = os.environ) -> Service | None:
    """The service that the environment names; None where it names none. ServiceMisnamed for an address without https."""
    base = environment.get("SAFECONDUCT_YENTE_URL", "").rstrip("/")
    if not base:
        return None
    parts = urlsplit(base)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not is_safe or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ServiceMisnamed("SAFECONDUCT_YENTE_URL: an address with https, or one of this machine, and nothing behind it")
    dataset = environment.get("SAFECONDUCT_YENTE_DATASET", "default")
    return Service(f"{base}/match/{quote(dataset, safe='')}", dataset)


def ask(service: Service, asked: Asked) -> list[ServiceHit]:
    """Post one question; hits best first. ServiceSilent or AnswerUnreadable. Redirections are not followed, proxies not used."""
    request = urllib.request.Request(  # noqa: S310  # the scheme was checked in named_in
        service.address, question(asked), {"Content-Type": "application/json"}, method="POST"
    )
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), _NoRedirection(), urllib.request.HTTPSHandler(context=ssl.create_default_context())
    )
    try:
        with opener.open(request, timeout=TIMEOUT_S) as response:
            content = response.read(LARGEST_ANSWER_BYTES + 1)
    except urllib.error.HTTPError as refused:
        raise ServiceSilent(f"the matching service answered {refused.code}") from None
    except (OSError, ValueError):
        raise ServiceSilent("the matching service cannot be reached") from None
    return answer(content, asked, service.dataset)


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """A query goes where it was sent, or nowhere."""
        return
