"""Readings: single values that a device states of a day, or at an instant."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from homestretch.formats.fit.part import ABSOLUTE, EPOCH_S, TIMESTAMP, Message, Part
from homestretch.formats.fit.wellness.clock import LocalClock, day_text
from homestretch.formats.fit.wellness.series import BLOOD_PRESSURE
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Measurement

WEIGHT_SCALE, RESTING, MAX_MET, HRV_SUMMARY, SKIN_TEMPERATURE = 30, 211, 229, 370, 398
_RUNNING, _CYCLING = 1, 2
#: A scale that is still weighing writes this for the weight.
_CALCULATING = 0xFFFE
#: What a cuff writes beside a measurement that failed: incomplete, none, out of range.
_FAILED = {1, 2, 3}
_SPORT, _PRESSURE_STATUS = 5, 8
DECIMALS = 6


class Statement(NamedTuple):
    """A message that states values: which fields are of which kind, and what each is divided by.

    `spot`: each value is one of several, at its instant; else it is the day's own. `time` is the field that says when,
    `user` the field that says of which user of the device.
    """

    message: int
    fields: tuple[tuple[int, str, float], ...]
    spot: bool = False
    time: int = TIMESTAMP
    user: int | None = None
    holds: Callable[[Message], bool] = lambda message: True


def _is_weighed(message: Message) -> bool:
    return message.number_of(0) != _CALCULATING


def _is_pressure(message: Message) -> bool:
    return message.number_of(_PRESSURE_STATUS) not in _FAILED


#: Field 0 of 211 is the mean of 7 days, and so are 0 of 370 and 2 of 398.
STATEMENTS = (
    Statement(RESTING, ((1, "resting_heart_rate_bpm", 1.0),)),
    Statement(
        HRV_SUMMARY,
        (
            (0, "hrv_week_ms", 128.0),
            (1, "hrv_night_ms", 128.0),
            (2, "hrv_night_max_ms", 128.0),
            (4, "hrv_baseline_low_ms", 128.0),
            (5, "hrv_baseline_high_ms", 128.0),
        ),
    ),
    Statement(SKIN_TEMPERATURE, ((1, "skin_temperature_change_c", 1.0), (4, "skin_temperature_c", 1.0))),
    Statement(
        WEIGHT_SCALE,
        (
            (0, "weight_kg", 100.0),
            (1, "body_fat_pct", 100.0),
            (2, "body_water_pct", 100.0),
            (4, "bone_mass_kg", 100.0),
            (5, "muscle_mass_kg", 100.0),
            (13, "bmi", 10.0),
        ),
        spot=True,
        user=12,
        holds=_is_weighed,
    ),
    Statement(
        BLOOD_PRESSURE,
        ((0, "blood_pressure_systolic_mmhg", 1.0), (1, "blood_pressure_diastolic_mmhg", 1.0)),
        spot=True,
        user=9,
        holds=_is_pressure,
    ),
    Statement(MAX_MET, ((2, "vo2max_running", 10.0),), time=0, holds=lambda message: message.get(_SPORT) == _RUNNING),
    Statement(MAX_MET, ((2, "vo2max_cycling", 10.0),), time=0, holds=lambda message: message.get(_SPORT) == _CYCLING),
    Statement(
        MAX_MET, ((2, "vo2max", 10.0),), time=0, holds=lambda message: message.get(_SPORT) not in {_RUNNING, _CYCLING}
    ),
)


def readings_of(part: Part, clock: LocalClock, device: str) -> Iterator[Measurement]:
    """Return the stated values, in order of time; those of other users of a scale are left out."""
    for statement in STATEMENTS:
        messages = [one for one in part.messages(statement.message) if (one.number_of(statement.time) or 0) >= ABSOLUTE]
        chosen = _of_first_user(messages, statement.user)
        for message in sorted(chosen, key=lambda one: one.number_of(statement.time) or 0):
            if statement.holds(message):
                yield from _values(statement, message, clock, device)


def other_users(part: Part) -> int:
    """Return how many messages are of other users of the device than the first."""
    return sum(
        len(part.messages(one.message)) - len(_of_first_user(part.messages(one.message), one.user))
        for one in STATEMENTS
        if one.user is not None
    )


def _of_first_user(messages: Sequence[Message], user: int | None) -> list[Message]:
    """Return the messages of the user with the lowest number, and those that name none."""
    if user is None:
        return list(messages)
    users = [number for message in messages if (number := message.number_of(user)) is not None]
    return [message for message in messages if message.number_of(user) in (None, min(users, default=0))]


def _values(statement: Statement, message: Message, clock: LocalClock, device: str) -> Iterator[Measurement]:
    second = message.number_of(statement.time) or 0
    days = clock.days if statement.spot else clock.closing_days
    day = day_text(int(days(np.array([second]))[0]))
    at_ms = (second + EPOCH_S) * 1000 if statement.spot else None
    for num, kind, scale in statement.fields:
        raw = message.get(num)
        if not isinstance(raw, int | float):
            continue
        value = round(raw / scale, DECIMALS)
        if value > 0 or not KINDS[kind].above_zero:
            yield Measurement(kind, day, value, at_ms, device)
