"""Passkeys: registered by a member, then a second factor; with a PRF they unlock the keys without the passphrase.

Source: WebAuthn Level 3 (w3.org/TR/webauthn-3, prf extension in section 10.1.4), read November 2026.
"""

import hmac
import ipaddress
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts import attempts, devices, sessions
from safeconduct.desk.accounts.actors import Actor, owner_of
from safeconduct.desk.accounts.errors import PasskeyRefused, PassphraseNeeded, SignInRefused
from safeconduct.desk.accounts.models import Ceremony, Member, Passkey
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault import passkeys as vault
from safeconduct.desk.vault.keyholders import MemberKeys
from safeconduct.desk.vault.secrets import Passphrase, SealingRefused, Token, new_token

VALID_FOR = timedelta(minutes=5)
SALT_BYTES = 32
_REGISTER, _SIGN_IN = "register", "sign-in"

Answer = Mapping[str, Any]  # Any: JSON as the browser made it
Options = dict[str, Any]  # Any: JSON for the browser


@dataclass(frozen=True, kw_only=True, repr=False)
class PasskeySignIn:
    """What came back from a browser: the answer, what the PRF gave (or nothing), a passphrase where one was typed."""

    name: str
    token: str
    """Of the ceremony, from the cookie."""
    answer: Answer
    output: bytes | None = None
    passphrase: Passphrase | None = None
    device: str = ""


def is_possible_at(host: str) -> bool:
    """Whether passkeys can be used under this name: they belong to a name, never to a number."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True
    return False


def begin_registration(actor: Actor, host: str, *, now: datetime) -> Options:
    """What a browser needs to make a passkey. PasskeyRefused outside a session."""
    if actor.session is None:
        raise PasskeyRefused("passkeys are made in a session")
    salt = secrets.token_bytes(SALT_BYTES)
    user = PublicKeyCredentialUserEntity(id=actor.id.encode(), name=actor.member.sign_in_name, display_name=actor.member.alias)
    known = [_descriptor(bytes(passkey.credential)) for passkey in actor.member.passkeys.all()]
    # PRF inputs are always given at once: Windows Hello rejects an empty request.
    prf = {"prf": {"eval": {"first": websafe_encode(salt)}}}
    options, state = _server(host).register_begin(
        user, known, user_verification=UserVerificationRequirement.REQUIRED, extensions=prf
    )
    state = {**_plain(state), "salt": salt.hex()}
    _remember(actor.session.digest, _REGISTER, actor.member, state, now=now)
    return _plain(options)


def register(actor: Actor, host: str, answer: Answer, *, label: str, output: bytes | None, now: datetime) -> Passkey:
    """Keep a passkey that a browser made; with `output` (32 bytes of its PRF) it unlocks the keys by itself.

    PasskeyRefused, before writing, for an answer to another challenge, page or user, or for one given before.
    """
    ceremony = _take(actor.session.digest if actor.session else "", _REGISTER, now=now)
    if ceremony is None or ceremony.member_id != actor.id:
        raise PasskeyRefused("no challenge waits")
    try:
        made = _server(host).register_complete(ceremony.state, answer)
        credential = made.credential_data
        if credential is None:
            raise PasskeyRefused("no credential")
        sealed = (
            vault.seal_under_passkey(owner_of(actor.member), actor.keys, credential.credential_id, output) if output else None
        )
    except (ValueError, KeyError, TypeError, SealingRefused):
        raise PasskeyRefused("the answer does not hold") from None
    try:
        with transaction.atomic():
            passkey = Passkey.objects.create(
                member=actor.member,
                credential=credential.credential_id,
                public_key=cbor.encode(dict(credential.public_key)),
                sign_count=made.counter,
                prf_salt=bytes.fromhex(ceremony.state["salt"]),
                sealed_keys=sealed,
                sealed_label=vault.seal_label(actor, credential.credential_id, label),
                registered_on=now.date(),
            )
            _note(actor, now)
    except IntegrityError:
        raise PasskeyRefused("registered already") from None
    return passkey


def labels(actor: Actor) -> Sequence[tuple[Passkey, str]]:
    """The member's passkeys with what they call them, the oldest first."""
    rows = actor.member.passkeys.order_by("pk")
    return [(row, vault.open_label(actor, bytes(row.credential), bytes(row.sealed_label))) for row in rows]


@transaction.atomic
def remove(actor: Actor, passkey_id: int, *, now: datetime) -> bool:
    """Forget a passkey, and the keys sealed under it; whether the member had it."""
    removed, _ = actor.member.passkeys.filter(pk=passkey_id).delete()
    if removed:
        _note(actor, now)
    return removed > 0


