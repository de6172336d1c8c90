"""The athlete's account: who it is, what there is in it, and what is changed by hand."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.fakes.garmin.chance import chance
from tests.fakes.garmin.clock import day_of, midnight_ms
from tests.fakes.garmin.facts import AWAY, LEGS, SPORTS, Facts

_FIRST_ID, _STRIDE = 9_000_000_000, 4_001_000
_ADDED_ID = 90_000_000_000
#: Every so many activities one is out of the ordinary.
ODD = {"none": 97, "gpx": 89, "tcx": 83, "two": 101, "multisport": 211, "away": 41}
_USUAL = ("running", "cycling", "trail_running", "walking", "strength_training", "indoor_cycling", "lap_swimming")


@dataclass(eq=False)
class Account:
    """An account; everything in it follows from the seed.

    `activity_count` activities lie over the `over_days` up to `last_day` (today in the zone, if not given), and a
    watch was worn over the last `days` of them, but for the days in `unworn` and, by chance, one in (1 - `wear`).
    `odd` tells how often an activity has no original (`none`), another kind of it (`gpx`, `tcx`), two files (`two`),
    has legs (`multisport`) or was made in another zone (`away`). Intraday values of days before `offloaded_before`
    are null until they were asked for `reload_asks` times. `workouts` are those of the library, by id; `schedules` say
    which of them is on which day. `lists_descriptions`: whether the list of workouts has their descriptions.
    """

    seed: int = 1
    activity_count: int = 60
    days: int = 60
    over_days: int = 0
    last_day: date | None = None
    email: str = "runner@example.test"
    password: str = "correct horse"
    display_name: str = "fake runner.1"
    full_name: str = "Fake Runner"
    zone: str = "Europe/Helsinki"
    profile_id: int = 70_000_001
    device_id: int = 3_400_000_001
    odd: dict[str, int] = field(default_factory=lambda: dict(ODD))
    children_in_list: bool = False
    wear: float = 0.93
    unworn: set[date] = field(default_factory=set)
    hrv_from: date | None = None
    pressure: bool = False
    offloaded_before: date | None = None
    reload_asks: int = 1
    wellness_file_of_nothing: int = 404
    changed: dict[int, Facts] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    uploads: dict[bytes, int] = field(default_factory=dict)
    asked: dict[date, int] = field(default_factory=dict)
    workouts: dict[int, dict[str, Any]] = field(default_factory=dict)
    schedules: dict[int, tuple[int, str]] = field(default_factory=dict)
    made: int = 0
    scheduled: int = 0
    lists_descriptions: bool = True
    _newest: list[tuple[int, str, int]] | None = None
    _known: dict[int, Facts] = field(default_factory=dict)

    @property
    def last(self) -> date:
        """The last day of which there is anything."""
        if self.last_day is None:
            self.last_day = datetime.now(ZoneInfo(self.zone)).date()
        return self.last_day

    @property
    def first(self) -> date:
        """The first day of wellness."""
        return self.last - timedelta(days=self.days - 1)

    @property
    def span_days(self) -> int:
        """Over how many days the activities lie."""
        return self.over_days or max(self.days, self.activity_count * 6 // 5, 1)

    def newest(self) -> list[tuple[int, str, int]]:
        """Return start (ms, UTC), local date and id of every activity but for legs, the newest first."""
        if self._newest is None:
            made = [self._begun(k) for k in range(self.activity_count)]
            here = [self.changed.get(one.id, one) for one in made]
            here += [one for one in self.changed.values() if one.id >= _ADDED_ID]
            rows = [(f.start_ms, day_of(f.start_ms, f.zone), f.id) for f in here if f.id not in self.deleted]
            self._newest = sorted(rows, reverse=True)
        return self._newest

    def facts(self, activity_id: int) -> Facts:
        """Return what is true of an activity; KeyError if there is none (any more)."""
        if activity_id in self.deleted:
            raise KeyError(activity_id)
        if activity_id in self.changed:
            return self.changed[activity_id]
        index = (activity_id - _FIRST_ID) // _STRIDE
        if not 0 <= index < self.activity_count:
            raise KeyError(activity_id)
        made = self._begun(index)
        if made.id == activity_id:
            return made
        if activity_id in made.children and made.id not in self.deleted:
            return _leg(made, made.children.index(activity_id))
        raise KeyError(activity_id)

    def forget(self) -> None:
        """Forget what was calculated of the activities: something changed."""
        self._newest = None
        self._known.clear()

    def add_activity(self, sport: str = "running", **facts: Any) -> int:
        """Add an activity, the newest unless `start_ms` says when it was; return its id."""
        number = _ADDED_ID + 1000 * (len([one for one in self.changed if one >= _ADDED_ID]) + 1)
        newest = self.newest()
        start = max([newest[0][0] + 7_200_000 if newest else 0, midnight_ms(self.last, self.zone)])
        told: dict[str, Any] = {"id": number, "name": f"Added {sport}", "start_ms": start, "zone": self.zone}
        self.changed[number] = Facts(sport=sport, **(told | facts))
        self._newest = None
        return number

    def edit_activity(self, activity_id: int, **facts: Any) -> None:
        """Change what is told of an activity: `name`, `description`, `sport`, `gear`, `start_ms`, …"""
        self.changed[activity_id] = replace(self.facts(activity_id), **facts)
        self._newest = None

    def delete_activity(self, activity_id: int) -> None:
        """Delete an activity; KeyError if there is none."""
        self.facts(activity_id)
        self.deleted.add(activity_id)
        self._newest = None

    def is_worn(self, day: date) -> bool:
        """Return whether a watch was worn on a day."""
        inside = self.first <= day <= self.last and day not in self.unworn
        return inside and chance(self.seed, "worn", day).random() < self.wear

    def is_offloaded(self, day: date) -> bool:
        """Return whether the day's intraday values are away for now."""
        away = self.offloaded_before is not None and day < self.offloaded_before
        return away and self.asked.get(day, 0) < self.reload_asks

    def _begun(self, index: int) -> Facts:
        if index not in self._known:
            self._known[index] = self._made(index)
        return self._known[index]

    def _made(self, index: int) -> Facts:
        """Return what is true of an activity at its beginning, before anyone changed it."""
        luck = chance(self.seed, "activity", index)
        number = _FIRST_ID + index * _STRIDE + 10 * luck.randrange(1000)
        away = self._is_odd("away", index)
        zone = AWAY if away else self.zone
        kinds = [kind for kind in ("none", "gpx", "tcx", "two") if self._is_odd(kind, index)]
        sport = luck.choices(_USUAL, (8, 5, 2, 2, 2, 2, 1))[0]
        if self._is_odd("multisport", index):
            sport, kinds = "multi_sport", []
        if kinds[:1] == ["gpx"] and not SPORTS[sport].outdoors:
            sport = "running"
        start, room = self._start(index, zone)
        seconds = min(luck.randrange(1500, 9000), room)
        return Facts(
            id=number, sport=sport, name=f"{'Denver' if away else 'Helsinki'} {SPORTS[sport].title} {index}",
            start_ms=start, zone=zone, seconds=seconds, heart=luck.randrange(118, 158),
            speed=luck.uniform(0.8, 1.2) * SPORTS[sport].speed, original=kinds[0] if kinds else "fit",
            children=tuple(number + k + 1 for k in range(5)) if sport == "multi_sport" else (),
            gear=luck.randrange(3), away=away,
        )  # fmt: skip

    def _is_odd(self, what: str, index: int) -> bool:
        every = self.odd.get(what, 0)
        return every > 0 and index % every == every // 2

    def _start(self, index: int, zone: str) -> tuple[int, int]:
        """Return when an activity begins (ms, UTC) and how long it may take (s): by day, at even distances in it."""
        days, count = self.span_days, self.activity_count
        day = index * days // count
        before = -(-day * count // days)
        today = -(-(day + 1) * count // days) - before
        slot = 13 * 3600 / today
        at = 7 * 3600 + (index - before + 0.3 * chance(self.seed, "start", index).random()) * slot
        midnight = midnight_ms(self.last - timedelta(days=days - 1 - day), zone)
        return midnight + 1000 * round(at), max(round(0.6 * slot), 60)


def _leg(parent: Facts, place: int) -> Facts:
    """Return one leg of a multisport activity."""
    shares = [share for _, share in LEGS]
    sport, share = LEGS[place]
    return replace(
        parent, id=parent.children[place], sport=sport, name=f"{parent.name} {SPORTS[sport].title}",
        start_ms=parent.start_ms + 1000 * round(sum(shares[:place]) * parent.seconds),
        seconds=round(share * parent.seconds), speed=SPORTS[sport].speed, parent=parent.id, children=(),
    )  # fmt: skip
