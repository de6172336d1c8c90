"""What measuring a ride costs, part by part, and the model of fitness over years: `python -m benchmarks measuring`."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial

import numpy as np

from benchmarks.report import Row
from benchmarks.summarise import ride
from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.analysis.athlete.fitness import fitness
from homestretch.analysis.athlete.thresholds import Profile, estimated
from homestretch.analysis.measure.measure import Measured, applying, measure
from homestretch.analysis.samples.samples import Samples, samples
from homestretch.model.recording import Recording

_ROUNDS = 9
#: So many of the parts that cost most are shown.
_SHOWN = 6
_STATED = {"ftp_w": 250.0, "max_hr_bpm": 190.0, "lthr_bpm": 170.0, "resting_hr_bpm": 50.0, "weight_kg": 72.0}
_PROFILE = estimated(Profile(_STATED, date(2026, 1, 1)))


def rows() -> list[Row]:
    """Return processor ms, the best of several runs, for rides of 1 h and of 4 h and for loads of 10 and 20 years."""
    found = []
    for name, hours in (("1 h", 1), ("4 h", 4)):
        made = ride(3600 * hours)
        cleaned = samples(made)
        summary = summarise(made, cleaned)
        found += _of_ride(name, made, cleaned, summary)
    rng = np.random.default_rng(4)
    for years in (10, 20):
        loads = rng.gamma(1.5, 40.0, 365 * years)
        found.append(Row(f"fitness and fatigue over {years} years", _ms(partial(fitness, loads)), "ms"))
    return found


def _of_ride(name: str, made: Recording, cleaned: Samples, summary: Summary) -> list[Row]:
    found = [
        Row(f"{name}: samples", _ms(lambda: samples(made)), "ms"),
        Row(f"{name}: summary", _ms(lambda: summarise(made, cleaned)), "ms"),
    ]
    parts = sorted(_by_part(cleaned, summary).items(), key=lambda one: -one[1])
    found += [Row(f"{name}: the part {key}", ms, "ms") for key, ms in parts[:_SHOWN]]
    whole = _ms(lambda: measure(_effort(cleaned, summary)))
    return [*found, Row(f"{name}: all parts", whole, "ms", 100 if name == "4 h" else None)]


def _effort(cleaned: Samples, summary: Summary) -> Effort:
    return Effort(cleaned, summary, cleaned.recording.sport, _PROFILE)


def _by_part(cleaned: Samples, summary: Summary) -> dict[str, float]:
    """Return the ms of each part in the order in which they are made: what is shared counts to the first."""
    best: dict[str, float] = {}
    for _ in range(_ROUNDS):
        effort, measured = _effort(cleaned, summary), Measured()
        for part in applying(effort.sport):
            began = time.process_time()
            part.make(effort, measured)
            taken = 1000.0 * (time.process_time() - began)
            best[part.key] = min(taken, best.get(part.key, taken))
    return best


def _ms(task: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        task()
        taken.append(time.process_time() - began)
    return 1000.0 * min(taken)
