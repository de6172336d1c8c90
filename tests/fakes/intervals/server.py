"""The fake itself."""

import base64
import gzip
import hashlib
import json
import secrets
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.fakes._site import Asked, Route, Site
from tests.fakes.garmin.asked import BYTES, Reply, told
from tests.fakes.intervals import events

KEY, CLIENT_ID, CLIENT_SECRET, WEBHOOK_SECRET = "k3y", "214", "hush", "whisper"
_LISTED = {"oldest", "newest", "limit", "fields"}
_CHANGED = {"name", "description", "type", "gear"}


class FakeIntervals(Site):
    """One athlete's account: `activities` by id, the bytes of `files`, of those that it makes `made`, and `wellness`.

    `events` are those of the calendar by id, `written` counts what was put there.

    `allowed` are what its limits allow in 15 minutes and in a day; `tells_self` False: the token may not ask who it is.
    """

    def __init__(self, *activities: dict[str, Any]) -> None:
        super().__init__()
        self.activities = {one["id"]: one for one in activities}
        self.files: dict[str, bytes] = {}
        self.made: dict[str, bytes] = {}
        self.wellness: dict[str, dict[str, Any]] = {}
        self.events: dict[int, dict[str, Any]] = {}
        self.written = 0
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        self.key = KEY
        self.allowed, self.asked, self.tells_self = (2500, 5000), 0, True

    def routes(self) -> Iterable[Route]:
        return (
            Route("POST", "/api/oauth/token", self._token, open=True),
            Route("GET", "/api/v1/athlete/0", self._self),
            Route("GET", "/api/v1/athlete/0/activities", self._list),
            Route("POST", "/api/v1/athlete/0/activities", self._upload),
            Route("GET", "/api/v1/athlete/0/wellness", self._wellness),
            Route("POST", "/api/v1/athlete/0/events/bulk", lambda ask: events.put(self, ask)),
            Route("PUT", "/api/v1/athlete/0/events/bulk-delete", lambda ask: events.delete(self, ask)),
            Route("DELETE", "/api/v1/athlete/0/events", lambda ask: events.delete_range(self, ask)),
            Route("GET", "/api/v1/athlete/0/gear", lambda _: told([{"id": "g1", "name": "Shoes", "type": "Shoes"}])),
            Route("GET", "/api/v1/activity/{id}", self._one),
            Route("PUT", "/api/v1/activity/{id}", self._put),
            Route("GET", "/api/v1/activity/{id}/file", self._file),
            Route("GET", "/api/v1/activity/{id}/fit-file", self._made),
        )

    def headers(self) -> tuple[tuple[str, str], ...]:
        self.asked += 1
        left = [str(max(0, most - self.asked)) for most in self.allowed]
        limits = ",".join(map(str, self.allowed))
        return (("CF-Ray", "9bcf-HEL"), ("X-RateLimit-Limit", limits), ("X-RateLimit-Remaining", ",".join(left)))

    def refusal(self, ask: Asked) -> Reply | None:
        if not ask.headers.get("user-agent", "").startswith("Homestretch"):
            self.problems.append("no real User-Agent")
        kind, _, word = ask.headers.get("authorization", "").partition(" ")
        pair = base64.b64decode(word).decode() if kind == "Basic" else ""
        if pair == f"API_KEY:{self.key}" or (kind == "Bearer" and word in self.tokens):
            return None
        return told({"status": 401, "error": "Unauthorized"}, 401)

    def allow(self, address: str) -> str:
        """Return where a browser is sent back to by somebody who allows what is asked at an address."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def message(self, *people: str, secret: str = WEBHOOK_SECRET) -> bytes:
        """Return the body of a message about activities of these people."""
        events = [{"athlete_id": one, "type": "ACTIVITY_UPLOADED"} for one in people]
        return json.dumps({"secret": secret, "events": events}).encode()

    def _token(self, ask: Asked) -> Reply:
        given = ask.form()
        asked = self.codes.pop(given.get("code", ""), None)
        if given.get("client_secret") != CLIENT_SECRET or asked is None or asked["client_id"] != CLIENT_ID:
            return told({"error": "invalid_grant"}, 400)
        self.tokens.add(token := secrets.token_urlsafe(8))
        scope = asked["scope"]
        return told(
            {"token_type": "Bearer", "access_token": token, "scope": scope, "athlete": {"id": "i7", "name": "A"}}
        )

    def _self(self, _: Asked) -> Reply:
        if not self.tells_self:
            return told({"status": 403, "error": "SETTINGS:READ is missing"}, 403)
        return told({"id": "i7", "name": "Anna", "timezone": "Europe/Helsinki", "sportSettings": []})

    def _list(self, ask: Asked) -> Reply:
        query = ask.query
        if "oldest" not in query or not query.keys() <= _LISTED:
            self.problems.append(f"a list of {ask.raw_query}")
        oldest, newest = query["oldest"], query.get("newest", "9999")
        found = [one for one in self.activities.values() if oldest <= one["start_date_local"] <= newest]
        found.sort(key=lambda one: one["start_date_local"], reverse=True)
        return told(found[: int(query.get("limit", 100_000))])

    def _wellness(self, ask: Asked) -> Reply:
        oldest, newest = ask.query["oldest"], ask.query["newest"]
        return told([row for day, row in sorted(self.wellness.items()) if oldest <= day <= newest])

    def _missing(self, key: str) -> Reply | None:
        found = self.activities.get(key)
        if found is None:
            return told({"status": 404, "error": "Not found"}, 404)
        if found.get("source") == "STRAVA":
            self.problems.append(f"asked for {key}, which is Strava's")
            return told({"status": 422, "error": "Cannot read Strava activities via the API"}, 422)
        return None

    def _one(self, ask: Asked) -> Reply:
        key = ask.parts["id"]
        return self._missing(key) or told(self.activities[key])

    def _file(self, ask: Asked) -> Reply:
        key = ask.parts["id"]
        if (refused := self._missing(key)) is not None:
            return refused
        if key not in self.files:
            return told({"status": 422, "error": "Activity has no file"}, 422)
        return Reply(200, gzip.compress(self.files[key]), BYTES)

    def _made(self, ask: Asked) -> Reply:
        key = ask.parts["id"]
        if (refused := self._missing(key)) is not None:
            return refused
        return Reply(200, self.made[key], BYTES) if key in self.made else told({"error": "No streams"}, 422)

    def _put(self, ask: Asked) -> Reply:
        key, given = ask.parts["id"], ask.json()
        if (refused := self._missing(key)) is not None:
            return refused
        if not given.keys() <= _CHANGED:
            self.problems.append(f"a change of {sorted(given)}")
        if given.get("gear") and given["gear"].get("id") not in ("g1", "g8"):
            return told({"status": 422, "error": "Gear not found"}, 422)
        self.activities[key] |= given
        return told(self.activities[key])

    def _upload(self, ask: Asked) -> Reply:
        """Take a file in; one whose bytes are there already is that."""
        name, data = ask.parts_of_form()["file"]
        digest = hashlib.sha256(data).hexdigest()
        known = {hashlib.sha256(content).hexdigest(): key for key, content in self.files.items()}
        if data[8:12] != b".FIT":
            return told({"status": 422, "error": f"Unable to read {name}"}, 422)
        key = known.get(digest) or f"i{900 + len(self.activities)}"
        if digest not in known:
            self.files[key] = data
            self.activities[key] = {
                "id": key, "source": "UPLOAD", "start_date_local": "2026-11-19T08:00:00", "name": ask.query.get("name"),
                "external_id": ask.query.get("external_id"), "type": "Run",
            }  # fmt: skip
        return told({"icu_athlete_id": "i7", "id": key, "activities": [{"id": key}]}, 200 if digest in known else 201)
