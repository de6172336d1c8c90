"""The fake itself."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.fakes._site import Asked, Route, Site
from tests.fakes.garmin.asked import Reply, told
from tests.fakes.ridewithgps.trips import summary, trip

EMAIL, PASSWORD, API_KEY, CLIENT_ID, CLIENT_SECRET = "anna@example.org", "long enough", "2704a8df", "me", "hush"
_PAGES = {"page", "page_size"}


class FakeRideWithGPS(Site):
    """One athlete's account; `trips` are what the API tells, by id, and may be changed by `edit`.

    `renames` False: the newer interface has no PUT for trips, and the older one is to be asked. `looks` is how often
    a task is asked after before it is done.
    """

    def __init__(self, *trips: dict[str, Any]) -> None:
        super().__init__()
        self.trips: dict[int, dict[str, Any]] = {one["id"]: one for one in trips}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        self.auth_tokens: set[str] = set()
        self.uploads: dict[str, int] = {}
        self.tasks: dict[str, dict[str, Any]] = {}
        self.renames, self.looks, self.tells_duplicate, self.open_gear = True, 1, True, True
        self.last = 0
        self.now = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def routes(self) -> Iterable[Route]:
        return (
            Route("POST", "/oauth/token.json", self._token, open=True),
            Route("POST", "/oauth/revoke.json", self._revoke, open=True),
            Route("POST", "/api/v1/auth_tokens.json", self._auth_token, open=True),
            Route("GET", "/api/v1/users/current.json", lambda _: told({"user": {"id": 7, "name": "Anna"}})),
            Route("GET", "/api/v1/trips.json", self._list),
            Route("POST", "/api/v1/trips.json", self._upload),
            Route("GET", "/api/v1/trips/{id}.json", self._one),
            Route("PUT", "/api/v1/trips/{id}.json", self._put),
            Route("PUT", "/trips/{id}.json", self._put_old),
            Route("GET", "/api/v1/tasks/{id}.json", self._task),
            Route("GET", "/users/7/gear.json", self._gear),
        )

    def refusal(self, ask: Asked) -> Reply | None:
        bearer = ask.headers.get("authorization", "").removeprefix("Bearer ")
        key, token = ask.headers.get("x-rwgps-api-key"), ask.headers.get("x-rwgps-auth-token")
        if bearer and key:
            self.problems.append("a key beside a bearer's token")
        if bearer in self.tokens or (key == API_KEY and token in self.auth_tokens):
            return None
        return told({"error": "Failed to authenticate the user"}, 401)

    def allow(self, address: str) -> str:
        """Return where a browser is sent back to by somebody who allows what is asked at an address."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def add(self, **more: Any) -> int:
        """Add a trip an hour before now and return its id."""
        self.last = key = max(self.last, *self.trips, 0) + 1
        self.trips[key] = trip(key, self.now - timedelta(hours=1), **more)
        self.edit(key)
        return key

    def edit(self, key: int, **changes: Any) -> None:
        """Change a trip, as its rider would; each change is a second later."""
        self.now += timedelta(seconds=1)
        self.trips[key] |= {"updated_at": self.now.isoformat(timespec="seconds"), **changes}

    def message(self, *people: int) -> tuple[dict[str, str], bytes]:
        """Return the headers and the body of a message about trips of these people."""
        told_ = [{"user_id": one, "item_type": "trip", "item_id": 1, "action": "updated"} for one in people]
        body = json.dumps({"notifications": told_}).encode()
        signature = hmac.new(CLIENT_SECRET.encode(), body, hashlib.sha256).hexdigest()
        return {"x-rwgps-api-key": API_KEY, "x-rwgps-signature": signature}, body

    def _token(self, ask: Asked) -> Reply:
        given = ask.json()
        asked = self.codes.pop(str(given.get("code")), None)
        if given.get("client_secret") != CLIENT_SECRET:
            return told({"error": "invalid_client"}, 401)
        if asked is None or asked["redirect_uri"] != given.get("redirect_uri") or asked["client_id"] != CLIENT_ID:
            return told({"error": "invalid_grant"}, 400)
        self.tokens.add(token := secrets.token_urlsafe(8))
        return told({"access_token": token, "token_type": "Bearer", "scope": "user", "created_at": 1, "user_id": 7})

    def _revoke(self, ask: Asked) -> Reply:
        given = ask.json()
        if (given.get("client_id"), given.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return told({"error": "invalid_client"}, 401)
        self.tokens.discard(str(given.get("token")))
        return told({})

    def _auth_token(self, ask: Asked) -> Reply:
        if ask.headers.get("x-rwgps-api-key") != API_KEY or ask.json().get("user") != {
            "email": EMAIL, "password": PASSWORD
        }:  # fmt: skip
            return told({"error": "Invalid email or password"}, 401)
        self.auth_tokens.add(token := secrets.token_hex(8))
        return told({"auth_token": {"auth_token": token, "api_key": API_KEY, "user": {"id": 7}}}, 201)

    def _list(self, ask: Asked) -> Reply:
        page, size = int(ask.query.get("page", 1)), int(ask.query.get("page_size", 20))
        if not 20 <= size <= 200 or page < 1 or not ask.query.keys() <= _PAGES:
            self.problems.append(f"a page of {size}: {ask.raw_query}")
        newest = sorted(self.trips.values(), key=lambda one: datetime.fromisoformat(one["updated_at"]), reverse=True)
        shown = newest[size * (page - 1) : size * page]
        more = f"https://ridewithgps.com/api/v1/trips.json?page={page + 1}" if size * page < len(newest) else None
        paging = {"record_count": len(newest), "page_count": -(-len(newest) // size), "page_size": size}
        meta = {"pagination": {**paging, "next_page_url": more}}
        return told({"trips": [summary(one) for one in shown], "meta": meta})

    def _one(self, ask: Asked) -> Reply:
        found = self.trips.get(int(ask.parts["id"]))
        return told({"error": "Not Found"}, 404) if found is None else told({"trip": found})

    def _put(self, ask: Asked) -> Reply:
        return self._put_old(ask) if self.renames else told({"error": "Not Found"}, 404)

    def _put_old(self, ask: Asked) -> Reply:
        key, given = int(ask.parts["id"]), ask.json().get("trip", {})
        if key not in self.trips:
            return told({"error": "Not Found"}, 404)
        changes = {name: value for name, value in given.items() if name in ("name", "description")}
        if "gear_id" in given:
            if given["gear_id"] not in (3, 8, None):
                return told({"errors": ["Gear is not yours"]}, 422)
            changes["gear"] = given["gear_id"] and {"id": given["gear_id"]}
        self.edit(key, **changes)
        return told({"trip": self.trips[key]})

    def _upload(self, ask: Asked) -> Reply:
        form = ask.parts_of_form()
        name, data = form["file"]
        task = str(len(self.tasks) + 1)
        digest = hashlib.sha256(data).hexdigest()
        done: dict[str, Any] = {"id": task, "status": "completed", "items": [], "errors": []}
        if not data:
            done["errors"] = [{"code": "empty_file", "message": "The file is empty"}]
        elif digest in self.uploads:
            there = {"item_type": "trip", "item_id": self.uploads[digest]} if self.tells_duplicate else {}
            done["errors"] = [{"code": "duplicate", "message": "Already uploaded", **there}]
        else:
            self.uploads[digest] = self.add(name=form.get("name", ("", name.encode()))[1].decode())
            done["items"] = [{"item_type": "trip", "item_id": self.uploads[digest]}]
        self.tasks[task] = {"left": self.looks, "done": done}
        return told({"task": {"id": task, "status": "pending"}}, 202)

    def _task(self, ask: Asked) -> Reply:
        task = self.tasks.get(ask.parts["id"])
        if task is None:
            return told({"error": "Not Found"}, 404)
        if task["left"] > 0:
            task["left"] -= 1
            return told({"task": {"id": ask.parts["id"], "status": "pending"}})
        return told({"task": task["done"]})

    def _gear(self, ask: Asked) -> Reply:
        if not self.open_gear:
            return told({"error": "Forbidden"}, 403)
        return told({"results": [{"id": 3, "make": "Make", "model": "Model"}]})
