"""Set laps by hand: where each begins, and whether it was work or rest."""

from dataclasses import replace

from homestretch.analysis.corrections import Correction, Field, Values
from homestretch.model.recording import Lap, Recording

LABELS = {"work": "Work", "rest": "Rest", "warm_up": "Warm-up", "cool_down": "Cool-down"}


def set_laps(recording: Recording, values: Values) -> Recording:
    """Return a recording with laps that begin where a person says; each lasts until the next, the last to the end.

    What the device said of a lap stays where its ends do.
    """
    if not len(recording.time_ms):
        return recording
    first, last = recording.start.utc_ms, max(recording.end_ms, int(recording.time_ms[-1]))
    labels: dict[int, str | None] = {}
    for one in values["laps"]:
        labels[min(max(int(one["at"]), first), last)] = one.get("label")
    starts = sorted(at for at in labels if at < last)
    if not starts:
        return recording
    if starts[0] > first:
        labels[first] = None
        starts.insert(0, first)
    own = {(lap.start_ms, lap.end_ms): lap for lap in recording.laps}
    return replace(
        recording,
        laps=tuple(
            replace(own.get((at, end), Lap(start_ms=at, end_ms=end, trigger="manual")), label=labels[at])
            for at, end in zip(starts, [*starts[1:], last], strict=True)
        ),
    )


def _lacks(recording: Recording) -> str | None:
    return None if len(recording.time_ms) > 1 else "There are no samples to mark laps in."


def _suggest(recording: Recording) -> Values:
    starts = [{"at": lap.start_ms, "label": lap.label} for lap in recording.laps]
    return {"laps": starts or [{"at": recording.start.utc_ms, "label": None}]}


CORRECTION = Correction(
    key="laps",
    version=1,
    title="Edit laps",
    help="Sets where laps start, and what each was. Leave a start out to merge a lap with the one before.",
    fields=(Field(key="laps", kind="laps", label="Laps", unit="s", choices=LABELS),),
    apply=set_laps,
    lacks=_lacks,
    suggest=_suggest,
    place=5,
)
