"""Gates: the most that a person can do over a distance or a duration. What is beyond is no best effort."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from homestretch.model.channel import Floats
from homestretch.model.sport import Sport

#: Satellites and footpods are off by this share; so much beyond a record may be an error of measuring alone.
SLACK = 0.03
#: The longest time of one recording, s: a month. The longest races whose clock never stops take 8 to 12
#: days (Race Across America, whose limit that is) and 13 days to 5 weeks (Tour Divide, 4400 km).
LONGEST_S = 30 * 86_400.0


@dataclass(frozen=True, slots=True)
class Race:
    """The fastest that a family of sports goes: seconds (k,) over rising metres (k,), and the `source`."""

    metres: tuple[float, ...]
    seconds: tuple[float, ...]
    source: str

    def fewest_s(self, metres: Floats) -> Floats:
        """Return the fewest believable seconds over metres (n,): along a power law between records."""
        at = np.log(metres)
        between = np.exp(np.interp(at, np.log(self.metres), np.log(self.seconds)))
        beyond = np.maximum(metres / self.metres[-1], 1.0) * np.minimum(metres / self.metres[0], 1.0)
        return np.asarray(between * beyond / (1.0 + SLACK))

    def most_mps(self, seconds: Floats) -> Floats:
        """Return the highest believable mean speed in m/s over seconds (n,); outside the records that at their ends."""
        at = np.clip(seconds, self.seconds[0], self.seconds[-1])
        metres = np.exp(np.interp(np.log(at), np.log(self.seconds), np.log(self.metres)))
        return np.asarray(metres / at * (1.0 + SLACK))


@dataclass(frozen=True, slots=True)
class Most:
    """The highest mean of a curve's kind: `values` (k,) over rising `seconds` (k,), and the `source`."""

    seconds: tuple[float, ...]
    values: tuple[float, ...]
    source: str

    def over(self, seconds: Floats) -> Floats:
        """Return the highest believable mean over seconds (n,)."""
        return np.interp(np.log(seconds), np.log(self.seconds), self.values)


RACES: Mapping[str, Race] = MappingProxyType(
    {
        "run": Race(
            (100, 200, 400, 800, 1000, 1609.344, 3000, 5000, 10_000, 21_097.5, 42_195, 100_000),
            (9.58, 19.19, 43.03, 100.91, 131.96, 223.13, 437.55, 755.36, 1571.0, 3402.0, 7170.0, 21_560.0),
            "the fastest that men ran by April 2026, ratified or not: World Athletics' records on the track; half "
            "marathon, Kiplimo, Barcelona 2025; marathon, Sawe, London 2026; 100 km, Kubheka, Nardo 2025",
        ),
        "swim": Race(
            (50, 100, 200, 400, 800, 1500, 5000, 10_000),
            (19.90, 44.84, 98.61, 212.25, 440.46, 846.88, 3000.0, 6200.0),
            "World Aquatics, records of men in short course as of 2025 (100 m: Chalmers 2021; 1500 m: Wellbrock 2021); "
            "beyond 1500 m our own, at that pace and a little less",
        ),
        "row": Race(
            (100, 500, 2000, 6000, 21_097, 42_195),
            (12.5, 68.0, 318.68, 960.0, 3900.0, 8400.0),
            "World Rowing, 2000 m of the men's eight (Germany 2017); a little below Concept2's on machines (100 m in "
            "12.8 s, half marathon 1:07:58, marathon 2:21:09); our own for head races downstream",
        ),
        "ride": Race(
            (1000, 5000, 10_000, 20_000, 40_000, 100_000, 200_000),
            (36.0, 180.0, 400.0, 950.0, 2250.0, 6500.0, 13_600.0),
            "our own: 100 km/h down a pass; from 100 km on a little above the fastest stages of grand tours (50 km/h)",
        ),
    }
)  # fmt: skip
_SECONDS = (1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 43_200)
MOST: Mapping[str, Most] = MappingProxyType(
    {
        "power": Most(
            _SECONDS,
            (2700, 2400, 1900, 1500, 1250, 900, 700, 620, 570, 540, 500, 460, 400),
            "Allen and Coggan, the top of the power profile (24 W/kg for 5 s to 6.6 W/kg for an hour) for heavy "
            "riders, and Concept2's records",
        ),
        "heart_rate": Most(
            (5, 60, 300, 1200, 3600, 14_400, 86_400),
            (221, 219, 215, 211, 207, 200, 185),
            "Tanaka 2001: 208 - 0.7 age at ten years of age, and two standard deviations of 10 bpm",
        ),
        "vam": Most(
            (1, 15, 60, 300, 1200, 3600, 14_400, 86_400),
            (10_000, 6000, 3600, 2700, 2350, 2000, 1600, 1100),
            "the vertical kilometre of Fully (Bonnet 2025, 1000 m in 27:21: 2194 m/h), tower runs, and 24 h (21 km)",
        ),
        "cadence": Most(
            (1, 5, 60, 3600),
            (350, 330, 280, 260),
            "steps of sprinters (300/min), turns on rollers (250/min)",
        ),
    }
)  # fmt: skip


def fewest_s(sport: Sport, metres: float) -> float:
    """Return the fewest believable seconds over a distance in m, none for sports without records."""
    race = RACES.get(sport.family)
    return 0.0 if race is None else float(race.fewest_s(np.array([metres]))[0])


def most(kind: str, sport: Sport, seconds: Floats) -> Floats | None:
    """Return the highest believable mean of a curve's kind over durations (n,) in s, None where anything can be."""
    if kind in {"speed", "gap"}:
        race = RACES.get(sport.family)
        return None if race is None else race.most_mps(seconds)
    limit = MOST.get(kind)
    return None if limit is None else limit.over(seconds)
