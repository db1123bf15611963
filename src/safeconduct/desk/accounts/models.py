"""Organisations, members, their sessions and second factors. Private keys are here only sealed."""

from datetime import datetime

from django.db import models
from django.db.models.functions import Lower

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
    recovery_set_on = models.DateField(null=True)
    recovery_drilled_on = models.DateField(null=True)
    sealed_custodians = models.BinaryField(null=True)
    """Who holds the shares, sealed to the desk: a list of names would say whom to press."""

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
    pending_totp = models.BinaryField(null=True)
    """A second factor that was shown and not yet confirmed, sealed to the member."""
    recovery_key_digest = models.CharField(max_length=64, default="")
    """Digest of the recovery key that `recovery_keys` is sealed to."""
    joined_on = models.DateField(null=True)
    """None for somebody who began to join and has not finished."""
    needs_second_factor = models.BooleanField(default=False)
    """Joining, or back by recovery: nothing but the second factor's page opens until it is confirmed."""

    class Meta:
        constraints = [models.UniqueConstraint("organisation", Lower("alias"), name="one_alias_per_organisation")]

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


class OneTimeLink(models.Model):
    """A link that works once, and only with the code that was spoken to the person."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    """What the custody log calls it."""
    digest = models.CharField(max_length=64, unique=True)
    """Of the link's token."""
    code_digest = models.CharField(max_length=64)
    """Of the spoken code together with the link's token: useless to whoever has only the table."""
    expires_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.digest[:8]


class Invitation(OneTimeLink):
    """Asks somebody to join. It stays until they have confirmed their second factor, so that joining can begin again."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.CharField(max_length=40)
    alias = models.CharField(max_length=60)
    """A suggestion; the invited person may choose another."""
    roles = models.JSONField(default=list)
    language = models.CharField(max_length=5, default="en")
    member = models.OneToOneField(Member, on_delete=models.SET_NULL, null=True, related_name="invitation")
    """Who is joining with it just now."""

    def role_labels(self) -> list[str]:
        """Role names in the reader's language."""
        return [str(ROLE_LABELS[Role(role)]) for role in self.roles]


class RecoverySession(OneTimeLink):
    """Lets a member who lost the passphrase type the custodians' shares and a new passphrase."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="recovery_session")
    opened_by = models.CharField(max_length=40)


class Ceremony(models.Model):
    """A passkey challenge that was given out and not yet answered; answering takes the row away."""

    digest = models.CharField(max_length=64, primary_key=True)
    """Of the token that the browser holds, or of its session."""
    use = models.CharField(max_length=12)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="ceremonies")
    """Nobody, for a name that does not exist."""
    state = models.JSONField()
    made_at = models.DateTimeField()

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
    """COSE, as the authenticator gave it."""
    sign_count = models.PositiveBigIntegerField(default=0)
    prf_salt = models.BinaryField()
    sealed_keys = models.BinaryField(null=True)
    sealed_label = models.BinaryField()
    """What the member calls it, sealed to them."""
    registered_on = models.DateField()

    def __str__(self) -> str:
        return str(self.pk)
