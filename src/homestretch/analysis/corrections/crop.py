"""Crop: leave out what was recorded before and after the workout."""

from collections.abc import Sequence
from dataclasses import replace

from homestretch.analysis.corrections import Correction, Field, Values
from homestretch.analysis.corrections._parts import within
from homestretch.model.recording import BeatIntervals, Lap, Pause, Recording

#: Fewer samples make no activity.
LEAST = 2
#: The device's totals of the whole that hold for a part by its share of the time.
_BY_TIME = ("total_calories_kcal", "calories_kcal")


def crop(recording: Recording, values: Values) -> Recording:
    """Return what lies between two instants; calories by the share of the timer's time."""
    begin, end = values["start"], values["end"]
    kept = within(recording, begin, end)
    if kept.sum() < LEAST or kept.all():
        return recording
    time_ms = recording.time_ms[kept]
    channels = {key: channel.take(kept) for key, channel in recording.channels.items()}
    pauses = _pauses(recording.pauses, int(time_ms[0]), int(time_ms[-1]))
    share = _timed_ms(time_ms[0], time_ms[-1], pauses) / max(
        _timed_ms(recording.time_ms[0], recording.time_ms[-1], recording.pauses), 1
    )
    beats = recording.beats
    if beats is not None:
        inside = (beats.at_ms >= begin) & (beats.at_ms <= end)
        beats = BeatIntervals(beats.at_ms[inside], beats.rr_ms[inside])
    return replace(
        recording,
        start=replace(recording.start, utc_ms=int(time_ms[0])),
        end_ms=int(time_ms[-1]),
        time_ms=time_ms,
        channels=channels,
        laps=_laps(recording.laps, int(time_ms[0]), int(time_ms[-1])),
        lengths=tuple(one for one in recording.lengths if begin <= one.start_ms <= end),
        sets=tuple(one for one in recording.sets if begin <= one.start_ms <= end),
        pauses=pauses,
        events=tuple(one for one in recording.events if begin <= one.at_ms <= end),
        beats=beats,
        totals={key: value * share for key, value in recording.totals.items() if key in _BY_TIME},
    )


def _laps(laps: Sequence[Lap], begin: int, end: int) -> tuple[Lap, ...]:
    """Return the laps that lie inside; one that is cut has only what its samples say."""
    found = []
    for lap in laps:
        first, last = max(lap.start_ms, begin), min(lap.end_ms, end)
        if (first, last) == (lap.start_ms, lap.end_ms):
            found.append(lap)
        elif first < last:
            found.append(Lap(start_ms=first, end_ms=last, trigger=lap.trigger, label=lap.label))
    return tuple(found)


def _pauses(pauses: Sequence[Pause], begin: int, end: int) -> tuple[Pause, ...]:
    cut = (Pause(max(one.start_ms, begin), min(one.end_ms, end)) for one in pauses)
    return tuple(one for one in cut if one.start_ms < one.end_ms)


def _timed_ms(begin: int, end: int, pauses: Sequence[Pause]) -> int:
    return int(end) - int(begin) - sum(one.end_ms - one.start_ms for one in pauses)


def _lacks(recording: Recording) -> str | None:
    return "There are no samples to crop." if len(recording.time_ms) <= LEAST else None


CORRECTION = Correction(
    key="crop",
    version=1,
    title="Crop",
    help="Leaves out what was recorded before the start and after the end. Calories are reduced by the time left out.",
    fields=(
        Field(key="start", kind="instant", label="Start", unit="s"),
        Field(key="end", kind="instant", label="End", unit="s"),
    ),
    apply=crop,
    lacks=_lacks,
    suggest=lambda recording: {"start": int(recording.time_ms[0]), "end": int(recording.time_ms[-1])},
    place=1,
)
