"""What routes are called: as a person named them, else as most activities on them, else by length, shape and direction.

Names are not stored: they follow from the activities and the edits each time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from homestretch.analysis.geo.shape import shape_of
from homestretch.analysis.geometry import polyline
from homestretch.vendors.given_names import Given, given

#: What one goes, by family of sports; any other goes a route.
_WORDS = {"ride": "ride", "run": "run", "walk": "walk", "swim": "swim", "row": "row", "ski": "ski tour"}
_SHAPES = {"loop": "loop", "out_and_back": "out and back", "one_way": "one way"}
_METRES = {"km": 1000.0, "mi": 1609.344}
#: Shorter ones, in the unit, have a decimal.
_SHORT = 20.0


def own_words(names: Sequence[str]) -> str | None:
    """Return the name that people gave to more than half of a route's activities, as most of them write it, or None."""
    written = Counter(name for name in names if given(name) is Given.SURELY)
    shared = Counter[str]()
    for name, count in written.items():
        shared[name.casefold()] += count
    words, count = max(shared.items(), key=lambda one: one[1], default=("", 0))
    return (
        next(name for name, _ in written.most_common() if name.casefold() == words) if 2 * count > len(names) else None
    )


@lru_cache(8192)
def course_name(family: str, length_m: float, line: str | None, *, imperial: bool) -> str:
    """Return a name such as `8.2 km run, loop to the north-east`; `line` is the route as an encoded polyline."""
    unit = "mi" if imperial else "km"
    length = length_m / _METRES[unit]
    name = f"{round(length, 1 if length < _SHORT else None):g} {unit} {_WORDS.get(family, 'route')}"
    found = shape_of(*polyline.decode(line)) if line else None
    if found is None:
        return name
    shape, towards = found
    return f"{name}, {_SHAPES[shape]}" + (f" to the {towards.replace('_', '-')}" if towards else "")


def distinct_names(fixed: Iterable[str], proposed: Mapping[int, str]) -> dict[int, str]:
    """Return a name of its own for each route: the one proposed, with a number from the second on that has it.

    `fixed` are names that are taken and stay what they are.
    """
    taken = {name.casefold() for name in fixed}
    names: dict[int, str] = {}
    for route, name in proposed.items():
        own, number = name, 1
        while own.casefold() in taken:
            number += 1
            own = f"{name} ({number})"
        taken.add(own.casefold())
        names[route] = own
    return names
