"""What rules, request and state say about a plan as a whole: its events, phases, growth, and what it begins from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from homestretch.coach.checking.check import active, events_of
from homestretch.coach.checking.days import between, monday, plus
from homestretch.coach.checking.params import amount, count, word
from homestretch.coach.checking.state import State
from homestretch.coach.planner.layout import CYCLE, RISE, TAPER, Limits, Place, lay_out
from homestretch.coach.planner.request import TRIATHLON, PlanRequest
from homestretch.coach.planner.week.families import FAMILIES
from homestretch.coach.workouts.events import estimated_event
from homestretch.model.coach.plan import Event, Phase
from homestretch.model.coach.rule import Rule

#: Hours of an event of which nothing is known.
EVENT_HOURS = 2.0
#: The week that an athlete of whom nothing is known begins with: hours at most, and load an hour.
FIRST_HOURS, FIRST_LOAD_PER_HOUR, LEAST_FITNESS = 4.0, 30.0, 10.0
LONGEST_DAYS = 56
#: So many days away make a week one of recovery.
AWAY_DAYS = 4
#: How the parts of a taper lie around their mean, by its weeks.
_SPREAD: dict[int, tuple[float, ...]] = {
    1: (0.0,), 2: (0.125, -0.125), 3: (0.2, 0.0, -0.2), 4: (0.25, 0.1, -0.1, -0.25),
}  # fmt: skip
_PHASES: Mapping[str, Phase] = {"transition": "transition", "base": "base", "build": "build", "taper": "taper"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for all weeks. `rules` are those that are on, in order of kind and id; `places` are the weeks'."""

    request: PlanRequest
    rules: tuple[Rule, ...]
    state: State
    events: tuple[Event, ...]
    goal: Event | None
    shares: Mapping[str, float]
    places: tuple[Place, ...]
    limits: Limits
    loads: tuple[float, ...]
    longest: Mapping[str, int]

    def monday(self, index: int) -> str:
        """Return the Monday of a week."""
        return plus(self.request.start, 7 * index)


def facts_from_rules(request: PlanRequest, rules: Sequence[Rule], state: State) -> Facts:
    """Return the facts of a plan. Raises ValueError for a request that no plan can be made from."""
    start, shares = monday(request.start), _shares(request.shares)
    request = replace(request, start=start)
    held = tuple(sorted(active(rules), key=lambda rule: (rule.kind, rule.id)))
    events = _events(request, held, state)
    goal = next((event for event in events if event.priority == "A" and event.date >= start), None)
    weeks = between(start, monday(goal.date)) // 7 + 1 if goal is not None else request.weeks
    if weeks < 1:
        raise ValueError("A plan has at least one week.")
    places = _with_time_away(_places(weeks, goal, request, held), request.start, held, state)
    return Facts(
        request, held, state, events, goal, shares, tuple(places), _limits(request, held),
        _loads(request), _longest(request, shares, state),
    )  # fmt: skip


def _shares(given: Mapping[str, float]) -> dict[str, float]:
    """Return the shares of the sports in falling order; they sum to 1. A brick means a triathlete."""
    if set(given) in ({"brick"}, {"triathlon"}):
        given = TRIATHLON
    unknown = sorted(set(given) - set(FAMILIES))
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is no sport of the coach; known are {', '.join(FAMILIES)}.")
    total = sum(value for value in given.values() if value > 0)
    if not total:
        raise ValueError("A plan needs at least one sport with a share above 0.")
    ordered = sorted(given, key=lambda sport: (-given[sport], [*FAMILIES].index(sport)))
    return {sport: given[sport] / total for sport in ordered if given[sport] > 0}


def _events(request: PlanRequest, rules: Sequence[Rule], state: State) -> tuple[Event, ...]:
    every = {(event.date, event.name): event for event in (*state.events, *events_of(rules), *request.events)}
    known = (estimated_event(event, request.speeds) for _, event in sorted(every.items()))
    return tuple(one if one.load is not None else _of_usual_length(one, request.speeds) for one in known)


def _of_usual_length(event: Event, speeds: Mapping[str, float]) -> Event:
    return estimated_event(replace(event, duration_h=event.duration_h or EVENT_HOURS), speeds)


def _places(weeks: int, goal: Event | None, request: PlanRequest, rules: Sequence[Rule]) -> list[Place]:
    cycle, recovery = CYCLE[request.level], _first(rules, "recovery_week")
    taper = _first(rules, "taper")
    if recovery is not None:
        cycle = count(recovery, "every", cycle)
    length, shares = _taper(taper)
    places = lay_out(weeks, goal, request.level, cycle, length, shares)
    if recovery is not None:
        places = _with_recovery(places, request.start, cycle, word(recovery.params, "anchor"))
    for rule in rules:
        if rule.kind == "phase":
            places = [_named(place, plus(request.start, 7 * at), rule) for at, place in enumerate(places)]
    return places


