"""GoldenCheetah's own file of an activity, JSON: a start, what a person noted (tags), intervals, and samples.

Its shape is that of GoldenCheetah/GoldenCheetah, src/FileIO/JsonRideFile.y. Texts end in a blank there, and a quantity
that the device did not measure at a sample is written as 0.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np

from homestretch.formats import Format
from homestretch.formats._columns import channels
from homestretch.formats._json import BadJson, Json, Object, as_list, as_number, as_object, as_text, parse_json
from homestretch.formats._steps import file_text
from homestretch.model.channel import Floats
from homestretch.model.moment import Moment
from homestretch.model.recording import Decoded, Device, Lap, Recording
from homestretch.model.sport import GENERIC, Sport
from homestretch.vendors.sport_names import sport_named

KEY = "goldencheetah"
_HEAD = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{?\s*"RIDE"\s*:\s*\{')
_START = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})(?:\s+(?:UTC|Z))?")
_LONGEST_S = 366 * 86_400.0
#: What ends a file that was cut off after an object: a sample, one of a further series, the tags, the whole ride.
_ENDS = ("]}}", "]}]}}", "}}", "}")
#: Series of a sample by channel: the factor to our unit, decimals that the factor must not add, and whether 0 is a
#: value; TEMP has a number of its own for none.
_SERIES: Mapping[str, tuple[str, float, int, bool]] = {
    "KM": ("distance_m", 1000.0, 3, True), "WATTS": ("power_w", 1.0, 4, True), "CAD": ("cadence_rpm", 1.0, 4, True),
    "KPH": ("speed_mps", 1 / 3.6, 4, True), "HR": ("heart_rate_bpm", 1.0, 4, False),
    "ALT": ("altitude_m", 1.0, 4, True), "TEMP": ("temperature_c", 1.0, 4, True),
    "LAT": ("latitude", 1.0, 9, True), "LON": ("longitude", 1.0, 9, True),
}  # fmt: skip
_NO_TEMPERATURE = -255.0
#: What a person typed in the place of a figure, by the key of the total, and the factor to SI.
_TYPED = {
    "workout_time": ("total_elapsed_time_s", 1.0), "time_riding": ("total_moving_time_s", 1.0),
    "total_distance": ("total_distance_m", 1000.0), "elevation_gain": ("total_ascent_m", 1.0),
    "average_hr": ("avg_heart_rate_bpm", 1.0), "average_power": ("avg_power_w", 1.0),
}  # fmt: skip


def decode(data: bytes) -> Decoded:
    """Return the activity of a file; a file that was cut off gives the samples before."""
    ride, notes = _ride(file_text(data))
    if ride is None:
        return Decoded(format=KEY, kind="unknown", notes=("json_damaged",))
    tags, start = tags_of(ride), start_of(ride)
    series = as_list(ride.get("XDATA"))
    contents = {"further_series": len(series)} if series else {}
    if start is None:
        return Decoded(format=KEY, kind="unknown", notes=(*notes, "no_time"), contents=contents)
    recording, untimed = _recording(ride, tags, start)
    notes += [f"untimed_points:{untimed}"] if untimed else []
    if recording is None:
        return Decoded(format=KEY, kind="unknown", notes=(*notes, "no_time"), contents=contents)
    return Decoded(format=KEY, kind="activity", recordings=(recording,), notes=tuple(notes), contents=contents)


def read_notes(data: bytes) -> Object | None:
    """Return what stands before the samples in the bytes of a file, None where they are no such file."""
    if not claims(data, ""):
        return None
    head, mark, _ = data.partition(b'"SAMPLES"')  # in a text the quotation mark would have a backslash before it
    ride = _ride(file_text(head.rstrip().removesuffix(b",") + b"}}"))[0] if mark else None
    return ride or _ride(file_text(data))[0]


def tags_of(ride: Object) -> Mapping[str, str]:
    """Return what a person or device noted of an activity, by GoldenCheetah's names; nothing is empty."""
    found = ((name, as_text(value)) for name, value in as_object(ride.get("TAGS")).items())
    return {name: value.strip() for name, value in found if value and value.strip()}


