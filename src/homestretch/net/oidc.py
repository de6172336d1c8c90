"""OpenID Connect as a client: what a provider says of itself, the way to it and back, and who it says that came.

Answers are bounded, no redirect is followed, and nothing but https is spoken off this machine. What a provider says of
itself is kept for a day and its keys for an hour; while it is away, what was said last holds.
"""

import base64
import hashlib
import ipaddress
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import quote, urlencode, urlsplit

from homestretch.errors import HomestretchError
from homestretch.net.id_token import ALGORITHMS, Claims, Expected, TokenRefused, UnknownKey, checked, logout_claims

TIMEOUT_S, MOST_BYTES = 5.0, 1 << 20
METADATA_S, KEYS_S, LEAST_S = 24 * 3600.0, 3600.0, 60.0
DISCOVERY = "/.well-known/openid-configuration"


class ProviderUnreachable(HomestretchError):
    """{issuer} can't be reached ({reason}). Check the address, or try again later."""

    status = 422
    exit_code = 5


class ProviderUnusable(HomestretchError):
    """{issuer} can't be used to sign in: {reason}"""

    status = 422


class SignInRefused(HomestretchError):
    """The provider did not confirm the sign-in ({reason})."""

    status = 403


@dataclass(frozen=True, slots=True)
class Registration:
    """What a provider knows us by."""

    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    redirect_uri: str
    scopes: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The secrets of one sign-in, which the browser brings back sealed."""

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in: what the provider says of them, and its ID token, by which they sign out there."""

    claims: Claims
    id_token: str = field(repr=False)

    def text(self, name: str) -> str:
        """Return a claim that is a text; empty for none."""
        found = self.claims.get(name)
        return found if isinstance(found, str) else ""

    def texts(self, path: str) -> tuple[str, ...]:
        """Return the texts of a claim, whose path has dots where it lies in others; a name with dots is itself first.

        What is no list of texts has none.
        """
        found: object = self.claims.get(path)
        if found is None:
            found = self.claims
            for name in path.split("."):
                found = found.get(name) if isinstance(found, dict) else None
        if isinstance(found, str):
            return (found,)
        return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def new_attempt() -> Attempt:
    """Return the secrets of a new sign-in."""
    return Attempt(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))


