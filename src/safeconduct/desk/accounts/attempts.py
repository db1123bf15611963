"""Guessing is slowed, nobody is locked out, and no address is stored: one bucket for each name and known browser."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from safeconduct.desk.accounts.errors import TooSoon
from safeconduct.desk.accounts.models import SignInBucket

FREE_FAILURES = 3
LONGEST_WAIT_S = 60


def take_attempt(name: str, device: str, *, now: datetime) -> str:
    """Count one attempt on a name from one browser; gives its bucket, to be forgotten on success.

    TooSoon while earlier failures slow it. A browser that has signed in before has a bucket of its own, so that a guesser
    elsewhere cannot slow its owner; `device` is empty for any other.
    """
    digest = hashlib.sha256(f"{name.strip().casefold()}\0{device}".encode()).hexdigest()
    wait = seconds_to_wait(SignInBucket.objects.all(), digest, free=FREE_FAILURES, now=now)
    if wait:
        raise TooSoon(wait)
    return digest


def forget_failures(bucket: str) -> None:
    """Somebody has proved who they are."""
    SignInBucket.objects.filter(pk=bucket).delete()


def seconds_to_wait(buckets: QuerySet[Any], key: str, *, free: int, now: datetime) -> int:
    """Count an attempt in a bucket and give 0; or count nothing and give the seconds that earlier failures cost.

    The attempt is taken before anything is compared, so that many at the same moment do not count as one: the first are
    free, then each doubles the wait up to a minute. Any: whichever model has failures and next_attempt_at.
    """
    while True:
        bucket, _ = buckets.get_or_create(pk=key, defaults={"next_attempt_at": now})
        if now < bucket.next_attempt_at:
            return int((bucket.next_attempt_at - now).total_seconds()) + 1
        failures = bucket.failures + 1
        wait = 0 if failures < free else min(2 ** min(failures - free, 10), LONGEST_WAIT_S)
        unchanged = buckets.filter(pk=key, failures=bucket.failures, next_attempt_at=bucket.next_attempt_at)
        if unchanged.update(failures=F("failures") + 1, next_attempt_at=now + timedelta(seconds=wait)):
            return 0
