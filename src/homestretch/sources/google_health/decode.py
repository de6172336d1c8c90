"""Reads what Google Health answered: bytes in; measurements, series, nights, devices and names of workouts out."""

from collections.abc import Callable, Mapping, Sequence

import orjson

from homestretch.model.health.measurement import Wellness
from homestretch.model.recording import Decoded
from homestretch.sources.google_health.listing import titles_of
from homestretch.sources.google_health.reading.daily import DAILY
from homestretch.sources.google_health.reading.document import Collected, Document, pages_of, points_in
from homestretch.sources.google_health.reading.samples import SAMPLES
from homestretch.sources.google_health.reading.sleep import sleep
from homestretch.sources.google_health.reading.workout import KEY, workout

#: Goes up with every change of what is read; payloads and workouts are then read again.
VERSION = 2

#: What reads each kind of payload; one payload is the answer about an item, with all its pages.
KINDS: Mapping[str, Callable[[Sequence[Document], Collected], None]] = {**DAILY, **SAMPLES, "sleep": sleep}


def decode(kind: str, payload: bytes) -> Wellness:
    """Return what a payload of a kind says; bad data gives notes and never raises.

    Notes: `unknown_kind`, `unreadable` (no JSON), `no_day`, `no_time`, `night_without_times`, `unknown:` with the field
    and a word that is new in it.
    """
    if kind not in KINDS and kind != "activities":
        return Wellness(notes=("unknown_kind",))
    if not payload.strip():
        return Wellness()
    try:
        pages = pages_of(orjson.loads(payload))
    except orjson.JSONDecodeError:
        return Wellness(notes=("unreadable",))
    if kind == "activities":
        return Wellness(titles=titles_of(pages))
    collected = Collected()
    KINDS[kind]([point for page in pages for point in points_in(page)], collected)
    return collected.wellness()


def recording(data: bytes) -> Decoded:
    """Return the recording in the answer about a workout that has no file; bad data gives notes and never raises."""
    try:
        point = orjson.loads(data)
    except orjson.JSONDecodeError:
        return Decoded(format=KEY, kind="unknown", notes=("unreadable",))
    return workout(point)