def start_of(ride: Object) -> int | None:
    """Return when an activity began, UTC ms."""
    match = _START.fullmatch((as_text(ride.get("STARTTIME")) or "").strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.groups())
    try:
        return round(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


def sport_of(tags: Mapping[str, str]) -> Sport:
    """Return the sport that tags name; a sub-sport counts where it is one of that sport."""
    sport, finer = sport_named(tags.get("Sport")), sport_named(tags.get("SubSport"))
    if finer.key != GENERIC and sport.key in (finer.key, GENERIC):
        return finer
    if sport.key == "cycling" and tags.get("Trainer") == "1":
        return sport_named("indoor_cycling")
    return sport


def _ride(text: str) -> tuple[Object | None, list[str]]:
    """Return what is inside RIDE, and notes; None where nothing can be read."""
    if not text.lstrip().startswith("{"):
        text = f"{{{text}}}"
    try:
        return as_object(as_object(parse_json(text)).get("RIDE")) or None, []
    except BadJson:
        whole = text[: text.rfind("}") + 1]
    for end in _ENDS:
        try:
            ride = as_object(as_object(parse_json(whole + end)).get("RIDE"))
        except BadJson:
            continue
        return ride or None, ["truncated"]
    return None, []


def _recording(ride: Object, tags: Mapping[str, str], start: int) -> tuple[Recording | None, int]:
    """Return the activity, None where it has neither samples nor a duration; and how many samples have no time."""
    samples = [as_object(one) for one in as_list(ride.get("SAMPLES"))]
    seconds = _column(samples, "SECS")
    timed = (seconds >= 0) & (seconds <= _LONGEST_S)
    untimed = len(samples) - int(np.count_nonzero(timed))
    totals = _totals(ride)
    elapsed = totals.get("total_elapsed_time_s")
    if not timed.any() and (not elapsed or elapsed > _LONGEST_S):
        return None, untimed
    times = start + np.rint(seconds[timed] * 1000).astype(np.int64)
    end = int(times.max()) if len(times) else start + round((elapsed or 0.0) * 1000)
    device = (as_text(ride.get("DEVICETYPE")) or "").strip()
    recording = Recording(
        sport=sport_of(tags),
        start=Moment(int(times.min()) if len(times) else start),
        end_ms=end,
        time_ms=times,
        channels=channels({key: values[timed] for key, values in _values(samples).items()}),
        laps=tuple(_laps(ride, start, end)),
        devices=(Device(role="recorder", product=device),) if device else (),
        totals=totals,
        name=tags.get("Workout Title"),
        description=tags.get("Notes"),
    )
    return recording, untimed


def _column(samples: Sequence[Object], name: str) -> Floats:
    """Return a series of the samples, shape (n,), NaN where a sample does not have it."""
    return np.array([as_number(one.get(name)) for one in samples], dtype=np.float64)


def _values(samples: Sequence[Object]) -> dict[str, Floats]:
    """Return the channels, shape (n,) each; what is no value is NaN."""
    found: dict[str, Floats] = {}
    for name, (key, factor, decimals, zero) in _SERIES.items():
        values = np.round(_column(samples, name) * factor, decimals)
        found[key] = values if zero else np.where(values == 0.0, np.nan, values)
    found["temperature_c"] = np.where(found["temperature_c"] == _NO_TEMPERATURE, np.nan, found["temperature_c"])
    nowhere = (found["latitude"] == 0.0) & (found["longitude"] == 0.0)
    nowhere |= (np.abs(found["latitude"]) > 90.0) | (np.abs(found["longitude"]) > 180.0)
    for key in ("latitude", "longitude"):
        found[key] = np.where(nowhere, np.nan, found[key])
    return found


def _totals(ride: Object) -> dict[str, float]:
    """Return figures that a person typed; they stand for those of the samples."""
    totals: dict[str, float] = {}
    for one in as_list(ride.get("OVERRIDES")):
        for name, said in as_object(one).items():
            value = _typed(as_object(said).get("value"))
            if name in _TYPED and value is not None and value >= 0:
                key, factor = _TYPED[name]
                totals[key] = value * factor
    return totals


def _typed(said: Json) -> float | None:
    """Return a number that is written as a text."""
    try:
        return as_number(float(as_text(said) or ""))
    except ValueError:
        return None


def _laps(ride: Object, start: int, end: int) -> Iterator[Lap]:
    """Yield the intervals in order of time; one that overlaps an earlier one was marked for a look, and is no lap."""
    found = map(as_object, as_list(ride.get("INTERVALS")))
    marked = sorted((as_number(one.get("START")) or 0.0, as_number(one.get("STOP")) or 0.0) for one in found)
    until = 0.0
    for begun, stopped in marked:
        if until <= begun < stopped and start + stopped * 1000 <= end + 1000:
            until = stopped
            yield Lap(start_ms=start + round(begun * 1000), end_ms=start + round(stopped * 1000),
                      elapsed_s=stopped - begun)  # fmt: skip


def claims(head: bytes, name: str) -> float:
    """Return 1 for the beginning of such a file, else 0."""
    return 1.0 if _HEAD.match(head) and b'"STARTTIME"' in head else 0.0


FORMAT = Format(key=KEY, name="GoldenCheetah", suffixes=(".json",), version=1, claims=claims, decode=decode)