class Issuers:
    """What providers say of themselves, and their keys, as they were fetched last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[str, tuple[float, Claims]] = {}

    def metadata(self, issuer: str) -> Claims:
        """Return what an issuer declares. Raises ProviderUnreachable, ProviderUnusable."""
        return self._kept(f"{issuer.rstrip('/')}{DISCOVERY}", METADATA_S, lambda url: discover(url, issuer))

    def keys(self, issuer: str, *, again: bool = False) -> Claims:
        """Return the keys of an issuer; `again` fetches them now, at most once a minute."""
        url = endpoint(self.metadata(issuer), "jwks_uri", issuer)
        return self._kept(url, LEAST_S if again else KEYS_S, lambda where: _get(where, issuer))

    def forget(self) -> None:
        """Fetch everything again when it is next needed."""
        with self._lock:
            self._held.clear()

    def _kept(self, url: str, lasts_s: float, fetch: Callable[[str], Claims]) -> Claims:
        with self._lock:
            held = self._held.get(url)
        if held is not None and time.monotonic() - held[0] < lasts_s:
            return held[1]
        try:
            found = fetch(url)
        except ProviderUnreachable:
            if held is None:
                raise
            return held[1]
        with self._lock:
            self._held[url] = time.monotonic(), found
        return found


#: One for the process: workers don't sign anybody in.
ISSUERS = Issuers()


def discover(url: str, issuer: str) -> Claims:
    """Fetch what an issuer declares, which has to be that one. Raises ProviderUnreachable, ProviderUnusable."""
    found = _get(url, issuer)
    if found.get("issuer") != issuer:
        raise ProviderUnusable(issuer=issuer, reason="it says it is another one")
    return found


def declared_issuer(address: str) -> Claims:
    """Return what the provider at an address declares, whichever issuer it says it is.

    Raises ProviderUnreachable, ProviderUnusable.
    """
    found = _get(f"{address.strip().rstrip('/')}{DISCOVERY}", address)
    issuer = found.get("issuer")
    if not isinstance(issuer, str) or issuer.rstrip("/") != address.strip().rstrip("/"):
        raise ProviderUnusable(issuer=address, reason=f"it says that it is {issuer}. Enter that address")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        endpoint(found, name, issuer)
    return found


def weaknesses(found: Claims) -> list[str]:
    """Return what a provider lacks that we need, in sentences."""
    said = []
    algorithms = found.get("id_token_signing_alg_values_supported")
    if isinstance(algorithms, list) and not set(algorithms) & set(ALGORITHMS):
        said.append("It signs with a shared secret (HS256) only, which is refused. Choose a signing key for it there.")
    methods = found.get("code_challenge_methods_supported")
    if isinstance(methods, list) and "S256" not in methods:
        said.append("It does not announce PKCE (S256).")
    if "end_session_endpoint" not in found:
        said.append("It has no address to sign out at: signing out here does not sign out there.")
    return said


def endpoint(found: Claims, name: str, issuer: str) -> str:
    """Return an address that an issuer declares. Raises ProviderUnusable."""
    url = found.get(name)
    if not isinstance(url, str) or not safe_address(url):
        raise ProviderUnusable(issuer=issuer, reason=f"its {name} is missing or not https")
    return url


def safe_address(url: str) -> bool:
    """Return whether an address may be asked: https, or http on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host) and parts.username is None
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
    return parts.scheme == "http" and loopback and parts.username is None


def authorize_address(known: Registration, attempt: Attempt, *, again: bool = False) -> str:
    """Return where the browser goes; `again` has the person show who it is there even if signed in.

    Raises ProviderUnreachable, ProviderUnusable.
    """
    where = endpoint(ISSUERS.metadata(known.issuer), "authorization_endpoint", known.issuer)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": known.client_id,
        "redirect_uri": known.redirect_uri,
        "scope": " ".join(dict.fromkeys(["openid", "profile", "email", *known.scopes.split()])),
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if again else {}),
    }
    return f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(asked)}"


def person(known: Registration, attempt: Attempt, returned: Mapping[str, str], now_s: float) -> Person:
    """Return who came back with a code; what the browser comes with is checked against the attempt before.

    Raises SignInRefused, ProviderUnreachable, ProviderUnusable.
    """
    found = ISSUERS.metadata(known.issuer)
    announced = found.get("authorization_response_iss_parameter_supported") is True
    if (announced or "iss" in returned) and returned.get("iss") != known.issuer:
        raise SignInRefused(reason="the answer is of another provider")
    if "error" in returned or not returned.get("code"):
        raise SignInRefused(reason=returned.get("error", "no code")[:60])
    granted = _exchange(known, found, attempt, returned["code"])
    id_token, access = granted.get("id_token"), granted.get("access_token")
    if not isinstance(id_token, str) or not isinstance(access, str):
        raise SignInRefused(reason="no ID token came")
    expected = Expected(known.issuer, known.client_id, attempt.nonce, access)
    claims = verified(id_token, expected, now_s)
    if isinstance(found.get("userinfo_endpoint"), str):
        url = endpoint(found, "userinfo_endpoint", known.issuer)
        claims = {**claims, **_userinfo(url, known.issuer, access, claims)}
    return Person(claims, id_token)


def verified(token: str, expected: Expected, now_s: float) -> Claims:
    """Return the claims of an ID token, whose key may be newer than those that are held. Raises SignInRefused."""
    return _believed(checked, token, expected, now_s)


