"""An activity as the reader of a link is shown it: at most what a viewer is shown, without what the athlete hides.

Everything is computed from the recording without what is hidden, and without thresholds; then the tables of
`model/sharing` say which fields are absent.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import partial
from typing import cast

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.laps import LapSummary, lap_summaries
from homestretch.analysis.activity.splits import splits
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.measure.measure import measure
from homestretch.analysis.measure.metric import families
from homestretch.analysis.samples.samples import samples
from homestretch.errors import Conflict, ForbiddenByTerms
from homestretch.merge.fuse import assemble
from homestretch.model.channel import Floats
from homestretch.model.documents.activity import Streams
from homestretch.model.documents.sharing import SharedActivity, SharedFigures, SharedLap, SharedSplit
from homestretch.model.moment import local_iso
from homestretch.model.recording import Recording
from homestretch.model.sharing import CHANNELS, FIELDS, FIGURES, METRICS, PARTS, Aspect, hidden_with
from homestretch.model.sport import Sport
from homestretch.store.codecs.details import unpack_detail
from homestretch.store.database import Reader
from homestretch.store.queries.gear import gear_names
from homestretch.store.queries.recordings import whole_recording_in
from homestretch.store.queries.samples import Stored, samples_of
from homestretch.store.queries.watermarks import CHANGED, watermark
from homestretch.store.queries.withheld import one_withheld
from homestretch.store.scope import Scope
from homestretch.vendors.device_names import device_name
from homestretch.vendors.given_names import Given, given
from homestretch.views.activities.activity import resolve
from homestretch.views.activities.streams import DECIMALS, Stretch, parted
from homestretch.views.kit.lru_cache import LruCache
from homestretch.views.kit.privacy import PrivacyMask, privacy_mask
from homestretch.views.page.activity_analysis import SPLIT_M
from homestretch.views.sharing.reduced import reduced

#: The most samples that a link shows, and the decimals of its figures: more would say nothing to people.
POINTS, FIGURE_DECIMALS = 1500, 2
#: How long a local time is.
SECONDS = len("2026-05-03T09:00:00")
#: Names that were made up of the hour and the place give these away.
NAMED_AFTER: frozenset[Aspect] = frozenset({"start", "places"})


@dataclass(frozen=True, slots=True)
class Computed:
    """What is computed of a recording without what is hidden; `start_ms` None: nothing may be shown."""

    start_ms: int | None
    figures: SharedFigures
    track: str | None = None
    metrics: Mapping[str, float] | None = None
    laps: tuple[SharedLap, ...] = ()
    splits: tuple[SharedSplit, ...] = ()
    streams: Streams | None = None


_computed: LruCache[Computed] = LruCache(256)


def reader_scope(athlete_id: int) -> Scope:
    """Return the scope of whoever reads a link: a viewer's, for sharing."""
    return Scope(athlete_id, None, "viewer", "share")


def shareable(reader: Reader, athlete_id: int, public_id: str) -> Stored:
    """Return an activity that a link may show. Raises NotFound, Conflict, ForbiddenByTerms.

    One that is removed or hidden is not found, as for any viewer.
    """
    row = resolve(reader, Scope(athlete_id, None, "viewer"), public_id)
    if row.primary_id is None:
        raise Conflict(reason="An activity of several sports is shared leg by leg. Open one of its legs.")
    if one_withheld(reader, reader_scope(athlete_id), row.split_from_id or row.id, row.primary_id):
        raise ForbiddenByTerms(action="sharing it")
    return row


def shared_activity(reader: Reader, athlete_id: int, public_id: str, aspects: Iterable[Aspect]) -> SharedActivity:
    """Return an activity without these aspects, and what goes with them. Raises as `shareable` does."""
    row, hidden = shareable(reader, athlete_id, public_id), hidden_with(aspects)
    mask = privacy_mask(reader, reader_scope(athlete_id))
    question = (row.id, watermark(reader, athlete_id, CHANGED), mask, hidden)
    computed = _computed.of(question, partial(_compute, reader, row, mask, hidden))
    start_ms = row.start_ms if computed.start_ms is None else computed.start_ms
    start = local_iso(start_ms, row.offset_s)[:SECONDS]  # without the offset, which says about where it was
    gear = gear_names(reader, athlete_id).get(row.gear_id)
    found: SharedActivity = {
        **computed.figures,
        "kind": "activity",
        "name": name_of(row, hidden),
        "sport": row.sport,
        "sub_sport": row.sub_sport,
        "indoor": row.indoor,
        "day": start[:10],
        "start_local": start,
        "description": row.description,
        "tags": row.tags,
        "workout_type": row.workout_type,
        "rpe": row.rpe,
        "feel": row.feel,
        "gear": None if gear is None else gear["name"],
        "device": _device(reader, row),
        "track": computed.track,
        "metrics": dict(computed.metrics or {}),
        "laps": list(computed.laps),
        "splits": list(computed.splits),
        "streams": computed.streams,
    }
    return without(found, FIELDS, hidden)


