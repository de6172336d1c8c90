"""What others are told of an activity's parts: nothing by which they could measure a way inside a private place.

Times are told; metres inside count for nothing, as in its samples. The totals of a whole activity stay true.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from homestretch.analysis.effort import Effort
from homestretch.analysis.gaps import Mask
from homestretch.analysis.samples import Samples
from homestretch.model.channel import Floats
from homestretch.views.privacy import Veil, metres_outside

#: What of a lap tells how far or how fast somebody went, or how high.
TELLING = ("distance_m", "ascent_m", "descent_m", "avg_speed_mps", "max_speed_mps")
#: Best efforts that say nothing of a way.
BODILY = frozenset({"power", "heart_rate"})

type Part = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """An activity's n samples, since the start in s: which are `inside` a private place, and the metres outside."""

    time_s: Floats
    inside: Mask
    distance_m: Floats | None

    def hides(self, start_s: float, end_s: float) -> bool:
        """Return whether a stretch, or a step at its ends, comes into a private place."""
        first = max(int(np.searchsorted(self.time_s, start_s, "right")) - 1, 0)
        return bool(self.inside[first : int(np.searchsorted(self.time_s, end_s, "left")) + 1].any())

    def laps(self, laps: Sequence[Part]) -> list[Part]:
        """Return the laps, those that come inside without their metres; laps of equal length would measure the way."""
        if any(lap["trigger"] == "distance" for lap in laps):
            return []
        return [self._lap(lap) for lap in laps]

    def climbs(self, climbs: Sequence[Part]) -> list[Part]:
        """Return the climbs outside, by the metres outside."""
        if self.distance_m is None:
            return []
        shown = [climb for climb in climbs if not self.hides(climb["start_s"], climb["end_s"])]
        ends = [np.interp((climb["start_s"], climb["end_s"]), self.time_s, self.distance_m) for climb in shown]
        return [
            {**climb, "start_m": float(start), "end_m": float(end)}
            for climb, (start, end) in zip(shown, ends, strict=True)
        ]

    def intervals(self, intervals: Sequence[Part]) -> list[Part]:
        """Return the intervals; of those that come inside only what the body did."""
        touched = [self.hides(one["start_s"], one["end_s"]) for one in intervals]
        return [
            {**one, "distance_m": None} if hidden else one
            for one, hidden in zip(intervals, touched, strict=True)
            if not hidden or one["kind"] == "power"
        ]

    def splits(self, splits: Sequence[Part]) -> list[Part]:
        """Return splits of `effort`; of those that come inside neither height nor grade counts."""
        blank = dict.fromkeys(("ascent_m", "descent_m", "gap_speed_mps"))
        return [
            {**split, **blank} if self.hides(split["start_s"], split["start_s"] + split["elapsed_s"]) else split
            for split in splits
        ]

    def medals(self, medals: Sequence[Part]) -> list[Part]:
        """Return the best efforts, without those over a way that comes inside."""
        spans = [(m["start_s"], m["start_s"] + (m["value"] if m["kind"] == "distance" else m["size"])) for m in medals]
        kept = zip(medals, spans, strict=True)
        return [medal for medal, span in kept if medal["kind"] in BODILY or not self.hides(*span)]

    def effort(self, effort: Effort) -> Effort:
        """Return an effort in which nothing moved inside."""
        speed = effort.samples.speed_mps
        cleaned = replace(
            effort.samples,
            distance_m=self.distance_m,
            speed_mps=None if speed is None else np.where(self.inside, np.nan, speed),
            moving=effort.samples.moving & ~self.inside,
        )
        return Effort(cleaned, effort.summary, effort.sport, effort.profile, effort.rpe, effort.feel)

    def _lap(self, lap: Part) -> Part:
        if not self.hides(lap["start_s"], lap["start_s"] + lap["elapsed_s"]):
            return lap
        return {**lap, **dict.fromkeys(TELLING), "totals": {}}


def seen(cleaned: Samples | None, hidden: Veil) -> Seen | None:
    """Return what is hidden of an activity, or None where nothing is."""
    if cleaned is None or not hidden.circles:
        return None
    latitude, longitude = cleaned.values("latitude"), cleaned.values("longitude")
    if latitude is None or longitude is None:
        return None
    inside = hidden.hidden(latitude, longitude)
    if not inside.any():
        return None
    metres = cleaned.distance_m
    return Seen(cleaned.lead_s + cleaned.elapsed_s, inside, None if metres is None else metres_outside(metres, inside))
