"""What the room of incidents refuses."""

from safeconduct.core.errors import SafeconductError


class NoIncidents(SafeconductError):
    """No dataset was imported; nothing was written."""


class StayUnclear(SafeconductError):
    """A stay cannot be searched: `row` from 0, `field` is `place` or `dates`; nothing was written."""

    def __init__(self, row: int, field: str) -> None:
        super().__init__("a stay cannot be searched")
        self.row, self.field = row, field
