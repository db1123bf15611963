"""Every page that a person can come to by following links, each shape of page once."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Error

from tests.journeys.people import Visitor
from tests.journeys.watching import kind_of, place_of

_DOWNLOADS = re.compile(r"/(original|package|document|notice)/$|\.json$|\.ics$|\.pdf$")
_MOST_OF_A_KIND = 4
"""Pages of one address but for the ids in it: enough to meet cases at different stages."""


def shapes(visitor: Visitor, *starts: str) -> Iterator[str]:
    """Go from page to page; stops at every shape of page that was not seen before, and gives its address.

    Two pages have one shape when their addresses differ in ids only and the same kinds of things stand on them.
    """
    waiting, known, seen = list(starts), set(starts), set[tuple[str, str]]()
    visits = Counter[str]()
    while waiting:
        address = waiting.pop(0)
        visits[kind_of(address)] += 1
        if visits[kind_of(address)] > _MOST_OF_A_KIND:
            continue
        try:
            visitor.page.goto(address)
        except Error as error:
            if "Download" not in error.message:
                raise
            continue
        for link in _links(visitor):
            if link not in known and not _DOWNLOADS.search(link):
                known.add(link)
                waiting.append(link)
        shape = (place_of(visitor.page), _kinds_of_things(visitor))
        if shape not in seen:
            seen.add(shape)
            yield address


def _links(visitor: Visitor) -> list[str]:
    hrefs: list[str] = visitor.page.locator("a[href^='/'], a[href^='?']").evaluate_all("all => all.map((each) => each.href)")
    return [urlsplit(href)._replace(scheme="", netloc="", fragment="").geturl() for href in hrefs]


def _kinds_of_things(visitor: Visitor) -> str:
    return str(
        visitor.page.evaluate(
            """() => [...new Set([...document.querySelectorAll("main *")].map((each) =>
                 each.tagName + "." + each.className))].sort().join(" ")"""
        )
    )
