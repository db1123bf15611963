"""What pages need to remember across requests: which forms were already taken."""

from django.db import models


class TakenForm(models.Model):
    """A form that was sent and acted on; the same form sent again, by a second touch or a lost answer, does nothing."""

    digest = models.CharField(max_length=64, primary_key=True)
    """Of the random word in the form: says nothing of the form or of who sent it."""
    day = models.DateField(db_index=True)

    def __str__(self) -> str:
        return self.digest[:8]
