"""Google's sign-in: a project's own ID and secret, what a person ticks, and tokens."""

import base64
import hashlib
import secrets
import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.fakes._site import Asked
from tests.fakes.garmin.asked import Reply, told

CLIENT_ID, CLIENT_SECRET = "41.apps.googleusercontent.com", "GOCSPX-hush"
PREFIX, SUFFIX = "https://www.googleapis.com/auth/googlehealth.", ".readonly"
ALL = frozenset({
    "activity_and_fitness", "health_metrics_and_measurements", "sleep", "settings", "profile", "location", "nutrition",
    "reproductive_health",
})  # fmt: skip
_ASKED = {
    "response_type", "client_id", "redirect_uri", "scope", "state", "access_type", "prompt", "include_granted_scopes",
    "code_challenge", "code_challenge_method",
}  # fmt: skip


class Grants:
    """What was allowed: `ticked` are the boxes that the person ticks at the next consent, `lasting` whether it gives a
    refresh token, `revoked` whether the refresh token was taken back.
    """

    def __init__(self) -> None:
        self.ticked = ALL
        #: Permissions that the project may not ask for.
        self.unknown: frozenset[str] = frozenset()
        self.lasting, self.revoked, self.lasts_s = True, False, 3599.0
        self._codes: dict[str, dict[str, str]] = {}
        self._tokens: dict[str, tuple[float, frozenset[str]]] = {}
        self._refresh: dict[str, frozenset[str]] = {}
        self._current: frozenset[str] = frozenset()

    def knows(self, header: str) -> bool:
        """Return whether a token is good, and take its permissions for those of the request."""
        until, scopes = self._tokens.get(header.removeprefix("Bearer "), (0.0, frozenset[str]()))
        self._current = scopes
        return until > time.time()

    def covers(self, scope: str) -> bool:
        """Return whether the token of the request has a permission."""
        return scope in self._current

    def end_tokens(self) -> None:
        """Let all access tokens be over before their time."""
        self._tokens.clear()

    def allow(self, address: str) -> tuple[str, str | None]:
        """Return where a browser is sent back to, and what was wrong with the request."""
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        right = parts.hostname == "accounts.google.com" and set(asked) == _ASKED and asked["access_type"] == "offline"
        code = f"4/{secrets.token_urlsafe(16)}"
        self._codes[code] = asked
        words = _words(asked["scope"])
        if words & self.unknown:
            back = urlencode({"state": asked["state"], "error": "invalid_scope"})
            return f"{asked['redirect_uri']}?{back}", None
        scope = " ".join(f"{PREFIX}{one}{SUFFIX}" for one in sorted(words & self.ticked))
        back = urlencode({"state": asked["state"], "code": code, "scope": scope})
        return f"{asked['redirect_uri']}?{back}", None if right else f"asked {asked}"

    def token(self, ask: Asked) -> Reply:
        """Trade a code or a refresh token for an access token; a refresh token stays as it is."""
        form = ask.form()
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return told({"error": "invalid_client"}, 401)
        if form.get("grant_type") == "refresh_token":
            scopes = self._refresh.get(form.get("refresh_token", ""))
            if scopes is None or self.revoked:
                return told({"error": "invalid_grant", "error_description": "Token has been revoked."}, 400)
            return told(self._issue(scopes))
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if asked is None or asked["code_challenge"] != base64.urlsafe_b64encode(digest).decode().rstrip("="):
            return told({"error": "invalid_grant"}, 400)
        self.revoked = False
        allowed = self.ticked & _words(asked["scope"])
        lasting = {"refresh_token": f"1//{secrets.token_urlsafe(16)}"} if self.lasting else {}
        for refresh in lasting.values():
            self._refresh[refresh] = allowed
        return told({**self._issue(allowed), **lasting})

    def revoke(self, ask: Asked) -> Reply:
        """Take a refresh token back, and all access tokens that it gave."""
        if self._refresh.pop(ask.form().get("token", ""), None) is None:
            return told({"error": "invalid_token"}, 400)
        self.revoked = True
        self.end_tokens()
        return told({})

    def _issue(self, scopes: frozenset[str]) -> dict[str, Any]:
        access = f"ya29.{secrets.token_urlsafe(16)}"
        self._tokens[access] = (time.time() + self.lasts_s, scopes)
        scope = " ".join(f"{PREFIX}{one}{SUFFIX}" for one in sorted(scopes))
        return {"access_token": access, "expires_in": int(self.lasts_s), "scope": scope, "token_type": "Bearer"}


def _words(scope: str) -> frozenset[str]:
    """Return the permissions that a list of them names, without prefix and suffix."""
    return frozenset(word.removeprefix(PREFIX).removesuffix(SUFFIX) for word in scope.split())
