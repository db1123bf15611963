"""`screen --service`: the same question put to a running yente service, in the same shape of answer."""

import argparse
import dataclasses
import json
from collections.abc import Iterator, Sequence

from safeconduct.core.errors import UnreadableInput
from safeconduct.core.names import Query
from safeconduct.core.watchlists.yente import Asked, ServiceHit
from safeconduct.lists.service import Service, ServiceMisnamed, ask, service_at


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which service."""
    group = parser.add_argument_group("a service of your own, for lists larger than this machine: names leave this process")
    group.add_argument("--service", metavar="URL", help="a running yente, such as https://yente.internal:8000; asked by POST")
    group.add_argument("--dataset", default="default", metavar="NAME", help="which of its datasets (default)")
    group.add_argument(
        "--plain-http", action="store_true", help="allow http to another machine: whoever is in between reads the names"
    )


def chosen(arguments: argparse.Namespace) -> Service | None:
    """The service that was named, None where none was; UnreadableInput where it cannot be asked, or lists are given as well."""
    if arguments.service is None:
        return None
    if arguments.list or arguments.index is not None:
        raise UnreadableInput("screen: give --service, or lists; not both")
    try:
        return service_at(arguments.service, arguments.dataset, plain_http=arguments.plain_http)
    except ServiceMisnamed as refused:
        raise UnreadableInput(f"screen: --service: {refused}") from None


def lines(service: Service, asked: Sequence[tuple[str, Query]], *, threshold: float, limit: int) -> Iterator[str]:
    """One JSON line a person (id and query). ServiceSilent or AnswerUnreadable, which names no query."""
    for id_, query in asked:
        question = Asked(name=query.name, born=query.born or "", country=query.country or "")
        hits = ask(service, question, threshold=threshold, limit=limit)
        answer = {"query": {"id": id_, "name": query.name, "born": query.born}, "hits": [_plain(hit) for hit in hits]}
        yield json.dumps(answer, ensure_ascii=False)


def _plain(hit: ServiceHit) -> dict[str, object]:
    # A service does not say how many namesakes to expect.
    return {**dataclasses.asdict(hit), "expected_namesakes": None}
