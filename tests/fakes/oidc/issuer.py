"""A fake issuer of OpenID Connect: lets one person in at once, and does wrong what its `faults` name."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "homestretch", "the client's secret: 100 % safe"
EVENT = "http://schemas.openid.net/event/backchannel-logout"
type Document = dict[str, Any]


class FakeIssuer:
    """The issuer, for the block in which it is entered; `now` is its clock, in seconds."""

    def __init__(self, redirect_uri: str = "http://127.0.0.1:8080/api/session/oidc/home/callback") -> None:
        self.redirect_uri = redirect_uri
        self.faults: set[str] = set()
        self.person: Document = {"sub": "s-1", "email": "ann@example.org", "email_verified": True}
        self.person |= {"preferred_username": "ann", "groups": ["family"], "realm": {"roles": ["coach"]}}
        #: Only at the userinfo endpoint.
        self.more: Document = {}
        self.changes: Document = {}
        self.algorithm = "RS256"
        self.moved_s = 0.0
        self.fetched = 0
        self.ended: list[str] = []
        self._codes: dict[str, Document] = {}
        self._rotate()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        cast(Any, self._server).issuer = self

    @property
    def url(self) -> str:
        """The issuer."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _rotate(self) -> None:
        kid = secrets.token_hex(4)
        self.keys: dict[str, RSAKey | ECKey] = {
            "RS256": RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}),
            "ES256": ECKey.generate_key("P-256", {"kid": kid, "use": "sig"}),
        }

    def rotate(self) -> None:
        """Sign with other keys from now on."""
        self._rotate()

    def go(self, url: str) -> str:
        """Do what the person's browser does at the address that we sent it to; return where it is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["client_id"] == CLIENT and asked["redirect_uri"] == self.redirect_uri, asked
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert asked["scope"].split()[:3] == ["openid", "profile", "email"]
        back = {"state": asked["state"], "iss": self.url}
        if "declined" in self.faults:
            return f"{self.redirect_uri}?{urlencode({**back, 'error': 'access_denied'})}"
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        answer = {**back, "code": code}
        answer |= {"iss": "https://elsewhere.example"} if "other iss" in self.faults else {}
        answer |= {"state": "another"} if "other state" in self.faults else {}
        return f"{self.redirect_uri}?{urlencode(answer)}"

    def document(self) -> Document:
        """Return what it declares."""
        self.fetched += 1
        return {
            "issuer": "https://elsewhere.example" if "other issuer" in self.faults else self.url,
            **{f"{name}_endpoint": f"{self.url}/{name}" for name in ("authorization", "token", "userinfo")},
            "end_session_endpoint": f"{self.url}/end", "jwks_uri": f"{self.url}/jwks",
            "authorization_response_iss_parameter_supported": True,
            "id_token_signing_alg_values_supported": ["HS256"] if "shared secret" in self.faults else ["RS256"],
            "token_endpoint_auth_methods_supported": [f"client_secret_{'post' if 'post' in self.faults else 'basic'}"],
        }  # fmt: skip

    def jwks(self) -> Document:
        """Return its public keys."""
        return {"keys": [key.as_dict(private=False) for key in self.keys.values()]}

    def token(self, form: Document, authorization: str) -> tuple[int, Document]:
        """Trade a code for tokens."""
        name, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        if "post" in self.faults:
            name, secret = form.get("client_id", ""), quote(form.get("client_secret", ""))
        right = (unquote(name), unquote(secret)) == (CLIENT, SECRET)
        asked = self._codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if not right:
            return 401, {"error": "invalid_client"}
        if asked is None or asked["code_challenge"] != challenge.decode().rstrip("="):
            return 400, {"error": "invalid_grant"}
        if "verifier" in self.faults:
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": self._id_token(asked, access)}

    def _id_token(self, asked: Document, access: str) -> str:
        now = int(time.time() + self.moved_s)
        digest = hashlib.sha256(access.encode()).digest()[:16]
        claims = {"iss": self.url, "aud": CLIENT, "nonce": asked["nonce"], "iat": now, "exp": now + 300}
        claims |= {"at_hash": base64.urlsafe_b64encode(digest).decode().rstrip("="), "auth_time": now, "sid": "there-1"}
        changes = {name: value(now) if callable(value) else value for name, value in self.changes.items()}
        return self.sign({**claims, **self.person, **changes})

    def sign(self, claims: Document, typ: str = "JWT") -> str:
        """Return a signed token."""
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.faults & {"none", "HS256"}:
            return self._believed_by_nobody(claims)
        key = RSAKey.generate_key(2048) if "foreign key" in self.faults else self.keys[self.algorithm]
        kid = "foreign" if "foreign kid" in self.faults else self.keys[self.algorithm].kid
        algorithm = self.algorithm
        return jwt.encode({"alg": algorithm, "kid": kid, "typ": typ}, claims, key, algorithms=[algorithm])

    def _believed_by_nobody(self, claims: Document) -> str:
        """Return a token without a signature, or with one by what everybody knows: the public key."""
        header = {"alg": "none" if "none" in self.faults else "HS256", "kid": self.keys["RS256"].kid}
        text = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
        public = self.keys["RS256"].as_pem(private=False)
        return f"{text}.{'' if 'none' in self.faults else _encoded(hmac.digest(public, text.encode(), 'sha256'))}"

    def logout_token(self, **changes: Any) -> str:
        """Return a token that says that somebody signed out."""
        now = int(time.time() + self.moved_s)
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": secrets.token_hex(8)}
        claims |= {"events": {EVENT: {}}, "sub": self.person["sub"], "sid": "there-1"}
        return self.sign({**claims, **changes}, "logout+jwt")

    def userinfo(self) -> Document:
        """Return what it says of the person."""
        return {**self.person, **self.more, **({"sub": "another"} if "other sub" in self.faults else {})}


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        issuer: FakeIssuer = cast(Any, self.server).issuer
        path = urlsplit(self.path).path
        if path == "/authorization":
            self.send_response(302)
            self.send_header("Location", issuer.go(self.path))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == "/end":
            issuer.ended.append(self.path)
            self._say(200, {"signed": "out"})
        elif "away" in issuer.faults:
            self._say(503, {})
        else:
            known = {"/jwks": issuer.jwks, "/userinfo": issuer.userinfo}
            said = {"/.well-known/openid-configuration": issuer.document, **known}.get(path)
            self._say(200, said()) if said else self._say(404, {})

    def do_POST(self) -> None:
        issuer: FakeIssuer = cast(Any, self.server).issuer
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(sent).items()}
        self._say(*issuer.token(form, self.headers.get("Authorization", "")))

    def _say(self, status: int, document: Document) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
