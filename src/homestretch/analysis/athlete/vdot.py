"""Running and swimming by race results: VDOT, the paces it means, and times over other distances."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from types import MappingProxyType

#: Minutes of a race within which VDOT holds.
VALID_MIN = (3.5, 240.0)
#: Times over other distances grow by this power of the distance (Riegel 1981), doubtful beyond so many times it.
RIEGEL, FARTHEST = 1.06, 4.0
#: Race distances in m that times are predicted for.
RACES: Mapping[str, float] = MappingProxyType(
    {"1500": 1500.0, "mile": 1609.344, "3000": 3000.0, "5k": 5000.0, "10k": 10_000.0, "15k": 15_000.0,
     "half_marathon": 21_097.5, "marathon": 42_195.0}
)  # fmt: skip
#: Training paces as shares of the speed at VO2max, slowest first: easy, marathon, threshold, interval, repetition.
PACES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"easy": (0.72, 0.72), "marathon": (0.85, 0.85), "threshold": (0.90, 0.90), "interval": (0.98, 0.98),
     "repetition": (1.05, 1.07)}
)  # fmt: skip
#: Times in min between which a race is sought.
_SOUGHT_MIN = (0.5, 3000.0)


@dataclass(frozen=True, slots=True)
class Prediction:
    """A time in s over a distance in m; `doubtful` where the race behind it was too short, too long or far off."""

    metres: float
    seconds: float
    doubtful: bool


def vdot(metres: float, seconds: float) -> float:
    """Return Daniels' and Gilbert's VDOT (1979) of a race in ml/kg/min: its oxygen cost over the share held so long."""
    minutes = seconds / 60.0
    speed = metres / minutes
    cost = -4.6 + 0.182258 * speed + 0.000104 * speed * speed
    return cost / (0.8 + 0.1894393 * exp(-0.012778 * minutes) + 0.2989558 * exp(-0.1932605 * minutes))


def valid(seconds: float) -> bool:
    """Return whether a race took as long as VDOT holds for: 3.5 minutes to 4 hours."""
    return VALID_MIN[0] <= seconds / 60.0 <= VALID_MIN[1]


def race_time(value: float, metres: float) -> float | None:
    """Return the seconds over a distance that make a VDOT, or None where none from half a minute to 50 h does."""
    low, high = (60.0 * minutes for minutes in _SOUGHT_MIN)
    if not vdot(metres, low) >= value >= vdot(metres, high):
        return None
    while high - low > 1e-6:
        middle = (low + high) / 2.0
        low, high = (middle, high) if vdot(metres, middle) > value else (low, middle)
    return (low + high) / 2.0


def speed_at_vo2max(value: float) -> float:
    """Return the speed in m/s at which a VDOT is used up (Daniels' fit)."""
    return (29.54 + 5.000663 * value - 0.007546 * value * value) / 60.0


def training_paces(value: float) -> dict[str, tuple[float, float]]:
    """Return the speeds in m/s, slowest and fastest, of each kind of training for a VDOT."""
    top = speed_at_vo2max(value)
    return {kind: (low * top, high * top) for kind, (low, high) in PACES.items()}


def riegel(metres: float, seconds: float, other_m: float, exponent: float = RIEGEL) -> float:
    """Return the seconds over another distance after Riegel (1981)."""
    return float(seconds * (other_m / metres) ** exponent)


def riegel_exponent(races: Mapping[float, float]) -> float | None:
    """Return a runner's own exponent of two or more races (m: s), within 1.01 and 1.20, or None from fewer distances.

    Least squares of the logarithms.
    """
    points = [(log(m), log(s)) for m, s in races.items()]
    if len(points) < 2:
        return None
    mean_x, mean_y = (sum(column) / len(points) for column in zip(*points, strict=True))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return float(min(max(slope, 1.01), 1.20))


def predictions(metres: float, seconds: float) -> dict[str, dict[str, Prediction]]:
    """Return times over the race distances that a race means, by VDOT and by Riegel, by the distance's name."""
    value, usable = vdot(metres, seconds), valid(seconds)
    table: dict[str, dict[str, Prediction]] = {}
    for name, other in RACES.items():
        far = not 1.0 / FARTHEST <= other / metres <= FARTHEST
        table[name] = {"riegel": Prediction(other, riegel(metres, seconds, other), far)}
        time = race_time(value, other)
        if time is not None:
            table[name]["vdot"] = Prediction(other, time, far or not (usable and valid(time)))
    return table


def critical_swim_speed(t400_s: float, t200_s: float) -> float | None:
    """Return the critical swim speed in m/s of two time trials, or None where the longer took no longer."""
    return 200.0 / (t400_s - t200_s) if t400_s > t200_s > 0.0 else None
