"""The features for matching a recording: when, how far, what sport, where it was and how the heart beat when."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.activity.summary import Summary
from homestretch.analysis.samples.samples import Samples
from homestretch.model.channel import Floats
from homestretch.model.moment import Moment
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport

#: Places are sampled at whole multiples of this in UTC, so that clocks whole quarters of an hour apart compare.
SPOT_MS = 300_000
#: So are means of the body's channels, over this long.
BIN_MS = 30_000
#: A sample this near an instant says where one was then.
NEAR_MS = 60_000
#: A hundred-thousandth of a degree is at most 1.1 m.
_SCALE = 1e5
_NOWHERE = np.iinfo(np.int32).min
#: The channels whose course distinguishes workouts, and what one step of a stored byte is.
PULSES: Mapping[str, float] = {"heart_rate_bpm": 1.0, "power_w": 4.0, "cadence_rpm": 1.0}
_GYM = {"training", "fitness_equipment"}
#: A pause of more than this, in s, is not part of the recorded time.
PAUSE_S = 900.0
#: No workout lasts longer; a longer recording is not described in full.
_MOST = 7 * 86_400_000

type Point = tuple[float, float]
#: The first instant's number and the values from there on, packed (base64).
type Trace = tuple[int, str]
type Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """The features for matching a recording; `key` names it, `digest` its file, `file_key` the file's own identity.

    Points are (latitude, longitude) in degrees; `indoor` is where they say nothing, even if they are known.
    `device` identifies the recorder. `keys` are what providers know it by (`garmin/123`), `offset_s` the local
    clock; `recorded` are the stretches (from, until, ms) between which nothing was for long, or none where that was
    never so; of a `date_only` one the day is known and no time. `spots_of` and `pulse_of` read `spots` and `pulses`.
    """

    key: str
    digest: str
    session: int
    file_key: str | None
    start_ms: int
    end_ms: int
    family: str
    distance_m: float | None
    start_point: Point | None
    end_point: Point | None = None
    timer_s: float | None = None
    part: int = 0
    indoor: bool = False
    samples: int = 0
    channels: tuple[str, ...] = ()
    format: str = ""
    device: str | None = None
    offset_s: int | None = None
    date_only: bool = False
    keys: tuple[str, ...] = ()
    recorded: Spans = ()
    spots: Trace | None = None
    pulses: Mapping[str, Trace] = field(default_factory=dict)

    @property
    def listed(self) -> bool:
        """Whether it is a row of a provider's list: figures alone, with the provider's key for its session."""
        return not self.samples and any(name.endswith(f"/{self.session}") for name in self.keys)

    @property
    def elapsed_s(self) -> float:
        """Seconds from start to end."""
        return (self.end_ms - self.start_ms) / 1000

    @property
    def spans(self) -> Spans:
        """When it was recorded, from and until in ms: without its long pauses."""
        return self.recorded or ((self.start_ms, self.end_ms),)

    @property
    def recorded_s(self) -> float:
        """How long it was recorded, its long pauses left out, in s."""
        return sum(end - begin for begin, end in self.spans) / 1000

    @property
    def day(self) -> int:
        """The local day's number since 1970."""
        return (self.start_ms + 1000 * (self.offset_s or 0)) // 86_400_000


def features(
    recording: Recording, cleaned: Samples, summary: Summary, moment: Moment, *, key: str, digest: str, form: str
) -> Features:
    """Return the features of a recording that was cleaned and summed up; `form` is its format's key."""
    return Features(
        key=key,
        digest=digest,
        session=recording.session,
        file_key=recording.file_key,
        start_ms=summary.start_ms,
        end_ms=summary.start_ms + round(summary.elapsed_s * 1000),
        family=matching_family(recording.sport),
        distance_m=summary.distance_m,
        start_point=summary.start_point,
        end_point=summary.end_point,
        timer_s=summary.timer_s,
        part=recording.part,
        indoor=recording.sport.indoor,
        samples=len(recording.time_ms),
        channels=tuple(sorted(recording.channels)),
        format=form,
        device=_recorder(recording),
        offset_s=moment.offset_s,
        date_only=recording.date_only,
        recorded=_recorded(cleaned, summary),
        keys=tuple(sorted(f"{source}/{own}" for source, own in recording.links.items())),
        spots=_spots(recording, cleaned),
        pulses=_pulses(cleaned),
    )


