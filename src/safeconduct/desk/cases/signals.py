"""What other rooms are told of while it happens, in the same transaction."""

from django.dispatch import Signal

taken_off = Signal()
"""A member was taken off a case. Sent with `case`, `member` (Member), `actor` and `today`."""
