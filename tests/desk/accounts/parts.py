"""What the tests of accounts share."""

import re
from datetime import datetime, timedelta

from django.test import Client

from safeconduct.core.custody import Entry as LogEntry
from safeconduct.desk.accounts import credentials, invitations, sessions
from safeconduct.desk.accounts.actors import Actor, owner_of
from safeconduct.desk.accounts.invitations import Joining
from safeconduct.desk.accounts.links import GivenLink
from safeconduct.desk.accounts.middleware import SESSION_COOKIE
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.accounts.sessions import SignIn
from safeconduct.desk.custody.models import Entry
from safeconduct.desk.vault import identities
from safeconduct.desk.vault.secrets import Passphrase
from safeconduct.desk.web import clock
from tests.cast import NOW, PASSPHRASE, Cast

OTHER_PASSPHRASE = "eleven grey herons near the sluice"


def acts(organisation: str, thing: str) -> list[str]:
    """What the log says was done to a thing, in order."""
    rows = Entry.objects.filter(organisation=organisation).order_by("position")
    entries = [LogEntry.decode(bytes(row.body)) for row in rows]
    return [entry.act.value for entry in entries if entry.object == thing]


def code_of(cast: Cast, name: str, at: datetime = NOW) -> str:
    """The six digits that a member's authenticator shows at a moment."""
    return factor_of(cast.actor(name)).code(int(at.timestamp()))


def factor_of(actor: Actor) -> identities.SecondFactor:
    """The authenticator that counts for a member."""
    member = Member.objects.get(pk=actor.id)
    return identities.open_second_factor(owner_of(member), actor.keys, bytes(member.sealed_totp))


def attempt(cast: Cast, name: str = "amal", passphrase: str = PASSPHRASE, at: datetime = NOW, device: str = "") -> SignIn:
    """A sign-in with the right code of that moment."""
    return SignIn(name, Passphrase(passphrase), code_of(cast, name, at), device)


def invited(cast: Cast, *roles: Role, by: str = "amal", alias: str = "Hana", now: datetime = NOW) -> GivenLink:
    """A fresh invitation to a member's organisation."""
    _, given = invitations.invite(cast.actor(by), alias=alias, roles=roles or (Role.CASEWORKER,), language="fr", now=now)
    return given


def joining(name: str = "hana", alias: str = "Hana", passphrase: str = PASSPHRASE) -> Joining:
    """What an invited person chooses."""
    return Joining(sign_in_name=name, alias=alias, passphrase=Passphrase(passphrase))


def joined(cast: Cast, *roles: Role, by: str = "amal", name: str = "hana", now: datetime = NOW) -> Actor:
    """Somebody who was invited and has finished joining."""
    given = invited(cast, *roles, by=by, now=now)
    cookie, actor = invitations.join(given.token, given.code, joining(name, name.capitalize()), now=now)
    pending = credentials.pending_second_factor(actor)
    assert pending is not None
    credentials.confirm_second_factor(actor, pending.code(int(now.timestamp())), now=now)
    found = sessions.actor_of_cookie(cookie, now=now)
    assert found is not None
    return found


def client_of(actor: Actor) -> Client:
    """A browser in which somebody who is not of the cast is signed in."""
    client = Client(headers={"accept-language": "en"})
    client.cookies[SESSION_COOKIE], _ = sessions.open_session(actor.member, actor.keys, now=clock.now())
    return client


def make_stale(cast: Cast, name: str) -> None:
    """Let the time of fresh proofs pass for every session of a member."""
    for session in cast.actor(name).member.sessions.all():
        session.fresh_until -= timedelta(hours=1)
        session.save()


def without_tokens(page: bytes, *own: str) -> str:
    """A page without form tokens and the texts that belong to one address, to be compared with another."""
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", page.decode())
    for each in own:
        text = text.replace(each, "")
    return text
