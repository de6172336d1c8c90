"""Nights: the stages of sleep that a file lists, what it says of them, and naps."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from homestretch.formats.fit.part import ABSOLUTE, EPOCH_S, TIMESTAMP, Part, Seconds
from homestretch.formats.fit.summary import EVENT
from homestretch.formats.fit.wellness.clock import LocalClock, day_text
from homestretch.model.health.measurement import Measurement
from homestretch.model.health.night import Night, Stage, StageName

SLEEP_LEVEL, SLEEP_ASSESSMENT, NAP = 275, 346, 412
_LEVELS: dict[int, StageName] = {0: "unmeasured", 1: "awake", 2: "light", 3: "deep", 4: "rem"}
_ASLEEP: tuple[StageName, ...] = ("deep", "light", "rem")
#: The event that opens and closes a sleep.
_SLEEP_EVENT, _STOP = 74, 1
_MINUTE_S, _LONGEST_STAGE_S = 60, 3 * 3600
#: Asleep again within an hour it is the same sleep.
_GAP_S = 3600
_SCORE, _AWAKENINGS, _STRESS = 6, 11, 15


def nights_of(part: Part, clock: LocalClock, device: str) -> list[Night]:
    """Return the sleeps of a file in which somebody slept, and the naps; a file that knows only "awake" has none."""
    stages = _stages(part)
    nights = [_night(sleep, clock, device) for sleep in _sleeps(stages) if any(one.stage in _ASLEEP for one in sleep)]
    if nights:
        longest = max(nights, key=lambda night: night.asleep_s or 0.0)
        nights[nights.index(longest)] = _assessed(longest, part)
    return [*nights, *_naps(part, device)]


def scores_of(part: Part, nights: Sequence[Night], second: int, clock: LocalClock, device: str) -> list[Measurement]:
    """Return the score of a sleep whose stages the file does not list, of the day at `second` (FIT)."""
    score = _number(part, _SCORE)
    if score is None or any(not night.nap for night in nights):
        return []
    day = int(clock.days(np.array([second]))[0])
    return [Measurement("sleep_score", day_text(day), float(score), None, device)]


def _stages(part: Part) -> list[Stage]:
    """Return the stages in order of time: each holds until the next is stated, the last until the sleep is closed.

    One without a level is none, and ends the one before it.
    """
    table = part.table(SLEEP_LEVEL)
    raw = table.column(0)
    if raw is None or raw.dtype.kind == "f":
        return []
    seconds = part.seconds(table)
    stated = seconds >= ABSOLUTE
    order = np.argsort(seconds[stated], kind="stable")
    starts, levels = seconds[stated][order], raw[stated][order]
    hold = _hold(starts)
    ends = np.minimum(np.append(starts[1:], _closed(part, starts)), starts + hold)
    rows = zip(starts.tolist(), ends.tolist(), levels.tolist(), strict=True)
    return _joined([Stage(_ms(a), _ms(b), _LEVELS[level]) for a, b, level in rows if b > a and level in _LEVELS])


def _hold(starts: Seconds) -> int:
    """Return how long a stage lasts at most, seconds: where each minute is listed, a minute."""
    minutely = len(starts) > 1 and float(np.median(np.diff(starts))) <= _MINUTE_S
    return _MINUTE_S if minutely else _LONGEST_STAGE_S


def _closed(part: Part, starts: Seconds) -> int:
    """Return when the last sleep ended, FIT seconds: by its event, else a minute after its last stage began."""
    if not len(starts):
        return 0
    last = int(starts[-1])
    stops = [
        at
        for message in part.messages(EVENT)
        if message.get(0) == _SLEEP_EVENT
        and message.get(1) == _STOP
        and (at := message.number_of(TIMESTAMP) or 0) > last
    ]
    return min(stops, default=last + _MINUTE_S)


def _joined(stages: Sequence[Stage]) -> list[Stage]:
    """Return stages with those of one kind that touch as one."""
    joined: list[Stage] = []
    for stage in stages:
        if joined and joined[-1].stage == stage.stage and joined[-1].end_ms == stage.start_ms:
            joined[-1] = replace(joined[-1], end_ms=stage.end_ms)
        else:
            joined.append(stage)
    return joined


def _sleeps(stages: Sequence[Stage]) -> Iterator[list[Stage]]:
    """Return the stages of each sleep."""
    sleep: list[Stage] = []
    for stage in stages:
        if sleep and stage.start_ms - sleep[-1].end_ms > _GAP_S * 1000:
            yield sleep
            sleep = []
        sleep.append(stage)
    if sleep:
        yield sleep


def _night(stages: Sequence[Stage], clock: LocalClock, device: str) -> Night:
    """Return a sleep, of the local day of waking."""
    lengths = dict.fromkeys(_LEVELS.values(), 0.0)
    for stage in stages:
        lengths[stage.stage] += (stage.end_ms - stage.start_ms) / 1000
    end = stages[-1].end_ms // 1000 - EPOCH_S
    return Night(
        day=day_text(int(clock.days(np.array([end]))[0])),
        start_ms=stages[0].start_ms,
        end_ms=stages[-1].end_ms,
        offset_s=clock.offset(end),
        asleep_s=sum(lengths[name] for name in _ASLEEP),
        deep_s=lengths["deep"],
        light_s=lengths["light"],
        rem_s=lengths["rem"],
        awake_s=lengths["awake"],
        unmeasured_s=lengths["unmeasured"],
        device=device,
        stages=tuple(stages),
    )


def _assessed(night: Night, part: Part) -> Night:
    """Return a night with what the device makes of it."""
    stress = _number(part, _STRESS)
    return replace(
        night,
        score=_number(part, _SCORE),
        awakenings=_number(part, _AWAKENINGS),
        avg_stress=None if stress is None else stress / 100,
    )


def _number(part: Part, num: int) -> float | None:
    """Return a figure of the last assessment that has it."""
    numbers = [message.number_of(num) for message in part.messages(SLEEP_ASSESSMENT)]
    return next((float(number) for number in reversed(numbers) if number is not None), None)


def _naps(part: Part, device: str) -> Iterator[Night]:
    """Return the naps; each states the offsets of its own start and end, in minutes."""
    for message in part.messages(NAP):
        start, end, lead = (message.number_of(num) for num in (0, 2, 3))
        if message.get(5) == 1 or start is None or end is None or not ABSOLUTE <= start < end:
            continue
        offset = None if lead is None else lead * 60
        yield Night(
            day=day_text((end + EPOCH_S + (offset or 0)) // 86_400),
            start_ms=_ms(start),
            end_ms=_ms(end),
            offset_s=offset,
            asleep_s=float(end - start),
            nap=True,
            device=device,
        )


def _ms(second: int) -> int:
    return (second + EPOCH_S) * 1000
