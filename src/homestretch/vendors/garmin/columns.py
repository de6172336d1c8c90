"""The arrays of Garmin's days: rows of [time, …] whose columns its descriptors name, where it sends any."""

from collections.abc import Mapping, Sequence

from homestretch.vendors.wellness_builder import WellnessBuilder

type Points = list[tuple[int | None, float | None]]


def points(
    builder: WellnessBuilder,
    body: Mapping[str, object],
    values: str,
    descriptors: str,
    *,
    kind: str,
    names: Sequence[str],
    column: int,
) -> Points:
    """Return the times (UTC ms) and the values of one column of the array `values`.

    `names` are what its descriptor may call the column, `column` is where it lies without descriptors.
    """
    named = _columns(builder, body, descriptors)
    at = named.get("timestamp", 0)
    value = next((named[name] for name in names if name in named), column)
    found: Points = []
    for row in builder.items(body.get(values), values):
        if not isinstance(row, list) or len(row) <= max(at, value):
            builder.note(f"unexpected:{values}")
            continue
        found.append((builder.time_ms(row[at], values), builder.measured(kind, row[value], values)))
    return found


def _columns(builder: WellnessBuilder, body: Mapping[str, object], descriptors: str) -> dict[str, int]:
    """Return the columns by name; each list of descriptors has its own words for `key` and `index`."""
    found = {}
    for row in builder.items(body.get(descriptors), descriptors):
        described = builder.mapping(row, descriptors)
        key = next((value for name, value in described.items() if name.lower().endswith("key")), None)
        index = next((value for name, value in described.items() if name.lower().endswith("index")), None)
        if isinstance(key, str) and isinstance(index, int) and not isinstance(index, bool) and index >= 0:
            found[key.lower()] = index
        else:
            builder.note(f"unexpected:{descriptors}")
    return found
