"""An account at the fake Strava: its athlete, gear and activities, told as the published schema has them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

#: Words that occur nowhere but in the fake's answers, so that a test finds them wherever they were kept.
FIRST, LAST = "Eulalia", "Quittenbaum"
BIKE, SHOES = "b77123456789", "g88123456789"
GEAR_NAMES = {BIKE: "Zinnoberpfeil", SHOES: "Klabautertreter"}


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity; the time is UTC, the offset what its clock showed."""

    id: int
    start: datetime
    name: str
    sport_type: str = "Ride"
    distance: float = 24931.4
    elapsed: int = 4500
    offset_s: int = 7200
    gear: str | None = BIKE
    external: str | None = None
    description: str | None = None
    hidden_start: bool = False
    trainer: bool = False
    commute: bool = False
    manual: bool = False
    private: bool = False

    def summary(self) -> dict[str, Any]:
        """Return a SummaryActivity."""
        local = self.start + timedelta(seconds=self.offset_s)
        start = self.start
        if self.hidden_start:
            local = local.replace(hour=0, minute=0, second=1)
            start = local - timedelta(seconds=self.offset_s)
        old = {"GravelRide": "Ride", "MountainBikeRide": "Ride", "TrailRun": "Run"}.get(
            self.sport_type, self.sport_type
        )
        return {
            "resource_state": 2, "athlete": {"id": 134815, "resource_state": 1}, "name": self.name,
            "distance": self.distance, "moving_time": self.elapsed - 60, "elapsed_time": self.elapsed,
            "total_elevation_gain": 321.5, "type": old, "sport_type": self.sport_type, "workout_type": None,
            "id": self.id, "external_id": self.external, "upload_id": None if self.manual else self.id * 7,
            "start_date": _told(start), "start_date_local": _told(local), "timezone": "(GMT+02:00) Europe/Helsinki",
            "utc_offset": float(self.offset_s), "start_latlng": [], "end_latlng": [], "location_city": None,
            "achievement_count": 0, "kudos_count": 3, "map": {"id": f"a{self.id}", "summary_polyline": "qmatJwyqwC"},
            "trainer": self.trainer, "commute": self.commute, "manual": self.manual, "private": self.private,
            "visibility": "only_me" if self.private else "everyone", "flagged": False, "gear_id": self.gear,
            "average_speed": 5.54, "max_speed": 11.0, "has_heartrate": True, "average_heartrate": 140.3,
            "max_heartrate": 178, "device_name": "Garmin Edge 1030", "suffer_score": 82,
        }  # fmt: skip

    def detail(self) -> dict[str, Any]:
        """Return a DetailedActivity."""
        return {**self.summary(), "resource_state": 3, "description": self.description, "calories": 870.2}


def _told(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


@dataclass(slots=True)
class Account:
    """The athlete and what belongs to it; `number` activities, one a day, back from `last`."""

    id: int = 134815
    number: int = 5
    last: datetime = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    activities: dict[int, Activity] = field(default_factory=dict)
    made: int = 0

    def __post_init__(self) -> None:
        for back in range(self.number):
            name = f"Morgenrunde Weltschmerz {back}"
            self.add(self.last - timedelta(days=back), name, distance=24931.4 + 7.1 * back)

    def add(self, start: datetime, name: str, **more: Any) -> Activity:
        """Add an activity and return it."""
        self.made += 1
        made = Activity(9_000_000_000 + self.made, start, name, **more)
        self.activities[made.id] = made
        return made

    def change(self, number: int, **how: Any) -> None:
        """Change an activity."""
        self.activities[number] = replace(self.activities[number], **how)

    def athlete(self) -> dict[str, Any]:
        """Return a DetailedAthlete."""
        gear = [{"id": key, "name": name, "primary": True, "resource_state": 2} for key, name in GEAR_NAMES.items()]
        return {
            "id": self.id, "username": "equittenbaum", "firstname": FIRST, "lastname": LAST, "premium": True,
            "bikes": gear[:1], "shoes": gear[1:], "measurement_preference": "meters", "weight": 61.5,
        }  # fmt: skip

    def listed(self, before: int | None, after: int | None, page: int, per_page: int) -> list[dict[str, Any]]:
        """Return a page: the oldest first where there is an `after`, else the newest first."""
        found = [
            one for one in self.activities.values()
            if (before is None or one.start.timestamp() < before) and (after is None or one.start.timestamp() > after)
        ]  # fmt: skip
        found.sort(key=lambda one: (one.start, one.id), reverse=after is None)
        return [one.summary() for one in found[(page - 1) * per_page : page * per_page]]