def without[D: Mapping[str, object]](document: D, table: Mapping[str, Set[Aspect]], hidden: Set[Aspect]) -> D:
    """Return a document with what is hidden absent: by FIGURES, and by this table of its other fields."""
    aspects = {**FIGURES, **table}
    kept = {key: _none_of(value) if aspects[key] & hidden else value for key, value in document.items()}
    return cast("D", kept)


def _none_of(value: object) -> object:
    return [] if isinstance(value, list) else None


def name_of(row: Stored, hidden: Set[Aspect]) -> str | None:
    """Return the activity's name; one that may be made up of the hour or the place is hidden with either."""
    name: str | None = row.name
    return None if hidden & NAMED_AFTER and given(name, False) is not Given.SURELY else name


def _device(reader: Reader, row: Stored) -> str | None:
    found = samples_of(reader, row)
    devices = [] if found is None else unpack_detail(found[0].detail).get("devices", [])
    recorder = next((device for device in devices if device["role"] == "recorder"), None)
    return None if recorder is None else device_name(recorder["manufacturer"], recorder["product"])


def _compute(reader: Reader, row: Stored, mask: PrivacyMask, hidden: frozenset[Aspect]) -> Computed:
    """Return what is computed of an activity without what is hidden."""
    found = samples_of(reader, row)
    stored = None if found is None else assemble(*found, None, whole_recording_in)
    own = mask.of(row.public_id)
    shown = None if stored is None else own.recording(stored)
    if shown is None:
        nothing = cast("SharedFigures", dict.fromkeys(FIGURES))
        return Computed(None, nothing)
    kept = reduced(shown, hidden)
    cleaned = samples(kept)
    summary = summarise(kept, cleaned)
    sport = Sport(row.sport, row.sub_sport)
    effort = Effort(cleaned, summary, sport, Profile())
    figures = cast("SharedFigures", {key: _round(getattr(summary, key)) for key in FIGURES})
    laps = (_lap(lap, hidden) for lap in lap_summaries(cleaned, summary.elapsed_s))
    start_ms = row.start_ms if shown is stored else summary.start_ms
    return Computed(
        start_ms,
        figures,
        own.line(summary.track),
        _metrics(effort, hidden),
        tuple(laps),
        tuple(_splits(effort, hidden)),
        _streams(kept, effort, own if shown is not stored else None, start_ms),
    )


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, FIGURE_DECIMALS)


def _metrics(effort: Effort, hidden: Set[Aspect]) -> dict[str, float]:
    wanted = {key for key, aspects in METRICS.items() if not aspects & hidden}
    parts = [family.key for family in families().values() if wanted & {metric.key for metric in family.metrics}]
    values = measure(effort, parts).values
    return {key: round(values[key], FIGURE_DECIMALS) for key in METRICS if key in wanted and key in values}


def _lap(lap: LapSummary, hidden: Set[Aspect]) -> SharedLap:
    values = {key: _round(getattr(lap, key)) for key in SharedLap.__annotations__}
    return without(cast("SharedLap", values), PARTS, hidden)


def _splits(effort: Effort, hidden: Set[Aspect]) -> list[SharedSplit]:
    if effort.lengths:
        return []
    metres = SPLIT_M.get(effort.sport.family, SPLIT_M["ride"])
    found = []
    for split in splits(effort, metres):
        values = {key: _round(getattr(split, key)) for key in SharedSplit.__annotations__}
        values["start_s"] = _round(split.start_s + effort.samples.lead_s)
        found.append(without(cast("SharedSplit", values), PARTS, hidden))
    return found


def _streams(recording: Recording, effort: Effort, mask: PrivacyMask | None, start_ms: int) -> Streams | None:
    """Return the samples of a recording that is shown, parted where the mask cut it; None without any."""
    cleaned = effort.samples
    if len(cleaned.axis) == 0:
        return None
    keys = [key for key in recording.channels if key in CHANNELS and key != "distance_m"]
    values = {key: (recording.channels[key].unit, cleaned.values(key)) for key in keys}
    channels = {key: (unit, column) for key, (unit, column) in values.items() if column is not None}
    if cleaned.speed_mps is not None:
        channels["speed_mps"] = ("m/s", cleaned.speed_mps)
    time_s = cleaned.elapsed_s + (cleaned.axis.start_ms - start_ms) / 1000
    nothing = np.zeros(len(time_s), dtype=bool)
    stretch = Stretch(time_s, cleaned.distance_m, cleaned.moving, nothing, channels)
    return _document(stretch if mask is None else parted(stretch, cleaned, mask))


def _document(stretch: Stretch) -> Streams:
    """Return samples as they are shown, thinned evenly to at most POINTS."""
    step = max(1, -(-len(stretch.time_s) // POINTS))
    return {
        "time_s": np.round(stretch.time_s[::step], 3).tolist(),
        "distance_m": None if stretch.distance_m is None else _column(stretch.distance_m[::step], 1),
        "moving": stretch.moving[::step].astype(int).tolist(),
        "channels": {
            key: {"unit": unit, "values": _column(values[::step], DECIMALS.get(unit, 3))}
            for key, (unit, values) in stretch.channels.items()
        },
        "complete": step == 1,
    }


def _column(values: Floats, decimals: int) -> list[float | None]:
    return [None if np.isnan(value) else value for value in np.round(values, decimals).tolist()]
