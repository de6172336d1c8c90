"""A workout in words, on one line: `10 min 50-70 %; 3 x (8 min 95-100 %, 4 min 50-60 %); 5 min 60-40 %`."""

from homestretch.model.coach.thresholds import whole
from homestretch.model.coach.workout import Repeat, Step, Steps, Target

_OF = {"power": "", "speed": "", "css": "", "lthr": " of LTHR", "hr_max": " of maximum heart rate"}
_UNITS = {"power": "W", "speed": "m/s", "css": "m/s", "lthr": "bpm", "hr_max": "bpm"}


def in_words(steps: Steps) -> str:
    """Return the steps in words."""
    return "; ".join(_item(item) for item in steps)


def _item(item: Step | Repeat) -> str:
    if isinstance(item, Repeat):
        return f"{item.times} x ({', '.join(_item(inner) for inner in item.steps)})"
    return " ".join(word for word in (length_in_words(item), target_in_words(item.target)) if word)


def length_in_words(step: Step) -> str:
    """Return how long a step is: `8 min`, `30 s`, `4 min 30 s`, `400 m`, `10 km`, or until when."""
    value = step.end_value or 0.0
    if step.end == "m":
        return f"{value / 1000:g} km" if value >= 1000 and value % 100 == 0 else f"{value:g} m"
    if step.end == "s":
        minutes, seconds = divmod(whole(value), 60)
        parts = [f"{minutes} min"] * (minutes > 0) + [f"{seconds} s"] * (seconds > 0 or minutes == 0)
        return " ".join(parts)
    if step.end == "kj":
        return f"{value:g} kJ"
    return f"until below {value:g} bpm" if step.end == "hr_below" else "until the lap button"


def target_in_words(target: Target | None) -> str:
    """Return a target: `95-100 %`, `RPE 7`, `240-250 W`; nothing for none."""
    if target is None:
        return ""
    ends = f"{target.low:g}" if target.low == target.high else f"{target.low:g}-{target.high:g}"
    if target.kind == "rpe":
        return f"RPE {ends}"
    if target.kind == "pct":
        return "rest" if target.low == target.high == 0 else f"{ends} %{_OF.get(target.of or '', '')}"
    return f"{ends} {_UNITS.get(target.of or '', '')}".rstrip()
