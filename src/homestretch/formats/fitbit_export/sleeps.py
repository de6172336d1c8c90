"""Sleeps of Fitbit's lists: stages with short wakings laid over them, or, of older devices, only asleep and awake."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from homestretch.formats._points import iso_ms
from homestretch.model.health.night import Night, Stage, StageName
from homestretch.vendors.wellness_builder import WellnessBuilder

STAGES: Mapping[str, StageName] = {"deep": "deep", "light": "light", "rem": "rem", "wake": "awake", "awake": "awake"}
ASLEEP: tuple[StageName, ...] = ("deep", "light", "rem")


def nights(builder: WellnessBuilder, rows: Iterable[Mapping[str, object]]) -> Iterator[Night]:
    """Yield the sleeps of a list; one that is not the main sleep of its day is a nap."""
    for row in rows:
        start, end = iso_ms(row.get("startTime")), iso_ms(row.get("endTime"))
        day = builder.day(row.get("dateOfSleep"), "dateOfSleep")
        if start is None or end is None or end[0] <= start[0]:
            builder.note("night_without_times")
        elif day is None:
            builder.note("no_day")
        else:
            night = Night(day=day, start_ms=start[0], end_ms=end[0], nap=row.get("mainSleep") is False)
            yield _measured(builder, night, row)


def _measured(builder: WellnessBuilder, night: Night, row: Mapping[str, object]) -> Night:
    """Return a sleep with its stages, or with the minutes that the list states where it knows none."""
    levels = builder.mapping(row.get("levels"), "levels")
    stages = overlaid(_stages(builder, levels.get("data")), _stages(builder, levels.get("shortData")))
    if row.get("type") == "stages" and stages:
        return staged(night, stages)
    asleep, awake = (_seconds(builder, row, name) for name in ("minutesAsleep", "minutesAwake"))
    return replace(night, asleep_s=asleep, awake_s=awake)


def _seconds(builder: WellnessBuilder, row: Mapping[str, object], name: str) -> float | None:
    minutes = builder.number(row.get(name), name)
    return None if minutes is None else 60 * minutes


def _stages(builder: WellnessBuilder, listed: object) -> list[Stage]:
    """Return stretches of stages; `asleep` and `restless` of older devices are none."""
    stages = []
    for one in builder.items(listed, "levels"):
        level = builder.mapping(one, "levels")
        start, seconds = iso_ms(level.get("dateTime")), builder.number(level.get("seconds"), "seconds")
        stage = STAGES.get(str(level.get("level")))
        if start is not None and seconds and stage is not None:
            stages.append(Stage(start[0], start[0] + round(1000 * seconds), stage))
    return stages


def staged(night: Night, stages: Sequence[Stage]) -> Night:
    """Return a sleep with these stages and how long each of them lasted."""
    lengths: dict[StageName, float] = dict.fromkeys((*ASLEEP, "awake", "unmeasured"), 0.0)
    for stage in stages:
        lengths[stage.stage] += (stage.end_ms - stage.start_ms) / 1000
    return replace(
        night,
        asleep_s=sum(lengths[name] for name in ASLEEP),
        deep_s=lengths["deep"],
        light_s=lengths["light"],
        rem_s=lengths["rem"],
        awake_s=lengths["awake"],
        stages=tuple(stages),
    )


def overlaid(stages: Sequence[Stage], over: Sequence[Stage]) -> list[Stage]:
    """Return stages with others laid over them, in order of time."""
    upper = sorted(over, key=lambda stage: stage.start_ms)
    kept = [part for stage in stages for part in _outside(stage, upper)]
    return sorted([*kept, *upper], key=lambda stage: stage.start_ms)


def _outside(stage: Stage, over: Sequence[Stage]) -> Iterator[Stage]:
    """Yield the parts of a stage that none of the others covers."""
    start = stage.start_ms
    for cover in over:
        if cover.end_ms <= start or cover.start_ms >= stage.end_ms:
            continue
        if cover.start_ms > start:
            yield Stage(start, cover.start_ms, stage.stage)
        start = cover.end_ms
    if start < stage.end_ms:
        yield Stage(start, stage.end_ms, stage.stage)
