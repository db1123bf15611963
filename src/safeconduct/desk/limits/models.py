"""Token buckets, by what they guard: a desk or a request. Never by who asks: no address and no device is kept."""

from django.db import models


class Bucket(models.Model):
    """How much may still pass, as of a moment."""

    name = models.CharField(max_length=80, primary_key=True)
    level = models.FloatField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
