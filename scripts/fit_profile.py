"""Writes the table of FIT's message, field and enum numbers from the official SDK's profile (a dev dependency)."""

import json
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/homestretch/formats/fit/profile.json"

_TYPES = (
    "activity_type", "ant_device_type", "antplus_device_type", "battery_status", "ble_device_type", "event",
    "event_type", "exercise_category", "favero_product", "file", "garmin_product", "lap_trigger", "length_type",
    "local_device_type", "manufacturer", "set_type", "source_type", "sport", "sub_sport", "swim_stroke",
)  # fmt: skip


def _first(value: Any, default: Any) -> Any:
    if isinstance(value, list):
        return value[0] if value else default
    return value


def _field(field: dict[str, Any]) -> list[Any]:
    """Return name, type, base type, scale, offset and unit (of a packed field: those of its first component)."""
    scale, offset = _first(field["scale"], 1), _first(field["offset"], 0)
    return [field["name"], field["type"], field["base_type"], scale, offset, _first(field["units"], "")]


def _table(profile: dict[str, Any]) -> dict[str, Any]:
    """Return version, messages by number, and enums by name, as the decoder reads them."""
    version = profile["version"]
    messages = {
        str(number): [message["name"], {str(num): _field(f) for num, f in message["fields"].items()}]
        for number, message in sorted(profile["messages"].items())
    }
    kept = {name for name in profile["types"] if name in _TYPES or name.endswith("_exercise_name")}
    types = {name: {str(k): v for k, v in profile["types"][name].items()} for name in sorted(kept)}
    return {"version": f"{version['major']}.{version['minor']}", "messages": messages, "types": types}


def render() -> str:
    """Return the table as JSON, a line to each message and each enum, so that an update reads well as a diff."""
    from garmin_fit_sdk.profile import Profile

    table = _table(Profile)
    lines = [f'{{"version": {json.dumps(table["version"])}']
    for section in ("messages", "types"):
        rows = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in table[section].items())
        lines.append(f'"{section}": {{\n' + ",\n".join(rows) + "}")
    return ",\n".join(lines) + "}\n"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
