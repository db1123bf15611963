"""Members' own keys: made at enrolment, unlocked at sign-in, carried through a session, recovered when a passphrase is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from safeconduct.core import sealing
from safeconduct.core.sealing import MemberKeys, Passphrase, SealingRefused
from safeconduct.desk.vault import granting
from safeconduct.desk.vault.models import Holder


@dataclass(frozen=True, kw_only=True, repr=False)
class Owner:
    """Whose keys: the member's id and organisation, which every sealing of them is bound to."""

    member: str
    organisation: str

    def context(self, use: str) -> sealing.Context:
        """What a member's own sealed things are bound to; `use` tells them apart."""
        return sealing.Context(organisation=self.organisation, subject=self.member, section="member", record=use, version=1)


@dataclass(frozen=True, kw_only=True, repr=False)
class SealedIdentity:
    """What is stored of a new member's keys."""

    sealing_public_key: bytes
    signing_public_key: bytes
    sealed_keys: bytes
    recovery_keys: bytes | None
    sealed_totp: bytes


def make(
    owner: Owner, passphrase: Passphrase, recovery_public: bytes | None
) -> tuple[MemberKeys, "SecondFactor", SealedIdentity]:
    """Fresh keys and second factor of a member, and their sealed form. Registers the holder that grants are sealed to."""
    keys, totp = MemberKeys.generate(), sealing.TotpSecret.generate()
    granting.register_holder(owner.member, owner.organisation, keys.sealing.public_key())
    sealed = SealedIdentity(
        sealing_public_key=keys.sealing.public_key().encode(),
        signing_public_key=keys.signing.public_key().encode(),
        sealed_keys=seal_under_passphrase(owner, keys, passphrase),
        recovery_keys=seal_for_recovery(owner, keys, recovery_public) if recovery_public else None,
        sealed_totp=seal_second_factor(owner, keys, SecondFactor(totp)),
    )
    return keys, SecondFactor(totp), sealed


def seal_under_passphrase(owner: Owner, keys: MemberKeys, passphrase: Passphrase) -> bytes:
    """The private bundle under a passphrase."""
    return sealing.wrap_with_passphrase(passphrase, owner.context("passphrase"), keys.encode())


def unlock(owner: Owner, sealed_keys: bytes, passphrase: Passphrase) -> MemberKeys:
    """The private bundle; SealingRefused for another passphrase."""
    return MemberKeys.decode(sealing.unwrap_with_passphrase(passphrase, owner.context("passphrase"), sealed_keys))


def spend_as_much_time(passphrase: Passphrase) -> None:
    """The slow work of `unlock` for a member who does not exist, so that names cannot be told apart by time."""
    nobody = Owner(member="nobody", organisation="nobody")
    sealing.wrap_with_passphrase(passphrase, nobody.context("passphrase"), b"")


def seal_for_recovery(owner: Owner, keys: MemberKeys, recovery_public: bytes) -> bytes:
    """The private bundle sealed to the organisation's recovery key."""
    public = sealing.SealingPublicKey.decode(recovery_public)
    return sealing.seal_to(public, owner.context("recovery"), keys.encode())


@dataclass(frozen=True, repr=False, eq=False)
class SecondFactor:
    """A member's authenticator secret."""

    secret: sealing.TotpSecret

    def address(self, label: str) -> str:
        """What an authenticator app reads from the picture."""
        return self.secret.provisioning_uri(label, "Safeconduct")

    def typed(self) -> str:
        """The secret in groups of four letters, for apps without a camera."""
        (text,) = parse_qs(urlsplit(self.address("")).query)["secret"]
        return " ".join(text[start : start + 4] for start in range(0, len(text), 4))

    def code(self, at: int) -> str:
        """The six digits of that moment, as an authenticator shows them; for demonstrations and tests."""
        return self.secret.code(at)

    def step_of(self, code: str, *, at: int, last_step: int | None) -> int:
        """The time step a code belongs to. SealingRefused for a wrong or already used code; `at` in unix seconds."""
        return self.secret.verify(code, at=at, last_step=last_step)


