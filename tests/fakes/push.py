"""A push service and a browser that subscribed to it: takes what is signed, and decrypts it, over TLS."""

import base64
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CURVE = ec.SECP256R1()
POINT = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def letters(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def data_of(text: str) -> bytes:
    """Return the bytes of base64url."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """A browser: its keys, the server's key that it subscribed with, and what came."""

    path: str
    server_key: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = b"sixteen bytes !!"
    taken: list[dict[str, Any]] = field(default_factory=list)

    @property
    def public(self) -> bytes:
        """Its public key."""
        return self.private.public_key().public_bytes(*POINT)

    def decrypt(self, body: bytes) -> bytes:
        """Decrypt as RFC 8291 and RFC 8188 say, by another library's HKDF than the one that encrypts."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        keying = _hkdf(shared, self.auth, b"WebPush: info\0" + self.public + sender, 32)
        key = _hkdf(keying, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(keying, salt, b"Content-Encoding: nonce\0", 12)
        text, _, _ = AESGCM(key).decrypt(nonce, sealed, None).rpartition(b"\x02")
        return text


def _hkdf(keying: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(keying)


class PushService(ThreadingHTTPServer):
    """Answers `status` with `headers`, 410 to a browser that is gone, 403 to what is not signed with its key."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.headers = 201, {}
        self.browsers: dict[str, Browser] = {}
        self.requests: list[dict[str, str]] = []
        self.now_s = 0.0
        self.certificate = folder / "push.pem"
        self.certificate.write_bytes(_certificate())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    status: int
    headers: dict[str, str]

    @property
    def origin(self) -> str:
        """Its address."""
        return f"https://127.0.0.1:{self.server_address[1]}"

    def subscribe(self, server_key: str) -> Browser:
        """Return a browser that subscribed with a server's public key."""
        made = Browser(f"/push/{len(self.browsers)}", server_key)
        self.browsers[made.path] = made
        return made

    def subscription(self, browser: Browser) -> dict[str, str]:
        """Return what a browser gives the app's server."""
        keys = {"p256dh": letters(browser.public), "auth": letters(browser.auth)}
        return {"endpoint": f"{self.origin}{browser.path}", **keys}

    def forget(self, browser: Browser) -> None:
        """Forget a browser, as when somebody uninstalls it."""
        del self.browsers[browser.path]


class Handler(BaseHTTPRequestHandler):
    """One request (RFC 8030 §5)."""

    server: PushService

    def do_POST(self) -> None:
        """Take a message."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append({name.lower(): value for name, value in self.headers.items()})
        self.send_response(self._taken(body))
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _taken(self, body: bytes) -> int:
        if self.server.status != 201:
            return self.server.status
        browser = self.server.browsers.get(self.path)
        if browser is None:
            return 410
        if self.headers["Content-Encoding"] != "aes128gcm" or not self.headers["TTL"].isdigit():
            return 400
        if len(body) > 4096:
            return 413
        if not self._is_signed(browser):
            return 403
        browser.taken.append(json.loads(browser.decrypt(body)))
        return 201

    def _is_signed(self, browser: Browser) -> bool:
        """Return whether RFC 8292 is kept: signed with the key that the browser subscribed with, for us, for today."""
        kind, _, rest = self.headers["Authorization"].partition(" ")
        parts = dict(one.strip().split("=", 1) for one in rest.split(","))
        if kind != "vapid" or not hmac.compare_digest(parts["k"], browser.server_key):
            return False
        head, claims, signature = parts["t"].split(".")
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, data_of(parts["k"]))
        raw = data_of(signature)
        der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        said = json.loads(data_of(claims))
        lasts = said["exp"] - self.server.now_s
        return bool(said["aud"] == self.server.origin and 0 < lasts <= 86_400)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _certificate() -> bytes:
    """Return a certificate for this machine and its key, good for an hour."""
    key = ec.generate_private_key(CURVE)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "push")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private + made.public_bytes(pem)


@contextmanager
def push_service(folder: Path) -> Iterator[PushService]:
    """Run a push service."""
    with PushService(folder) as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()
