"""Fitbit's and Google Health's export of an account (Takeout): thousands of small lists, known by their names."""

from collections.abc import Sequence

from homestretch.formats import Format
from homestretch.formats.fitbit_export import exercises, lists, tables
from homestretch.model.health.measurement import Wellness
from homestretch.model.recording import Decoded, Recording

KEY = "fitbit_export"


def decode_named(data: bytes, names: Sequence[str]) -> Decoded:
    """Return what a list says of days or workouts; many lists look alike, so what they are of is in their names."""
    workouts = exercises.read(data, names)
    if workouts is not None:
        return _of_workouts(workouts)
    for read in (lists.read, tables.read):
        wellness = read(data, names)
        if wellness is not None:
            return _decoded(wellness)
    return Decoded(format=KEY, kind="unknown", notes=("json_damaged",) if data.lstrip()[:1] in (b"[", b"{") else ())


def _of_workouts(workouts: Sequence[Recording | None]) -> Decoded:
    return Decoded(
        format=KEY,
        kind="activity",
        recordings=tuple(one for one in workouts if one is not None),
        notes=("no_time",) * (None in workouts),
    )


def _decoded(wellness: Wellness) -> Decoded:
    counts = {name: len(getattr(wellness, name)) for name in ("measurements", "series", "spans", "nights")}
    contents = {name: count for name, count in counts.items() if count}
    return Decoded(format=KEY, kind="wellness", notes=wellness.notes, contents=contents, wellness=wellness)


def _claims(head: bytes, name: str) -> float:
    return 1.0 if any(one.claims(head, name) for one in (exercises, lists, tables)) else 0.0


FORMAT = Format(
    key=KEY,
    name="Fitbit export",
    suffixes=(".json", ".csv"),
    version=2,
    claims=_claims,
    decode=lambda data: decode_named(data, ()),
    decode_named=decode_named,
)
