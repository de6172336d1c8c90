"""What the demo athlete weighs: a trend under daily noise, and the weekly file of the scale."""

from datetime import date, timedelta

import numpy as np

from homestretch.demo.athlete import WEIGHT_KG, weight_kg
from homestretch.demo.health.day_file import file_id, midnight
from homestretch.demo.health.devices import SCALE
from homestretch.demo.health.night import night
from homestretch.formats.fit.part import TIMESTAMP
from homestretch.formats.fit.wire.writer import Writer

_WEIGHT_FILE, _WEEK = 9, 7
#: How often the athlete weighs, on the scale and where it is written down by hand.
_ON_SCALE, _BY_HAND = 0.55, 0.2
#: Body fat at the usual weight, and by how much it grows with each kg.
_FAT_PCT, _FAT_PER_KG = 13.5, 0.9


def weighed_kg(seed: int, day: date, *, by_hand: bool) -> float | None:
    """Return what the athlete weighs on a morning; None where they do not step on the scale."""
    rng = np.random.default_rng([seed, day.toordinal(), 15])
    if rng.random() > (_BY_HAND if by_hand else _ON_SCALE):
        return None
    return round(weight_kg(day) + float(rng.normal(0.0, 0.45)), 1)


def week_file(seed: int, last: date) -> bytes:
    """Return the file of the scale of a week, by its last day; a week without a weighing has none in it."""
    writer = Writer()
    first = last - timedelta(days=_WEEK - 1)
    begins, offset_s = midnight(seed, first)
    writer.message(0, file_id(SCALE, _WEIGHT_FILE, begins))
    writer.message(34, {TIMESTAMP: ("uint32", begins), 5: ("uint32", begins + offset_s)})
    for day in (first + timedelta(days=after) for after in range(_WEEK)):
        weight = weighed_kg(seed, day, by_hand=False)
        if weight is not None:
            at = midnight(seed, day)[0] + 60 * (night(seed, day).wake_min + 12)
            fat = _FAT_PCT + _FAT_PER_KG * (weight - WEIGHT_KG)
            writer.message(30, {
                TIMESTAMP: ("uint32", at), 0: ("uint16", round(100 * weight)), 1: ("uint16", round(100 * fat)),
                12: ("uint16", 0),
            })  # fmt: skip
    return writer.file()
