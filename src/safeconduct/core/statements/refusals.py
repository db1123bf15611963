"""What is refused in reading a statement."""

from safeconduct.core.errors import UnreadableInput


class NotStatementForm(UnreadableInput):
    """The bytes are not a statement in its one form; the message names the field."""