def begin_sign_in(name: str, host: str, *, now: datetime) -> tuple[Options, str]:
    """What a browser needs to sign in with a passkey, and the ceremony's token for its cookie.

    Names without passkeys, and names that do not exist, get an invented passkey of their own, always the same.
    """
    member = sessions.member_named(name)
    rows = list(member.passkeys.order_by("pk")) if member else []
    salts = {bytes(row.credential): bytes(row.prf_salt) for row in rows} or _invented(name)
    by_credential = {websafe_encode(credential): {"first": websafe_encode(salt)} for credential, salt in salts.items()}
    first = next(iter(by_credential.values()))
    options, state = _server(host).authenticate_begin(
        [_descriptor(credential) for credential in salts],
        user_verification=UserVerificationRequirement.REQUIRED,
        extensions={"prf": {"eval": first, "evalByCredential": by_credential}},
    )
    token = new_token()
    _remember(token.digest().hex(), _SIGN_IN, member if rows else None, _plain(state), now=now)
    return _plain(options), token.text()


def sign_in(attempt: PasskeySignIn, host: str, *, now: datetime) -> tuple[str, Actor]:
    """A new session's cookie and its actor.

    Raises TooSoon, SignInRefused without saying what was wrong, or PassphraseNeeded where the passkey holds but cannot
    unlock the keys and no passphrase was typed.
    """
    member = sessions.member_named(attempt.name)
    device = attempt.device if devices.is_known(attempt.device, member) else ""
    bucket = attempts.take_attempt(attempt.name, device, now=now)
    try:
        passkey = _proved(attempt, member, host, now)
        keys = _unlocked(attempt, passkey)
    except (PasskeyRefused, SealingRefused):
        if member is not None:
            sessions.note_refusal(member, now)
        raise SignInRefused("refused") from None
    attempts.forget_failures(bucket)
    return sessions.open_session(passkey.member, keys, now=now)


def _proved(attempt: PasskeySignIn, member: Member | None, host: str, now: datetime) -> Passkey:
    ceremony = _take(_digest(attempt.token), _SIGN_IN, now=now)
    if ceremony is None or member is None or ceremony.member_id != member.id:
        raise PasskeyRefused("no challenge waits for this name")
    rows = {bytes(row.credential): row for row in member.passkeys.select_related("member__organisation")}
    try:
        answered = AuthenticationResponse.from_dict(attempt.answer)
        known = _server(host).authenticate_complete(ceremony.state, [_credential(row) for row in rows.values()], answered)
    except (ValueError, KeyError, TypeError):
        raise PasskeyRefused("the answer does not hold") from None
    passkey = rows[bytes(known.credential_id)]
    count = answered.response.authenticator_data.counter
    # Where an authenticator counts, a count that does not rise means that there are two of it.
    if (count or passkey.sign_count) and count <= passkey.sign_count:
        raise PasskeyRefused("the passkey's count did not rise")
    if not Passkey.objects.filter(pk=passkey.pk, sign_count=passkey.sign_count).update(sign_count=count):
        raise PasskeyRefused("the passkey was used at the same moment")
    return passkey


def _unlocked(attempt: PasskeySignIn, passkey: Passkey) -> MemberKeys:
    if attempt.output is not None and passkey.sealed_keys is not None:
        sealed, credential = bytes(passkey.sealed_keys), bytes(passkey.credential)
        return vault.unlock_with_passkey(owner_of(passkey.member), sealed, credential, attempt.output)
    if attempt.passphrase is None:
        raise PassphraseNeeded("the passkey cannot unlock the keys")
    return sessions.unlock(passkey.member, attempt.passphrase)


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name="Safeconduct"))


def _descriptor(credential: bytes) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=credential)


def _credential(row: Passkey) -> AttestedCredentialData:
    encoded = cbor.decode(bytes(row.public_key))
    assert isinstance(encoded, Mapping)
    key = CoseKey.parse(encoded)
    return AttestedCredentialData.create(Aaguid.NONE, bytes(row.credential), key)


def _remember(digest: str, use: str, member: Member | None, state: Options, *, now: datetime) -> None:
    Ceremony.objects.filter(made_at__lt=now - VALID_FOR).delete()
    fields = {"use": use, "member": member, "state": state, "made_at": now}
    Ceremony.objects.update_or_create(digest=digest, defaults=fields)


def _take(digest: str, use: str, *, now: datetime) -> Ceremony | None:
    """The ceremony that waits, which nobody can take a second time."""
    row = Ceremony.objects.filter(digest=digest, use=use, made_at__gte=now - VALID_FOR).first()
    if row is None or not Ceremony.objects.filter(pk=row.pk).delete()[0]:
        return None
    return row


def _invented(name: str) -> dict[bytes, bytes]:
    wanted = [
        hmac.digest(settings.SECRET_KEY.encode(), f"no passkey {use} {name.strip().casefold()}".encode(), "sha256")
        for use in ("credential", "salt")
    ]
    return {wanted[0]: wanted[1]}


def _digest(token: str) -> str:
    try:
        return Token.parse(token).digest().hex()
    except SealingRefused:
        return ""


def _plain(value: Mapping[str, Any]) -> Options:
    """Without the library's own types, as it is kept and sent."""
    plain: Options = json.loads(json.dumps(dict(value)))
    return plain


def _note(actor: Actor, now: datetime) -> None:
    custody.write(
        actor.organisation, Act.CREDENTIAL_CHANGED, actor=actor.id, thing=actor.id, purpose=Purpose.OWN, today=now.date()
    )
