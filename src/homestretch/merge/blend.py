"""One truth from many: each field and channel of an activity from the best of its recordings that knows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from homestretch.model.figures import CHANNEL_OF
from homestretch.model.sport import GENERIC

#: Goes up with every change of what `blend` returns.
VERSION = 4
#: Formats by how much they hold: a file as recorded, then its exports, then what was typed.
FORMATS = ("fit", "tcx", "gpx", "manual")
CANONICAL = ("latitude", "altitude_m", "heart_rate_bpm", "power_w", "cadence_rpm", "speed_mps", "temperature_c")
#: Fields that mean something only together: all come from the recording that gives the first.
TOGETHER = (
    ("sport", "sub_sport"),
    ("distance_m", "distance_source"),
    ("ascent_m", "descent_m", "altitude_source", "min_altitude_m", "max_altitude_m"),
    ("track", "thumb", "bbox", "start_point", "end_point"),
)
_FOLLOWS = {follower: first for first, *followers in TOGETHER for follower in followers}
#: The sensor, by the role of its device, that measures a channel better than a watch or a guess does.
SENSORS: Mapping[str, frozenset[str]] = {
    "heart_rate_bpm": frozenset({"heart_rate"}),
    "power_w": frozenset({"bike_power", "stride_speed_distance", "running_power"}),
    "cadence_rpm": frozenset({"bike_cadence", "bike_speed_cadence", "stride_speed_distance"}),
}
#: Channels of motion, from one recording alone, so that places, distance and speed agree.
MOTION = ("latitude", "longitude", "distance_m", "speed_mps")
#: What is taken from another recording where the shown one lacks it: the way, the body, the machine and the weather.
SHARED = (
    *MOTION, "altitude_m", "heart_rate_bpm", "power_w", "cadence_rpm", "temperature_c",
    "core_temperature_c", "skin_temperature_c", "respiration_rate_brpm", "left_right_balance", "stance_time_ms",
    "vertical_oscillation_mm", "stryd_power_w", "smo2_pct", "thb_g_dl",
)  # fmt: skip
#: Stands for everything where a person chooses the recording.
EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recording that may give fields: its figures by name (None: not known) and what it holds.

    `sources` are where it came from; `sensors` are the kinds of the devices that it heard; `part` is one that lies
    within another, `shifted` one whose clock is not to be believed.
    """

    key: str
    format: str
    figures: Mapping[str, Any]
    channels: frozenset[str]
    samples: int
    sources: frozenset[str] = frozenset()
    sensors: frozenset[str] = frozenset()
    part: bool = False
    shifted: bool = False


@dataclass(frozen=True, slots=True)
class BlendPreferences:
    """What the athlete prefers: sources, the most trusted first, and recordings by field or channel (`*`: for all)."""

    order: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)


PLAIN = BlendPreferences()


@dataclass(frozen=True, slots=True)
class Blend:
    """An activity's figures, the recording that each came from, and the one whose samples are shown.

    `channels` are those that another recording gives to them, by its key; `ranked` are all keys, the best first.
    """

    primary: str
    figures: Mapping[str, Any]
    sources: Mapping[str, str]
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranked: tuple[str, ...] = ()


def blend(candidates: Sequence[Candidate], preferences: BlendPreferences = PLAIN) -> Blend:
    """Return one truth from one or more recordings; their order does not matter."""
    ranked = sorted(candidates, key=lambda one: rank(one, preferences))
    primary = next((one for one in ranked if one.samples), ranked[0])
    channels = _channels(primary, ranked, preferences)
    givers = {channel: key for key, given in channels.items() for channel in given}
    by_key = {one.key: one for one in ranked}
    figures: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for name in dict.fromkeys(name for candidate in ranked for name in candidate.figures):
        first = by_key.get(preferences.chosen.get(name, "")) or by_key.get(givers.get(CHANNEL_OF.get(name, ""), ""))
        order = ranked if first is None else [first, *ranked]
        giver = _giver(order, _FOLLOWS.get(name, name)) or _giver(order, name)
        figures[name] = None if giver is None else giver.figures.get(name)
        if giver is not None and figures[name] is not None:
            sources[name] = giver.key
    return Blend(primary.key, figures, sources, channels, tuple(one.key for one in ranked))


def _giver(ranked: Sequence[Candidate], name: str) -> Candidate | None:
    """Return the first that knows a field; a generic sport counts only if no one knows more."""
    knowing = [c for c in ranked if c.figures.get(name) is not None]
    specific = (c for c in knowing if name != "sport" or c.figures[name] != GENERIC)
    return next(specific, knowing[0] if knowing else None)


def _channels(
    primary: Candidate, ranked: Sequence[Candidate], preferences: BlendPreferences
) -> dict[str, tuple[str, ...]]:
    """Return by key of another recording the channels that it gives: what is missing, or what it measures better."""
    others = [one for one in ranked if one is not primary and one.samples and not one.part and not one.shifted]
    given: dict[str, list[str]] = {}
    for channel in SHARED if primary.samples else ():
        knowing = [one for one in others if channel in one.channels]
        giver = _better(primary, knowing, channel, preferences)
        if giver is not None:
            given.setdefault(giver.key, []).append(channel)
    return {key: tuple(channels) for key, channels in given.items()}


def _better(
    primary: Candidate, knowing: Sequence[Candidate], channel: str, preferences: BlendPreferences
) -> Candidate | None:
    """Return which other recording is to give a channel, or None where the shown one does."""
    if channel in MOTION:
        placed = sorted(knowing, key=lambda one: "latitude" not in one.channels)
        return placed[0] if placed and not primary.channels & set(MOTION) else None
    chosen = preferences.chosen.get(channel)
    if chosen is not None or preferences.chosen.get(EVERYTHING) == primary.key:
        named = next((one for one in knowing if one.key == chosen), None)
        if named is not None or chosen == primary.key or channel in primary.channels:
            return named
    if channel not in primary.channels:
        return knowing[0] if knowing else None
    sensors = SENSORS.get(channel, frozenset())
    if not sensors or sensors & primary.sensors:
        return None
    return next((one for one in knowing if sensors & one.sensors), None)


def rank(candidate: Candidate, preferences: BlendPreferences = PLAIN) -> tuple[Any, ...]:
    """Return how a recording sorts, best first: whole ones by a true clock, as the athlete prefers, then by evidence.

    Evidence is samples, places, more channels, a fuller format, more samples; the key settles ties.
    """
    known = sum(key in candidate.channels for key in CANONICAL)
    form = FORMATS.index(candidate.format) if candidate.format in FORMATS else len(FORMATS)
    preferred = min(
        (preferences.order.index(one) for one in candidate.sources if one in preferences.order),
        default=len(preferences.order),
    )
    chosen = candidate.key != preferences.chosen.get(EVERYTHING)
    placed = "latitude" in candidate.channels
    plain = (candidate.samples == 0, not placed, -known, form, -candidate.samples, candidate.key)
    return candidate.part, candidate.shifted, chosen, preferred, *plain
