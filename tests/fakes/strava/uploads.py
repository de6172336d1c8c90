"""Uploads at the fake Strava: taken, worked on for a while, then an activity, a duplicate or an error."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.fakes.garmin.asked import Reply, told
from tests.fakes.strava.account import Account

TYPES = ("fit", "fit.gz", "tcx", "tcx.gz", "gpx", "gpx.gz")


@dataclass(slots=True)
class Uploads:
    """All uploads by number; each is worked on for `looks` looks. `old_words` are those of older answers."""

    account: Account
    looks: int = 1
    old_words: bool = False
    all: dict[int, dict[str, Any]] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)

    def take(self, parts: dict[str, tuple[str | None, bytes]]) -> Reply:
        """Take a file."""
        name, data = parts["file"]
        form = parts.get("data_type", (None, b""))[1].decode()
        if form not in TYPES or not name:
            return told({"message": "Bad Request", "errors": [{"resource": "Upload", "code": "empty"}]}, 400)
        number = 8_000_000_000 + len(self.all)
        external = parts.get("external_id", (None, name.encode()))[1].decode()
        left = {"id": number, "external": external, "data": data, "left": self.looks}
        self.all[number] = left | {"name": parts.get("name", (None, b"Uploaded"))[1].decode()}
        return told(self._waiting(number, external), 201)

    def told(self, number: int) -> Reply:
        """Tell what became of an upload."""
        one = self.all.get(number)
        if one is None:
            return told({"message": "Record Not Found", "errors": []}, 404)
        one["left"] -= 1
        if one["left"] >= 0:
            return told(self._waiting(number, one["external"]))
        if b"broken" in one["data"]:
            return told(self._ended(number, one, error="The file is malformed.", activity=None))
        digest = hashlib.sha256(one["data"]).hexdigest()
        made = self.known.get(digest)
        if made is None:
            made = self.account.add(datetime(2026, 11, 20, 9, tzinfo=UTC), one["name"], external=one["external"]).id
            self.known[digest] = made
            one["made"] = made
        if one.get("made") == made:
            return told(self._ended(number, one, error=None, activity=made))
        words = f"duplicate of <a href='/activities/{made}' target='_blank'>a ride</a>"
        words = f"duplicate of activity {made}" if self.old_words else words
        return told(self._ended(number, one, error=f"{one['external']} {words}", activity=None))

    def _waiting(self, number: int, external: str) -> dict[str, Any]:
        said = "Your activity is still being processed."
        return {"id": number, "id_str": str(number), "external_id": external, "error": None, "status": said,
                "activity_id": None}  # fmt: skip

    def _ended(self, number: int, one: dict[str, Any], error: str | None, activity: int | None) -> dict[str, Any]:
        said = "Your activity is ready." if error is None else "There was an error processing your activity."
        return {"id": number, "id_str": str(number), "external_id": one["external"], "error": error, "status": said,
                "activity_id": activity}  # fmt: skip