def new_second_factor() -> SecondFactor:
    """A fresh authenticator secret."""
    return SecondFactor(sealing.TotpSecret.generate())


def seal_second_factor(owner: Owner, keys: MemberKeys, factor: SecondFactor) -> bytes:
    """The second factor sealed to its member: the server learns it only once the passphrase has opened the keys."""
    return sealing.seal_to(keys.sealing.public_key(), owner.context("totp"), factor.secret.secret_bytes())


def open_second_factor(owner: Owner, keys: MemberKeys, sealed: bytes) -> SecondFactor:
    """The second factor of a member whose keys are open."""
    return SecondFactor(sealing.TotpSecret.from_secret_bytes(sealing.open_from(keys.sealing, owner.context("totp"), sealed)))


def seal_for_session(owner: Owner, keys: MemberKeys, session: str) -> tuple[str, bytes]:
    """The bundle under a fresh secret: (the secret for the cookie, the sealed bytes for the row)."""
    secret = sealing.SessionSecret.generate()
    sealed = sealing.seal_record(secret, owner.context(f"session {session}"), keys.encode())
    return secret.secret_bytes().hex(), sealed


def open_from_session(owner: Owner, session: str, cookie_secret: str, sealed: bytes) -> MemberKeys | None:
    """The bundle of a session, or None where the cookie's secret does not fit."""
    try:
        secret = sealing.SessionSecret.from_secret_bytes(bytes.fromhex(cookie_secret))
        return MemberKeys.decode(sealing.open_record(secret, owner.context(f"session {session}"), sealed))
    except (SealingRefused, ValueError):
        return None


def new_desk_key() -> tuple[sealing.SealingPublicKey, bytes]:
    """A desk's pair: public key, seed."""
    private = sealing.SealingPrivateKey.generate()
    return private.public_key(), private.secret_bytes()


def new_signing_key() -> tuple[bytes, bytes]:
    """An organisation's signing pair: encoded public key, seed."""
    private = sealing.SigningPrivateKey.generate()
    return private.public_key().encode(), private.secret_bytes()


def new_log_key(organisation: str) -> tuple[bytes, bytes]:
    """A log's pair: raw public key, private key sealed under this server's secret."""
    key = sealing.LogKey.generate()
    return key.public_key().encode(), sealing.seal_record(_server_key(), _log_context(organisation), key.secret_bytes())


def log_signer(organisation: str, sealed_key: bytes) -> Callable[[bytes], bytes]:
    """What signs checkpoints of an organisation's log; works with nobody signed in."""
    key = sealing.LogKey.from_secret_bytes(sealing.open_record(_server_key(), _log_context(organisation), sealed_key))
    return key.sign


def new_time_key(organisation: str) -> tuple[bytes, bytes]:
    """The key with which an organisation's server attests minutes: encoded public key, seed sealed under the server's secret."""
    key = sealing.SigningPrivateKey.generate()
    sealed = sealing.seal_record(_server_key(), _time_context(organisation), key.secret_bytes())
    return key.public_key().encode(), sealed


def time_key(organisation: str, sealed_key: bytes) -> sealing.SigningPrivateKey:
    """That key; works with nobody signed in. SealingRefused under another server's secret."""
    seed = sealing.open_record(_server_key(), _time_context(organisation), sealed_key)
    return sealing.SigningPrivateKey.from_secret_bytes(seed)


def _server_key() -> sealing.SessionSecret:
    return sealing.SessionSecret.from_secret_bytes(bytes.fromhex(settings.SECRET_KEY))


def _time_context(organisation: str) -> sealing.Context:
    return sealing.Context(organisation=organisation, subject="time", section="time-key", record="time", version=1)


def _log_context(organisation: str) -> sealing.Context:
    return sealing.Context(organisation=organisation, subject="log", section="log-key", record="log", version=1)


def holder_fingerprint(holder: str) -> str:
    """64 hexadecimal digits that stand for the public key things are sealed to. Holder.DoesNotExist for an unknown name."""
    return sealing.SealingPublicKey.decode(bytes(Holder.objects.get(pk=holder).public_key)).fingerprint()
