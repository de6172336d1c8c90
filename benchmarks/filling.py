"""A store that is full already: measured activities on courses around one town, put in as rows at shifted times."""

import dataclasses
import hashlib
import time
from collections.abc import Iterable

import numpy as np
import psutil
from sqlalchemy import update

from benchmarks.summarise import ride
from homestretch.flow.derive.commit import Arrival, keep_arrivals, keep_outcomes
from homestretch.flow.derive.compute.athlete_inputs import person_of
from homestretch.flow.derive.compute.compute import MeasureResult
from homestretch.flow.derive.compute.fingerprints import BASE, Subject
from homestretch.flow.derive.decode.decode_original import (
    DecodeResult,
    DecodeTask,
    PreparedRecording,
    decode_original,
    recording_key,
)
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.channel import SEMICIRCLES_PER_DEGREE, Channel
from homestretch.model.moment import Moment
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from homestretch.store.codecs import streams
from homestretch.store.tables.derived import measures

COURSES = 40
PORTION = 250
#: From one outing to the next: no whole quarters of an hour, or each would be a question about the last one's zone.
_LATER_MS = 6 * 3_600_000 + 300_000
#: How far a satellite's error wanders, in m.
_BIAS_M = 2.0


class Spent:
    """The seconds on the clock and of all processors, of this process and its children, since it was made."""

    def __init__(self) -> None:
        self._began, self._used = time.perf_counter(), _used()

    def so_far(self) -> tuple[float, float]:
        """Return (seconds on the clock, seconds of processors)."""
        return time.perf_counter() - self._began, _used() - self._used


def outing(number: int, seconds: int) -> Recording:
    """Return a ride of so many seconds: `number` says on which course it was, and how late."""
    made = ride(seconds)
    chance = np.random.default_rng(number)
    turned = 2.0 * np.pi * (number % COURSES) / COURSES
    north, east = (made.channels[key].values() for key in ("latitude", "longitude"))
    north, east = (north - north[0]) * 111_195.0, (east - east[0]) * 71_000.0
    minutes = np.arange(0, seconds + 60, 60)
    drift = [_BIAS_M * np.interp(np.arange(seconds), minutes, chance.normal(size=len(minutes))) for _ in range(2)]
    latitude = 50.0 + (north * np.cos(turned) - east * np.sin(turned) + drift[0]) / 111_195.0
    longitude = 14.0 + (north * np.sin(turned) + east * np.cos(turned) + drift[1]) / 71_000.0
    moved = {
        key: Channel(key, np.round(x * SEMICIRCLES_PER_DEGREE).astype(np.int32), "deg", SEMICIRCLES_PER_DEGREE, 0.0)
        for key, x in (("latitude", latitude), ("longitude", longitude))
    }
    return _at(dataclasses.replace(made, channels={**made.channels, **moved}), number * _LATER_MS)


def files(numbers: Iterable[int], seconds: int) -> dict[str, bytes]:
    """Return FIT files of outings by their names."""
    return {f"{number}.fit": encode(outing(number, seconds)) for number in numbers}


def fill(context: Context, athlete: int, numbers: range, seconds: int, *, whole: bool) -> None:
    """Put in outings as a finished import leaves them; samples of their own time only where they are to be `whole`."""
    templates = _templates(context, athlete, seconds)
    for first in range(numbers.start, numbers.stop, PORTION):
        part = range(first, min(first + PORTION, numbers.stop))
        found = [_shifted(*templates[number % COURSES], number, whole=whole) for number in part]
        with context.database.write() as session:
            keep_arrivals(context, session, athlete, [Arrival(p.digest, p.size, f"{p.digest}.fit") for p in found])
            keep_outcomes(context, session, athlete, found)
            session.run(update(measures).where(measures.c.stale).values(computed=measures.c.expected, stale=False))


def _templates(context: Context, athlete: int, seconds: int) -> list[tuple[Recording, DecodeResult]]:
    with context.database.read() as reader:
        person = person_of(reader, athlete)
    found = []
    for number in range(COURSES):
        data = encode(outing(number, seconds))
        work = DecodeTask(hashlib.sha256(data).hexdigest(), "a.fit", data, keep=False, person=person)
        found.append((outing(number, seconds), decode_original(context.archive, work)))
    return found


def _shifted(made: Recording, template: DecodeResult, number: int, *, whole: bool) -> DecodeResult:
    """Return the template, that of the first outing on its course, as another file at the time of the `number`-th."""
    digest = hashlib.sha256(f"{number}".encode()).hexdigest()
    own, later = template.recordings[0], (number - number % COURSES) * _LATER_MS
    key, start, end = recording_key(digest, 0), own.start_ms + later, own.end_ms + later
    features = {**own.features, "key": key, "digest": digest, "start_ms": start, "end_ms": end, "file_key": key}
    moment = own.summary["moment"] and {**own.summary["moment"], "utc_ms": start}
    blob = streams.pack(made.time_ms + later, made.channels.values()) if whole else own.blob
    recording = dataclasses.replace(
        own, key=key, start_ms=start, end_ms=end, file_key=key, features=features,
        summary={**own.summary, "moment": moment}, blob=blob, computed=computed_as(own, key),
    )  # fmt: skip
    return dataclasses.replace(template, digest=digest, recordings=(recording,))


def computed_as(own: PreparedRecording, key: str) -> MeasureResult | None:
    """Return what was calculated of a recording as that of another key, or None where nothing was."""
    if own.computed is None:
        return None
    sport = Sport(own.summary["sport"], own.summary["sub_sport"])
    subject = Subject(f"{key} {own.summary['version']}", sport, "")
    base = subject.expected(own.computed.profile)[BASE]
    return dataclasses.replace(own.computed, fingerprints={**own.computed.fingerprints, BASE: base})


def _at(recording: Recording, later_ms: int) -> Recording:
    return dataclasses.replace(
        recording, start=Moment(recording.start.utc_ms + later_ms), end_ms=recording.end_ms + later_ms,
        time_ms=recording.time_ms + later_ms,
    )  # fmt: skip


def _used() -> float:
    me = psutil.Process()
    return sum(sum(one.cpu_times()[:2]) for one in (me, *me.children(recursive=True)))
