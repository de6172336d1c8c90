"""Ride with GPS by its interface: trips page by page, each exactly as it is answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from homestretch.net.budget import RateLimitedClient, Reply, UnexpectedResponse, WrongCredentials
from homestretch.net.oauth import OAuth
from homestretch.net.secret import Secret, SecretStore
from homestretch.net.send import client as asking
from homestretch.net.send import send
from homestretch.net.session import Http, bearer
from homestretch.sources.base import Answer, ItemPage, RemoteAccount, RemoteItem
from homestretch.sources.ridewithgps.listing import Page, page_of

NAME = "Ride with GPS"
SITE = "https://ridewithgps.com"
API = f"{SITE}/api/v1"
OAUTH = OAuth(
    NAME,
    f"{SITE}/oauth/authorize",
    f"{SITE}/oauth/token.json",
    scope="",
    token_fields=("user_id",),
    as_json=True,
    pkce=False,
    revoke_at=f"{SITE}/oauth/revoke.json",
)
LEAST_PAGE, MOST_PAGE = 20, 200
#: No account has so many pages of trips.
_PAGES = 1_000_000
#: What the site's older interface answers where a token is good for the newer one alone.
_CLOSED = (401, 403)


class RideWithGPSSignIn:
    """Signs in by OAuth, or trades e-mail and password for a token."""

    def __init__(self, calls: RateLimitedClient) -> None:
        self.calls = calls

    def begin(self, method: str, answers: Mapping[str, str]) -> Secret:
        """Return a secret.

        Raises Question (OAuth goes on elsewhere), WrongCredentials, Unreachable, UnexpectedResponse.
        """
        if method == "oauth":
            return OAUTH.begin(answers)
        api_key = answers["api_key"].strip()
        user = {"email": answers["email"].strip(), "password": answers["password"]}
        oauth = replace(self.calls, allow_error_bodies=True)
        with asking() as http:
            url, headers = f"{API}/auth_tokens.json", {"x-rwgps-api-key": api_key}
            reply = send(oauth, http, "POST", url, reads=(422,), headers=headers, json={"user": user})
        self.calls.count = oauth.count
        if reply.status in (400, 401, 403, 404, 422):
            raise WrongKey(reason=reply.status)
        token = _inner(reply.body, "auth_token").get("auth_token")
        if not isinstance(token, str) or not token:
            raise UnexpectedResponse(name=NAME, reason="no token", what="the request to sign in")
        signs = answers.get("client_secret", "")
        return {"api_key": api_key, "auth_token": token, **({"client_secret": signs} if signs else {})}

    def resume(self, state: Mapping[str, Any], answers: Mapping[str, str]) -> Secret:
        """Go on after somebody allowed it there. Raises what `OAuth.resume` does."""
        return OAUTH.resume(self.calls, state, answers)


class WrongKey(WrongCredentials):
    """Ride with GPS rejected the API key, e-mail or password ({reason}). Check all three and try again."""


def _marks(secret: Secret) -> Mapping[str, str]:
    """Return how a secret is shown: a bearer's token alone, or key and token side by side."""
    if "access_token" in secret:
        return bearer(secret)
    return {"x-rwgps-api-key": str(secret.get("api_key", "")), "x-rwgps-auth-token": str(secret.get("auth_token", ""))}


class RideWithGPS:
    """A signed-in account."""

    def __init__(self, secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> None:
        self.known = remote_account
        self.http = Http(calls, secret_store, OAUTH, _marks)

    def remote_account(self) -> RemoteAccount:
        """Return the Ride with GPS account; it has no zone, each trip has its own."""
        user = _inner(self.http.get(f"{API}/users/current.json").body, "user")
        if user.get("id") is None:
            raise UnexpectedResponse(name=NAME, reason="nobody", what="the request for your account")
        return RemoteAccount(str(user.get("name") or user.get("email") or user["id"]), str(user["id"]))

    def activities(self, start: int, page: int, since: str | None) -> ItemPage:
        """Return a page of trips, the last changed first; `start` is a page and how many trips there were.

        A trip was changed after it was ridden, so what is older than `since` begins where older changes do. Pages
        shift while they are read: it begins again when a trip came or went, and returns the first page again with the
        last one, for trips that changed in between move there.
        """
        known, number = divmod(start, _PAGES)
        reply, found = self._page(number, page)
        more = found.more and not (since and found.changed and found.changed < since)
        following: int | None = found.total * _PAGES + number + 1 if more else None
        items = {item.key: item for item in found.items}
        if number > 0 and known != found.total:
            following = found.total * _PAGES
        elif number > 0 and following is None:
            items |= {item.key: item for item in self._page(0, page)[1].items}
        name = f"{'recent' if since else 'activities'}-{number}.json"
        return ItemPage(Answer(name, "json", reply.body), tuple(items.values()), following)

    def _page(self, number: int, page: int) -> tuple[Reply, Page]:
        size = min(max(page, LEAST_PAGE), MOST_PAGE)
        reply = self.http.get(f"{API}/trips.json", {"page": str(number + 1), "page_size": str(size)})
        return reply, page_of(reply.body, NAME)

    def fetch(self, item: RemoteItem) -> Sequence[Answer]:
        """Return a trip's answer with its track points, or the list of gear; empty without one."""
        if item.kind == "gear":
            return self._gear()
        reply = self.http.get(f"{API}/trips/{item.key}.json", reads=(403,))
        if reply.status != 200:
            return ()
        if "id" not in _inner(reply.body, "trip"):
            raise UnexpectedResponse(name=NAME, reason="no trip", what=f"the request for trip {item.key}")
        return (Answer(f"{item.key}.json", "json", reply.body, file=True),)

    def _gear(self) -> Sequence[Answer]:
        reply = self.http.get(f"{SITE}/users/{self.known.key}/gear.json", reads=_CLOSED)
        if reply.status != 200 or not reply.body.strip():
            return ()
        try:
            json.loads(reply.body)
        except ValueError as error:
            raise UnexpectedResponse(name=NAME, reason="no JSON", what="the request for gear") from error
        return (Answer("gear-all.json", "json", reply.body),)


def _inner(body: bytes, name: str) -> dict[str, Any]:
    """Return the object under a name of an answer, empty without one."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    inner = found.get(name) if isinstance(found, dict) else None
    return inner if isinstance(inner, dict) else {}


def sign_in(calls: RateLimitedClient) -> RideWithGPSSignIn:
    """Return how to sign in."""
    return RideWithGPSSignIn(calls)


def client(secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> RideWithGPS:
    """Return a signed-in account."""
    return RideWithGPS(secret_store, remote_account, calls)
