"""Training load by source, where an hour at threshold is 100, and which source holds for which sport."""

from collections.abc import Callable, Mapping
from math import exp
from types import MappingProxyType

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.means import ENOUGH, stats
from homestretch.analysis.activity.series import Held, Series
from homestretch.analysis.athlete.thresholds import FEMALE
from homestretch.analysis.measure.metric import LowConfidence
from homestretch.analysis.measure.metric_result import MetricResult, caveat_of, combine, known, threshold, with_caveat
from homestretch.analysis.measure.weighted_power import weighted_gap_speed, weighted_power
from homestretch.model.channel import Floats
from homestretch.model.sport import Sport

#: Banister's and Morton's weights of the heart rate reserve (1990): factor and exponent.
BANISTER_MALE, BANISTER_FEMALE = (0.64, 1.92), (0.86, 1.67)
#: No heart beats this much above its maximum: beyond, the threshold is wrong and counts no more.
HIGHEST_SHARE = 1.05
#: An hour that felt like this is an hour at threshold. Our choice.
THRESHOLD_RPE = 7.0
#: METs of an hour at threshold, so that MET counts by the square of intensity like any other load. Our choice.
THRESHOLD_MET = 12.5
_ELSE_MET = 4.5
#: Metabolic equivalents by kind of sport, else by sport: common values after the 2011 Compendium of Physical
#: Activities (Ainsworth et al.), for moderate going.
_MET = {
    "cycling": 7.5, "e_biking": 4.5, "mountain": 8.5, "indoor_cycling": 7.0, "spin": 8.5, "commuting": 6.8,
    "running": 8.5, "trail": 9.0, "walking": 3.5, "hiking": 6.0, "mountaineering": 8.0, "snowshoeing": 5.3,
    "swimming": 6.0, "rowing": 5.8, "indoor_rowing": 5.8, "cross_country_skiing": 8.0, "alpine_skiing": 5.3,
    "snowboarding": 5.3, "tennis": 7.3, "soccer": 7.0, "basketball": 6.5, "golf": 4.8, "rock_climbing": 6.5,
    "yoga": 2.5, "pilates": 3.0, "flexibility_training": 2.3, "strength_training": 4.5, "cardio_training": 6.0,
    "hiit": 8.0, "elliptical": 5.0, "stair_climbing": 8.0, "stand_up_paddleboarding": 5.0, "paddling": 4.5,
    "kayaking": 5.0, "inline_skating": 7.0, "ice_skating": 7.0, "boxing": 7.0, "horseback_riding": 5.5,
    "surfing": 3.0, "sailing": 3.0, "breathing": 1.3, "driving": 1.5, "motorcycling": 2.5, "transition": 2.0,
}  # fmt: skip


def power_load(effort: Effort) -> MetricResult:
    """Return the load from power: 100 h (weighted power / FTP)^2, h the recorded hours."""
    power = effort.series.recorded_power
    seconds = 0 if power is None else len(power)
    found = combine(
        lambda w, ftp: _squared(seconds, w / ftp), effort.series.once(weighted_power), threshold(effort, "ftp_w")
    )
    return covered(found, effort.series.once(power_coverage))


def pace_load(effort: Effort) -> MetricResult:
    """Return the load on foot: 100 h (weighted grade adjusted speed / threshold speed)^2 (TrainingPeaks' rTSS)."""
    speed = effort.series.recorded_gap_speed
    seconds = 0 if speed is None else len(speed)
    found = combine(
        lambda w, own: _squared(seconds, w / own),
        effort.series.once(weighted_gap_speed),
        threshold(effort, "threshold_speed_mps"),
    )
    return covered(found, effort.series.once(pace_coverage))


def _squared(seconds: float, intensity: float) -> float:
    return 100.0 * seconds / 3600.0 * intensity**2


def swum_speed(effort: Effort) -> MetricResult:
    """Return the speed swum in m/s, rests at the wall left out."""
    distance, moving = effort.summary.distance_m, effort.summary.moving_s
    return distance / moving if distance and moving > 0.0 else "no_data"


def swim_load(effort: Effort) -> MetricResult:
    """Return the load of a swim: 100 h (speed / critical swim speed)^3, without rests (TrainingPeaks' sTSS)."""
    hours = effort.summary.moving_s / 3600.0
    return combine(lambda v, css: 100.0 * hours * (v / css) ** 3, swum_speed(effort), threshold(effort, "css_mps"))


def reserve(bpm: Floats, resting: float, highest: float) -> Floats:
    """Return heart rates as shares of the reserve between resting and highest, within 0 and 1.05."""
    return np.clip((bpm - resting) / (highest - resting), 0.0, HIGHEST_SHARE)


def impulse(held: Held, resting: float, highest: float, *, female: bool = False) -> float:
    """Return Banister's training impulse: minutes times reserve times its exponential weight, summed by sample."""
    factor, exponent = BANISTER_FEMALE if female else BANISTER_MALE
    x = reserve(held.values, resting, highest)
    return float((held.seconds / 60.0 * x * factor * np.exp(exponent * x)).sum())


