"""What per cent of a workout are of: the athlete's thresholds on a day, and targets in their own units."""

from dataclasses import dataclass, replace
from math import floor

from homestretch.model.coach.workout import Quantity, Target, TargetKind


@dataclass(frozen=True, slots=True)
class Thresholds:
    """FTP (W), threshold speed and critical swim speed (m/s), threshold and maximum heart rate (bpm); None: unknown."""

    ftp_w: float | None = None
    speed_mps: float | None = None
    css_mps: float | None = None
    lthr_bpm: float | None = None
    max_hr_bpm: float | None = None

    def of(self, quantity: Quantity | None) -> float | None:
        """Return the threshold of a quantity, in the quantity's unit."""
        if quantity is None:
            return None
        found = {
            "power": self.ftp_w,
            "speed": self.speed_mps,
            "css": self.css_mps,
            "lthr": self.lthr_bpm,
            "hr_max": self.max_hr_bpm,
        }
        return found[quantity]

    def absolute(self, target: Target | None) -> Target | None:
        """Return a target in its quantity's own unit, or None for RPE and where the threshold is unknown."""
        if target is None or target.kind == "rpe":
            return None
        if target.kind == "abs":
            return target
        threshold = self.of(target.of)
        return None if threshold is None else _scaled(target, "abs", threshold / 100)

    def percent(self, target: Target | None) -> Target | None:
        """Return a target in per cent of its threshold, or None for RPE and where the threshold is unknown."""
        if target is None or target.kind == "rpe":
            return None
        if target.kind == "pct":
            return target
        threshold = self.of(target.of)
        return None if not threshold else _scaled(target, "pct", 100 / threshold)


def _scaled(target: Target, kind: TargetKind, factor: float) -> Target:
    low, high = round(target.low * factor, 6), round(target.high * factor, 6)
    return replace(target, kind=kind, low=low, high=high)


def whole(value: float) -> int:
    """Return a value as files and screens show it: rounded, halves up."""
    return floor(value + 0.5)
