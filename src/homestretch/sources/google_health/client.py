"""Google Health by its interface: each type of data by itself, page by page to the end, by days on the local clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from homestretch.net.budget import AccessDenied, NotGranted, RateLimitedClient, Reply, UnexpectedResponse
from homestretch.net.secret import SecretStore
from homestretch.net.session import Http
from homestretch.sources._recorded import instant_ms, zone_of
from homestretch.sources.base import Answer, ItemPage, RemoteAccount, RemoteItem, Status
from homestretch.sources.google_health import _replies as replies
from homestretch.sources.google_health._replies import NAME
from homestretch.sources.google_health._thinning import minute_means
from homestretch.sources.google_health.data_types import (
    BY_KIND,
    DEVICES,
    LOCATION,
    PROFILE,
    SESSION_PAGE,
    SETTINGS,
    WORKOUTS,
    DataType,
    granted,
    kinds_without,
)
from homestretch.sources.google_health.listing import civil_text, items_of, oldest_s
from homestretch.sources.google_health.reading.document import Document, day_in, member, points_in
from homestretch.sources.google_health.sign_in import OAUTH, GoogleSignIn
from homestretch.sources.google_health.source import MINUTES

API = "https://health.googleapis.com/v4/users/me"
EXERCISES = f"{API}/dataTypes/exercise/dataPoints"
#: No answer has so many pages.
MOST_PAGES = 2000
DEVICES_PAGE = 100
_READS = (400, 403)


class GoogleHealth:
    """A signed-in account."""

    def __init__(self, secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> None:
        self.known, self.calls = remote_account, calls
        self.http = Http(calls, secret_store, OAUTH)
        self._filters_sleep = True

    def remote_account(self) -> RemoteAccount:
        """Return the account: whose it is, its zone and the day on which it began, where that may be known."""
        key, legacy = self._identity()
        profile, settings = self._optional("profile", PROFILE), self._optional("settings", SETTINGS)
        return RemoteAccount(
            f"{NAME} {legacy or key}",
            key,
            zone_of(settings.get("timeZone")),
            {"legacy_id": legacy} if legacy else {},
            lacks=kinds_without(granted(self.http.secret.get("scope"))),
            since=day_in(profile.get("membershipStartDate")),
        )

    def status(self, known: Mapping[str, object]) -> Status:
        """Return when each device was last synced; without the permission for that there is no mark."""
        key, _ = self._identity()
        if key != self.known.key:
            raise replies.OtherPerson(name=NAME, reason=key)
        settings = self._optional("settings", SETTINGS)
        account = replace(self.known, zone=zone_of(settings.get("timeZone")) or self.known.zone)
        try:
            pages = self._devices() if self._may(SETTINGS) else []
        except NotGranted:
            pages = []
        if not pages:
            return Status(account, mark="")
        devices = [device for _, read in pages for device in points_in(read)]
        synced = {str(device.get("name")): str(device.get("lastSyncTime") or "") for device in devices}
        before = known.get("synced")
        earlier = before if isinstance(before, dict) else {}
        jumped = [str(earlier[name]) for name, at in synced.items() if earlier.get(name, at) != at]
        days = [day for at in jumped if (day := _local_day(at, account.zone)) is not None]
        answer = Answer("devices.json", "json", _joined([body for body, _ in pages]))
        mark = ",".join(f"{name}={at}" for name, at in sorted(synced.items())) or "none"
        return Status(account, mark, min(days, default=None), {"synced": synced}, answer)

    def activities(self, start: int, page: int, since: str | None) -> ItemPage:
        """Return a page of workouts, the newest first, that began before `start` (s on the local clock; 0: now)."""
        bounds = [f'exercise.interval.civil_start_time >= "{since}"'] if since else []
        bounds += [f'exercise.interval.civil_start_time < "{civil_text(start)}"'] if start else []
        most = min(page, SESSION_PAGE)
        asked = {"pageSize": str(most)} | ({"filter": " AND ".join(bounds)} if bounds else {})
        for body, read, token in self._pages(f"{EXERCISES}:reconcile", WORKOUTS, asked):
            if points_in(read) or not token:
                answer = Answer(f"{'recent' if since else 'activities'}-{start}.json", "json", body)
                return ItemPage(answer, items_of(read), _next(start, oldest_s(read), more=bool(token)))
        raise UnexpectedResponse(name=NAME, reason="no end", what="the request for workouts")

    def fetch(self, item: RemoteItem) -> Sequence[Answer]:
        """Return what Google has of an item: of a block of days one answer with all its pages."""
        if item.kind == WORKOUTS:
            return self._workout(item)
        if item.kind == DEVICES:
            return (Answer("devices.json", "json", _joined([body for body, _ in self._devices()])),)
        one = BY_KIND[item.kind]
        try:
            pages = self._points(one, item.since, _after(item.until))
        except _TokenExpired:  # in the middle of the answer: once more from its first page
            pages = self._points(one, item.since, _after(item.until))
        filled = [body for body, read in pages if points_in(read)]
        if not filled and not item.held:
            return ()
        unfinished = one.kind == "sleep" and any(_in_progress(read) for _, read in pages)
        body = _joined(filled or [pages[-1][0]])
        if one.kind == "heart_rate" and self.calls.settings.get("heart_rate_detail") == MINUTES:
            body = minute_means([read for _, read in pages])
        return (Answer(f"{item.kind}-{item.key}.json", "json", body, unfinished=unfinished),)

    def _points(self, one: DataType, since: str, until: str) -> list[tuple[bytes, Document]]:
        """Return the pages of a type from one local day to before another."""
        url = f"{API}/dataTypes/{one.name}/dataPoints{'' if one.question == 'list' else f':{one.question}'}"
        if one.question == "dailyRollUp":
            span = {"start": {"date": _date(since)}, "end": {"date": _date(until)}}
            asked = {"range": span, "windowSizeDays": 1, "pageSize": one.page}
            return [(body, read) for body, read, _ in self._pages(url, one.kind, asked, query=True)]
        if one.kind == "sleep" and not self._filters_sleep:
            return self._nights(one, url, since, until)
        time_of = f"{one.filter_name}.{one.time}"
        bounds = f'{time_of} >= "{since}" AND {time_of} < "{until}"'
        try:
            pages = self._pages(url, one.kind, {"pageSize": str(one.page), "filter": bounds})
            return [(body, read) for body, read, _ in pages]
        except _FilterRefused:
            if one.kind != "sleep":
                raise
            self._filters_sleep = False
            return self._nights(one, url, since, until)

    def _nights(self, one: DataType, url: str, since: str, until: str) -> list[tuple[bytes, Document]]:
        """Return the pages of sleep that reach into a window, where the interface takes no filter: newest first."""
        kept = []
        for body, read, _ in self._pages(url, one.kind, {"pageSize": str(one.page)}):
            ends = [str(member(point, "sleep", "interval", "endTime") or "") for point in points_in(read)]
            if ends and min(ends)[:10] <= until and max(ends)[:10] >= _before(since):
                kept.append((body, read))
            if ends and max(ends)[:10] < _before(since):
                break
        return kept or [(b"{}", {})]

    def _devices(self) -> list[tuple[bytes, Document]]:
        pages = self._pages(f"{API}/pairedDevices", DEVICES, {"pageSize": str(DEVICES_PAGE)})
        return [(body, read) for body, read, _ in pages]

    def _workout(self, item: RemoteItem) -> Sequence[Answer]:
        """Return the file of a workout where its places may be known, else what Google says of it."""
        if self._may(LOCATION):
            asked = {"alt": "media", "partialData": "true"}
            reply = self.http.get(f"{EXERCISES}/{item.key}:exportExerciseTcx", asked, _READS)
            if reply.status == 200 and b"<Trackpoint" in reply.body:
                return (Answer(f"{item.key}.tcx", "tcx", reply.body, file=True),)
        reply = self.http.get(f"{EXERCISES}/{item.key}", reads=_READS)
        if reply.status == 404:
            return ()
        self._judge(reply, WORKOUTS)
        replies.document(reply, f"the request for workout {item.key}")
        return (Answer(f"{item.key}.json", "json", reply.body, file=True),)

    def _pages(
        self, url: str, kind: str, asked: Mapping[str, object], *, query: bool = False
    ) -> Iterator[tuple[bytes, Document, str]]:
        """Yield each page of an answer, also the empty ones that another follows, with the token of the next.

        Raises UnexpectedResponse where that has no end.
        """
        token = ""
        for _ in range(MOST_PAGES):
            more = {**asked, **({"pageToken": token} if token else {})}
            reply = self.http.query(url, more, _READS) if query else self.http.get(url, _texts(more), _READS)
            if token and reply.status == 400:
                raise _TokenExpired(name=NAME, reason=_reason(reply), what=f"the request for {kind}")
            self._judge(reply, kind)
            read = replies.document(reply, f"the request for {kind}")
            token, last = str(read.get("nextPageToken") or ""), token
            if token and token == last:
                break
            yield reply.body, read, token
            if not token:
                return
        raise UnexpectedResponse(name=NAME, reason="no end", what=f"the request for {kind}")

    def _identity(self) -> tuple[str, str]:
        """Return the account's key, and its key at Fitbit, empty where it has none."""
        identity = self._document("identity")
        key = str(identity.get("healthUserId") or "")
        if not key:
            raise UnexpectedResponse(name=NAME, reason="nobody", what="the request for your account")
        return key, str(identity.get("legacyUserId") or "")

    def _document(self, what: str) -> Document:
        """Return a resource of the account. Raises AccessDenied where not even that may be known."""
        reply = self.http.get(f"{API}/{what}", reads=_READS)
        if reply.status in _READS:
            replies.raise_for_setup(reply)
        if reply.status == 403 and replies.reasons(reply) & replies.SCOPE_MISSING:
            raise NotGranted(name=NAME, what=what)
        if reply.status == 403:
            raise AccessDenied(name=NAME, reason=_reason(reply))
        return replies.document(reply, f"the request for {what}")

    def _optional(self, what: str, scope: str) -> Document:
        """Return a resource of the account, empty without the permission for it."""
        if not self._may(scope):
            return {}
        try:
            return self._document(what)
        except NotGranted:
            return {}

    def _judge(self, reply: Reply, kind: str) -> None:
        """Raise what a refusal means; any other reply is fine."""
        if reply.status not in _READS:
            return
        replies.raise_for_setup(reply)
        words = replies.reasons(reply)
        if reply.status == 400:
            refused = any(word.startswith(replies.BAD_FILTER) for word in words)
            raise (_FilterRefused if refused else UnexpectedResponse)(
                name=NAME, reason=_reason(reply), what=f"the request for {kind}"
            )
        if not words & replies.SCOPE_MISSING:
            self._document("identity")  # or everything is denied, and not this kind alone
        raise NotGranted(name=NAME, what=kind)

    def _may(self, scope: str) -> bool:
        """Return whether a permission was given, as far as is known."""
        scopes = granted(self.http.secret.get("scope"))
        return scopes is None or scope in scopes


