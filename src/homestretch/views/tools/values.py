"""A value as models are given it: with its unit, and why it is missing."""

from homestretch.model.documents.tools import Hidden, ToolValue

NO_DATA, BY_TERMS, PRIVATE = "no_data", "blocked_by_terms", "private"
TERMS = "source terms"
#: The unit of a figure, by the end of its key.
UNITS = {
    "_s": "s", "_m": "m", "_bpm": "bpm", "_w": "W", "_rpm": "rpm", "_mps": "m/s", "_c": "°C", "_kcal": "kcal",
    "_ms": "ms", "_pct": "%", "_kg": "kg",
}  # fmt: skip


def value(given: float | str | None, unit: str, why: str | None = None, source: str | None = None) -> ToolValue:
    """Return a value; one that is missing has a reason, by default that there is no data. A true zero stays zero."""
    found: ToolValue = {"value": round(given, 4) if isinstance(given, float) else given, "unit": unit}
    if given is None:
        found["why"] = why or NO_DATA
    elif source is not None:
        found["source"] = source
    return found


def unit_of(key: str) -> str:
    """Return the unit of a figure by its key; none of a plain number."""
    return next((unit for end, unit in UNITS.items() if key.endswith(end)), "")


def hidden(count: int) -> Hidden:
    """Return how many activities the terms of their sources withhold."""
    return {"activities": count, "why": TERMS}
