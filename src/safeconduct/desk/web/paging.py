"""Which page of a list was asked for."""

from django.http import HttpRequest


def page_number(request: HttpRequest) -> int:
    """From `?page=`; 1 for whatever is not a number."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
