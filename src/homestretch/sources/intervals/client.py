"""intervals.icu by its interface: activities by quarters of a year, each with the file that was uploaded."""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from homestretch.net.budget import RateLimitedClient, Reply, UnexpectedResponse, WrongCredentials
from homestretch.net.oauth import OAuth
from homestretch.net.secret import Secret, SecretStore
from homestretch.net.send import client as asking
from homestretch.net.send import send
from homestretch.net.session import Http, bearer
from homestretch.sources.base import Answer, ItemPage, RemoteAccount, RemoteItem
from homestretch.sources.intervals.listing import is_stub, items_of

NAME = "intervals.icu"
SITE = "https://intervals.icu"
API = f"{SITE}/api/v1"
#: The athlete that the key or the token is of.
ME = f"{API}/athlete/0"
OAUTH = OAuth(
    NAME,
    f"{SITE}/oauth/authorize",
    f"{SITE}/api/oauth/token",
    "ACTIVITY:WRITE,WELLNESS:READ,CALENDAR:WRITE,SETTINGS:READ",
    keeps=("webhook_secret",),
    token_fields=("athlete",),
    pkce=False,
)
#: How files begin that are no FIT.
_MARKS = ((b"<gpx", "gpx"), (b"<TrainingCenterDatabase", "tcx"))
#: It has nothing of the kind, or may not hand it on.
_NOTHING = (404, 422)
#: Somewhere on earth the day is so far ahead of UTC; no activity is older.
_AHEAD, _FIRST_YEAR = timedelta(hours=14), 1970
MOST_BYTES = 300_000_000
_GZIP = b"\x1f\x8b"


class IntervalsSignIn:
    """Signs in with a key, which is tried at once, or by OAuth."""

    def __init__(self, calls: RateLimitedClient) -> None:
        self.calls = calls

    def begin(self, method: str, answers: Mapping[str, str]) -> Secret:
        """Return a secret. Raises Question (OAuth goes on elsewhere), WrongKey, Unreachable, UnexpectedResponse."""
        if method == "oauth":
            return OAUTH.begin(answers)
        secret = {"api_key": answers["api_key"].strip()}
        oauth = replace(self.calls, allow_error_bodies=True)
        with asking() as http:
            reply = send(oauth, http, "GET", ME, headers=_marks(secret))
        self.calls.count = oauth.count
        if reply.status != 200:
            raise WrongKey(reason=reply.status)
        return secret

    def resume(self, state: Mapping[str, Any], answers: Mapping[str, str]) -> Secret:
        """Go on after somebody allowed it there. Raises what `OAuth.resume` does."""
        return OAUTH.resume(self.calls, state, answers)


class WrongKey(WrongCredentials):
    """intervals.icu rejected this API key ({reason}). Find yours at intervals.icu/settings, “Developer settings”."""


