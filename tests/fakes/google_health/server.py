"""The fake itself: one person's Google account with a project, tokens, permissions, data types and devices."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from tests.fakes._site import Asked, Route, Site
from tests.fakes.garmin.asked import Reply, told
from tests.fakes.google_health.account import Account, Point, civil, parts_of, utc
from tests.fakes.google_health.grants import ALL, CLIENT_ID, CLIENT_SECRET, Grants
from tests.fakes.google_health.schema import LISTED, POINTS, TOTALS, scope_of

__all__ = ["ALL", "CLIENT_ID", "CLIENT_SECRET", "FakeGoogleHealth"]

ME = "/v4/users/me"
TYPE = ME + "/dataTypes/{type}"
SESSION_PAGE, ROLL_UP_PAGE = 25, 90
_BOUND = re.compile(r'(\w[\w.]*) (>=|<) "([^"]+)"')


def failure(status: int, word: str, reason: str | None = None, message: str = "no") -> Reply:
    """Return an error as Google writes it."""
    info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"}
    details = {} if reason is None else {"details": [info]}
    return told({"error": {"code": status, "message": message, "status": word, **details}}, status)


class FakeGoogleHealth(Site):
    """The fake. How it behaves is set by its attributes; faults of the network are those of every Site.

    `page` is the most points of a page, `gaps` puts an empty page before every other one, `twins` repeats a page's last
    point on the next. `filters_sleep` False: filters of sleep are refused. `denied`: types without permission for all
    that was granted (`*`: everything). `trouble` is the reason of a 403 in answer to everything. `expires`: so many
    page tokens are no longer known.
    """

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.account, self.grants = account, Grants()
        self.person, self.legacy, self.zone = "1234567890", "ABC123", account.zone
        self.member_since: date | None = account.first
        self.devices: list[dict[str, Any]] = [self.device("77", "Pixel Watch 4", account.last, 12)]
        self.page, self.gaps, self.twins, self.filters_sleep = 5000, False, False, True
        self.denied: set[str] = set()
        self.trouble: str | None = None
        self.expires = 0
        self.has_files, self.hides_devices = True, False

    def device(self, key: str, product: str, day: date, hour: float) -> dict[str, Any]:
        """Return a paired device that was last synced at an hour of a day."""
        return {
            "name": f"users/1/pairedDevices/{key}", "deviceVersion": product, "deviceType": "TRACKER",
            "batteryLevel": 71, "batteryStatus": "High",
            "lastSyncTime": utc(self.account.at(day, hour)),
        }  # fmt: skip

    def routes(self) -> Iterable[Route]:
        return (
            Route("POST", "/token", self.grants.token, open=True),
            Route("POST", "/revoke", self.grants.revoke, open=True),
            Route("GET", f"{ME}/identity", lambda _: told({"healthUserId": self.person, "legacyUserId": self.legacy})),
            Route("GET", f"{ME}/settings", self._settings),
            Route("GET", f"{ME}/profile", self._profile),
            Route("GET", f"{ME}/pairedDevices", self._devices),
            Route("GET", f"{TYPE}/dataPoints:reconcile", self._reconcile),
            Route("GET", f"{TYPE}/dataPoints", self._reconcile),
            Route("POST", f"{TYPE}/dataPoints:dailyRollUp", self._roll_up),
            Route("GET", f"{TYPE}/dataPoints/{{key}}:exportExerciseTcx", self._tcx),
            Route("GET", f"{TYPE}/dataPoints/{{key}}", self._workout),
        )

    def refusal(self, ask: Asked) -> Reply | None:
        if not self.grants.knows(ask.headers.get("authorization", "")):
            return failure(401, "UNAUTHENTICATED")
        if self.trouble is not None:
            return failure(403, "PERMISSION_DENIED", self.trouble)
        name = ask.parts.get("type")
        if name is not None and (name in self.denied or not self.grants.covers(scope_of(name))):
            return failure(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        return None

    def allow(self, address: str) -> str:
        """Return where a browser is sent back to by somebody who ticks what is set in `grants`."""
        back, problem = self.grants.allow(address)
        if problem:
            self.problems.append(problem)
        return back

    def _settings(self, _: Asked) -> Reply:
        if not self.grants.covers("settings"):
            return failure(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        return told({"name": "users/me/settings", "timeZone": self.zone, "weightUnit": "WEIGHT_UNIT_KILOGRAMS"})

    def _profile(self, _: Asked) -> Reply:
        if not self.grants.covers("profile"):
            return failure(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        return told({"membershipStartDate": parts_of(self.member_since)} if self.member_since else {})

    def _devices(self, ask: Asked) -> Reply:
        if self.hides_devices or not self.grants.covers("settings"):
            return failure(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        return self._page(ask.query, self.devices, "pairedDevices", int(ask.query.get("pageSize", 5)))

    def _reconcile(self, ask: Asked) -> Reply:
        name, query = ask.parts["type"], ask.query
        shape = POINTS.get(name)
        known = set(query) <= {"filter", "pageSize", "pageToken", "dataSourceFamily"}
        if shape is None or not known or ask.path.endswith("/dataPoints") != (name in LISTED):
            self.problems.append(f"{ask.path}?{ask.raw_query}")
            return failure(400, "INVALID_ARGUMENT")
        bounds = _BOUND.findall(query.get("filter", ""))
        time_of = f"{name.replace('-', '_')}.{shape.time}"
        if any(member != time_of for member, _, _ in bounds) or (name == "sleep" and bounds and not self.filters_sleep):
            return failure(400, "INVALID_ARGUMENT", "INVALID_DATA_POINT_FILTER_MEMBER")
        since = next((value for _, sign, value in bounds if sign == ">="), "")
        until = next((value for _, sign, value in bounds if sign == "<"), "9999")
        most = SESSION_PAGE if name in ("sleep", "exercise") else self.page
        points = [one for one in self._points(name, since[:10], until[:10]) if since <= _when(one, name) < until]
        return self._page(query, points, "dataPoints", min(most, int(query.get("pageSize", 1440))))

    def _points(self, name: str, since: str, until: str) -> list[Point]:
        days = [day for day in self.account.days if since <= day.isoformat() <= until]
        return [point for day in days for point in self.account.points(name, day)]

    def _roll_up(self, ask: Asked) -> Reply:
        name, asked = ask.parts["type"], ask.json()
        found = TOTALS.get(name)
        if found is None or not set(asked) <= {"range", "windowSizeDays", "pageSize", "pageToken", "dataSourceFamily"}:
            self.problems.append(f"{ask.path} {asked}")
            return failure(400, "INVALID_ARGUMENT")
        member, _, _, longest = found
        start, end = (date(**asked["range"][side]["date"]) for side in ("start", "end"))
        if not 0 < (end - start).days <= longest:
            return failure(400, "INVALID_ARGUMENT", "INVALID_ROLLUP_QUERY_DURATION")
        rows = []
        for number in reversed(range((end - start).days)):
            day = start + timedelta(days=number)
            sums = self.account.totals(name, day)
            if sums is not None:
                begun, over = self.account.at(day, 0), self.account.at(day + timedelta(days=1), 0)
                rows.append({"civilStartTime": civil(begun), "civilEndTime": civil(over), member: sums})
        query = {key: str(value) for key, value in asked.items()}
        return self._page(query, rows, "rollupDataPoints", min(ROLL_UP_PAGE, asked.get("pageSize", ROLL_UP_PAGE)))

    def _page(self, query: dict[str, str], points: list[Point], name: str, most: int) -> Reply:
        """Return the page that a token leads to, perhaps after an empty one."""
        place, _, empty = (query.get("pageToken") or "0").partition(".")
        if "pageToken" in query and self.expires:
            self.expires -= 1
            return failure(400, "INVALID_ARGUMENT", "INVALID_PAGE_TOKEN")
        start = int(place)
        if self.gaps and not empty and points:
            return told({"nextPageToken": f"{start}.after"})
        page, after = points[start : start + most], start + most
        repeated = points[start - 1 : start] if self.twins and start else []
        token = {"nextPageToken": str(after)} if after < len(points) else {}
        return told({name: [*repeated, *page], **token} if page else token)

    def _tcx(self, ask: Asked) -> Reply:
        if not self.grants.covers("location"):
            return failure(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        point = self.account.workouts().get(ask.parts["key"])
        if point is None or not self.has_files:
            return failure(404, "NOT_FOUND")
        if ask.query.get("alt") != "media":
            self.problems.append("TCX without alt=media")
        return Reply(200, tcx_of(point), "application/vnd.garmin.tcx+xml")

    def _workout(self, ask: Asked) -> Reply:
        point = self.account.workouts().get(ask.parts["key"])
        if point is None:
            return failure(404, "NOT_FOUND")
        device = {"displayName": "Pixel Watch 4", "formFactor": "WATCH", "manufacturer": "Google"}
        source = {"platform": "FITBIT", "recordingMethod": "ACTIVELY_MEASURED", "device": device}
        return told({"name": point["dataPointName"], "dataSource": source, "exercise": point["exercise"]})


def _when(point: Point, name: str) -> str:
    """Return the civil time that a filter compares, as text."""
    shape = POINTS[name]
    inner = point[shape.member]
    if shape.time == "date":
        return date(**inner["date"]).isoformat()
    outer, inner_name = {
        "interval.civil_start_time": ("interval", "civilStartTime"),
        "interval.civil_end_time": ("interval", "civilEndTime"),
        "sample_time.civil_time": ("sampleTime", "civilTime"),
    }[shape.time]  # fmt: skip
    at = inner[outer][inner_name]
    time_ = {"hours": 0, "minutes": 0, "seconds": 0, **at.get("time", {})}
    return f"{date(**at['date']).isoformat()}T{time_['hours']:02}:{time_['minutes']:02}:{time_['seconds']:02}"


def tcx_of(point: Point) -> bytes:
    """Return a workout's file: a point each minute, of a place that moves north."""
    workout = point["exercise"]
    start = datetime.fromisoformat(workout["interval"]["startTime"])
    rows = "".join(
        f"<Trackpoint><Time>{(start + timedelta(minutes=n)).strftime('%Y-%m-%dT%H:%M:%SZ')}</Time>"
        f"<Position><LatitudeDegrees>{60.2 + n / 500:.6f}</LatitudeDegrees><LongitudeDegrees>24.9</LongitudeDegrees>"
        f"</Position><DistanceMeters>{200 * n}</DistanceMeters>"
        f"<HeartRateBpm><Value>{140 + n % 10}</Value></HeartRateBpm></Trackpoint>"
        for n in range(40)
    )
    name = start.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        '<?xml version="1.0" encoding="UTF-8"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
        f'<Activity Sport="Running"><Id>{name}</Id><Lap StartTime="{name}"><TotalTimeSeconds>2340</TotalTimeSeconds>'
        "<DistanceMeters>7800</DistanceMeters><Calories>500</Calories><Intensity>Active</Intensity>"
        f"<TriggerMethod>Manual</TriggerMethod><Track>{rows}</Track></Lap></Activity></Activities>"
        "</TrainingCenterDatabase>"
    ).encode()
