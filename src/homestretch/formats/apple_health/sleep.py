"""Sleep as Apple lists it: segments of stages, "asleep" where no stages are known, and time in bed around them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from homestretch.model.health.night import Night, Stage, StageName
from homestretch.model.moment import day_of

_PREFIX = "HKCategoryValueSleepAnalysis"
_STAGES: dict[str, StageName] = {
    f"{_PREFIX}AsleepCore": "light", f"{_PREFIX}AsleepDeep": "deep", f"{_PREFIX}AsleepREM": "rem",
    f"{_PREFIX}Awake": "awake",
}  # fmt: skip
_ASLEEP: tuple[StageName, ...] = ("deep", "light", "rem")
#: Asleep, and no more is known; the older word first.
_UNSPECIFIED = {f"{_PREFIX}Asleep", f"{_PREFIX}AsleepUnspecified"}
#: Asleep again within an hour it is the same sleep.
_GAP_MS = 3_600_000


class Segment(NamedTuple):
    """A segment of sleep, UTC ms; `zone` where the record says in which it was."""

    start: int
    end: int
    value: str
    zone: str | None = None


def nights(segments: Iterable[Segment], device: str) -> Iterator[Night]:
    """Yield the sleeps of one device, with stages where it knows them; time in bed alone is no sleep."""
    known = [one for one in segments if one.value in _STAGES or one.value in _UNSPECIFIED]
    for sleep in _sleeps(sorted(known)):
        staged = [one for one in sleep if one.value in _STAGES]
        if any(_STAGES[one.value] in _ASLEEP for one in staged):
            yield _night(_apart(staged), device, staged=True)
        else:
            asleep = [one for one in sleep if one.value in _UNSPECIFIED]
            if asleep:
                yield _night(_apart(asleep), device, staged=False)


def _sleeps(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    sleep: list[Segment] = []
    reach = 0
    for segment in segments:
        if sleep and segment.start - reach > _GAP_MS:
            yield sleep
            sleep = []
        sleep.append(segment)
        reach = max(reach, segment.end)
    if sleep:
        yield sleep


def _apart(segments: Sequence[Segment]) -> list[Segment]:
    """Return segments in order of time without what lies over the one before."""
    apart: list[Segment] = []
    for segment in segments:
        start = max(segment.start, apart[-1].end) if apart else segment.start
        if start < segment.end:
            apart.append(segment._replace(start=start))
    return apart


def _night(segments: Sequence[Segment], device: str, *, staged: bool) -> Night:
    """Return a sleep, of the local day of waking where its zone is known, else of UTC's."""
    start, end = segments[0].start, segments[-1].end
    offset = _offset_s(next((one.zone for one in reversed(segments) if one.zone), None), end)
    night = Night(day=day_of(end + 1000 * (offset or 0)), start_ms=start, end_ms=end, offset_s=offset, device=device)
    if not staged:
        return replace(night, asleep_s=sum(one.end - one.start for one in segments) / 1000)
    stages = tuple(Stage(one.start, one.end, _STAGES[one.value]) for one in segments)
    lengths: dict[StageName, float] = dict.fromkeys((*_ASLEEP, "awake"), 0.0)
    for stage in stages:
        lengths[stage.stage] += (stage.end_ms - stage.start_ms) / 1000
    return replace(
        night,
        asleep_s=sum(lengths[name] for name in _ASLEEP),
        deep_s=lengths["deep"],
        light_s=lengths["light"],
        rem_s=lengths["rem"],
        awake_s=lengths["awake"],
        stages=stages,
    )


def _offset_s(zone: str | None, at_ms: int) -> int | None:
    if zone is None:
        return None
    try:
        offset = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return None if offset is None else int(offset.total_seconds())