def _marks(secret: Secret) -> Mapping[str, str]:
    """Return how a secret is shown: a bearer's token, or the key as the password of a user with a fixed name."""
    if "access_token" in secret:
        return bearer(secret)
    pair = base64.b64encode(f"API_KEY:{secret.get('api_key', '')}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


class Intervals:
    """A signed-in account."""

    def __init__(self, secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> None:
        self.known = remote_account
        self.http = Http(calls, secret_store, OAUTH, _marks)

    def remote_account(self) -> RemoteAccount:
        """Return the intervals.icu account, with the zone of its days."""
        reply = self.http.get(ME, reads=(403,))
        found = _document(reply) if reply.status == 200 else self.http.secret.get("athlete")
        if not isinstance(found, dict) or not found.get("id"):
            raise UnexpectedResponse(name=NAME, reason="nobody", what="the request for your account")
        zone = found.get("timezone")
        return RemoteAccount(
            str(found.get("name") or found["id"]), str(found["id"]), zone if isinstance(zone, str) else None
        )

    def activities(self, start: int, page: int, since: str | None) -> ItemPage:
        """Return the activities of a quarter of a year, the newest first; `start` is its number, 0 the present one.

        A quarter without any is followed by the one that the newest activity before it lies in.
        """
        number = start or _quarter(today())
        first, last = _days(number)
        oldest = max(first.isoformat(), since or "")
        reply = self._list(oldest, last)
        items = items_of(reply.body, NAME)
        done = since is not None and since >= first.isoformat()
        following = number - 1
        if not items and not done and not since:
            before = items_of(self._list(f"{_FIRST_YEAR}-01-01", first - timedelta(days=1), 1).body, NAME)
            done = not before
            following = min(following, _quarter(date.fromisoformat(before[0].since))) if before else following
        word = "activities" if oldest == first.isoformat() else "recent"
        name = f"{word}-{first.year}q{number % 4 + 1}.json"
        return ItemPage(Answer(name, "json", reply.body), items, None if done or following < _OLDEST else following)

    def _list(self, oldest: str, last: date, most: int | None = None) -> Reply:
        asked = {"oldest": oldest, "newest": f"{last.isoformat()}T23:59:59"}
        return self.http.get(f"{ME}/activities", asked | ({} if most is None else {"limit": str(most)}))

    def fetch(self, item: RemoteItem) -> Sequence[Answer]:
        """Return what intervals.icu has of an item; empty for what came from Strava."""
        if item.kind == "activity":
            return () if item.details.get("stub") else self._activity(item)
        asked = {"oldest": item.since, "newest": item.until} if item.kind == "wellness" else None
        reply = self.http.get(f"{ME}/{item.kind}", asked, _NOTHING)
        if reply.status != 200 or reply.body.strip() in (b"", b"[]", b"null"):
            return ()
        if not isinstance(_document(reply), list):
            raise UnexpectedResponse(name=NAME, reason="no list", what=f"the request for {item.kind}")
        return (Answer(f"{item.kind}-{item.key}.json", "json", reply.body),)

    def _activity(self, item: RemoteItem) -> Sequence[Answer]:
        """Return the file as it was uploaded, else the one that it makes itself, else what it says of the activity."""
        url = f"{API}/activity/{item.key}"
        made = () if item.details.get("source") == "MANUAL" else ("file", "fit-file")
        for path in made:
            reply = self.http.get(f"{url}/{path}", reads=_NOTHING)
            if reply.status == 200 and reply.body:
                data = unpacked(reply.body, item.key)
                form = form_of(data, item.key)
                return (Answer(f"{item.key}.{form}", form, data, file=True),)
        reply = self.http.get(url, reads=_NOTHING)
        if reply.status != 200:
            return ()
        found = _document(reply)
        if not isinstance(found, dict):
            raise UnexpectedResponse(name=NAME, reason="no activity", what=f"the request for activity {item.key}")
        return () if is_stub(found) else (Answer(f"{item.key}.json", "json", reply.body, file=True),)


def today() -> date:
    """Return the day where it begins first."""
    return (datetime.now(UTC) + _AHEAD).date()


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


_OLDEST = _quarter(date(_FIRST_YEAR, 1, 1))


def _days(quarter: int) -> tuple[date, date]:
    """Return the first and the last day of a quarter of a year."""
    first = date(quarter // 4, quarter % 4 * 3 + 1, 1)
    following = quarter + 1
    return first, date(following // 4, following % 4 * 3 + 1, 1) - timedelta(days=1)


def unpacked(body: bytes, name: str) -> bytes:
    """Return a file without its gzip around it (RFC 1952, of any members).

    Raises UnexpectedResponse if damaged or boundless.
    """
    if body[:2] != _GZIP:
        return body
    data = b""
    while body[:2] == _GZIP:
        opener = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            data += opener.decompress(body, MOST_BYTES + 1 - len(data))
        except zlib.error as error:
            raise UnexpectedResponse(name=NAME, reason="a damaged file", what=name) from error
        if len(data) > MOST_BYTES or not opener.eof:
            reason = "a file that is too large" if len(data) > MOST_BYTES else "a damaged file"
            raise UnexpectedResponse(name=NAME, reason=reason, what=name)
        body = opener.unused_data
    return data


def form_of(data: bytes, name: str) -> str:
    """Return what a file is: `fit`, `gpx` or `tcx`. Raises UnexpectedResponse for anything else."""
    if data[8:12] == b".FIT":
        return "fit"
    found = next((form for mark, form in _MARKS if mark in data[:2000]), None)
    if found is None:
        raise UnexpectedResponse(name=NAME, reason="no file", what=name)
    return found


def _document(reply: Reply) -> Any:
    try:
        return json.loads(reply.body)
    except ValueError:
        return None


def sign_in(calls: RateLimitedClient) -> IntervalsSignIn:
    """Return how to sign in."""
    return IntervalsSignIn(calls)


def client(secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> Intervals:
    """Return a signed-in account."""
    return Intervals(secret_store, remote_account, calls)