def _first(rules: Sequence[Rule], kind: str) -> Rule | None:
    """Return the rule of a kind that counts: a must before a should, then by id."""
    return min((rule for rule in rules if rule.kind == kind), key=lambda rule: (rule.severity, rule.id), default=None)


def _taper(rule: Rule | None) -> tuple[int | None, tuple[float, ...]]:
    if rule is None or (word(rule.params, "priority") or "A") != "A":
        return None, ()
    weeks = min(max(TAPER[3].__len__() + 1, 1), max(1, -(-count(rule, "days", 14) // 7)))
    rest = 1 - (amount(rule.params, "cut_pct") or 0.0) / 100
    return weeks, tuple(max(0.1, rest + spread) for spread in _SPREAD[weeks])


def _with_recovery(places: list[Place], start: str, cycle: int, anchor: str) -> list[Place]:
    """Put recovery weeks where a rule wants them: counted from its anchor, or so that the first cycle has one too."""
    made = []
    for at, place in enumerate(places):
        loads = place.kind in ("load", "recovery")
        if anchor and loads:
            recovers = between(monday(anchor), plus(start, 7 * at)) // 7 % cycle == 0
            made.append(replace(place, kind="recovery" if recovers else "load"))
        else:
            made.append(place)
    first = made[:cycle]
    if not anchor and len(first) == cycle and all(place.kind == "load" for place in first) and cycle > 1:
        made[cycle - 2] = replace(made[cycle - 2], kind="recovery")
    return made


def _with_time_away(places: list[Place], start: str, rules: Sequence[Rule], state: State) -> list[Place]:
    """Let a loading week of which most days are away or ill be one of recovery; another right after it loads."""
    made: list[Place] = []
    is_ruled = _first(rules, "recovery_week") is not None
    for at, place in enumerate(places):
        away = len(_away(plus(start, 7 * at), rules, state))
        if place.kind == "load" and away >= AWAY_DAYS:
            made.append(replace(place, kind="recovery"))
        elif place.kind == "recovery" and made and made[-1] != places[at - 1] and away < AWAY_DAYS and not is_ruled:
            made.append(replace(place, kind="load"))
        else:
            made.append(place)
    return made


def _away(start: str, rules: Sequence[Rule], state: State) -> set[int]:
    """Return the days of a week on which the athlete is away without training, or ill."""
    spans = [(one.since, one.until or plus(state.today, 1)) for one in state.markers if one.kind == "ill"]
    for rule in rules:
        hours = amount(rule.params, "max_hours")
        is_closed = hours == 0 or ("max_hours" not in rule.params and not rule.params.get("sports"))
        if rule.kind == "unavailable" and rule.severity == "must" and not rule.scope and is_closed:
            spans.append((word(rule.params, "from"), word(rule.params, "to")))
    return {day for day in range(7) for since, until in spans if since <= plus(start, day) <= until}


def _named(place: Place, start: str, rule: Rule) -> Place:
    """Return a week with the phase that a rule gives it, if it lies in its days."""
    since, until = word(rule.params, "from"), word(rule.params, "to") or "9999-12-31"
    phase = _PHASES.get(word(rule.params, "name"))
    if phase is None or not (since <= start and plus(start, 6) <= until) or place.kind == "race":
        return place
    if phase == "taper":
        return Place(phase, "taper", place.taper or TAPER[2][0])
    if phase == "transition":
        return Place(phase, "easy")
    return Place(phase, "load" if place.kind in ("easy", "taper") else place.kind)


def _limits(request: PlanRequest, rules: Sequence[Rule]) -> Limits:
    limits = Limits(RISE[request.level], hours=request.week_hours)
    for rule in rules:
        if rule.scope:
            continue
        if rule.kind == "ramp":
            rise, growth = amount(rule.params, "max_fitness_per_week"), amount(rule.params, "max_pct")
            if rise is not None:
                limits = replace(limits, rise=min(limits.rise, rise))
            if growth is not None:
                limits = replace(limits, growth_pct=min(limits.growth_pct, growth))
        if rule.kind == "recovery_week":
            limits = replace(limits, recovery=amount(rule.params, "factor") or limits.recovery)
    return limits


def _loads(request: PlanRequest) -> tuple[float, ...]:
    """Return the loads of the last loading weeks; of an athlete of whom nothing is known those of an easy week."""
    if request.past_loads:
        return tuple(request.past_loads)
    if request.fitness >= LEAST_FITNESS:
        return (7 * request.fitness,)
    hours = min(request.week_hours or FIRST_HOURS, FIRST_HOURS)
    return (max(7 * request.fitness, FIRST_LOAD_PER_HOUR * hours),)


def _longest(request: PlanRequest, shares: Mapping[str, float], state: State) -> dict[str, int]:
    """Return the longest session of each sport in the last eight weeks, where there is one."""
    known: dict[str, int] = {}
    for done in state.history:
        if done.sport in shares and 0 <= between(done.date, request.start) <= LONGEST_DAYS:
            known[done.sport] = max(known.get(done.sport, 0), done.minutes)
    return {**known, **request.longest}
