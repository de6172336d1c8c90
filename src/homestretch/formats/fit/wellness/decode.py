"""Wellness files: monitoring, sleep, HRV, metrics, scales and cuffs, as measurements of days and nights."""

from dataclasses import replace

from homestretch.formats.fit.part import EPOCH_S, Part
from homestretch.formats.fit.summary import DEVICE_INFO
from homestretch.formats.fit.timeline import FILE_ID
from homestretch.formats.fit.wellness.clock import MONITORING, clock_of
from homestretch.formats.fit.wellness.device import device_of
from homestretch.formats.fit.wellness.monitoring import Monitoring
from homestretch.formats.fit.wellness.nights import SLEEP_LEVEL, nights_of, scores_of
from homestretch.formats.fit.wellness.readings import other_users, readings_of
from homestretch.formats.fit.wellness.series import series_of
from homestretch.formats.fit.wellness.totals import totals_of
from homestretch.model.health.measurement import Wellness

_TIME_CREATED = 4


def read_wellness(part: Part) -> Wellness:
    """Return what a file says of days and nights, nothing where it is of another kind, or knows only who was awake.

    Without a local time in the file its days are those of UTC, which its `clock` and the note `no_offset` say.
    """
    clock, device = clock_of(part), device_of(part)
    totals, spans = totals_of(Monitoring(part, clock), device.key) if MONITORING in part.counts else ([], [])
    series = list(series_of(part, clock, device.key))
    nights = nights_of(part, clock, device.key)
    created = next((number for m in part.messages(FILE_ID) if (number := m.number_of(_TIME_CREATED))), None)
    scores = [] if created is None else scores_of(part, nights, created, clock, device.key)
    readings = [*totals, *readings_of(part, clock, device.key), *scores]
    nights_and_days = Wellness(
        measurements=tuple({(one.kind, one.day, one.at_ms): one for one in readings}.values()),
        series=tuple(series),
        spans=tuple(spans),
        nights=tuple(nights),
    )
    notes = ["awake_only"] * (SLEEP_LEVEL in part.counts and all(one.nap for one in nights))
    if not nights_and_days.days:
        return replace(nights_and_days, notes=tuple(notes))
    others = other_users(part)
    notes += ["no_offset"] * (not clock.is_set) + [f"other_users:{others}"] * (others > 0)
    return replace(
        nights_and_days,
        devices=(device,),
        said_ms=_said_ms(part, nights_and_days),
        notes=tuple(notes),
        clock="own" if clock.is_set else "utc",
    )


def _said_ms(part: Part, wellness: Wellness) -> int:
    """Return the last instant in a file; its devices are stamped when the watch was read out."""
    stamps = [part.seconds(part.table(number)) for number in part.counts if number != DEVICE_INFO]
    last = max((int(each.max()) for each in stamps if len(each)), default=0)
    instants = [
        *(int(one.time_ms[-1]) for one in wellness.series),
        *(int(one.end_ms[-1]) for one in wellness.spans),
        *(night.end_ms for night in wellness.nights),
    ]
    created = (number for message in part.messages(FILE_ID) if (number := message.number_of(_TIME_CREATED)))
    return max([(max([last, *created]) + EPOCH_S) * 1000, *instants])
