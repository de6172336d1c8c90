"""The demo athlete: a body, and its fitness on a day. Everything here is made up."""

from dataclasses import dataclass
from datetime import date
from math import cos, pi, tanh

WEIGHT_KG = 71.0
REST_HR, THRESHOLD_HR, MAX_HR = 47.0, 170.0, 188.0
BIRTH_YEAR = 1987.0
#: In winter the scales show so much more than in summer, kg.
_WINTER_KG = 1.4
#: Years after this day fitness has grown by most of what it will.
_BEGAN = date(2023, 6, 1)
_GROWTH, _GROWTH_YEARS = 0.2, 4.0
_PEAK_DAY_OF_YEAR = 200
_YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Form:
    """What can be held for an hour: power on a bike (W), speed on foot and in water (m/s)."""

    ride_w: float
    run_mps: float
    swim_mps: float


def weight_kg(day: date) -> float:
    """Return the weight of a day in kg, to a tenth: most in winter."""
    season = cos(2 * pi * (day.timetuple().tm_yday - _PEAK_DAY_OF_YEAR) / _YEAR_DAYS)
    return round(WEIGHT_KG + _WINTER_KG * (1.0 - season) / 2.0, 1)


def form(day: date) -> Form:
    """Return the form of a day: it grows slowly over the years and swings with the season."""
    years = (day - _BEGAN).days / _YEAR_DAYS
    grown = 1.0 + _GROWTH * tanh(years / _GROWTH_YEARS)
    season = cos(2 * pi * (day.timetuple().tm_yday - _PEAK_DAY_OF_YEAR) / _YEAR_DAYS)
    return Form(
        ride_w=215.0 * grown * (1.0 + 0.05 * season),
        run_mps=3.55 * (0.5 + 0.5 * grown) * (1.0 + 0.025 * season),
        swim_mps=0.92 * (0.6 + 0.4 * grown) * (1.0 + 0.02 * season),
    )
