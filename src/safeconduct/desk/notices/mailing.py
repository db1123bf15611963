"""Sending e-mail without content, by the SMTP server that the environment names.

SAFECONDUCT_SMTP_HOST           its name; without one no e-mail is sent
SAFECONDUCT_SMTP_PORT           default 465 with tls, 587 with starttls, 25 with none
SAFECONDUCT_SMTP_SECURITY       tls (default), starttls, or none (this machine only)
SAFECONDUCT_SMTP_USER           with the password in the file that SAFECONDUCT_SMTP_PASSWORD_FILE names
SAFECONDUCT_SMTP_FROM           the sender's address
"""

import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

from safeconduct.core.errors import SafeconductError

_PATIENCE_S = 20
_PORTS = {"tls": 465, "starttls": 587, "none": 25}
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


class MailRefused(SafeconductError):
    """The settings are not usable, or the server did not take the message."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Post:
    """How to reach the mail server."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str


def post_of_environment() -> Post | None:
    """The mail server that the environment names; None where there is none. MailRefused for unsafe settings."""
    host = os.environ.get("SAFECONDUCT_SMTP_HOST", "")
    if not host:
        return None
    security = os.environ.get("SAFECONDUCT_SMTP_SECURITY", "tls")
    port = os.environ.get("SAFECONDUCT_SMTP_PORT", "") or str(_PORTS.get(security, 0))
    if security not in _PORTS or (security == "none" and host not in _THIS_MACHINE):
        raise MailRefused("SAFECONDUCT_SMTP_SECURITY: tls or starttls, or none on this machine")
    sender = os.environ.get("SAFECONDUCT_SMTP_FROM", "")
    if not sender or not port.isdecimal():
        raise MailRefused("SAFECONDUCT_SMTP_FROM and a port are needed")
    file = os.environ.get("SAFECONDUCT_SMTP_PASSWORD_FILE", "")
    password = Path(file).read_text().strip() if file else ""
    user = os.environ.get("SAFECONDUCT_SMTP_USER", "")
    return Post(host=host, port=int(port), security=security, user=user, password=password, sender=sender)


def send(post: Post, address: str, subject: str, text: str) -> None:
    """Send one message. MailRefused, naming nobody, where it is not taken."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = post.sender, address, subject
    # Not the name of this machine, which the library would take.
    message["Message-ID"] = make_msgid(domain=post.sender.rpartition("@")[2] or "localhost")
    message.set_content(text)
    try:
        with _connected(post) as server:
            if post.user:
                server.login(post.user, post.password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as failed:
        raise MailRefused(f"the mail server did not take it ({type(failed).__name__})") from None


def _connected(post: Post) -> smtplib.SMTP:
    if post.security == "tls":
        return smtplib.SMTP_SSL(
            post.host, post.port, local_hostname="localhost", timeout=_PATIENCE_S, context=ssl.create_default_context()
        )
    server = smtplib.SMTP(post.host, post.port, local_hostname="localhost", timeout=_PATIENCE_S)
    if post.security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
