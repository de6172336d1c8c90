"""The ZIP of a day's wellness: small FIT files of monitoring, sleep, HRV and metrics, each of its own type."""

from homestretch.formats.fit.part import EPOCH_S
from homestretch.formats.fit.wire.writer import Writer
from tests.fakes.garmin.clock import local_ms
from tests.fakes.garmin.day import AWAKE, DEEP, LIGHT, MINUTE_MS, REM, Day, Night
from tests.fakes.garmin.files import PRODUCT, zipped
from tests.fakes.garmin.night import hrv_summary

_MONITORING_B, _METRICS, _SLEEP, _HRV = 32, 44, 49, 68
#: FIT's own numbers of the stages of sleep.
_STAGES = {AWAKE: 1, LIGHT: 2, DEEP: 3, REM: 4}
_WALKING = 6


def wellness_zip(day: Day) -> bytes | None:
    """Return the files of a day, None if no watch was worn."""
    night = day.night()
    if night is None:
        return None
    number = day.account.profile_id * 100_000 + day.date.toordinal() % 100_000
    members = {
        f"{number}_WELLNESS.fit": _monitoring(day), f"{number}_SLEEP_DATA.fit": _sleep(day, night),
        f"{number}_METRICS.fit": _metrics(day),
    }  # fmt: skip
    summary = hrv_summary(day)
    if summary is not None:
        members[f"{number}_HRV_STATUS.fit"] = _hrv(day, night)
    return zipped(members)


def second(at_ms: int) -> int:
    """Return an instant in FIT's seconds."""
    return at_ms // 1000 - EPOCH_S


def _begin(day: Day, kind: int, at_ms: int) -> Writer:
    writer = Writer()
    writer.message(0, {
        0: ("enum", kind), 1: ("uint16", 1), 2: ("uint16", PRODUCT), 3: ("uint32z", day.device_id),
        4: ("uint32", second(at_ms)),
    })  # fmt: skip
    return writer


def _monitoring(day: Day) -> bytes:
    """Return the day's monitoring: totals of walking since midnight, heart rate, stress, oxygen and breath."""
    writer = _begin(day, _MONITORING_B, day.start_ms)
    local = second(local_ms(day.start_ms, day.account.zone))
    writer.message(103, {
        253: ("uint32", second(day.start_ms)), 0: ("uint32", local), 1: ("enum", (_WALKING,)),
        3: ("uint16", (7800,)), 4: ("uint16", (200,)), 5: ("uint16", 2100),
    })  # fmt: skip
    writer.message(
        211, {253: ("uint32", second(day.start_ms)), 0: ("uint8", day.week_resting()), 1: ("uint8", day.resting)}
    )
    total = 0
    for at, count in day.steps():
        total += count
        if count:
            writer.message(55, {
                253: ("uint32", second(at + 15 * MINUTE_MS)), 5: ("enum", _WALKING), 3: ("uint32", total),
                2: ("uint32", 78 * total), 4: ("uint32", 500 * total), 19: ("uint16", total // 20),
            })  # fmt: skip
    _beats(writer, day)
    for (at, level), (_, battery) in zip(day.stress()[::10], day.batteries()[::10], strict=True):
        writer.message(227, {0: ("sint16", level), 1: ("uint32", second(at)), 3: ("sint8", battery)})
    for at, percent in day.oxygen():
        writer.message(269, {253: ("uint32", second(at)), 0: ("uint8", percent), 1: ("uint8", 9), 2: ("enum", 3)})
    for at, rate in day.breaths()[::30]:
        writer.message(297, {253: ("uint32", second(at)), 0: ("sint16", round(100 * rate))})
    return writer.file()


def _beats(writer: Writer, day: Day) -> None:
    """Add heart rates by the low half of their time only, as watches write them."""
    for place, (at, bpm) in enumerate(day.hearts()[::5]):
        if place % 60 == 0:
            writer.message(55, {253: ("uint32", second(at)), 27: ("uint8", bpm)})
        elif bpm is not None:
            writer.message(55, {26: ("uint16", second(at) & 0xFFFF), 27: ("uint8", bpm)})


def _sleep(day: Day, night: Night) -> bytes:
    writer = _begin(day, _SLEEP, night.start_ms)
    writer.message(21, {253: ("uint32", second(night.start_ms)), 0: ("enum", 74), 1: ("enum", 0)})
    for start, _, level in night.levels:
        writer.message(275, {253: ("uint32", second(start)), 0: ("enum", _STAGES[level])})
    writer.message(21, {253: ("uint32", second(night.end_ms)), 0: ("enum", 74), 1: ("enum", 1)})
    writer.message(346, {6: ("uint8", night.score), 15: ("uint16", 1400), 11: ("uint8", 1)})
    return writer.file()


def _hrv(day: Day, night: Night) -> bytes:
    writer = _begin(day, _HRV, night.end_ms)
    writer.message(370, {
        253: ("uint32", second(night.end_ms)), 0: ("uint16", 128 * night.mean_hrv), 1: ("uint16", 128 * night.mean_hrv),
        2: ("uint16", 128 * max(night.hrv)), 3: ("uint16", 128 * 44), 4: ("uint16", 128 * 47),
        5: ("uint16", 128 * 61), 6: ("enum", 4),
    })  # fmt: skip
    for place, value in enumerate(night.hrv):
        at = night.start_ms + 5 * MINUTE_MS * (place + 1)
        writer.message(371, {253: ("uint32", second(at)), 0: ("uint16", 128 * value)})
    return writer.file()


def _metrics(day: Day) -> bytes:
    writer = _begin(day, _METRICS, day.end_ms - MINUTE_MS)
    writer.message(229, {0: ("uint32", second(day.end_ms - MINUTE_MS)), 2: ("uint16", 485)})
    return writer.file()
