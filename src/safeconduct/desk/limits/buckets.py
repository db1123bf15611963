"""Taking from a bucket: it fills steadily up to its size, and what is not in it has to wait."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from safeconduct.desk.limits.models import Bucket


@dataclass(frozen=True)
class Size:
    """How much a bucket holds at most, and how much flows in each second."""

    most: float
    each_second: float


@transaction.atomic
def take(name: str, size: Size, *, now: datetime, amount: float = 1) -> bool:
    """Take an amount, if it is there. A bucket that nobody used yet is full; a clock that was set back adds nothing."""
    bucket, _ = Bucket.objects.select_for_update().get_or_create(name=name, defaults={"level": size.most, "at": now})
    passed = max(0.0, (now - bucket.at).total_seconds())
    level = min(size.most, bucket.level + passed * size.each_second)
    is_there = level >= amount
    bucket.level, bucket.at = level - amount if is_there else level, max(now, bucket.at)
    bucket.save(update_fields=["level", "at"])
    return is_there