class _TokenExpired(UnexpectedResponse):
    """{name} no longer knows where the next page of {what} begins: {reason}."""


class _FilterRefused(UnexpectedResponse):
    """{name} does not take the filter of {what}: {reason}."""


def _next(start: int, oldest: int | None, *, more: bool) -> int | None:
    """Return the second before which the next page begins; it repeats the oldest one, where there may be twins."""
    if oldest is None or not more:
        return None
    return oldest + 1 if not start or oldest + 1 < start else oldest


def _joined(pages: Sequence[bytes]) -> bytes:
    """Return one page as it is, or several as a list of them."""
    return pages[0] if len(pages) == 1 else b"[" + b",".join(pages) + b"]"


def _texts(asked: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in asked.items()}


def _reason(reply: Reply) -> str:
    return ", ".join(sorted(replies.reasons(reply))) or str(reply.status)


def _in_progress(page: Document) -> bool:
    """Return whether Google still works on a night of a page."""
    nights = [member(point, "sleep", "metadata") for point in points_in(page)]
    return any(
        isinstance(one, dict) and (one.get("processed") is not True or one.get("stagesStatus") != "SUCCEEDED")
        for one in nights
    )


def _date(day: str) -> dict[str, int]:
    year, month, number = map(int, day.split("-"))
    return {"year": year, "month": month, "day": number}


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _local_day(at: str, zone: str | None) -> str | None:
    found = instant_ms(at)
    if found is None:
        return None
    return datetime.fromtimestamp(found[0] / 1000, ZoneInfo(zone or "UTC")).date().isoformat()


def sign_in(calls: RateLimitedClient) -> GoogleSignIn:
    """Return how to sign in."""
    return GoogleSignIn(calls)


def client(secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> GoogleHealth:
    """Return a signed-in account."""
    return GoogleHealth(secret_store, remote_account, calls)
