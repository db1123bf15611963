"""Addresses that people carry elsewhere: always under the public address, however this request came in."""

from django.conf import settings
from django.urls import reverse


def public_link(route: str, **kwargs: str) -> str:
    """The whole address of a page."""
    return f"{settings.PUBLIC_URL}{reverse(route, kwargs=kwargs)}"
