"""Tickets and tokens: a ticket is good once and for minutes, a refresh token once and for a month."""

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from tests.fakes.garmin.asked import Ask, Reply, told

CLIENTS = (
    "GARMIN_CONNECT_MOBILE_ANDROID_DI_2025Q2", "GARMIN_CONNECT_MOBILE_ANDROID_DI_2024Q4",
    "GARMIN_CONNECT_MOBILE_ANDROID_DI", "GARMIN_CONNECT_MOBILE_IOS_DI",
)  # fmt: skip
GRANT = "https://connectapi.garmin.com/di-oauth2-service/oauth/grant/service_ticket"


@dataclass(slots=True)
class Grant:
    """What a ticket or token is good for: whose it is, for which service or client, until when, and if it was used."""

    email: str
    whose: str
    until_s: float
    used: bool = False


@dataclass(eq=False)
class Tokens:
    """The office of tokens.

    `access_lifetime_s` is settable (the library refreshes 900 s before the end), `clients` are those that it serves.
    `reused` notes every refresh token that was shown again; with `reuse_revokes` that ends all tokens of the account.
    """

    access_lifetime_s: float = 4 * 3600
    refresh_lifetime_s: float = 30 * 86_400
    ticket_lifetime_s: float = 300
    clients: tuple[str, ...] = CLIENTS
    reuse_revokes: bool = False
    exchanges: int = 0
    refreshes: int = 0
    reused: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _tickets: dict[str, Grant] = field(default_factory=dict)
    _access: dict[str, Grant] = field(default_factory=dict)
    _refresh: dict[str, Grant] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    def ticket(self, email: str, service: str) -> str:
        """Return a new service ticket."""
        with self._lock:
            made = f"ST-{secrets.randbelow(10**7):07d}-{secrets.token_hex(10)}-sso"
            self._tickets[made] = Grant(email, service, time.time() + self.ticket_lifetime_s)
            return made

    def take_ticket(self, ticket: str, service: str) -> str | None:
        """Use a ticket up and return whose it was; None if it is not good (for this service)."""
        with self._lock:
            found = self._tickets.get(ticket)
            if found is None or found.used or found.until_s < time.time() or found.whose != service:
                return None
            found.used = True
            return found.email

    def owner(self, access: str) -> str | None:
        """Return whose an access token is; None if it is not active."""
        with self._lock:
            found = self._access.get(access)
            return found.email if found and found.until_s > time.time() else None

    def revoke(self, what: str = "access") -> None:
        """End all `access` tokens, all `refresh` tokens, or both (`all`)."""
        with self._lock:
            if what in ("access", "all"):
                self._access.clear()
            if what in ("refresh", "all"):
                self._refresh.clear()

    def web(self, email: str) -> str:
        """Return a JWT_WEB: an access token that is carried in a cookie and cannot be refreshed."""
        return self._new_access(email, "GarminConnect")

    def answer(self, ask: Ask) -> Reply:
        """Answer the token endpoint."""
        form = ask.form()
        client = form.get("client_id", "")
        basic = "Basic " + base64.b64encode(f"{client}:".encode()).decode()
        if client not in self.clients or ask.headers.get("authorization") != basic:
            return self._refuse("invalid_client", "Bad client credentials", 401)
        with self._lock:
            if form.get("grant_type") == GRANT:
                email = self.take_ticket(form.get("service_ticket", ""), form.get("service_url", ""))
                if email is None:
                    return self._refuse("invalid_grant", "Invalid service ticket")
                self.exchanges += 1
                return self._issue(email, client)
            if form.get("grant_type") == "refresh_token":
                return self._refreshed(form.get("refresh_token", ""), client)
        return self._refuse("unsupported_grant_type", "Unsupported grant type")

    def _refreshed(self, token: str, client: str) -> Reply:
        found = self._refresh.get(token)
        if found is None or found.until_s < time.time() or found.whose != client:
            return self._refuse("invalid_grant", "Invalid refresh token")
        if found.used:
            self.reused.append(token)
            if self.reuse_revokes:
                self.revoke("all")
            return self._refuse("invalid_grant", "Invalid refresh token")
        found.used = True
        self.refreshes += 1
        return self._issue(found.email, client)

    def _refuse(self, error: str, words: str, status: int = 400) -> Reply:
        self.refused.append(error)
        return told({"error": error, "error_description": words}, status)

    def _issue(self, email: str, client: str) -> Reply:
        access, refresh = self._new_access(email, client), secrets.token_urlsafe(40)
        self._refresh[refresh] = Grant(email, client, time.time() + self.refresh_lifetime_s)
        return told({
            "access_token": access, "token_type": "Bearer", "refresh_token": refresh,
            "expires_in": int(self.access_lifetime_s), "refresh_token_expires_in": int(self.refresh_lifetime_s) - 1,
            "scope": "CONNECT_READ CONNECT_WRITE GHS_UPLOAD", "jti": secrets.token_hex(16),
        })  # fmt: skip

    def _new_access(self, email: str, client: str) -> str:
        now = time.time()
        claims = {"iss": "https://diauth.garmin.com", "client_id": client, "iat": int(now), "jti": secrets.token_hex(8),
                  "exp": int(now + self.access_lifetime_s), "scope": ["CONNECT_READ", "CONNECT_WRITE"]}  # fmt: skip
        head = f"{_coded({'alg': 'RS256', 'kid': 'fake', 'typ': 'JWT'})}.{_coded(claims)}"
        signed = base64.urlsafe_b64encode(hashlib.sha256(head.encode()).digest()).decode().rstrip("=")
        with self._lock:
            self._access[f"{head}.{signed}"] = Grant(email, client, now + self.access_lifetime_s)
        return f"{head}.{signed}"


def _coded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
