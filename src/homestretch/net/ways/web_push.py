"""Web push: a message encrypted for one browser (RFC 8291, RFC 8188), signed by this server (RFC 8292)."""

import base64
import hmac
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey

#: A message is one record: at most so many bytes (RFC 8188 §2.1), of which a push service has to take 4,096.
RECORD = 4096
SALT, SECRET, POINT = 16, 16, 65
#: A signature lasts so long; push services refuse one that lasts longer than a day (RFC 8292 §2).
LASTS_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class PushKey:
    """The server's key for push services: P-256, `private` as 32 bytes. `contact` is an address of the server."""

    private: bytes = field(repr=False)
    contact: str | None = None


def new_key() -> bytes:
    """Return a new private key, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32)


def public_key(private: bytes) -> bytes:
    """Return the public key of a private one, as an uncompressed point of 65 bytes."""
    return _point(_key(private).public_key())


def is_point(data: bytes) -> bool:
    """Return whether bytes are an uncompressed point of P-256."""
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data)
    except ValueError:
        return False
    return len(data) == POINT


def encrypt_for(
    browser: bytes, secret: bytes, text: bytes, *, private: bytes | None = None, salt: bytes | None = None
) -> bytes:
    """Return a text encrypted for a browser (its public key, its secret of 16 bytes), as the body of a request.

    The sender's key is made for each message, as is the salt; `private` and `salt` are those of published examples.
    """
    from cryptography.hazmat.primitives.asymmetric import ec

    sender = _key(private or new_key())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), browser)
    ours = _point(sender.public_key())
    shared = sender.exchange(ec.ECDH(), theirs)
    keying = _derived(secret, shared, b"WebPush: info\0" + browser + ours, 32)
    return encoded(keying, text, salt=salt, key_id=ours)


def encoded(keying: bytes, text: bytes, *, salt: bytes | None = None, key_id: bytes = b"") -> bytes:
    """Return a text in the content coding aes128gcm (RFC 8188), as one record. Raises ValueError for a long one."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(text) + 17 > RECORD:
        raise ValueError(f"a message of {len(text)} bytes is longer than a record")
    salt = salt or os.urandom(SALT)
    key = _derived(salt, keying, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, keying, b"Content-Encoding: nonce\0", 12)
    # 2 ends the last record; there is but one, whose number (0) leaves the nonce as it is.
    sealed = AESGCM(key).encrypt(nonce, text + b"\x02", None)
    return salt + RECORD.to_bytes(4) + bytes([len(key_id)]) + key_id + sealed


def authorization(key: PushKey, origin: str, now_s: int) -> str:
    """Return the header that says to the push service at an origin who sends (RFC 8292 §2, §3)."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    claims = {"aud": origin, "exp": now_s + LASTS_S} | ({"sub": key.contact} if key.contact else {})
    parts = [base64url(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims)]
    private = _key(key.private)
    pair = decode_dss_signature(private.sign(".".join(parts).encode(), ec.ECDSA(SHA256())))
    signature = b"".join(number.to_bytes(32) for number in pair)
    token = ".".join([*parts, base64url(signature)])
    return f"vapid t={token}, k={base64url(_point(private.public_key()))}"


def base64url(data: bytes) -> str:
    """Return bytes as letters of addresses, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Return the bytes of such letters. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _derived(salt: bytes, keying: bytes, info: bytes, length: int) -> bytes:
    """Return up to 32 bytes by HKDF with SHA-256 (RFC 5869), whose first block that is."""
    return hmac.digest(hmac.digest(salt, keying, "sha256"), info + b"\x01", "sha256")[:length]


def _key(private: bytes) -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.derive_private_key(int.from_bytes(private), ec.SECP256R1())


def _point(key: "EllipticCurvePublicKey") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
