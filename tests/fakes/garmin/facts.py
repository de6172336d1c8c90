"""What is true of one activity, whichever of Garmin's answers tells it."""

from dataclasses import dataclass
from typing import NamedTuple

AWAY = "America/Denver"


class Kind(NamedTuple):
    """An activity type: Garmin's numbers, the FIT sport, a title, the usual speed (m/s), and whether it has a track."""

    id: int
    parent: int
    fit: tuple[str, str]
    title: str
    speed: float
    outdoors: bool


SPORTS = {
    "running": Kind(1, 17, ("running", "generic"), "Running", 3.0, True),
    "cycling": Kind(2, 17, ("cycling", "generic"), "Cycling", 7.5, True),
    "trail_running": Kind(6, 1, ("running", "trail"), "Trail Running", 2.4, True),
    "walking": Kind(9, 17, ("walking", "generic"), "Walking", 1.5, True),
    "strength_training": Kind(13, 29, ("training", "strength_training"), "Strength", 0.0, False),
    "indoor_cycling": Kind(25, 2, ("cycling", "indoor_cycling"), "Indoor Cycling", 8.0, False),
    "lap_swimming": Kind(27, 26, ("swimming", "lap_swimming"), "Pool Swim", 0.9, False),
    "open_water_swimming": Kind(28, 26, ("swimming", "open_water"), "Open Water Swimming", 0.9, True),
    "transition_v2": Kind(83, 89, ("transition", "generic"), "Transition", 1.0, True),
    "multi_sport": Kind(89, 17, ("multisport", "generic"), "Multisport", 4.0, True),
    "hiking": Kind(3, 17, ("hiking", "generic"), "Hiking", 1.2, True),
    "yoga": Kind(163, 29, ("training", "yoga"), "Yoga", 0.0, False),
}
#: The legs of a multisport activity, and which share of its time each takes.
LEGS = (
    ("open_water_swimming", 0.2), ("transition_v2", 0.02), ("cycling", 0.5), ("transition_v2", 0.01), ("running", 0.27),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One activity: `original` is `fit`, `gpx`, `tcx`, `two` or `none`; `content` are its bytes if it was uploaded."""

    id: int
    sport: str
    name: str
    start_ms: int
    zone: str
    seconds: int = 1800
    heart: int = 140
    speed: float = 3.0
    original: str = "fit"
    parent: int | None = None
    children: tuple[int, ...] = ()
    gear: int = 0
    away: bool = False
    description: str | None = None
    privacy: str = "private"
    favorite: bool = False
    updates: int = 0
    workout: int | None = None
    content: bytes | None = None

    @property
    def kind(self) -> Kind:
        """The activity's type."""
        return SPORTS[self.sport]

    @property
    def distance(self) -> float:
        """How far it went (m)."""
        return round(self.speed * self.seconds, 2)

    @property
    def end_ms(self) -> int:
        """When it ended (ms, UTC)."""
        return self.start_ms + 1000 * self.seconds

    @property
    def top_heart(self) -> int:
        """The highest heart rate (bpm)."""
        return self.heart + 22