def logged_out(token: str, expected: Expected, now_s: float) -> Claims:
    """Return the claims of a logout token, likewise. Raises SignInRefused."""
    return _believed(logout_claims, token, expected, now_s)


def _believed(
    check: Callable[[str, Claims, Expected, float], Claims], token: str, expected: Expected, now_s: float
) -> Claims:
    try:
        try:
            return check(token, ISSUERS.keys(expected.issuer), expected, now_s)
        except UnknownKey:
            return check(token, ISSUERS.keys(expected.issuer, again=True), expected, now_s)
    except TokenRefused as refused:
        raise SignInRefused(reason=str(refused)) from refused


def end_address(known: Registration, id_token: str, back: str) -> str | None:
    """Return where the person signs out at the provider; None where it has no such address or can't be reached."""
    try:
        where = endpoint(ISSUERS.metadata(known.issuer), "end_session_endpoint", known.issuer)
    except (ProviderUnreachable, ProviderUnusable):
        return None
    asked = {"id_token_hint": id_token, "client_id": known.client_id, "post_logout_redirect_uri": back}
    return f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(asked)}"


def _exchange(known: Registration, found: Claims, attempt: Attempt, code: str) -> Claims:
    url = endpoint(found, "token_endpoint", known.issuer)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": known.redirect_uri}
    form |= {"code_verifier": attempt.verifier}
    headers = {}
    methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if known.client_secret is None:
        form |= {"client_id": known.client_id}
    elif isinstance(methods, list) and "client_secret_basic" in methods:
        pair = f"{quote(known.client_id, safe='')}:{quote(known.client_secret, safe='')}"
        headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    else:
        form |= {"client_id": known.client_id, "client_secret": known.client_secret}
    status, granted = _asked("POST", url, known.issuer, headers, form)
    if status != 200:
        raise SignInRefused(reason=str(granted.get("error", status))[:60])
    return granted


def _userinfo(url: str, issuer: str, access: str, claims: Claims) -> Claims:
    status, found = _asked("GET", url, issuer, {"Authorization": f"Bearer {access}"})
    if status != 200 or found.get("sub") != claims.get("sub"):
        raise SignInRefused(reason="what it says about the user is about another one, or nothing")
    # Who it is, and for whom that was said, stays what was signed.
    return {name: value for name, value in found.items() if name not in ("iss", "aud", "sub", "nonce", "auth_time")}


def _get(url: str, issuer: str) -> Claims:
    status, found = _asked("GET", url, issuer, {})
    if status != 200 or not found:
        raise ProviderUnreachable(issuer=issuer, reason=f"{status} at {urlsplit(url).path}")
    return found


def _asked(
    method: str, url: str, issuer: str, headers: Mapping[str, str], form: Mapping[str, str] | None = None
) -> tuple[int, Claims]:
    """Return the status and the document of an answer, which is empty where there is none."""
    import httpx  # only who signs in by a provider needs it

    from homestretch.net.reach import ReachTransport
    from homestretch.net.send import AGENT

    if not safe_address(url):
        raise ProviderUnusable(issuer=issuer, reason="its address is not https")
    body = b""
    ends = time.monotonic() + 2 * TIMEOUT_S
    try:
        with (
            httpx.Client(transport=ReachTransport("private"), timeout=TIMEOUT_S, follow_redirects=False) as client,
            client.stream(
                method, url, data=form, headers={"User-Agent": AGENT, "Accept": "application/json", **headers}
            ) as got,
        ):
            for portion in got.iter_bytes():
                body += portion
                if len(body) > MOST_BYTES or time.monotonic() > ends:
                    raise ProviderUnreachable(issuer=issuer, reason="its answer is too long or too slow")
            status = got.status_code
    except (httpx.TransportError, httpx.InvalidURL, httpx.DecodingError, UnicodeError) as error:
        raise ProviderUnreachable(issuer=issuer, reason=type(error).__name__) from error
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    return status, found if isinstance(found, dict) else {}
