"""The decoder: a whole FIT file, every file of its chain, to recordings; it never raises for bad data."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from homestretch.formats.fit.activity import file_key, read_activity, unread
from homestretch.formats.fit.beats import HR, strap_beats, strap_channel
from homestretch.formats.fit.messages import parts_of
from homestretch.formats.fit.part import Part
from homestretch.formats.fit.summary import SESSION
from homestretch.formats.fit.timeline import FILE_ID
from homestretch.formats.fit.wellness.chain import combined
from homestretch.formats.fit.wellness.decode import read_wellness
from homestretch.formats.fit.wire import profile
from homestretch.formats.fit.workouts.read import WORKOUT, read_workouts
from homestretch.model.coach.workout import Workout
from homestretch.model.health.measurement import Wellness
from homestretch.model.recording import Decoded, Recording

_ACTIVITY_KINDS = {"activity", "activity_summary"}
#: File types that devices write and FIT's own list lacks.
_MORE_KINDS = {44: "metrics", 49: "sleep", 61: "ecg", 68: "hrv_status", 70: "health_snapshot", 73: "skin_temperature"}
#: 2008: nothing wrote FIT before (the Forerunner 60 and 310XT of 2009 were the first to; Garmin gave its description
#: out in January 2010). A clock that was never set says less, and so does one whose satellites' weeks began again.
_FIRST_MS = 1_199_145_600_000


def kind_of(part: Part) -> str | None:
    """Return what kind of file a part is: FIT's name for its type, `file_<number>` without one, None if unsaid."""
    for message in part.messages(FILE_ID):
        number = message.number_of(0)
        if number is not None:
            return profile.named("file", number) or _MORE_KINDS.get(number) or f"file_{number}"
    return None


def decode(data: bytes) -> Decoded:
    """Return everything in the file that is a recording or is said of days, and counts of what it has besides."""
    parts = parts_of(data)
    notes = [note for part in parts for note in part.notes]
    if not parts:
        return Decoded(format="fit", kind="unknown", notes=("not_fit",))
    at, rates = strap_beats(parts) if any(HR in part.counts for part in parts) else (None, None)
    recordings: list[Recording] = []
    wellness: list[Wellness] = []
    workouts: list[Workout] = []
    contents: dict[str, int] = {}
    for part in parts:
        kind = kind_of(part)
        counts = part.counts
        if kind is None or kind in _ACTIVITY_KINDS or (kind.startswith("file_") and SESSION in counts):
            overlay = (
                (lambda times: None) if at is None or rates is None else partial(strap_channel, at=at, rates=rates)
            )
            read = read_activity(part, file_key(part.messages(FILE_ID)), overlay)
            recordings += read.recordings
            notes += read.notes
            counts = dict(unread(part))
        elif kind == WORKOUT:
            workouts += read_workouts(part)
        else:
            wellness.append(read_wellness(part))
        for number, count in counts.items():
            name = profile.message_name(number)
            contents[name] = contents.get(name, 0) + count
    once = _once(recordings)
    notes += ["recording_twice"] * (len(once) < len(recordings))
    notes += ["clock_unknown"] * any(_is_undated(one) for one in once)
    kinds = [kind_of(part) for part in parts]
    kind = "activity" if recordings else next((k for k in kinds if k), "unknown")
    if kind == WORKOUT and not workouts:
        kind, notes = "unknown", [*notes, "no_steps"]
    days = combined(wellness)
    notes += days.notes
    return Decoded(
        format="fit",
        kind=kind,
        recordings=_numbered(once),
        notes=tuple(dict.fromkeys(notes)),
        contents=contents,
        wellness=days,
        workouts=tuple(workouts),
    )


def _is_undated(recording: Recording) -> bool:
    """Return whether all of a recording's times lie before there was FIT."""
    return recording.start.utc_ms < _FIRST_MS and bool((recording.time_ms < _FIRST_MS).all())


def _once(recordings: Sequence[Recording]) -> list[Recording]:
    """Return the recordings of a chain without those that are there twice: of the same time, sample by sample."""
    kept: dict[object, Recording] = {}
    for one in recordings:
        kept.setdefault((one.sport, one.start.utc_ms, one.end_ms, one.time_ms.tobytes(), len(one.channels)), one)
    return list(kept.values())


def _numbered(recordings: Sequence[Recording]) -> tuple[Recording, ...]:
    """Return recordings with unique numbers: each file of the chain numbers its own.

    Of several with one number the last keeps it, for it has been known by it; the others continue after the highest.
    """
    keeps = {recording.session: recording for recording in recordings}
    after = itertools.count(max(keeps, default=0) + 1)
    return tuple(one if keeps[one.session] is one else replace(one, session=next(after)) for one in recordings)
