"""Moving time: what was recorded less the stops."""

from dataclasses import dataclass

import numpy as np

from homestretch.model.channel import Floats, Mask
from homestretch.model.sport import Sport


@dataclass(frozen=True, slots=True)
class StopRule:
    """Slower than `v_stop` m/s for at least `t_min` s is a stop."""

    v_stop: float
    t_min: float


_ELSE = StopRule(0.3, 10.0)
#: In open water the satellites see a swimmer only between strokes, so a stop takes longer to recognise.
_RULES = {"ride": StopRule(1.0, 5.0), "run": StopRule(0.5, 5.0), "swim": StopRule(0.1, 60.0)}
#: The thresholds that come close to what Strava calls resting.
_STRAVA_LIKE = {"ride": StopRule(2.15, 15.0), "run": StopRule(1.15, 15.0)}


def stop_rule(sport: Sport, *, strava_like: bool = False) -> StopRule:
    """Return the rule of a sport's family."""
    if strava_like:
        return _STRAVA_LIKE.get(sport.family, StopRule(_ELSE.v_stop, 15.0))
    return _RULES.get(sport.family, _ELSE)


def moving_mask(slow: Mask, weight: Floats, t_min: float) -> Mask:
    """Return the samples that are in no run of slow ones of `t_min` s or more, and hold any time at all."""
    edges = np.flatnonzero(np.diff(slow, prepend=False, append=False))
    begin, end = edges[::2], edges[1::2]
    held = np.concatenate(([0.0], np.cumsum(weight)))
    stop = held[end] - held[begin] >= t_min
    moving = weight > 0.0
    depth = np.zeros(len(slow) + 1, dtype=np.int8)
    depth[begin[stop]] = 1
    depth[end[stop]] = -1
    return np.asarray(moving & (np.cumsum(depth[:-1]) == 0))
