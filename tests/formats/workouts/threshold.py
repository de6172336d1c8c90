"""The workout that the specification writes in every format, and those files."""

import json
from pathlib import Path

from homestretch.formats import Writing
from homestretch.model.coach.thresholds import Thresholds
from homestretch.model.coach.workout import Repeat, Step, Target, Workout

FILES: dict[str, str] = json.loads(
    (Path(__file__).parents[2] / "coach" / "vectors" / "workout_files.json").read_text(encoding="utf-8")
)
#: 2026-11-29 06:00 UTC.
MADE_MS = 1_795_932_000_000
WRITING = Writing(Thresholds(ftp_w=250.0), "3x8", MADE_MS)


def power(low: float, high: float, *, ramp: bool = False) -> Target:
    """Return a target in per cent of FTP."""
    return Target("pct", low, high, "power", ramp)


THRESHOLD = Workout(
    "3x8 threshold",
    "ride",
    (
        Step("warmup", "s", 600.0, power(50.0, 70.0, ramp=True)),
        Repeat(
            3,
            (
                Step("work", "s", 480.0, power(95.0, 100.0), (85.0, 95.0), "steady, seated"),
                Step("rest", "s", 240.0, power(50.0, 60.0)),
            ),
        ),
        Step("cooldown", "s", 300.0, power(60.0, 40.0, ramp=True)),
    ),
    "3 x 8 min at threshold",
    ("threshold",),
)


def file_bytes(name: str) -> bytes:
    """Return a file of the specification."""
    text = FILES[name]
    return bytes.fromhex(text) if name.endswith(".hex") else text.encode()
