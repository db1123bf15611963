"""Signatures inside a PDF (PAdES B-LTA), made and checked offline, for officials whose tools look for them."""

from safeconduct.core.pades.model import Chain, DocumentRefused, Finding
from safeconduct.core.pades.reading import check
from safeconduct.core.pades.signing import sign_document

__all__ = ["Chain", "DocumentRefused", "Finding", "check", "sign_document"]
