"""Case keys and the section keys derived from them.

Source: spec/sealing-v1.md section 5.
"""

from safeconduct.core.sealing.keys import SymmetricKey, derive
from safeconduct.core.sealing.layout import Context
from safeconduct.core.sealing.pairs import SealingPrivateKey


class SectionKey(SymmetricKey):
    """Opens the records and files of one section of a case."""

    __slots__ = ()
    purpose = b"section"

    def reading_pair(self) -> SealingPrivateKey:
        """The pair that every holder of this key has: others can write to it without being able to read."""
        return SealingPrivateKey(derive(self._content, b"reading-pair"))


class CaseKey(SymmetricKey):
    """Opens a case's own records; its section keys are derived from it."""

    __slots__ = ()
    purpose = b"case"

    def section(self, *, organisation: str, case: str, key_version: int, section: str) -> SectionKey:
        """The key of one section of this case; the same arguments always give the same key."""
        context = Context(organisation, case, section, "", key_version)
        return SectionKey(derive(self._content, b"section-key", context=context.encode()))
