"""What is sent to sinks, the same that pages show: samples of whole days, of today, and through a day."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

import numpy as np

from homestretch.analysis.zone import day_bounds
from homestretch.model.health.sample import Sample
from homestretch.model.moment import DAY_MS, day_number
from homestretch.store.database import Reader
from homestretch.store.queries.measurements import SourceNight, home_zone, last_said_ms
from homestretch.store.queries.sinks import StoredSink
from homestretch.store.scope import Scope
from homestretch.views.health.choice import Chosen
from homestretch.views.health.courses import courses_of
from homestretch.views.health.read import Stretch, chosen_kinds, chosen_nights, is_partial
from homestretch.views.kit.today import today

#: The kind whose total and stages are the series of one name.
SLEEP = "sleep_s"
STAGES = ("deep", "light", "rem", "awake")


def whole_until(reader: Reader, scope: Scope, now_ms: int) -> str:
    """Return the newest day that is over: yesterday, or the day before while devices still have to say how it ended."""
    yesterday = today(reader, scope, now_ms) - timedelta(days=1)
    partial = is_partial(reader, scope, yesterday, yesterday + timedelta(days=1))
    return (yesterday - timedelta(days=int(partial))).isoformat()


def start_of(zone: str | None, day: str) -> int:
    """Return when a local day begins, UTC ms; without a zone as in UTC."""
    bounds = day_bounds(date.fromisoformat(day), zone) if zone else None
    return day_number(day) * DAY_MS if bounds is None else bounds[0]


def day_samples(reader: Reader, scope: Scope, kinds: Collection[str], since: str, until: str) -> list[Sample]:
    """Return the samples of days, from one to another, both included, by the source that holds on each."""
    stretch = Stretch(date.fromisoformat(since), date.fromisoformat(until))
    chosen = chosen_kinds(reader, scope, kinds, stretch)
    zone = home_zone(reader, scope.athlete_id)
    starts = [start_of(zone, (stretch.since + timedelta(days=n)).isoformat()) for n in range(stretch.count)]
    samples = [sample for one in chosen.values() for sample in _samples(one, starts)]
    if SLEEP in chosen:
        at = dict(zip((sample.day for sample in samples), (sample.at_ms for sample in samples), strict=True))
        for night in chosen_nights(reader, scope, chosen[SLEEP], stretch):
            samples += _stages(night, at[night.night.day])
    return samples


def _samples(chosen: Chosen, starts: list[int]) -> Iterator[Sample]:
    stage = "asleep" if chosen.kind == SLEEP else ""
    for index in np.flatnonzero(np.isfinite(chosen.values)).tolist():
        value = float(chosen.values[index])
        yield Sample(chosen.kind, chosen.day(index), starts[index], value, *chosen.origin_on(index), stage)


def _stages(night: SourceNight, at_ms: int) -> Iterator[Sample]:
    sleep = night.night
    for stage, value in zip(STAGES, (sleep.deep_s, sleep.light_s, sleep.rem_s, sleep.awake_s), strict=True):
        if value is not None:
            yield Sample(SLEEP, sleep.day, at_ms, value, night.source, night.device, stage)


def today_samples(reader: Reader, scope: Scope, kinds: Collection[str], now_ms: int) -> list[Sample]:
    """Return today's samples so far, as of when a device synced last."""
    day = today(reader, scope, now_ms).isoformat()
    said_ms = last_said_ms(reader, scope.athlete_id, day) or now_ms
    return [
        Sample(one.kind, day, one.at_ms, one.value, one.source, one.device, one.stage, said_ms)
        for one in day_samples(reader, scope, kinds, day, day)
    ]


def intraday_samples(reader: Reader, scope: Scope, kinds: Collection[str], day: str) -> list[Sample]:
    """Return what was measured through a day, each sample at its own instant."""
    return [
        Sample(course["key"], day, at_ms, value, course["source"], course["device"] or "")
        for course in courses_of(reader, scope, [day])
        if course["key"] in kinds
        for at_ms, value in zip(course["time_ms"], course["values"], strict=True)
        if value is not None
    ]


def newest_samples(reader: Reader, stored: StoredSink, now_ms: int) -> list[Sample]:
    """Return the samples of the newest whole day that has any, of the last 30."""
    scope = Scope(stored.athlete_id)
    until = date.fromisoformat(whole_until(reader, scope, now_ms))
    since = until - timedelta(days=29)
    samples = day_samples(reader, scope, stored.sent_kinds, since.isoformat(), until.isoformat())
    newest = max((sample.day for sample in samples), default="")
    return [sample for sample in samples if sample.day == newest]
