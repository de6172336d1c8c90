"""What the planner chooses from for each sport: hard sessions by phase, long and easy ones, openers and tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from homestretch.coach.workouts.load import planned_load, total_seconds, whole_minutes
from homestretch.coach.workouts.templates import TEMPLATES, Template
from homestretch.model.coach.plan import Phase
from homestretch.model.coach.session import LoadBasis
from homestretch.model.coach.workout import Steps

#: Minutes by which sessions grow.
GRID = 5
#: A range of repeats that is at least so wide grows by two repeats a week.
WIDE_RANGE = 8


@dataclass(frozen=True, slots=True)
class Family:
    """A sport's sessions. Minutes are of the whole session; `growth` bounds the long session from week to week."""

    rotations: Mapping[Phase, tuple[Template, ...]]
    easy: tuple[Template, ...]
    easy_minutes: int
    easy_most: int
    long: Template | None = None
    long_least: int = 45
    growth: float = 1.2
    opener: Template | None = None
    tests: Mapping[str, Template] = field(default_factory=dict)

    def rotation(self, phase: Phase) -> tuple[Template, ...]:
        """Return the hard sessions of a phase, in the order in which they take turns."""
        return self.rotations.get(phase, ())


@dataclass(frozen=True, slots=True)
class Size:
    """A template with its free number set: `n` repeats, or `free` minutes of its free step."""

    template: Template
    n: int | None
    free: int | None
    steps: Steps
    minutes: int
    load: float
    basis: LoadBasis


@lru_cache(4096)
def size(template: Template, n: int | None = None, free: int | None = None, speed: float | None = None) -> Size:
    """Return a template with its free number set, at a threshold speed in m/s of its sport."""
    speeds = {template.sport: speed} if speed else None
    steps = template.steps(n, free)
    load, basis = planned_load(steps, template.sport, speeds)
    minutes = whole_minutes(total_seconds(steps, template.sport, speeds))
    return Size(template, n, free, steps, minutes, round(load, 1), basis)


def size_for(template: Template, total: int, speed: float | None = None) -> Size:
    """Return a template whose free step makes it last about so many minutes; with repeats the most that fit."""
    if template.minutes is not None:
        overhead = size(template, None, 60, speed).minutes - 60
        return size(template, None, max(GRID, total - overhead), speed)
    if template.repeats is None:
        return size(template, None, None, speed)
    low, high = template.repeats
    fitting = [n for n in range(low, high + 1) if size(template, n, None, speed).minutes <= total]
    return size(template, fitting[-1] if fitting else low, None, speed)


def grown(made: Size, speed: float | None = None) -> Size | None:
    """Return a session one step longer, by five minutes or one repeat; None where there is no longer one."""
    if made.free is not None:
        return size(made.template, None, made.free + GRID, speed)
    if made.template.repeats is None or made.n is None or made.n >= made.template.repeats[1]:
        return None
    return size(made.template, made.n + 1, None, speed)


def shrunk(made: Size, speed: float | None = None) -> Size | None:
    """Return a session one step shorter, within its template's range; None for the shortest one."""
    template = made.template
    if template.repeats is not None and made.n is not None and made.n > template.repeats[0]:
        return size(template, made.n - 1, None, speed)
    if template.minutes is not None and made.free is not None and made.free - GRID >= template.minutes[0]:
        return size(template, None, made.free - GRID, speed)
    return None


def progressed(template: Template, weeks: int, most: int, speed: float | None = None) -> Size | None:
    """Return a hard session after so many loading weeks of its phase, in at most so many minutes; None if none fits."""
    if template.repeats is not None:
        low, high = template.repeats
        step = 2 if high - low >= WIDE_RANGE else 1
        sizes = [size(template, n, None, speed) for n in range(min(high, low + step * weeks), low - 1, -1)]
    elif template.minutes is not None:
        low, high = template.minutes
        sizes = [size(template, None, m, speed) for m in range(min(high, low + GRID * weeks), low - 1, -GRID)]
    else:
        sizes = [size(template, None, None, speed)]
    return next((made for made in sizes if made.minutes <= most), None)


def _of(*ids: str) -> tuple[Template, ...]:
    return tuple(TEMPLATES[one] for one in ids)


def _by_feel(sport: str, title: str) -> Family:
    """Return the sessions of a sport without templates of its own: steps by RPE."""
    easy = Template(f"{sport}:easy", sport, "endurance", f"Easy {title}", False, None, (25, 120), "{M}m@e3")
    long = Template(f"{sport}:long", sport, "long", f"Long {title}", False, None, (60, 360), "{M}m@e3")
    tempo = Template(f"{sport}:tempo", sport, "tempo", f"Brisk {title}", True, None, (20, 40), "10m@e3 {M}m@e6 5m@e3")
    short = Template(f"{sport}:vo2", sport, "vo2", "{n} × 4 min hard " + title, True, (3, 6), None,
                     "10m@e3 {n}*(4m@e8,3m@e3) 5m@e3")  # fmt: skip
    opener = Template(f"{sport}:opener", sport, "opener", f"Opener {title}", False, (3, 3), None,
                      "15m@e3 {n}*(1m@e7,3m@e3) 10m@e2")  # fmt: skip
    turns: dict[Phase, tuple[Template, ...]] = {"base": (tempo,), "build": (short, tempo), "taper": (short,)}
    return Family(turns, (easy,), 45, 120, long, 60, 1.2, opener)


FAMILIES: Mapping[str, Family] = {
    "ride": Family(
        {"base": _of("R6", "R5", "R15"), "build": _of("R7", "R9", "R8", "R10"), "taper": _of("R9", "R7")},
        _of("R2"), 45, 120, TEMPLATES["R3"], 90, 1.2, TEMPLATES["R13"],
        {"ftp": TEMPLATES["R14"], "threshold": TEMPLATES["R14"]},
    ),
    "run": Family(
        {"base": _of("N7", "N6", "N10"), "build": _of("N8", "N7", "N11", "N9"), "taper": _of("N8", "N7")},
        _of("N2"), 30, 70, TEMPLATES["N3"], 45, 1.1, TEMPLATES["N5"],
        {"threshold": TEMPLATES["N12"], "5k": TEMPLATES["N12"]},
    ),
    "swim": Family(
        {"base": _of("S4", "S3"), "build": _of("S3", "S4"), "taper": _of("S3",)},
        _of("S2", "S1"), 40, 90, TEMPLATES["S2"], 45, 1.2, TEMPLATES["S5"], {"css": TEMPLATES["S6"]},
    ),
    "strength": Family(
        {"base": _of("G2"), "build": _of("G3", "G2"), "taper": _of("G3")}, _of("G1"), 40, 60,
    ),
    "brick": Family(
        {"base": _of("B2"), "build": _of("B2"), "taper": _of("B2")},
        _of("B1"), 95, 120, None, 95, 1.2, TEMPLATES["B3"],
    ),
    "row": _by_feel("row", "row"),
    "ski": _by_feel("ski", "ski"),
    "walk": _by_feel("walk", "walk"),
    "hike": _by_feel("hike", "hike"),
    "other": _by_feel("other", "session"),
}  # fmt: skip
