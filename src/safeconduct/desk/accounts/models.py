"""Organisations, members, their sessions and second factors. Private keys are here only sealed."""

from datetime import datetime

from django.db import models

from safeconduct.desk.accounts.roles import ROLE_LABELS, Role
from safeconduct.desk.vault.models import new_id


class Organisation(models.Model):
    """One organisation of the coalition; its name, country and public keys are visible to whoever has the disk."""

    id = models.SlugField(max_length=40, primary_key=True)
    """Public identifier, as it stands in the custody log and in dossiers."""
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=8, unique=True)
    """Short code that begins its case references."""
    country = models.CharField(max_length=2)
    """ISO 3166-1 alpha-2."""
    founded_on = models.DateField()
    """When its keys were made; they are trusted from this day."""
    desk = models.CharField(max_length=40, default=new_id)
    """The holder that new requests are sealed to."""
    signer = models.CharField(max_length=40, default=new_id)
    """The file that keeps the organisation's signing key."""
    signing_public_key = models.BinaryField()
    recovery_public_key = models.BinaryField(null=True)
    recovery_threshold = models.PositiveSmallIntegerField(default=0)
    recovery_shares = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A person who works at a desk, under an alias."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    sign_in_name = models.CharField(max_length=60, unique=True)
    alias = models.CharField(max_length=60)
    roles = models.JSONField(default=list)
    languages = models.CharField(max_length=20, default="en")
    is_active = models.BooleanField(default=True)
    sealing_public_key = models.BinaryField()
    signing_public_key = models.BinaryField()
    sealed_keys = models.BinaryField()
    """The private bundle under the passphrase."""
    recovery_keys = models.BinaryField(null=True)
    """The private bundle sealed to the organisation's recovery key."""
    sealed_totp = models.BinaryField()
    """The second factor's secret, sealed to the member: the server learns it only after the passphrase."""
    last_totp_step = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.alias

    def has_role(self, *roles: Role) -> bool:
        """Whether the member has one of these roles."""
        return any(role.value in self.roles for role in roles)

    def role_labels(self) -> list[str]:
        """Role names in the reader's language."""
        return [str(ROLE_LABELS[Role(role)]) for role in self.roles]


class Session(models.Model):
    """A signed-in browser. Its keys are sealed under a secret that only the cookie holds."""

    digest = models.CharField(max_length=64, primary_key=True)
    """SHA-256 of the cookie's token."""
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="sessions")
    sealed_keys = models.BinaryField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    fresh_until = models.DateTimeField()
    """Until when sensitive acts need no new proof."""

    def __str__(self) -> str:
        return self.digest[:8]

    def is_fresh(self, now: datetime) -> bool:
        """Whether the member has just proved who they are."""
        return now < self.fresh_until


class SignInBucket(models.Model):
    """Slows guessing without locking anybody out: one bucket per name and known device, no addresses stored."""

    digest = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:8]


class Invitation(models.Model):
    """A one-time link; it opens only with the code that was spoken to the person."""

    digest = models.CharField(max_length=64, primary_key=True)
    code_digest = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    invited_by = models.CharField(max_length=40)
    roles = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.digest[:8]


class RecoveryCode(models.Model):
    """One single-use code that stands in for the second factor."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.digest[:8]


class Passkey(models.Model):
    """A registered passkey; where it has a PRF, the private bundle is sealed under it too."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="passkeys")
    credential = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    prf_salt = models.BinaryField()
    sealed_keys = models.BinaryField(null=True)
    label = models.CharField(max_length=40)
    registered_on = models.DateField()

    def __str__(self) -> str:
        return self.label