def dated(own: Features, start_ms: int, date_only: bool) -> Features:
    """Return features as of a recording that began at another time; as they are where that is their own.

    Values at instants are only kept where these still are instants of the same grid.
    """
    by_ms = start_ms - own.start_ms
    if not by_ms and date_only == own.date_only:
        return own
    spots, pulses = own.spots, {key: (at + by_ms // BIN_MS, held) for key, (at, held) in own.pulses.items()}
    if spots is not None:
        spots = (spots[0] + by_ms // SPOT_MS, spots[1]) if by_ms % SPOT_MS == 0 else None
    return replace(
        own,
        start_ms=start_ms,
        end_ms=own.end_ms + by_ms,
        date_only=date_only,
        recorded=tuple((begin + by_ms, end + by_ms) for begin, end in own.recorded),
        spots=spots,
        pulses=pulses if by_ms % BIN_MS == 0 else {},
    )


def matching_family(sport: Sport) -> str:
    """Return the family in which two recordings may be one workout; what is done in a gym is each its own."""
    return sport.sub if sport.key in _GYM and sport.sub else sport.family


def _recorder(recording: Recording) -> str | None:
    """Return the identity of the device that wrote this: maker, product and serial number."""
    device = next((one for one in recording.devices if one.role == "recorder"), None)
    if device is None or device.product is None:
        return None
    return " ".join(str(part) for part in (device.manufacturer, device.product, device.serial) if part)


def _recorded(cleaned: Samples, summary: Summary) -> Spans:
    """Return the stretches between long pauses (and a long wait at the end); none where there is no such."""
    axis, end_ms = cleaned.axis, summary.start_ms + round(summary.elapsed_s * 1000)
    if len(axis) == 0:
        return ()
    at = np.flatnonzero((np.diff(axis.t) > PAUSE_S) & ~cleaned.steps.joined)
    last_ms = axis.start_ms + round((float(axis.t[-1]) + float(cleaned.steps.weight[-1])) * 1000)
    if len(at) == 0 and end_ms - last_ms <= PAUSE_S * 1000:
        return ()
    ends = [axis.start_ms + round(float(axis.t[i]) * 1000) for i in at.tolist()]
    begins = [axis.start_ms + round(float(axis.t[i + 1]) * 1000) for i in at.tolist()]
    last = end_ms if end_ms - last_ms <= PAUSE_S * 1000 else last_ms
    return tuple(zip((summary.start_ms, *begins), (*ends, max(last, *begins, summary.start_ms)), strict=True))


def _spots(recording: Recording, cleaned: Samples) -> Trace | None:
    places = cleaned.places
    if places is None or recording.sport.indoor or not len(places.at):
        return None
    at_ms = cleaned.axis.start_ms + cleaned.elapsed_s[places.at] * 1000.0
    instants = _instants(at_ms[0], at_ms[-1], SPOT_MS)
    if not len(instants):
        return None
    after = np.clip(np.searchsorted(at_ms, instants), 0, len(at_ms) - 1)
    before = np.maximum(after - 1, 0)
    nearest = np.where(np.abs(at_ms[before] - instants) <= np.abs(at_ms[after] - instants), before, after)
    degrees = np.column_stack((places.latitude[nearest], places.longitude[nearest]))
    points = np.round(degrees * _SCALE).astype(np.int32)
    points[np.abs(at_ms[nearest] - instants) > NEAR_MS] = _NOWHERE
    return int(instants[0] // SPOT_MS), _packed(points)


def _pulses(cleaned: Samples) -> dict[str, Trace]:
    at_ms = cleaned.axis.start_ms + cleaned.elapsed_s * 1000.0
    count = int(np.searchsorted(at_ms, at_ms[0] + _MOST)) if len(at_ms) else 0
    bins = np.floor(at_ms[:count]).astype(np.int64) // BIN_MS
    found = {}
    for channel, step in PULSES.items():
        values = cleaned.values(channel)
        if values is not None and (trace := _means(bins, values[:count] / step)):
            found[channel] = trace
    return found


def _means(bins: NDArray[np.int64], values: Floats) -> Trace | None:
    """Return the means of a channel (n,) in the bins (n,) that its samples lie in; 255 is a bin without samples."""
    known = np.isfinite(values)
    if not known.all():
        bins, values = bins[known], values[known]
    if not len(bins):
        return None
    first, count = int(bins[0]), int(bins[-1] - bins[0]) + 1
    samples = np.bincount(bins - first, minlength=count)
    sums = np.bincount(bins - first, weights=values, minlength=count)
    means = np.full(count, 255.0)
    np.divide(sums, samples, out=means, where=samples > 0)
    packed = np.where(samples > 0, np.clip(np.round(means), 0, 254), 255)
    return first, _packed(packed.astype(np.uint8))


def _instants(first_ms: float, last_ms: float, step: int) -> NDArray[np.int64]:
    begin = -int(-first_ms // step)
    end = int(min(last_ms, first_ms + _MOST) // step)
    return np.arange(begin, end + 1, dtype=np.int64) * step


def _packed(values: NDArray[Any]) -> str:
    return base64.b64encode(values.tobytes()).decode()


def spots_of(trace: Trace) -> tuple[int, Floats]:
    """Return the number of the first instant and the places (n, 2) in degrees from there on, NaN for not known."""
    points = np.frombuffer(base64.b64decode(trace[1]), np.int32).reshape(-1, 2)
    return trace[0], np.where(points == _NOWHERE, np.nan, points / _SCALE)


def pulse_of(trace: Trace) -> tuple[int, Floats]:
    """Return the number of the first bin and the means (n,) from there on in stored steps, NaN for not known."""
    packed = np.frombuffer(base64.b64decode(trace[1]), np.uint8)
    return trace[0], np.where(packed == 255, np.nan, packed.astype(np.float64))
