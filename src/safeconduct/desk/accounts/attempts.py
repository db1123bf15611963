"""Guessing is slowed, nobody is locked out, and no address is stored: one bucket for each name and known browser."""

import hashlib
from datetime import datetime, timedelta

from safeconduct.desk.accounts.errors import TooSoon
from safeconduct.desk.accounts.models import SignInBucket

FREE_FAILURES = 3
LONGEST_WAIT_S = 60


def bucket_for(name: str, device: str, *, now: datetime) -> SignInBucket:
    """The bucket of a name as one browser knows it. TooSoon while an earlier failure still slows it.

    A browser that has signed in before has a bucket of its own, so that a guesser elsewhere cannot slow its owner.
    """
    digest = hashlib.sha256(f"{name.casefold()}\0{device}".encode()).hexdigest()
    bucket, _ = SignInBucket.objects.get_or_create(digest=digest, defaults={"next_attempt_at": now})
    if now < bucket.next_attempt_at:
        raise TooSoon(int((bucket.next_attempt_at - now).total_seconds()) + 1)
    return bucket


def count_failure(bucket: SignInBucket, *, now: datetime) -> None:
    """One more failure: the first are free, then each doubles the wait up to a minute."""
    bucket.failures += 1
    wait = 0 if bucket.failures < FREE_FAILURES else min(2 ** (bucket.failures - FREE_FAILURES), LONGEST_WAIT_S)
    bucket.next_attempt_at = now + timedelta(seconds=wait)
    bucket.save(update_fields=["failures", "next_attempt_at"])


def forget_failures(bucket: SignInBucket) -> None:
    """Somebody has proved who they are."""
    SignInBucket.objects.filter(pk=bucket.pk).delete()
