"""Template tags and filters of the house."""

import secrets
from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language

from safeconduct import packs
from safeconduct.core.packtext import LocalText
from safeconduct.desk.web.countries import country_name

register = template.Library()


@register.simple_tag
def once() -> str:
    """A hidden random word: the form it stands in is acted on once (web/once.py)."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(18))


@register.filter
def word(words: Mapping[str, object], code: str) -> str:
    """The word for a code, or the code itself."""
    return str(words.get(code, code))


@register.filter
def kept_day(text: str) -> str:
    """A whole day that is kept as text, as people write it; anything else as it stands."""
    try:
        return date_format(date.fromisoformat(text), "j E Y")
    except ValueError:
        return text


@register.filter
def country(code: str) -> str:
    """A country's name in the reader's language."""
    return country_name(code, get_language() or "en")


@register.filter
def local(text: LocalText) -> str:
    """A text of a pack in the reader's language."""
    return text.in_language(get_language() or "en")


@register.filter
def purpose_name(purpose: str) -> str:
    """A consent purpose in the reader's language, or its code where the pack does not know it."""
    try:
        return packs.consents(packs.CONSENTS).purpose(purpose).name.in_language(get_language() or "en")
    except KeyError:
        return purpose
