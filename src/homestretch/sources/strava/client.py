"""Strava's interface: signed in to by an application of the athlete's own, and asked for the list of activities."""

import json
import time
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from homestretch.net.budget import (
    Permit,
    QuotaExhausted,
    RateLimited,
    RateLimitedClient,
    Reply,
    SignInAgain,
    UnexpectedResponse,
    WrongCredentials,
    retry_after,
)
from homestretch.net.oauth import OAuth
from homestretch.net.secret import Secret, SecretStore
from homestretch.net.session import Http
from homestretch.sources.base import Answer, ItemPage, RemoteAccount, RemoteItem
from homestretch.sources.strava.decode import items_of
from homestretch.sources.strava.source import API, SOURCE, WINDOWS_S

NAME = SOURCE.name
READ, READ_ALL, PROFILE, WRITE = "activity:read", "activity:read_all", "profile:read_all", "activity:write"
OAUTH = OAuth(
    NAME,
    "https://www.strava.com/oauth/authorize",
    "https://www.strava.com/oauth/token",
    ",".join(("read", READ, READ_ALL, PROFILE, WRITE)),
    more={"approval_prompt": "auto"},
    pkce=False,
    revoke_at="https://www.strava.com/oauth/revoke",
    revoke_basic=True,
)
#: The most activities of a page.
MOST = 200
#: So long an application without a subscription is not asked again.
INACTIVE_S = 86_400.0
#: No zone is further from UTC.
_DAY_S = 86_400


class Inactive(RateLimited):
    """Strava no longer serves this API app: its owner needs a paid subscription. Instead, import your Strava
    archive; it is free and complete.
    """


class ScopeMissing(SignInAgain):
    """Strava access is missing a permission ({reason}). Sign in again and leave all boxes ticked."""


class NothingAllowed(WrongCredentials):
    """Access to your activities was not allowed at Strava. Sign in again and leave “View data about your activities”
    ticked.
    """


class StravaSignIn:
    """Signs in by OAuth, and looks at what was allowed."""

    def __init__(self, calls: RateLimitedClient) -> None:
        self.calls = calls

    def begin(self, method: str, answers: Mapping[str, str]) -> Secret:
        """Ask the person to go to Strava. Raises Question."""
        return OAUTH.begin(answers)

    def resume(self, state: Mapping[str, Any], answers: Mapping[str, str]) -> Secret:
        """Return the secret, with the scopes that were left ticked. Raises NothingAllowed, WrongAddress, NotAllowed."""
        secret = OAUTH.resume(self.calls, state, answers)
        scopes = _scopes(answers.get("redirect", ""))
        if scopes is not None and not {READ, READ_ALL} & scopes:
            raise NothingAllowed
        return {**secret, "scope": None if scopes is None else ",".join(sorted(scopes))}


def _scopes(address: str) -> set[str] | None:
    """Return the scopes that an address to come back to names, or None where it names none."""
    said = parse_qs(urlsplit(address.strip()).query).get("scope")
    return None if said is None else set(said[0].replace(" ", ",").split(","))