def heart_impulse(effort: Effort) -> MetricResult:
    """Return Banister's training impulse of an effort; the weights of men where the sex is not set."""
    series, female = effort.series, effort.profile.get("sex") == FEMALE
    if series.heart_rate_held is None:
        return "no_data"
    found = combine(
        lambda low, high: series.once(_impulse, low, high, female),
        threshold(effort, "resting_hr_bpm"),
        threshold(effort, "max_hr_bpm"),
    )
    return covered(found, series.once(heart_coverage))


def _impulse(series: Series, resting: float, highest: float, female: bool) -> float:
    held = series.heart_rate_held
    if held is None or highest <= resting:
        return float("nan")
    return impulse(held, resting, highest, female=female)


def heart_load(effort: Effort) -> MetricResult:
    """Return the load from heart rate: 100 times the impulse over that of an hour at threshold."""
    factor, exponent = BANISTER_FEMALE if effort.profile.get("sex") == FEMALE else BANISTER_MALE

    def hour(low: float, high: float, lthr: float) -> float:
        x = min(max((lthr - low) / (high - low), 0.0), HIGHEST_SHARE)
        return 60.0 * x * factor * exp(exponent * x)

    thresholds = (threshold(effort, key) for key in ("resting_hr_bpm", "max_hr_bpm", "lthr_bpm"))
    return combine(lambda trimp, whole: 100.0 * trimp / whole, heart_impulse(effort), combine(hour, *thresholds))


def session_rpe(effort: Effort) -> MetricResult:
    """Return how hard it felt (0 to 10) times minutes (Foster 2001)."""
    seconds = effort.summary.timer_s
    return combine(lambda rpe: rpe * seconds / 60.0, known(effort.rpe))


def felt_load(effort: Effort) -> MetricResult:
    """Return the load from how hard it felt: an hour at 7 is 100."""
    return combine(lambda felt: felt * 100.0 / (60.0 * THRESHOLD_RPE), session_rpe(effort))


def equivalent(sport: Sport) -> float:
    """Return the metabolic equivalents of a sport, moderately done."""
    return _MET.get(sport.sub or "", _MET.get(sport.key, _ELSE_MET))


def met_load(effort: Effort) -> MetricResult:
    """Return the load that the sport and the time alone suggest: 100 h (MET / 12.5)^2."""
    return _squared(effort.summary.moving_s or effort.summary.timer_s, equivalent(effort.sport) / THRESHOLD_MET)


def power_coverage(series: Series) -> MetricResult:
    """Return the share of moving time in which power is known."""
    return _coverage(series, series.power)


def pace_coverage(series: Series) -> MetricResult:
    """Return the share of moving time in which speed on foot is known."""
    return _coverage(series, series.gap_speed)


def heart_coverage(series: Series) -> MetricResult:
    """Return the share of moving time in which heart rate is known."""
    return _coverage(series, series.heart_rate)


def _coverage(series: Series, channel: Floats | None) -> MetricResult:
    if channel is None:
        return "no_data"
    if not np.isnan(channel).any():
        return 1.0
    found = stats(channel, series.weight, series.moving)
    return known(None if found is None else found.coverage)


def covered(value: MetricResult, share: MetricResult) -> MetricResult:
    """Return a number flagged `partial` where its channel is known for less than 80 % of moving time."""
    if isinstance(value, str) or isinstance(share, str) or share >= ENOUGH:
        return value
    return with_caveat(value, "partial", *([value.reason] if isinstance(value, LowConfidence) else []))


#: What a load is based on, in the order of the codes of `load_source`.
SOURCES: Mapping[str, Callable[[Effort], MetricResult]] = MappingProxyType(
    {
        "power": power_load,
        "pace": pace_load,
        "swim": swim_load,
        "heart_rate": heart_load,
        "rpe": felt_load,
        "met": met_load,
    }
)
_PRECEDENCE = {
    "ride": ("power", "heart_rate", "rpe", "met"),
    "run": ("pace", "power", "heart_rate", "rpe", "met"),
    "swim": ("swim", "heart_rate", "rpe", "met"),
}
#: On technical ground pace is a worse guide than heart rate.
_TRAIL = ("heart_rate", "pace", "power", "rpe", "met")
_ELSE = ("heart_rate", "rpe", "met")


def precedence(sport: Sport) -> tuple[str, ...]:
    """Return the sources of load that hold for a sport, the best first."""
    if sport.family == "run" and sport.sub == "trail":
        return _TRAIL
    return _PRECEDENCE.get(sport.family, _ELSE)


def selected(effort: Effort, order: tuple[str, ...] | None = None) -> tuple[MetricResult, str]:
    """Return the load that holds and its source.

    The first that is measured all the way, or felt; else the first that is partial; time alone is the last resort.
    """
    found = {source: SOURCES[source](effort) for source in order or precedence(effort.sport)}
    numbers = [source for source, value in found.items() if not isinstance(value, str)]
    whole = [source for source in numbers if source != "met" and caveat_of(found[source]) != "partial"]
    source = next(iter([*whole, *numbers]), "met")
    return found.get(source, "no_data"), source
