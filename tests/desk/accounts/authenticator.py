"""A passkey in software: what a browser and its authenticator would answer, truthfully or not."""

import hmac
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://localhost"
HOST = "localhost"
UP, UV, AT = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV, AuthenticatorData.FLAG.AT


class Authenticator:
    """One passkey; its PRF is an HMAC of its own secret."""

    def __init__(self, credential: bytes = b"a passkey of thirty-two bytes...") -> None:
        self.credential = credential
        self.count = 0
        self.origin = ORIGIN
        self.flags = UP | UV
        self._key = ec.generate_private_key(ec.SECP256R1())

    def prf(self, options: Mapping[str, Any]) -> bytes:
        """What the PRF gives for the salt that the options name for this passkey."""
        asked = options["publicKey"]["extensions"]["prf"]
        by_credential = asked.get("evalByCredential", {})
        salt = by_credential.get(websafe_encode(self.credential), asked["eval"])["first"]
        return hmac.digest(b"secret" + self.credential, websafe_decode(salt), "sha256")

    def make(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to registration options."""
        public = options["publicKey"]
        client = self._client(CollectedClientData.TYPE.CREATE, public["challenge"])
        key = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]  # of the library
        attested = AttestedCredentialData.create(Aaguid.NONE, self.credential, key)
        made = AuthenticatorData.create(sha256(public["rp"]["id"].encode()), self.flags | AT, self.count, attested)
        attestation = AttestationObject.create("none", made, {})
        return self._answer({"clientDataJSON": client, "attestationObject": attestation})

    def use(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to sign-in options."""
        public = options["publicKey"]
        self.count += 1
        client = self._client(CollectedClientData.TYPE.GET, public["challenge"])
        authenticated = AuthenticatorData.create(sha256(public["rpId"].encode()), self.flags, self.count)
        signature = self._key.sign(authenticated + client.hash, ec.ECDSA(SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": authenticated, "signature": signature})

    def _client(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(challenge), self.origin)

    def _answer(self, response: Mapping[str, bytes]) -> dict[str, Any]:
        name = websafe_encode(self.credential)
        fields = {field: websafe_encode(content) for field, content in response.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": fields, "clientExtensionResults": {}}