class Strava:
    """A signed-in account."""

    def __init__(self, secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> None:
        self.known, self.calls = remote_account, calls
        self.http = Http(calls, secret_store, OAUTH)
        self.api = str(calls.settings.get("api") or API)
        self._gear: Mapping[str, str] | None = None

    def remote_account(self) -> RemoteAccount:
        """Return the Strava account: only its number, for a name may not be kept."""
        found = self.athlete()
        key = str(found.get("id") or "")
        if not key:
            raise UnexpectedResponse(name=NAME, reason="nobody", what="the request for your account")
        return RemoteAccount(f"{NAME} {key}", key)

    def athlete(self) -> dict[str, Any]:
        """Return what Strava says of the athlete. Raises UnexpectedResponse."""
        return document(self.get("/athlete"), "/athlete")

    def activities(self, start: int, page: int, since: str | None) -> ItemPage:
        """Return a page of activities, the newest first, that began before `start` (UTC s; 0: now).

        A place in time holds when something is added or deleted in between, and asks for no order: with `after` Strava
        would begin with the oldest.
        """
        most = min(page, MOST)
        asked = {"per_page": str(most)} | ({"before": str(start)} if start else {})
        gear = self._gear_names()
        reply = self.get("/athlete/activities", asked)
        if reply.status != 200:
            raise UnexpectedResponse(name=NAME, reason=reply.status, what="the request for activities")
        items, starts = items_of(reply.body, NAME, SOURCE.page)
        named = tuple(_with_gear(item, gear) for item in items)
        answer = Answer(f"{'recent' if since else 'activities'}-{start}.json", "json", reply.body)
        return ItemPage(answer, named, _next(start, starts, since, full=len(starts) >= most))

    def fetch(self, item: RemoteItem) -> Sequence[Answer]:
        """Return nothing: what the list says is all that is asked."""
        return ()

    def get(self, path: str, parameters: Mapping[str, str] | None = None) -> Reply:
        """Get what lies at a path.

        Raises Inactive, ScopeMissing, SignInAgain, RateLimited, QuotaExhausted, Unreachable, UnexpectedResponse.
        """
        reply = self.http.get(self.api + path, parameters, (401, 403, 429))
        if reply.status == 401 and not _lacks(reply):
            reply = self.http.get(self.api + path, parameters, (403, 429))  # which renews the token
        return self._judged(reply, path)

    def write(self, method: str, path: str, permit: Permit, reads: Collection[int] = (), **how: Any) -> Reply:
        """Change something, as approved; `how` are httpx's arguments. Raises what `get` does."""
        return self._judged(self.http.write(method, self.api + path, permit, (403, 429, *reads), **how), path)

    def may(self, scope: str) -> bool:
        """Return whether a scope was allowed, as far as is known."""
        said = self.http.secret.get("scope")
        return said is None or scope in str(said).split(",")

    def _judged(self, reply: Reply, path: str) -> Reply:
        if reply.status == 401:
            raise ScopeMissing(name=NAME, reason=_lacks(reply))
        if reply.status == 403:
            if any(error.get("code") == "Inactive" for error in errors(reply)):
                raise Inactive(name=NAME, after_s=INACTIVE_S)
            if reply.body.lstrip()[:1] == b"<":
                raise RateLimited(name=NAME, reason=f"403 at {path}", after_s=None)  # a gate-keeper, and not Strava
            raise UnexpectedResponse(name=NAME, reason=403, what=path)
        if reply.status == 429:
            after = retry_after(reply, time.time())
            if after is not None:
                raise RateLimited(name=NAME, reason=f"429 at {path}", after_s=after)
            raise QuotaExhausted(name=NAME, after_s=self._until_window_ends())
        return reply

    def _until_window_ends(self) -> float:
        """Return the seconds until what is spent is allowed again: the quarter of an hour, or else the day."""
        now = time.time()
        most = {**dict(self.calls.limits.windows), **self.calls.most}
        quarter, day = WINDOWS_S
        window, calls = self.calls.quota_used.get(str(day), (0, 0))
        quota_used = window == int(now // day) and calls >= most.get(day, 1 << 30)
        length = day if quota_used else quarter
        return length - now % length

    def _gear_names(self) -> Mapping[str, str]:
        """Return what the athlete calls each bike and pair of shoes, asked once, where we may know."""
        if self._gear is None:
            found = self.athlete() if self.may(PROFILE) else {}
            items = [*(found.get("bikes") or []), *(found.get("shoes") or [])]
            self._gear = {str(one["id"]): str(one["name"]) for one in items if one.get("id") and one.get("name")}
        return self._gear


def _with_gear(item: RemoteItem, gear: Mapping[str, str]) -> RemoteItem:
    name = gear.get(str(item.details.get("gear")))
    details = {**item.details, "gear_name": name} if name else item.details
    return RemoteItem(item.kind, item.key, item.since, item.until, item.version, details)


def _next(start: int, starts: Sequence[int], since: str | None, *, full: bool) -> int | None:
    """Return the instant before which the next page begins; a page that is not full need not be the last.

    After a full page the next one repeats its oldest second, where there may be twins.
    """
    if not starts:
        return None
    oldest = min(starts)
    if since is not None and oldest < _midnight(since) - _DAY_S:
        return None
    if full and (not start or oldest + 1 < start):
        return oldest + 1
    return min(oldest, start - 1) if start else oldest


def _midnight(day: str) -> float:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).timestamp()


def errors(reply: Reply) -> list[dict[str, Any]]:
    """Return what Strava says went wrong."""
    try:
        found = json.loads(reply.body)
    except ValueError:
        return []
    said = found.get("errors") if isinstance(found, dict) else None
    return [error for error in said if isinstance(error, dict)] if isinstance(said, list) else []


def _lacks(reply: Reply) -> str | None:
    """Return which permission a 401 says is missing, or None where the token itself is not good."""
    lacking = [str(error.get("field")) for error in errors(reply) if error.get("code") == "missing"]
    return ", ".join(lacking) or None


def subscriptions(reply: Reply) -> list[Mapping[str, Any]]:
    """Return an application's webhook subscriptions. Raises UnexpectedResponse."""
    try:
        found = json.loads(reply.body) if reply.status == 200 else None
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UnexpectedResponse(name=NAME, reason=reply.status, what="the request for subscriptions")
    return found


def document(reply: Reply, what: str) -> dict[str, Any]:
    """Return the JSON object of a reply. Raises UnexpectedResponse for anything else."""
    try:
        found = json.loads(reply.body)
    except ValueError:
        found = None
    if reply.status not in (200, 201) or not isinstance(found, dict):
        raise UnexpectedResponse(name=NAME, reason="no JSON", what=what)
    return found


def sign_in(calls: RateLimitedClient) -> StravaSignIn:
    """Return how to sign in."""
    return StravaSignIn(calls)


def client(secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> Strava:
    """Return a signed-in account."""
    return Strava(secret_store, remote_account, calls)
