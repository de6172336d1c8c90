"""What corrections make of an activity's samples: a recording of its own, and the figures that differ by them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

from homestretch.analysis import corrections
from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.analysis.samples.samples import samples
from homestretch.flow.derive.decode.decode_original import BULKY, detail_of
from homestretch.merge.fuse import assemble
from homestretch.model.figures import KEYS
from homestretch.model.recording import Recording
from homestretch.store.codecs import streams as codec
from homestretch.store.codecs.details import pack_detail
from homestretch.store.database import Reader
from homestretch.store.queries.recordings import whole_recording_in
from homestretch.store.queries.samples import Stored, recorded_samples

type Values = dict[str, Any]
type Chain = Sequence[tuple[str, Mapping[str, Any]]]


class Correcting(NamedTuple):
    """The row of `corrected`, and what differs in the activity's row.

    `parts` are what becomes activities of their own; `recorded` is the summary of all, without corrections.
    """

    row: Values
    differs: Values
    recording: Recording
    recorded: Summary
    parts: Sequence[corrections.Part]


def moved_ms(primary: Stored) -> int:
    """Return by how many ms a person moved a recording: corrections name instants as it was recorded."""
    return int(primary.start_ms - primary.summary.get("start_ms", primary.start_ms))


def correct(reader: Reader, row: Values, primary: Stored, chain: Chain) -> Correcting | None:
    """Apply corrections to the samples of an activity, given its row without them; None where they change nothing.

    A figure that they do not change stays as it was blended.
    """
    found = recorded_samples(reader, row["athlete_id"], primary.id, row["provenance"]["given"])
    if found is None:
        return None
    recording = assemble(*found, None, whole_recording_in)
    if row["calories_kcal"] is not None:
        recording = replace(recording, totals={**recording.totals, "total_calories_kcal": row["calories_kcal"]})
    changed, parts = corrections.parted(recording, _shown(chain, primary))
    return None if changed is recording else _correcting(row, primary, changed, summarise(recording), parts, chain)


def correct_part(row: Values, primary: Stored, part: Recording, recorded: Summary, chain: Chain) -> Correcting:
    """Apply corrections to what is an activity of its own, `part`, given its row as if it were the whole."""
    changed, parts = corrections.parted(part, _shown(chain, primary))
    return _correcting(row, primary, changed, recorded, parts, chain)


def _shown(chain: Chain, primary: Stored) -> Chain:
    by_ms = moved_ms(primary)
    return [(key, corrections.moved(key, values, lambda at: at + by_ms)) for key, values in chain]


def _correcting(
    row: Values,
    primary: Stored,
    changed: Recording,
    recorded: Summary,
    parts: Sequence[corrections.Part],
    chain: Chain,
) -> Correcting:
    cleaned = samples(changed)
    after = summarise(cleaned.recording, cleaned)
    figures = {name: getattr(after, name) for name in (*KEYS, "thumb")}
    differs = {name: value for name, value in figures.items() if value != getattr(recorded, name)}
    detail = detail_of(cleaned.recording, after, cleaned)
    blob = codec.pack(cleaned.recording.time_ms, cleaned.recording.channels.values())
    corrected = {
        "activity_id": row["id"],
        "athlete_id": row["athlete_id"],
        "start_ms": after.start_ms,
        "end_ms": cleaned.recording.end_ms,
        "summary": {**primary.summary, **_figures(after), "start_ms": after.start_ms, **_sport(changed)},
        "detail": pack_detail(detail),
        "blob": blob,
    }
    differs["source"] = f"{row['source']} ~ {_fingerprint(chain)}"
    return Correcting(corrected, differs, changed, recorded, parts)


def _sport(recording: Recording) -> Values:
    return {"sport": recording.sport.key, "sub_sport": recording.sport.sub}


def _figures(summary: Summary) -> Values:
    values = {field.name: getattr(summary, field.name) for field in fields(Summary)}
    return {name: value for name, value in values.items() if name not in BULKY} | {"reasons": dict(summary.reasons)}


def _fingerprint(chain: Chain) -> str:
    """Return what names corrections: which, in what version, with what values."""
    known = corrections.corrections()
    named = [(key, known[key].version if key in known else 0, dict(values)) for key, values in chain]
    text = json.dumps([corrections.VERSION, named], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
