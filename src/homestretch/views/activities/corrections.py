"""Corrections that an activity can have, and what each would change: nothing here is saved."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from homestretch.analysis import corrections
from homestretch.analysis.activity.laps import lap_summaries
from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.analysis.corrections import Correction, Field
from homestretch.analysis.samples.axis import Indices
from homestretch.analysis.samples.samples import Samples, samples
from homestretch.errors import Conflict
from homestretch.merge.fuse import assemble
from homestretch.model.channel import Floats
from homestretch.model.documents.activity import Lap
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.corrections import (
    CorrectionChart,
    CorrectionChoice,
    CorrectionField,
    CorrectionPreview,
    CorrectionTool,
)
from homestretch.model.figures import KEYS
from homestretch.model.recording import Recording
from homestretch.store.database import Reader
from homestretch.store.queries.recordings import whole_recording_in
from homestretch.store.queries.samples import Stored, samples_of
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import resolve

#: A chart has the lowest and the highest value of so many parts.
PARTS = 200
PLACES = "places"


def tools_of(reader: Reader, scope: Scope, public_id: str) -> Listing[CorrectionTool]:
    """Return the corrections that there are, each with why this activity can't have it. Raises NotFound, Conflict."""
    scope.must("activities: edit")
    row = resolve(reader, scope, public_id)
    recording = recording_to_correct(reader, row)
    return {"items": [_tool(one, recording, row) for one in corrections.corrections().values()]}


def preview_of(reader: Reader, scope: Scope, public_id: str, key: str, values: corrections.Values) -> CorrectionPreview:
    """Return what a correction would change, by its values in seconds. Raises BadRequest, NotFound, Conflict."""
    scope.must("activities: edit")
    row = resolve(reader, scope, public_id)
    asked = corrections.checked(key, values)
    recording = recording_to_correct(reader, row)
    shown = corrections.moved(key, asked, lambda at_s: row.start_ms + round(1000 * at_s))
    changed, parts = corrections.parted(recording, [(key, shown)])
    before, after = samples(recording), samples(changed)
    was, becomes = summarise(before.recording, before), summarise(after.recording, after)
    return {
        "before": _figures(was),
        "after": _figures(becomes),
        "rest": _figures(summarise(parts[0][1])) if parts else None,
        "changes": [name for name in KEYS if getattr(was, name) != getattr(becomes, name)],
        "is_changed": changed is not recording,
        "chart": _chart(before, after, _channels(key, asked), row.start_ms),
        "laps": _laps(after, becomes, row.start_ms),
    }


def recording_to_correct(reader: Reader, row: Stored) -> Recording:
    """Return the recording of an activity with all its parts, as it is shown. Raises Conflict without one."""
    if row.primary_id is None:
        raise Conflict(reason="This activity has several legs. Correct each of them on its own page.")
    found = samples_of(reader, row)
    if found is None:
        raise Conflict(reason="This activity has no samples to correct.")
    recording = assemble(*found, None, whole_recording_in)
    if row.calories_kcal is None:
        return recording
    return replace(recording, totals={**recording.totals, "total_calories_kcal": row.calories_kcal})


def _tool(correction: Correction, recording: Recording, row: Stored) -> CorrectionTool:
    lacks = correction.lacks(recording)
    suggested = {} if lacks is not None else dict(correction.suggest(recording))
    by_channel, instants = suggested.pop("by_channel", {}), suggested.pop("instants", {})
    since = corrections.moved(correction.key, suggested, lambda at_ms: (at_ms - row.start_ms) / 1000)
    return {
        "key": correction.key,
        "title": correction.title,
        "help": correction.help,
        "fields": [
            _field(one, instants if one.kind == "instant" else by_channel, row.start_ms) for one in correction.fields
        ],
        "lacks": lacks,
        "suggested": since,
    }


def _field(asked: Field, found: Mapping[str, list[list[int]]], start_ms: int) -> CorrectionField:
    """Return what is asked for; of channels only those that there are, of an instant those that are suggested."""
    there = {key: name for key, name in asked.choices.items() if not found or key in found}
    if asked.kind == "instant":
        there = {name: name for name in found}
    choices: list[CorrectionChoice] = [
        {
            "key": key,
            "name": name,
            "stretches": [[(begin - start_ms) / 1000, (end - start_ms) / 1000] for begin, end in found.get(key, [])],
        }
        for key, name in there.items()
    ]
    return {
        "key": asked.key,
        "kind": asked.kind,
        "label": asked.label,
        "unit": asked.unit,
        "least": asked.least,
        "most": asked.most,
        "choices": choices,
        "required": asked.required,
    }


def _figures(summary: Summary) -> dict[str, float | None]:
    return {name: getattr(summary, name) for name in KEYS}


def _channels(key: str, values: corrections.Values) -> tuple[str, ...]:
    """Return the channels to look at, the best first."""
    channel = values.get("channel")
    shows = corrections.correction_of(key).shows
    return shows if channel is None else (("latitude",) if channel == PLACES else (channel,))


def _chart(before: Samples, after: Samples, channels: tuple[str, ...], start_ms: int) -> CorrectionChart | None:
    channel = next((one for one in channels if before.values(one) is not None), None)
    values = None if channel is None else before.values(channel)
    if channel is None or values is None:
        return None
    own = after.values(channel)
    kept = np.full(len(values), np.nan)
    if own is not None:
        times, at = before.recording.time_ms, after.recording.time_ms
        where = np.clip(np.searchsorted(at, times), 0, len(at) - 1)
        kept = np.where(at[where] == times, own[where], np.nan)
    chosen = _chosen(values)
    return {
        "channel": channel,
        "unit": before.recording.channels[channel].unit,
        "time_s": [round(float(one), 1) for one in (before.recording.time_ms[chosen] - start_ms) / 1000],
        "before": _known(values[chosen]),
        "after": _known(kept[chosen]),
    }


def _chosen(values: Floats) -> Indices:
    """Return the indices of the lowest and the highest of each part of some values, so that no spike is lost."""
    found: set[int] = set()
    for part in np.array_split(np.arange(len(values)), min(PARTS, max(len(values), 1))):
        known = part[np.isfinite(values[part])]
        if len(known):
            found |= {int(known[np.argmin(values[known])]), int(known[np.argmax(values[known])])}
    return np.array(sorted(found), dtype=int)


def _known(values: Floats) -> list[float | None]:
    return [None if np.isnan(one) else round(float(one), 5) for one in values]


def _laps(cleaned: Samples, summary: Summary, start_ms: int) -> list[Lap]:
    laps = zip(cleaned.recording.laps, lap_summaries(cleaned, summary.elapsed_s), strict=True)
    by_s = (summary.start_ms - start_ms) / 1000
    return [
        {
            **{name: getattr(lap, name) for name in lap.__slots__},  # type: ignore[typeddict-item]
            "index": index,
            "start_s": lap.start_s + by_s,
            "end_s": lap.start_s + by_s + lap.elapsed_s,
            "totals": {},
            "label": own.label,
        }
        for index, (own, lap) in enumerate(laps)
    ]
