"""A signed-in session with a provider: requests within its limits, with a token that is kept fresh."""

import time
import weakref
from collections.abc import Callable, Collection, Mapping
from typing import Any

from homestretch.net.budget import Permit, RateLimitedClient, Reply, SignInAgain
from homestretch.net.oauth import OAuth
from homestretch.net.secret import Secret, SecretStore
from homestretch.net.send import client, send

#: A token that is over so soon is renewed before it is used.
EARLY_MS = 120_000


class Http:
    """Asks a provider with a connection's sign-in; a token is renewed in the secret store, by one process at a time.

    `marks` returns the headers that identify a secret there; by default it is OAuth's bearer token.
    """

    def __init__(
        self,
        calls: RateLimitedClient,
        secret_store: SecretStore,
        oauth: OAuth,
        marks: Callable[[Secret], Mapping[str, str]] | None = None,
    ) -> None:
        self.calls, self.secret_store, self.oauth = calls, secret_store, oauth
        self.marks = marks or bearer
        self.secret: Secret = secret_store.read()
        self.client = client()
        weakref.finalize(self, self.client.close)

    def get(self, url: str, parameters: Mapping[str, str] | None = None, reads: Collection[int] = ()) -> Reply:
        """Get what lies at a URL. Raises SignInAgain, RateLimited, Unreachable, UnexpectedResponse, QuotaExhausted."""
        return self._ask("GET", url, None, reads, {"params": parameters})

    def query(self, url: str, document: Mapping[str, object], reads: Collection[int] = ()) -> Reply:
        """Ask what a URL answers to a document, for questions that need a body (POST). Raises what `get` does."""
        return self._ask("POST", url, None, reads, {"json": document, "question": True})

    def write(self, method: str, url: str, permit: Permit, reads: Collection[int] = (), **how: Any) -> Reply:
        """Change something there, as somebody approved; `how` are httpx's arguments. Raises what `get` does."""
        return self._ask(method, url, permit, reads, how)

    def _ask(
        self, method: str, url: str, permit: Permit | None, reads: Collection[int], how: Mapping[str, Any]
    ) -> Reply:
        if self.secret.get("expires_ms", float("inf")) < time.time() * 1000 + EARLY_MS:
            self._renew()
        try:
            return self._send(method, url, permit, reads, how)
        except SignInAgain:
            self._renew()  # it may have been revoked before its time
            return self._send(method, url, permit, reads, how)

    def _send(
        self, method: str, url: str, permit: Permit | None, reads: Collection[int], how: Mapping[str, Any]
    ) -> Reply:
        marked = {**how, "headers": {**how.get("headers", {}), **self.marks(self.secret)}}
        return send(self.calls, self.client, method, url, permit, reads, **marked)

    def _renew(self) -> None:
        mine = self.secret

        def renewed(stored: Secret) -> Secret:
            if stored != mine:
                return stored  # another process was faster
            return self.oauth.renewed(self.calls, stored)

        self.secret = self.secret_store.renew(renewed)


def bearer(secret: Secret) -> Mapping[str, str]:
    """Return the header that a token is shown in (RFC 6750 §2.1)."""
    return {"Authorization": f"Bearer {secret.get('access_token', '')}"}
