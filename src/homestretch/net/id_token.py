"""Signed tokens of OpenID Connect: which are believed, and why one is not. Times are seconds since 1970."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

#: No token without a signature, and none with a secret that both sides know.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
#: So far clocks may differ.
LEEWAY_S = 60
#: A logout token is believed so long after it was issued, and its id is remembered for longer.
LOGOUT_S = 600
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"

type Claims = Mapping[str, object]


class TokenRefused(Exception):
    """A token is not believed; the text says why."""


class UnknownKey(TokenRefused):
    """A token is signed with a key that is not among those held."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token has to say: its issuer, its audience, and what binds it to the attempt; `nonce` None: of none.

    `access_token` is the one that came with it.
    """

    issuer: str
    client_id: str
    nonce: str | None
    access_token: str | None = None


def checked(token: str, keys: Claims, expected: Expected, now_s: float) -> Claims:
    """Return the claims of a token that is signed by one of the keys and says what is expected.

    Raises TokenRefused, UnknownKey.
    """
    header, claims = _signed(token, keys)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if claims.get("iss") != expected.issuer:
        raise TokenRefused("issuer")
    if expected.client_id not in audiences:
        raise TokenRefused("audience")
    if (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != expected.client_id:
        raise TokenRefused("authorized party")
    _timely(claims, now_s, expires=expected.nonce is not None)
    if expected.nonce is not None:
        if claims.get("nonce") != expected.nonce:
            raise TokenRefused("nonce")
        if not isinstance(claims.get("sub"), str) or not claims["sub"]:
            raise TokenRefused("no subject")
        if "at_hash" in claims and claims["at_hash"] != _half_hash(expected.access_token or "", str(header.get("alg"))):
            raise TokenRefused("at_hash")
    return claims


def logout_claims(token: str, keys: Claims, expected: Expected, now_s: float) -> Claims:
    """Return the claims of a logout token (OpenID Connect Back-Channel Logout 1.0). Raises TokenRefused, UnknownKey."""
    header, _ = _signed(token, keys)
    claims = checked(token, keys, expected, now_s)
    events = claims.get("events")
    if str(header.get("typ", "")).lower().removeprefix("application/") not in ("logout+jwt", "jwt", ""):
        raise TokenRefused("type")
    if not isinstance(events, dict) or LOGOUT_EVENT not in events:
        raise TokenRefused("no logout event")
    if "nonce" in claims:
        raise TokenRefused("a nonce")
    issued = claims["iat"]
    if not _number(issued) or issued + LOGOUT_S <= now_s:
        raise TokenRefused("too old")
    if not isinstance(claims.get("jti"), str):
        raise TokenRefused("no id")
    if not isinstance(claims.get("sub"), str) and not isinstance(claims.get("sid"), str):
        raise TokenRefused("nobody")
    return claims


def _signed(token: str, keys: Claims) -> tuple[Claims, Claims]:
    """Return header and claims of a token that one of the keys signed."""
    from joserfc import jws, jwt
    from joserfc.errors import JoseError

    try:
        header: Claims = jws.extract_compact(token.encode()).headers()
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS:
            raise TokenRefused("it is not signed in a way that is believed")
        found = jwt.decode(token, _key(keys, kid, str(algorithm)), algorithms=[str(algorithm)])
    except (JoseError, ValueError, TypeError) as error:
        raise TokenRefused(f"signature: {type(error).__name__}") from error
    return found.header, found.claims


def _key(keys: Claims, kid: object, algorithm: str) -> "RSAKey | ECKey | OKPKey | OctKey":
    """Return the key that a header names; without a name, the only one of its type."""
    from joserfc.jwk import import_key

    kind = {"R": "RSA", "P": "RSA"}.get(algorithm[0]) or ("EC" if algorithm == "ES256" else "OKP")
    listed = keys.get("keys")
    fitting = [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
        and one.get("kty") == kind
        and one.get("use", "sig") == "sig"
        and one.get("alg", algorithm) == algorithm
        and (kid is None or one.get("kid") == kid)
    ]
    if len(fitting) != 1:
        raise UnknownKey("signed with an unknown key")
    return import_key(fitting[0])


def _timely(claims: Claims, now_s: float, *, expires: bool) -> None:
    """Refuse what is over, or not yet; `expires`: it has to say when."""
    over, since, issued = (claims.get(name) for name in ("exp", "nbf", "iat"))
    if (over is not None or expires) and (not _number(over) or over + LEEWAY_S <= now_s):
        raise TokenRefused("it has expired")
    if not _number(issued) or issued - LEEWAY_S > now_s:
        raise TokenRefused("it was issued in the future")
    if since is not None and (not _number(since) or since - LEEWAY_S > now_s):
        raise TokenRefused("it does not hold yet")


def _number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _half_hash(token: str, algorithm: str) -> str:
    digest = hashlib.sha512 if algorithm in ("EdDSA", "Ed25519") else hashlib.sha256
    found = digest(token.encode()).digest()
    return base64.urlsafe_b64encode(found[: len(found) // 2]).decode().rstrip("=")
