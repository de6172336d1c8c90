"""OAuth 2 (RFC 6749, with PKCE of RFC 7636), in two steps: a person goes to the provider, and comes back with a code.

The way back is an address: the browser's own, where it reaches us, or one that is pasted from a browser that does not.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from homestretch.net.budget import Question, RateLimitedClient, SignInAgain, UnexpectedResponse, WrongCredentials
from homestretch.net.field import Field
from homestretch.net.secret import Secret

CALLBACK = "/sources/callback"
CLIENT_ID = Field("client_id", "Client ID", required=True)
CLIENT_SECRET = Field("client_secret", "Client secret", kind="password", required=True)
REDIRECT = Field(
    "redirect_uri",
    "Redirect URL",
    kind="callback",
    default=CALLBACK,
    help=f"Enter the same URL at the provider: the address of Homestretch in your browser, then {CALLBACK}.",
)
BACK = Field("redirect", "Address your browser was sent to", required=True)


class NotAllowed(WrongCredentials):
    """{name} access was declined ({reason}). Try again and allow access."""


class WrongAddress(WrongCredentials):
    """This is not the address {name} sent your browser to. Copy the whole address, with `code=` and `state=`, from this
    sign-in.
    """


#: So long a provider is waited for that is to revoke a token: somebody is waiting for the answer.
REVOKE_S = 8.0


@dataclass(frozen=True, slots=True)
class OAuth:
    """A provider's authorization and token endpoints, and the scope that is asked for.

    `more` goes with the request. The secret also holds the answers named in `keeps`, and `token_fields` of the token
    endpoint's reply. `as_json`: the token endpoint takes JSON, not a form. Not every provider knows PKCE.
    """

    name: str
    authorize: str
    token: str
    scope: str
    more: Mapping[str, str] = field(default_factory=dict)
    keeps: tuple[str, ...] = ()
    token_fields: tuple[str, ...] = ()
    as_json: bool = False
    pkce: bool = True
    #: Where a token is revoked, and whether the application shows who it is by HTTP Basic there; else in the body, and
    #: where that is a form, not at all.
    revoke_at: str = ""
    revoke_basic: bool = False

    def begin(self, answers: Mapping[str, str]) -> Secret:
        """Ask the person to go there. Raises Question."""
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code",
            "client_id": answers["client_id"],
            "redirect_uri": answers["redirect_uri"],
            "scope": self.scope,
            "state": nonce,
        }
        asked |= {"code_challenge": challenge, "code_challenge_method": "S256"} if self.pkce else {}
        asked = {name: value for name, value in {**asked, **self.more}.items() if value}
        known = {name: answers[name] for name in ("client_id", "client_secret", "redirect_uri")}
        known |= {name: answers[name] for name in self.keeps if answers.get(name)}
        text = f"Open {self.authorize}?{urlencode(asked)} and allow access. Your browser then returns "
        text += "here. If it can't reach this machine, paste the address it was sent to."
        raise Question(text, (BACK,), {**known, "nonce": nonce, "verifier": verifier})

    def resume(self, calls: RateLimitedClient, state: Mapping[str, Any], answers: Mapping[str, str]) -> Secret:
        """Return the secret for the code in the address.

        Raises WrongAddress, NotAllowed, Unreachable, UnexpectedResponse.
        """
        returned = _parameters(answers.get("redirect", "").strip())
        if not secrets.compare_digest(returned.get("state", "").encode(), str(state["nonce"]).encode()):
            raise WrongAddress(name=self.name)
        if "code" not in returned:
            raise NotAllowed(name=self.name, reason=returned.get("error", "no code"))
        form = {"grant_type": "authorization_code", "code": returned["code"], "redirect_uri": state["redirect_uri"]}
        form |= {"code_verifier": state["verifier"]} if self.pkce else {}
        known = {name: state[name] for name in ("client_id", "client_secret")}
        kept = {name: state[name] for name in self.keeps if name in state}
        return self._granted(calls, known, form, kept)

    def renewed(self, calls: RateLimitedClient, stored: Secret) -> Secret:
        """Return a secret with a fresh token. Raises SignInAgain, RateLimited, Unreachable, UnexpectedResponse."""
        if not stored.get("refresh_token"):
            raise SignInAgain(name=self.name, reason="the token has expired")
        known = {name: stored[name] for name in ("client_id", "client_secret")}
        form = {"grant_type": "refresh_token", "refresh_token": stored["refresh_token"]}
        try:
            return self._granted(calls, known, form, stored)
        except WrongCredentials as error:
            raise SignInAgain(name=self.name, reason=error.details["reason"]) from error

    def revoke(self, calls: RateLimitedClient, stored: Secret) -> None:
        """End at the provider what the person allowed there, with one short try (RFC 7009).

        Raises NotAllowed where it refuses, and what calls do.
        """
        from homestretch.net.send import client, send

        token = stored.get("refresh_token") or stored.get("access_token")
        if not token:
            return  # signed in another way
        known = {name: stored[name] for name in ("client_id", "client_secret")}
        oauth = replace(calls, allow_error_bodies=True)
        with client() as asking:
            reply = send(
                oauth,
                asking,
                "POST",
                self.revoke_at,
                once=True,
                timeout=REVOKE_S,
                json={**known, "token": token} if self.as_json else None,
                data=None if self.as_json else {"token": token},
                auth=tuple(known.values()) if self.revoke_basic else None,
            )
        if reply.status >= 400:
            raise NotAllowed(name=self.name, reason=str(_document(reply.body).get("error", reply.status)))

    def _granted(
        self, calls: RateLimitedClient, known: Mapping[str, str], form: Mapping[str, str], old: Secret
    ) -> Secret:
        from homestretch.net.send import client, send

        oauth = replace(calls, allow_error_bodies=True)
        with client() as asking:
            how: dict[str, Any] = {"json" if self.as_json else "data": {**known, **form}}
            reply = send(oauth, asking, "POST", self.token, **how)
        calls.count = oauth.count
        found = _document(reply.body)
        if reply.status in (400, 401, 403):
            raise NotAllowed(name=self.name, reason=str(found.get("error", reply.status)))
        if "access_token" not in found:
            raise UnexpectedResponse(name=self.name, reason="no token", what="the request for a token")
        lasts = found.get("expires_in")
        over = {} if lasts is None else {"expires_ms": int(time.time() * 1000 + float(lasts) * 1000)}
        refresh = found.get("refresh_token") or old.get("refresh_token")
        token = {"access_token": found["access_token"], "scope": found.get("scope") or old.get("scope")}
        also = {name: old[name] for name in (*self.keeps, *self.token_fields) if name in old}
        also |= {name: found[name] for name in self.token_fields if name in found}
        return {**known, **also, **token, **over, **({"refresh_token": refresh} if refresh else {})}


def _parameters(address: str) -> dict[str, str]:
    """Return what an address that somebody pasted says after its question mark."""
    try:
        said = parse_qs(urlsplit(address).query)
    except ValueError:
        return {}
    return {name: values[0] for name, values in said.items()}


def _document(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
