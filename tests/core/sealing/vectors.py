"""Reads the published sealing vectors and runs each through the entry point it is for.

Grammar: spec/vectors/README.md.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from safeconduct.core import sealing
from safeconduct.core.sealing import layout
from safeconduct.core.sealing.passphrases import Passphrase

SPEC = Path(__file__).resolve().parents[3] / "spec"
FOLDER = SPEC / "vectors" / "sealing"
RECORD_KEYS: dict[str, Callable[[bytes], sealing.records.RecordKey]] = {
    "case": sealing.CaseKey,
    "section": sealing.SectionKey,
    "keyring": sealing.KeyringKey,
    "session": sealing.SessionSecret,
}


@dataclass(frozen=True)
class Vector:
    """One file: its header lines and its bytes."""

    name: str
    lines: dict[str, str]
    body: bytes

    @classmethod
    def read(cls, path: Path) -> "Vector":
        head, _, rows = path.read_text(encoding="utf-8").partition("\n\n")
        lines = dict(line.split(": ", 1) for line in head.split("\n"))
        return cls(path.stem, lines, bytes.fromhex(rows))

    def octets(self, name: str) -> bytes:
        return bytes.fromhex(self.lines.get(name, ""))

    def context(self) -> sealing.Context:
        return sealing.Context(
            organisation=self.lines.get("organisation", ""),
            subject=self.lines.get("subject", ""),
            section=self.lines.get("section", ""),
            record=self.lines.get("record", ""),
            version=int(self.lines["version"]),
        )

    def require_plaintext(self, plaintext: bytes) -> None:
        if "plaintext" in self.lines:
            assert plaintext.hex() == self.lines["plaintext"]
        else:
            assert hashlib.sha256(plaintext).hexdigest() == self.lines["plaintext-sha256"]


def all_vectors() -> list[Vector]:
    return [Vector.read(path) for path in sorted(FOLDER.glob("*.txt"))]


def run(vector: Vector) -> None:
    """Give the vector to its entry point; a success is compared with what the vector says comes out."""
    RUNNERS[vector.lines["kind"]](vector)


def _context(vector: Vector) -> None:
    assert vector.context().encode() == vector.body


def _padded_size(vector: Vector) -> None:
    size, padded = int.from_bytes(vector.body[:8], "big"), int.from_bytes(vector.body[8:], "big")
    if layout.padded_size(size) != padded:
        raise sealing.PaddingRefused("not the padded size")


def _section_key(vector: Vector) -> None:
    key = sealing.CaseKey(vector.octets("key"))
    derived = key.section(
        organisation=vector.lines["organisation"],
        case=vector.lines["subject"],
        key_version=int(vector.lines["version"]),
        section=vector.lines["section"],
    )
    assert derived.secret_bytes() == vector.body


def _reading_pair(vector: Vector) -> None:
    assert sealing.SectionKey(vector.octets("key")).reading_pair().secret_bytes() == vector.body


def _recovery_pair(vector: Vector) -> None:
    assert sealing.RecoveryKey(vector.octets("key")).private_key().secret_bytes() == vector.body


def _receipt_pair(vector: Vector) -> None:
    receipt = sealing.Receipt.parse(vector.lines["receipt"])
    pair = sealing.receipt_pair(receipt, sealing.ReceiptSalt(vector.body))
    assert pair.secret_bytes() == vector.octets("seed")


def _record(vector: Vector) -> None:
    key = RECORD_KEYS[vector.lines["key-type"]](vector.octets("key"))
    plaintext = sealing.open_record(key, vector.context(), vector.body)
    vector.require_plaintext(plaintext)


def _grant(vector: Vector) -> None:
    private = sealing.SealingPrivateKey(vector.octets("private"))
    vector.require_plaintext(sealing.open_from(private, vector.context(), vector.body))


def _passphrase(vector: Vector) -> None:
    assert Passphrase(vector.body.decode())._content == vector.octets("normal")


def _passphrase_wrap(vector: Vector) -> None:
    passphrase = Passphrase(vector.octets("passphrase").decode())
    vector.require_plaintext(sealing.unwrap_with_passphrase(passphrase, vector.context(), vector.body))


def _passkey_wrap(vector: Vector) -> None:
    passkey = sealing.PasskeySecret(vector.octets("key"))
    vector.require_plaintext(sealing.unwrap_with_passkey(passkey, vector.context(), vector.body))


def _member_keys(vector: Vector) -> None:
    keys = sealing.MemberKeys.decode(vector.body)
    assert keys.sealing.secret_bytes() == vector.octets("sealing")
    assert keys.signing.secret_bytes() == vector.octets("signing")
    assert keys.keyring.secret_bytes() == vector.octets("keyring")
    assert keys.encode() == vector.body


def _receipt(vector: Vector) -> None:
    receipt = sealing.Receipt.parse(vector.body.decode())
    assert receipt.digits().replace(" ", "") == vector.lines["digits"]
    assert receipt.locator == vector.lines["locator"]


def _sealing_public_key(vector: Vector) -> None:
    public = sealing.SealingPublicKey.decode(vector.body)
    assert public.encode() == vector.body
    assert public == sealing.SealingPrivateKey(vector.octets("private")).public_key()


def _signing_public_key(vector: Vector) -> None:
    public = sealing.SigningPublicKey.decode(vector.body)
    assert public.encode() == vector.body
    assert public == sealing.SigningPrivateKey(vector.octets("private")).public_key()
    assert public.fingerprint() == vector.lines["fingerprint"]


def _signature(vector: Vector) -> None:
    public = sealing.SigningPublicKey.decode(vector.octets("public"))
    sealing.verify(public, vector.octets("purpose").decode(), vector.octets("message"), vector.body)


def _log_signature(vector: Vector) -> None:
    public = sealing.LogPublicKey.decode(vector.octets("public"))
    public.verify(vector.octets("message"), vector.body)


def _log_public_key(vector: Vector) -> None:
    assert sealing.LogPublicKey.decode(vector.body).encode() == vector.body


def _file(vector: Vector) -> None:
    content = vector.octets("key")
    key = sealing.FileKey(content) if vector.lines["key-type"] == "file" else sealing.SectionKey(content)
    opener = sealing.FileOpener(key, vector.context())
    vector.require_plaintext(opener.update(vector.body) + opener.finalize())


def _recovery_shares(vector: Vector) -> None:
    shares = [sealing.RecoveryShare(words) for words in vector.body.decode().split("\n") if words]
    assert sealing.RecoveryKey.join(shares).secret_bytes() == vector.octets("key")


def _token(vector: Vector) -> None:
    token = sealing.Token.parse(vector.body.decode())
    assert token.digest() == vector.octets("digest")


def _spoken_code(vector: Vector) -> None:
    code = sealing.SpokenCode.parse(vector.body.decode())
    beside = sealing.Token.parse(vector.lines["token"]) if "token" in vector.lines else None
    assert code.digest(beside) == vector.octets("digest")


def _one_time_code(vector: Vector) -> None:
    secret = sealing.TotpSecret(vector.octets("secret"))
    last = vector.lines.get("last-step")
    step = secret.verify(vector.body.decode(), int(vector.lines["at"]), None if last is None else int(last))
    assert str(step) == vector.lines["step"]


RUNNERS: dict[str, Callable[[Vector], None]] = {
    "context": _context,
    "padded-size": _padded_size,
    "section-key": _section_key,
    "reading-pair": _reading_pair,
    "recovery-pair": _recovery_pair,
    "receipt-pair": _receipt_pair,
    "record": _record,
    "grant": _grant,
    "passphrase": _passphrase,
    "passphrase-wrap": _passphrase_wrap,
    "passkey-wrap": _passkey_wrap,
    "member-keys": _member_keys,
    "receipt": _receipt,
    "sealing-public-key": _sealing_public_key,
    "signing-public-key": _signing_public_key,
    "signature": _signature,
    "log-signature": _log_signature,
    "log-public-key": _log_public_key,
    "file": _file,
    "recovery-shares": _recovery_shares,
    "token": _token,
    "spoken-code": _spoken_code,
    "one-time-code": _one_time_code,
}
