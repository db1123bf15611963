"""Browsers that a member has signed in with: the server knows them again by its own signature, and keeps nothing of them."""

from django.core import signing

from safeconduct.desk.accounts.models import Member
from safeconduct.desk.vault.secrets import new_token

_SIGNER = signing.Signer(salt="safeconduct device")


def new_device(member: Member) -> str:
    """What a browser keeps after signing in: it says for whom, and only this server can make it."""
    return _SIGNER.sign(f"{member.id}.{new_token().text()}")


def is_known(device: str, member: Member | None) -> bool:
    """Whether this member has signed in with this browser. What somebody invents, or has of another member, is not known."""
    if member is None:
        return False
    try:
        return _SIGNER.unsign(device).partition(".")[0] == member.id
    except signing.BadSignature:
        return False
