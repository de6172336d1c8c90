"""Reads a workout of which there is no file: its totals, laps and pauses."""

from collections.abc import Iterator, Mapping

from homestretch.model.moment import Moment
from homestretch.model.recording import Decoded, Device, Lap, Pause, Recording
from homestretch.sources import _recorded as read
from homestretch.sources.google_health.reading.document import Document, member, number, seconds, utc_ms
from homestretch.sources.google_health.reading.sports import sport_of

KEY = "google_health"
#: Our total, Google's name, its divisor.
_TOTALS: Mapping[str, tuple[str, float]] = {
    "total_distance_m": ("distanceMillimeters", 1000.0),
    "total_calories_kcal": ("caloriesKcal", 1.0),
    "total_ascent_m": ("elevationGainMillimeters", 1000.0),
    "avg_heart_rate_bpm": ("averageHeartRateBeatsPerMinute", 1.0),
    "avg_speed_mps": ("averageSpeedMillimetersPerSecond", 1000.0),
}
_PAUSES, _RESUMES = ("PAUSE", "AUTO_PAUSE"), ("RESUME", "AUTO_RESUME", "STOP")


def workout(point: object) -> Decoded:
    """Return the recording of a workout. Notes: `unreadable`, `no_time`."""
    found = point.get("exercise") if isinstance(point, dict) else None
    if not isinstance(point, dict) or not isinstance(found, dict):
        return Decoded(format=KEY, kind="unknown", notes=("unreadable",))
    start_ms, end_ms = (utc_ms(member(found, "interval", name)) for name in ("startTime", "endTime"))
    if start_ms is None or end_ms is None or end_ms <= start_ms:
        return Decoded(format=KEY, kind="unknown", notes=("no_time",))
    recording = _recording(point, found, start_ms, end_ms)
    return Decoded(format=KEY, kind="activity", recordings=() if recording is None else (recording,))


def _recording(point: Document, found: Document, start_ms: int, end_ms: int) -> Recording | None:
    offset = seconds(member(found, "interval", "startUtcOffset"))
    device = read.text(member(point, "dataSource", "device", "displayName"))
    maker = read.text(member(point, "dataSource", "device", "manufacturer"))
    timer = seconds(found.get("activeDuration"))
    figures = {"total_elapsed_time_s": (end_ms - start_ms) / 1000, **_totals(found.get("metricsSummary"))}
    if timer is not None:
        figures["total_timer_time_s"] = timer
    return read.without_samples(
        sport_of(found.get("exerciseType")),
        _moment(start_ms, offset),
        figures,
        read.text(found.get("displayName")),
        read.text(found.get("notes")),
        laps=tuple(_laps(found.get("splitSummaries"))),
        pauses=tuple(_pauses(found.get("exerciseEvents"), end_ms)),
        devices=(Device(role="recorder", manufacturer=maker, product=device),) if device else (),
    )


def _moment(start_ms: int, offset: float | None) -> Moment:
    return Moment(start_ms, None if offset is None else int(offset), None, "none" if offset is None else "file")


def _totals(summary: object) -> dict[str, float]:
    """Return the totals in SI units; a 0 says that it was not measured."""
    if not isinstance(summary, dict):
        return {}
    values = {key: (number(summary.get(name)), per) for key, (name, per) in _TOTALS.items()}
    return {key: value / per for key, (value, per) in values.items() if value is not None and value > 0}


def _laps(rows: object) -> Iterator[Lap]:
    for row in rows if isinstance(rows, list) else []:
        start_ms, end_ms = (
            (utc_ms(row.get(name)) for name in ("startTime", "endTime")) if isinstance(row, dict) else (None, None)
        )
        if start_ms is None or end_ms is None or end_ms <= start_ms:
            continue
        totals = _totals(row.get("metricsSummary"))
        yield Lap(
            start_ms=start_ms,
            end_ms=end_ms,
            elapsed_s=(end_ms - start_ms) / 1000,
            timer_s=seconds(row.get("activeDuration")),
            distance_m=totals.get("total_distance_m"),
            totals=totals,
        )


def _pauses(rows: object, end_ms: int) -> Iterator[Pause]:
    """Yield the stretches between a pause and what follows it."""
    events = [
        (at_ms, str(row.get("exerciseEventType")))
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and (at_ms := utc_ms(row.get("eventTime"))) is not None
    ]
    paused: int | None = None
    for at_ms, word in sorted(events):
        if word in _PAUSES and paused is None:
            paused = at_ms
        elif word in _RESUMES and paused is not None:
            if at_ms > paused:
                yield Pause(paused, at_ms)
            paused = None
    if paused is not None and paused < end_ms:
        yield Pause(paused, end_ms)
