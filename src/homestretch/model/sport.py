"""Sports by FIT's names, and the families in which two recordings may be one workout."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: Which sports are of one family; any other is a family alone.
FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ride": ("cycling", "e_biking"),
        "run": ("running",),
        "walk": ("walking", "hiking", "mountaineering", "snowshoeing"),
        "swim": ("swimming",),
        "row": ("rowing",),
        "ski": ("cross_country_skiing", "alpine_skiing", "snowboarding"),
    }
)
_FAMILY_OF = {sport: family for family, sports in FAMILIES.items() for sport in sports}
_INDOOR = {
    "treadmill", "indoor_running", "indoor_cycling", "spin", "virtual_activity", "indoor_rowing",
    "indoor_walking", "lap_swimming", "elliptical", "stair_climbing", "strength_training",
    "cardio_training", "yoga", "pilates", "indoor_skiing", "track_cycling", "hiit",
}  # fmt: skip
#: Sports whose statistics mean nothing alone: the rest says `generic`.
GENERIC = "generic"
MULTISPORT = "multisport"
TRANSITION = "transition"


@dataclass(frozen=True, slots=True)
class Sport:
    """A sport and, if the source says, its kind: `Sport("cycling", "mountain")`."""

    key: str = GENERIC
    sub: str | None = None

    @property
    def family(self) -> str:
        """The family whose recordings can be the same workout; a sport alone is its own family."""
        return _FAMILY_OF.get(self.key, self.key)

    @property
    def on_foot(self) -> bool:
        """Whether speed and jumps are bounded by what legs can do."""
        return self.family in {"run", "walk"}

    @property
    def indoor(self) -> bool:
        """Whether the place says nothing: rollers, treadmill, pool, or a virtual world."""
        return self.sub in _INDOOR

    @property
    def ranking(self) -> str:
        """The class in which its efforts are ranked: the family; what is done indoors or in a virtual world apart."""
        if self.sub == "virtual_activity":
            return f"{self.family}:virtual"
        return f"{self.family}:indoor" if self.indoor else self.family
