"""How fast a rider is at a power: Martin et al. 1998, J Appl Biomech 14:276."""

from dataclasses import dataclass

import numpy as np

from homestretch.model.channel import Floats
from homestretch.model.coach.planned_route import Position, Surface

GRAVITY = 9.80665
#: Share of the power that reaches the wheel, and what the spokes add to the drag area in m².
EFFICIENCY = 0.976
SPOKES_M2 = 0.0044
#: Friction of the bearings in W: for each m/s, and for each (m/s)².
BEARINGS = (0.091, 0.0087)
PRESSURE_PA, SCALE_HEIGHT_M, GAS, FREEZING_K = 101_325.0, 8434.5, 287.058, 273.15
SLOWEST_MPS = 0.1
_HALVINGS = 60

#: Drag area in m² by position, rolling resistance by surface.
CDA: dict[Position, float] = {"tops": 0.40, "hoods": 0.35, "drops": 0.31, "aero": 0.25}
CRR: dict[Surface, float] = {"road": 0.005, "gravel": 0.009, "mtb": 0.012}


@dataclass(frozen=True, slots=True)
class Rider:
    """What slows a rider: mass with bike in kg, drag area in m², rolling resistance; and the drive's efficiency."""

    mass_kg: float
    cda: float
    crr: float
    efficiency: float = EFFICIENCY


def air_density(temperature_c: float, height_m: Floats) -> Floats:
    """Return kg/m³ at heights in m; 1.225 at 15 °C and sea level."""
    thinner = np.exp(-height_m / SCALE_HEIGHT_M)
    return np.asarray(PRESSURE_PA * thinner / (GAS * (temperature_c + FREEZING_K)))


def power_needed(rider: Rider, speed: Floats, grade: Floats, density: Floats, headwind: Floats) -> Floats:
    """Return W at the pedals for speeds in m/s on grades (rise over run) in air (kg/m³), into a wind in m/s."""
    angle = np.arctan(grade)
    air = speed + headwind
    drag = 0.5 * density * (rider.cda + SPOKES_M2) * air * np.abs(air) * speed
    weight = rider.mass_kg * GRAVITY * (rider.crr * np.cos(angle) + np.sin(angle)) * speed
    bearings = (BEARINGS[0] + BEARINGS[1] * speed) * speed
    return np.asarray((drag + weight + bearings) / rider.efficiency)


def speed_at(rider: Rider, power: Floats, grade: Floats, density: Floats, headwind: Floats, fastest: Floats) -> Floats:
    """Return speeds in m/s at powers in W: at most `fastest`, and at least SLOWEST_MPS. All shapes (n,)."""
    low, high = np.full(len(power), SLOWEST_MPS), np.array(fastest, dtype=np.float64)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        slower = power_needed(rider, middle, grade, density, headwind) > power
        high = np.where(slower, middle, high)
        low = np.where(slower, low, middle)
    return np.asarray(0.5 * (low + high))
