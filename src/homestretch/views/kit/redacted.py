"""The part of an activity near a private place that others are shown: what lies outside.

The figures, laps, metrics and samples are those of a recording that begins, ends and pauses where nothing is hidden,
so that no hidden metre or second is revealed, and no total with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, TypedDict

from sqlalchemy import Row, select

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.analysis.measure.measure import Measured, measure
from homestretch.analysis.samples.samples import samples
from homestretch.model.documents import activity as documents
from homestretch.model.documents.activity import RecordedLap
from homestretch.model.figures import KEYS, SUMMED
from homestretch.model.recording import Pause, Recording
from homestretch.model.sport import Sport
from homestretch.store.database import Reader
from homestretch.store.queries.watermarks import CHANGED, watermark
from homestretch.store.tables.derived import activities
from homestretch.views.kit.lru_cache import LruCache
from homestretch.views.kit.privacy import PrivacyMask, near_ids
from homestretch.views.kit.profile import profile_used
from homestretch.views.kit.samples import activity_recording, legs_of

#: The totals of legs that are shown in part: devices state calories of a whole leg only.
ADDED = tuple(key for key in SUMMED if key != "calories_kcal")
#: Laps that somebody pressed; those of equal lengths or times would measure what is hidden.
PRESSED = (None, "manual", "session_end")

type Values = dict[str, Any]


class Part(TypedDict):
    """What a part of an activity has at least: when it begins, since the start, and how long it takes."""

    start_s: float
    elapsed_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Redacted:
    """What is shown of an activity of which something is hidden: from when on, its figures, and an effort.

    Without a start nothing is shown; without an effort it is no recording of its own, but legs.
    """

    start_ms: int | None
    end_ms: int
    figures: Mapping[str, float | None]
    effort: Effort | None = None
    holes: tuple[Pause, ...] = ()

    def shows(self, start_ms: float, end_ms: float) -> bool:
        """Return whether a stretch lies in what is shown as a whole."""
        if self.start_ms is None or start_ms < self.start_ms or end_ms > self.end_ms:
            return False
        return not any(hole.start_ms < end_ms and start_ms < hole.end_ms for hole in self.holes)

    def parts[P: Part](self, parts: Sequence[P], row: Row[Any]) -> list[P]:
        """Return the parts of an activity (its row) that are shown, which begin at `start_s` and last `elapsed_s`."""
        shown = []
        for part in parts:
            start_ms = row.start_ms + 1000.0 * part["start_s"]
            if self.start_ms is not None and self.shows(start_ms, start_ms + 1000.0 * part["elapsed_s"]):
                moved = part.copy()
                moved["start_s"] = (start_ms - self.start_ms) / 1000.0
                shown.append(moved)
        return shown

    def laps(self, laps: Sequence[RecordedLap], row: Row[Any]) -> list[RecordedLap]:
        """Return the laps that are shown, where all of them were pressed."""
        return self.parts(laps, row) if all(lap["trigger"] in PRESSED for lap in laps) else []

    def pauses(self) -> list[documents.Pause]:
        """Return the pauses between what is shown, in seconds from its start."""
        if self.effort is None or self.start_ms is None:
            return []
        start_ms, pauses = self.start_ms, self.effort.samples.recording.pauses
        return [{"start_s": (p.start_ms - start_ms) / 1000.0, "end_s": (p.end_ms - start_ms) / 1000.0} for p in pauses]

    def measured(self) -> Measured:
        """Return what is computed of what is shown."""
        return Measured() if self.effort is None else measure(self.effort)


NOTHING = Redacted(None, 0, dict.fromkeys(KEYS))
_shown: LruCache[Mapping[str, Any] | None] = LruCache(8192)


def redacted(reader: Reader, row: Row[Any], hidden: PrivacyMask) -> Redacted | None:
    """Return what is shown of an activity (its row), or None where nothing is hidden."""
    if not near_ids(reader, hidden, [row]):
        return None
    return _of_legs(reader, row, hidden) if row.primary_id is None else _of_recording(reader, row, hidden)


def shown_of(
    reader: Reader, athlete_id: int, rows: Sequence[Row[Any]], hidden: PrivacyMask
) -> dict[int, Mapping[str, Any]]:
    """Return by id, of those of an athlete's activities of which something is hidden, their figures and `start_ms`."""
    near = near_ids(reader, hidden, rows)
    if not near:
        return {}
    changed = watermark(reader, athlete_id, CHANGED)
    found = {number: _shown.of((number, changed, hidden), partial(_figures, reader, number, hidden)) for number in near}
    return {number: figures for number, figures in found.items() if figures is not None}


def _figures(reader: Reader, activity_id: int, hidden: PrivacyMask) -> Mapping[str, Any] | None:
    row = reader.row(select(activities).where(activities.c.id == activity_id))
    found = None if row is None else redacted(reader, row, hidden)
    return None if found is None else {**found.figures, "start_ms": found.start_ms}


def _of_recording(reader: Reader, row: Row[Any], hidden: PrivacyMask) -> Redacted | None:
    recording = activity_recording(reader, row)
    if recording is None:
        return NOTHING
    shown = hidden.of(row.public_id).recording(recording)
    if shown is recording:
        return None
    if shown is None:
        return NOTHING
    cleaned = samples(shown)
    summary = summarise(shown, cleaned)
    sport = Sport(row.sport, row.sub_sport)
    effort = Effort(cleaned, summary, sport, profile_used(reader, row.id), row.rpe, row.feel)
    start_ms = row.start_ms if shown.start is recording.start else summary.start_ms
    return Redacted(start_ms, shown.end_ms, _of_summary(summary), effort, _holes(shown, recording))


def _holes(shown: Recording, recording: Recording) -> tuple[Pause, ...]:
    return tuple(pause for pause in shown.pauses if pause not in recording.pauses)


def _of_summary(summary: Summary) -> dict[str, float | None]:
    values = {field.name: getattr(summary, field.name) for field in fields(summary)}
    return {key: values[key] for key in KEYS}


def _of_legs(reader: Reader, row: Row[Any], hidden: PrivacyMask) -> Redacted | None:
    """Return what is shown of an activity of legs: those of them that are shown, together."""
    legs = legs_of(reader, row)
    found = {leg.id: redacted(reader, leg, hidden) for leg in legs}
    if all(one is None for one in found.values()):
        return None
    figures = [_leg(leg, found[leg.id]) for leg in legs]
    there = [one for one in figures if one["start_ms"] is not None]
    if not there:
        return NOTHING
    start_ms, end_ms = min(one["start_ms"] for one in there), max(one["end_ms"] for one in there)
    sums = {key: _sum([one[key] for one in there]) for key in ADDED}
    whole = {**NOTHING.figures, **sums, "elapsed_s": (end_ms - start_ms) / 1000.0}
    holes = tuple(hole for one in found.values() if one is not None for hole in one.holes)
    return Redacted(start_ms, end_ms, whole, None, holes)


def _leg(leg: Row[Any], found: Redacted | None) -> Values:
    if found is not None:
        return {**found.figures, "start_ms": found.start_ms, "end_ms": found.end_ms}
    whole = {key: getattr(leg, key) for key in ADDED}
    return {**whole, "start_ms": leg.start_ms, "end_ms": leg.start_ms + round(1000.0 * (leg.elapsed_s or 0.0))}


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
