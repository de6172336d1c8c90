"""The short language of templates: `10m@50-70r {n}*(8m@95-100,4m@50-60) 5m@60-40r`.

A step is a length and a target: `m` and `s` are time, `d` metres; `@95-100` is per cent of threshold, `r` a ramp, `@e6`
RPE, `@0` rest, `/50-60rpm` the cadence. `{n}*(…)` repeats, `{M}m` is as long as wanted, `run:` is the sport from there
on. Of rides per cent are of power, of runs and the like of speed, in the water of the critical swim speed (CSS).
"""

import re
from collections.abc import Iterator

from homestretch.model.coach.workout import Quantity, Repeat, Step, StepKind, Steps, Target

#: What per cent are of, by sport; of other sports they are of speed.
OF: dict[str, Quantity] = {"ride": "power", "swim": "css"}
#: Below this a step between others is a rest, in per cent of threshold.
EASY_PCT = 70.0
_STEP = re.compile(
    r"(?:(?P<minutes>\d+)m)?(?:(?P<seconds>\d+)s)?(?:(?P<metres>\d+)d)?"
    r"@(?:e(?P<rpe>\d+)|(?P<low>\d+)(?:-(?P<high>\d+))?(?P<ramp>r)?)(?:/(?P<slow>\d+)-(?P<fast>\d+)rpm)?"
)
_PART = re.compile(r"(?:(?P<sport>[a-z]+):)?(?:(?P<times>\d+)\*\((?P<inner>[^)]*)\)|(?P<step>\S+))")


def read_language(text: str, sport: str, n: int | None = None, minutes: int | None = None) -> Steps:
    """Return the steps that a template's text says; `n` and `minutes` are its free numbers. Raises ValueError."""
    filled = text.replace("{n}", str(n)).replace("{M}", str(minutes))
    parts = list(_parts(filled, sport))
    last = len(parts) - 1
    return tuple(_with_kind(item, index == 0, index == last, last > 0) for index, item in enumerate(parts))


def _parts(text: str, sport: str) -> Iterator[Step | Repeat]:
    whole = sport
    for part in text.split(" "):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"{part} is no step of a workout")
        sport = match["sport"] or sport
        own = sport if whole == "brick" else None
        if match["times"] is None:
            yield _step(match["step"], sport, own)
        else:
            inner = [_step(step, sport, own) for step in match["inner"].split(",")]
            yield Repeat(int(match["times"]), tuple(_inner_kind(step) for step in inner))


def _step(text: str, sport: str, own: str | None) -> Step:
    match = _STEP.fullmatch(text)
    if match is None:
        raise ValueError(f"{text} is no step of a workout")
    seconds = 60 * int(match["minutes"] or 0) + int(match["seconds"] or 0)
    metres = match["metres"]
    cadence = None if match["slow"] is None else (float(match["slow"]), float(match["fast"]))
    return Step(
        kind="work",
        end="s" if metres is None else "m",
        end_value=float(seconds if metres is None else metres),
        target=_target(match, sport),
        cadence=cadence,
        sport=own,
    )


def _target(match: re.Match[str], sport: str) -> Target:
    if match["rpe"] is not None:
        return Target("rpe", float(match["rpe"]), float(match["rpe"]))
    low = float(match["low"])
    high = low if match["high"] is None else float(match["high"])
    return Target("pct", low, high, OF.get(sport, "speed"), ramp=match["ramp"] is not None)


def _inner_kind(step: Step) -> Step:
    return _as(step, "rest" if _is_easy(step) else "work")


def _is_easy(step: Step) -> bool:
    return step.target is not None and step.target.kind == "pct" and step.target.high <= EASY_PCT


def _with_kind(item: Step | Repeat, first: bool, last: bool, several: bool) -> Step | Repeat:
    """Name what a step outside repeats is for, by where it stands."""
    if isinstance(item, Repeat):
        return item
    if several and first:
        return _as(item, "warmup")
    if several and last:
        return _as(item, "cooldown")
    return _as(item, "recovery" if several and _is_easy(item) else "work")


def _as(step: Step, kind: StepKind) -> Step:
    return Step(kind, step.end, step.end_value, step.target, step.cadence, step.cue, step.sport)
