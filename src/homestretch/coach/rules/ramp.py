"""How fast weeks may grow, against the loading weeks before; and how fast fitness may."""

from collections.abc import Iterable
from math import exp

from homestretch.coach.checking.days import between, plus
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach, unchecked
from homestretch.coach.checking.params import amount, count, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.sums import loading_before, mean, week_sizes
from homestretch.coach.checking.wording import capitalised, clock, figure, joined
from homestretch.model.coach.rule import Rule, Violation

#: So many loading weeks before are what a week is compared with.
WEEKS = 4
_GRACE_MIN = 30
#: Fitness forgets with 42 days (Banister 1991; analysis.md §5.1).
_DECAY = 1 - exp(-1 / 42)


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    if amount(rule.params, "max_pct") is not None:
        yield from _growth(rule, schedule, state)
    most = amount(rule.params, "max_fitness_per_week")
    if most is not None:
        yield from _fitness(rule, schedule, state, most)


def _growth(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    most, of = amount(rule.params, "max_pct") or 0.0, word(rule.params, "of") or "hours"
    grace = count(rule, "grace_min", _GRACE_MIN) if of == "hours" else 0
    sizes = week_sizes(schedule, state, of)
    for start in schedule.weeks:
        before = loading_before(sizes, start, state, WEEKS)
        limit = int(mean(before) * (1 + most / 100) + grace + 1e-9)
        if before and sizes[start] > mean(before) * (1 + most / 100) + grace + 1e-9:
            on = f"+{figure(most)} % on the last {len(before)} weeks"
            plus_grace = f" plus {grace} min" if grace else ""
            text = f"Week of {start}: {_sized(sizes[start], of)}, more than {_sized(limit, of)} ({on}{plus_grace})."
            yield breach(rule, start, round(sizes[start], 1), limit, (), text)


def _sized(value: float, of: str) -> str:
    if of == "hours":
        return clock(value)
    return f"load {figure(round(value, 1))}" if of == "load" else f"{figure(value / 1000)} km"


def _fitness(rule: Rule, schedule: Schedule, state: State, most: float) -> Iterable[Violation]:
    if state.fitness is None:
        if schedule.sessions:
            yield unchecked(rule, state.today, most, "Fitness is not known: the rise in a week is not checked.")
        return
    loads = {day: sum(one.load for one in held) for day, held in schedule.days.items()}
    day, fitness = state.fitness
    before = fitness
    last = plus(max(schedule.weeks, default=day), 6)
    for n in range(1, between(day, last) + 1):
        today = plus(day, n)
        fitness += (loads.get(today, 0.0) - fitness) * _DECAY
        start = plus(today, -6)
        if start in schedule.weeks:
            if fitness - before > most + 1e-9:
                text = f"Week of {start}: fitness up by {figure(fitness - before)}, at most {figure(most)}."
                yield breach(rule, start, round(fitness - before, 2), most, (), text)
            before = fitness


def _sentence(rule: Rule) -> str:
    said = []
    most, rise = amount(rule.params, "max_pct"), amount(rule.params, "max_fitness_per_week")
    if most is not None:
        of, grace = word(rule.params, "of") or "hours", count(rule, "grace_min", _GRACE_MIN)
        free = f" plus {grace} min" if of == "hours" and grace else ""
        said.append(f"{of} grow by at most {figure(most)} %{free} on the mean of the last {WEEKS} loading weeks")
    if rise is not None:
        said.append(f"fitness rises by at most {figure(rise)} a week")
    return capitalised(f"{joined(said)}.")


KIND = RuleKind(
    key="ramp",
    title="Growth from week to week",
    topic="week",
    about="How fast weeks may grow. Recovery and taper weeks are left out of what a week is compared with.",
    fields=(
        Field("max_pct", "Growth, at most", "number", high=100, unit="%"),
        Field("max_fitness_per_week", "Rise of fitness a week, at most", "number", high=20),
        Field("grace_min", "Minutes that are always free", "integer", high=240, default=_GRACE_MIN, unit="min"),
        Field("of", "Of", "choice", choices=("hours", "load", "distance"), default="hours"),
    ),
    sentence=_sentence,
    check=_check,
    any_of=("max_pct", "max_fitness_per_week"),
)
