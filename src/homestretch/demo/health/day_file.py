"""A day of the demo athlete as the FIT file of a watch: sleep, HRV, resting heart rate, skin, and the day's courses."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import numpy as np

from homestretch.analysis.zone import offset_at
from homestretch.demo.athlete import form
from homestretch.demo.device import Recorder
from homestretch.demo.health.courses import COUNTED_MIN, DAY_MIN, EVERY_MIN, Courses, courses
from homestretch.demo.health.devices import NEW
from homestretch.demo.health.life import life
from homestretch.demo.health.night import AWAKE, NEW_HRV, NEW_REST_BPM, Night, night
from homestretch.formats.fit.part import EPOCH_S, TIMESTAMP
from homestretch.formats.fit.wire import profile
from homestretch.formats.fit.wire.base import NAMED
from homestretch.formats.fit.wire.writer import Column, Fields, Writer, fitting
from homestretch.model.channel import Floats, Mask, Times

_MONITORING_B, _WALKING, _SLEEP_EVENT, _RUNNING = 32, 6, 74, 1
_RESTING_KCAL, _SKIN_C, _STEP_M = 1720, 33.9, 0.76
_WEEK = 7


class DayFile:
    """Writes what a watch measured of a day from its midnight to a minute."""

    def __init__(self, seed: int, day: date, watch: Recorder, until_min: int = DAY_MIN) -> None:
        self.seed, self.day, self.watch = seed, day, watch
        self.midnight, self.offset_s = midnight(seed, day)
        following, _ = midnight(seed, day + timedelta(days=1))
        self.until_min = min(until_min, (following - self.midnight) // 60)
        self.night = night(seed, day)
        self.writer = Writer()

    def bytes(self) -> bytes:
        """Return the whole file."""
        self.writer.message(0, file_id(self.watch, _MONITORING_B, self.midnight))
        self.writer.message(103, {
            TIMESTAMP: ("uint32", self.midnight), 0: ("uint32", self.midnight + self.offset_s),
            1: ("enum", (_WALKING,)), 5: ("uint16", _RESTING_KCAL),
        })  # fmt: skip
        self._sleep()
        self._morning()
        seen = courses(self.seed, self.night)
        self._measured(seen)
        self._counted(seen)
        return self.writer.file()

    def _at(self, minute: float) -> int:
        return self.midnight + round(60 * minute)

    def _sleep(self) -> None:
        slept = self.night
        event: Fields = {TIMESTAMP: ("uint32", self._at(slept.bed_min)), 0: ("enum", _SLEEP_EVENT), 1: ("enum", 0)}
        self.writer.message(21, event)
        for minute, level in slept.stages:
            self.writer.message(275, {TIMESTAMP: ("uint32", self._at(minute)), 0: ("enum", level)})
        self.writer.message(21, {**event, TIMESTAMP: ("uint32", self._at(slept.wake_min)), 1: ("enum", 1)})
        self.writer.message(346, {6: ("uint8", sleep_score(self.seed, slept)), 11: ("uint8", slept.awakenings)})

    def _morning(self) -> None:
        """Write what the watch makes of the night, at waking."""
        at: Fields = {TIMESTAMP: ("uint32", self._at(self.night.wake_min))}
        recent = [night(self.seed, self.day - timedelta(days=ago)) for ago in range(_WEEK)]
        rest, hrv = ([self._read(one) for one in recent], [self._variability(one) for one in recent])
        self.writer.message(211, {**at, 0: ("uint8", round(sum(rest) / _WEEK)), 1: ("uint8", round(rest[0]))})
        self.writer.message(370, {
            **at, 0: ("uint16", _hrv(sum(hrv) / _WEEK)), 1: ("uint16", _hrv(hrv[0])), 2: ("uint16", _hrv(1.5 * hrv[0])),
        })  # fmt: skip
        local = ("uint32", self._at(self.night.wake_min) + self.offset_s)
        warmth = sum(one.warmer_c for one in recent) / _WEEK
        self.writer.message(398, {
            **at, 0: local, 1: ("float32", self.night.warmer_c), 2: ("float32", warmth),
            4: ("float32", _SKIN_C + self.night.warmer_c),
        })  # fmt: skip
        vo2max = 10.0 * (3.5 + 12.9 * form(self.day).run_mps)
        self.writer.message(229, {0: at[TIMESTAMP], 2: ("uint16", round(vo2max)), 5: ("enum", _RUNNING)})

    def _read(self, of: Night) -> float:
        return of.rest_bpm + (NEW_REST_BPM if self.watch is NEW else 0.0)

    def _variability(self, of: Night) -> float:
        return of.hrv_ms * (1.0 + NEW_HRV if self.watch is NEW else 1.0)

    def _measured(self, seen: Courses) -> None:
        """Write the series: each value sums up the five minutes before its stamp."""
        minute = EVERY_MIN * np.arange(1, DAY_MIN // EVERY_MIN + 1)
        there = minute <= self.until_min
        stamps = self.midnight + 60 * minute
        self._rows(55, there, stamps, TIMESTAMP, {27: ("uint8", seen.heart_bpm)})
        self._rows(227, there, stamps, 1, {0: ("sint16", seen.stress), 3: ("sint8", seen.battery)})
        third = there & (minute % COUNTED_MIN == 0)
        self._rows(297, third, stamps, TIMESTAMP, {0: ("sint16", 100.0 * seen.respiration_brpm)})
        rng = np.random.default_rng([self.seed, self.day.toordinal(), 14])
        asleep = there & (minute > max(self.night.bed_min, 0)) & (minute <= self.night.wake_min)
        oxygen = self.night.spo2_pct + rng.normal(0.0, 0.8, len(minute))
        self._rows(269, asleep & third, stamps, TIMESTAMP, {0: ("uint8", np.minimum(oxygen, 100.0))})
        hrv = self._variability(self.night) * np.exp(rng.normal(0.0, 0.16, len(minute)))
        self._rows(371, asleep, stamps, TIMESTAMP, {0: ("uint16", 128.0 * hrv)})

    def _counted(self, seen: Courses) -> None:
        """Write the running totals since midnight at the end of each quarter of an hour that added to them."""
        minute = COUNTED_MIN * np.arange(1, DAY_MIN // COUNTED_MIN + 1)
        there = (minute <= self.until_min) & ((seen.steps > 0) | (seen.active_kcal > 0) | (seen.hard_min > 0))
        steps, hard = np.cumsum(seen.steps), np.cumsum(seen.hard_min)
        types = np.full(len(minute), float(_WALKING))
        self._rows(55, there, self.midnight + 60 * minute, TIMESTAMP, {
            5: ("enum", types), 3: ("uint32", steps), 2: ("uint32", 100.0 * _STEP_M * steps),
            19: ("uint16", np.cumsum(seen.active_kcal)), 38: ("uint16", hard),
        })  # fmt: skip

    def _rows(
        self, number: int, there: Mask, stamps: Times, time: int, fields: Mapping[int, tuple[str, Floats]]
    ) -> None:
        """Write a message for each of some stamps (n,): base type and values (n,) by field; `time` holds the stamp."""
        columns = [Column(time, NAMED["uint32"], stamps[there])]
        for num, (name, values) in fields.items():
            columns.append(Column(num, NAMED[name], fitting(NAMED[name], values[there])))
        self.writer.add_raw(self.writer.rows(number, columns).raw)


def midnight(seed: int, day: date) -> tuple[int, int]:
    """Return when a day begins where the athlete is, in FIT seconds, and the offset from UTC then, in s."""
    local_s = round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    zone = life(seed, day).zone
    offset = offset_at(zone, 1000 * local_s) or 0
    offset = offset_at(zone, 1000 * (local_s - offset)) or 0
    return local_s - offset - EPOCH_S, offset


def sleep_score(seed: int, of: Night) -> int:
    """Return a night's score, 0 to 100, as the watch sees it."""
    before = life(seed, of.day - timedelta(days=1))
    awake = sum(level == AWAKE for _, level in of.stages)
    score = 82.0 + 0.09 * (of.asleep_min - 440) - 2.0 * awake - 7.0 * before.drank - 18.0 * life(seed, of.day).illness
    return int(np.clip(round(score), 20, 98))


def file_id(recorder: Recorder, kind: int, second: int) -> Fields:
    """Return what a file says of itself and of the device that wrote it."""
    product = profile.number_of("garmin_product", recorder.product)
    return {
        0: ("enum", kind), 1: ("uint16", 1), 2: ("uint16", product), 3: ("uint32z", recorder.serial),
        4: ("uint32", second),
    }  # fmt: skip


def _hrv(milliseconds: float) -> int:
    return round(128.0 * milliseconds)
