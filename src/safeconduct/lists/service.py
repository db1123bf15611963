"""Asking a running yente service, for lists larger than one machine. Off unless the environment names one.

SAFECONDUCT_YENTE_URL (such as https://yente.internal:8000) and SAFECONDUCT_YENTE_DATASET (default: default), or
`screen --service URL`. Whoever names one decides that names leave this process: it must be a service of one's own. Other
machines need https.
"""

import os
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

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
    base = environment.get("SAFECONDUCT_YENTE_URL", "")
    if not base:
        return None
    try:
        return service_at(base, environment.get("SAFECONDUCT_YENTE_DATASET", "default"))
    except ServiceMisnamed as refused:
        raise ServiceMisnamed(f"SAFECONDUCT_YENTE_URL: {refused}") from None


def service_at(base: str, dataset: str = "default", *, plain_http: bool = False) -> Service:
    """The matching route of a service. ServiceMisnamed for plain http to another machine, unless `plain_http`."""
    base = base.rstrip("/")
    try:
        parts = urlsplit(base)
        parts.port  # noqa: B018  # reading it refuses a port that is none
    except ValueError:
        raise ServiceMisnamed("not an address") from None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and (plain_http or parts.hostname in _HERE))
    if not is_safe or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ServiceMisnamed("an address with https, or one of this machine, and nothing behind it")
    return Service(f"{base}/match/{quote(dataset, safe='')}", dataset)


def ask(service: Service, asked: Asked, *, threshold: float = 0.1, limit: int = 10) -> list[ServiceHit]:
    """Post one question; at most `limit` hits that score `threshold` or more (0 to 1), best first.

    ServiceSilent or AnswerUnreadable. Redirections are not followed, proxies not used.
    """
    options = urlencode({"limit": limit, "threshold": threshold, "cutoff": threshold})
    request = urllib.request.Request(  # noqa: S310  # the scheme was checked in service_at
        f"{service.address}?{options}", question(asked), {"Content-Type": "application/json"}, method="POST"
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
    # A service of another version may know other options: what was asked for is kept to here.
    return [hit for hit in answer(content, asked, service.dataset) if hit.score >= threshold][:limit]


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """A query goes where it was sent, or nowhere."""
        return
