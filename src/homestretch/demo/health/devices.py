"""What the demo athlete wears, and the files that these devices write; a newer watch came eight months ago."""

from collections.abc import Iterator
from datetime import date, timedelta

from homestretch.demo.calendar import DAYS
from homestretch.demo.device import WATCH, Recorder
from homestretch.demo.health.life import life
from homestretch.demo.places import HOME

#: The watch that came later: it sees the body in its own way.
NEW = Recorder("fenix", "fenix8", 3466118203)
SCALE = Recorder("scale", "index_smart_scale_2", 3301940087)
WATCHES = {watch.key: watch for watch in (WATCH, NEW)}
#: So many days ago the newer watch came; for some days both were worn. So long ago the scale came.
CHANGED_DAYS, BOTH_DAYS, SCALE_DAYS = 243, 8, 400
#: The parts of paths: the kinds of files, the clock of a whole day, and of a morning that was synced.
DAY, WEEK = "day", "weight"
WHOLE, MORNING = "2359", "0800"
MORNING_MIN = 8 * 60


def health_paths(seed: int, today: date) -> Iterator[tuple[date, str]]:
    """Yield (day, path) of the files of two years before `today`, and of its morning, the oldest first."""
    for ago in range(DAYS, -1, -1):
        day = today - timedelta(days=ago)
        for watch in _worn(ago) if life(seed, day).worn or ago == 0 else ():
            yield day, _path(seed, day, WHOLE if ago else MORNING, DAY, watch)
        if day.weekday() == 6 and 0 < ago <= SCALE_DAYS and life(seed, day).zone == HOME.zone:
            yield day, _path(seed, day, WHOLE, WEEK, SCALE)


def _worn(ago: int) -> tuple[Recorder, ...]:
    if ago >= CHANGED_DAYS:
        return (WATCH,)
    return (WATCH, NEW) if ago >= CHANGED_DAYS - BOTH_DAYS else (NEW,)


def _path(seed: int, day: date, clock: str, kind: str, recorder: Recorder) -> str:
    return f"demo-{seed}/{day}T{clock}-{kind}-{recorder.key}.fit"
