"""Cookies of the house: never read by scripts, never sent across sites, gone with the browser unless days are named."""

from django.conf import settings
from django.http import HttpResponse


def set_strict_cookie(response: HttpResponse, name: str, value: str, *, days: int | None = None) -> None:
    """Put a cookie into a response."""
    response.set_cookie(
        name,
        value,
        max_age=days * 86400 if days else None,
        httponly=True,
        secure=settings.COOKIES_SECURE,
        samesite="Strict",
    )
