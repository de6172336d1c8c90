"""Set pool length: the distance of a swim is its lengths times that."""

from dataclasses import replace

from homestretch.analysis.corrections import Correction, Field, Values
from homestretch.analysis.corrections._parts import has, unstated, with_values
from homestretch.model.figures import device_total
from homestretch.model.recording import Lap, Recording

#: What grows with the length of the pool.
_CHANNELS = ("distance_m", "speed_mps")
_FIGURES = ("distance_m", "avg_speed_mps", "max_speed_mps")


def set_length(recording: Recording, values: Values) -> Recording:
    """Return a swim in a pool of another length: distances, also of laps, by lengths; channels in proportion."""
    length, count = float(values["length_m"]), _count(recording)
    if not count:
        return recording
    ratio = length / (recording.pool_length_m or _swum(recording) / count or length)
    scaled = {key: recording.channels[key].values() * ratio for key in _CHANNELS if has(recording, key)}
    laps = tuple(replace(lap, distance_m=_of_lap(recording, lap, length)) for lap in recording.laps)
    changed = unstated(with_values(recording, scaled), _FIGURES)
    laps = tuple(replace(lap, distance_m=own.distance_m) for lap, own in zip(changed.laps, laps, strict=True))
    return replace(
        changed, laps=laps, pool_length_m=length, totals={**changed.totals, "total_distance_m": count * length}
    )


def _of_lap(recording: Recording, lap: Lap, length_m: float) -> float:
    inside = (one for one in recording.lengths if lap.start_ms <= one.start_ms < lap.end_ms)
    return length_m * sum(one.active for one in inside)


def _count(recording: Recording) -> int:
    return sum(one.active for one in recording.lengths)


def _swum(recording: Recording) -> float:
    return device_total(recording.totals, "distance_m") or 0.0


def _lacks(recording: Recording) -> str | None:
    return None if _count(recording) else "No lengths of a pool were recorded."


CORRECTION = Correction(
    key="pool_length",
    version=1,
    title="Set pool length",
    help="Calculates the distance again: the lengths you swam times the length of the pool.",
    fields=(Field(key="length_m", kind="number", label="Pool length", unit="m", least=5, most=500),),
    apply=set_length,
    lacks=_lacks,
    suggest=lambda recording: {"length_m": recording.pool_length_m or 25.0},
    shows=("distance_m", "speed_mps"),
    place=4,
)
