"""What a person can refuse of an activity as a record, and all that falls with it: one spike spoils more than one."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Quantity(NamedTuple):
    """Something measured: its kinds of best efforts, and its figures of an activity."""

    kinds: tuple[str, ...]
    figures: tuple[str, ...]


#: By the word for what is refused. Every kind of best effort and every figure among the records is in one of them.
QUANTITIES: Mapping[str, Quantity] = {
    "power": Quantity(("power",), ("max_power_w",)),
    "heart_rate": Quantity(("heart_rate",), ("max_hr_bpm",)),
    "speed": Quantity(("distance", "speed", "gap"), ("max_speed_mps",)),
    "cadence": Quantity(("cadence",), ()),
    "climbing": Quantity(("vam",), ("ascent_m",)),
    "distance": Quantity((), ("distance_m",)),
    "duration": Quantity((), ("moving_s", "elapsed_s")),
    "calories": Quantity((), ("calories_kcal",)),
}


def quantity_of(name: str) -> str:
    """Return the quantity that a kind of best effort, or a figure, is of."""
    return next(key for key, (kinds, figures) in QUANTITIES.items() if name in (*kinds, *figures))


def spelled(refused: Iterable[str]) -> str:
    """Return the kinds and figures of refused quantities as a text with a space around each, empty for none."""
    names = sorted(name for key in refused for part in QUANTITIES[key] for name in part)
    return f" {' '.join(names)} " if names else ""


def quantities_in(text: str) -> list[str]:
    """Return the quantities that a text of `spelled` is of."""
    names = set(text.split())
    return [key for key, (kinds, figures) in QUANTITIES.items() if names & {*kinds, *figures}]
