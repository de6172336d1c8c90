"""Rules that can't hold together: the smallest set, the arithmetic, and the cheapest ways out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from homestretch.coach.checking.check import active
from homestretch.coach.checking.kind import kinds
from homestretch.coach.checking.params import amount, part, word, words
from homestretch.coach.checking.together.feasible import why_not
from homestretch.coach.checking.wording import NAMES
from homestretch.model.coach.rule import WEEKDAYS, Param, Rule

type Params = Mapping[str, Param]
#: What it costs to make a rule a wish, and to drop it; to relax one costs its relative change.
_WISH, _DROP = 2.0, 3.0
_WAYS = 3


@dataclass(frozen=True, slots=True)
class WayOut:
    """One change after which rules can hold: of a rule's parameters, of its severity, or without it."""

    rule: str
    action: Literal["relax", "should", "drop"]
    text: str
    params: Params | None = None


@dataclass(frozen=True, slots=True)
class RuleConflict:
    """Rules that can't hold together, while any but one of them can; why, and the cheapest ways out."""

    rules: tuple[str, ...]
    reason: str
    ways: tuple[WayOut, ...]


def conflicts(rules: Sequence[Rule]) -> list[RuleConflict]:
    """Return sets of rules that must hold but can't, before anything is planned; no rule is in two of them."""
    left = [rule for rule in active(rules) if rule.severity == "must"]
    found = []
    while (together := _clash(left)) is not None:
        least = _least(together)
        found.append(RuleConflict(tuple(one.id for one in least), why_not(least), _ways(least, together)))
        named = {one.id for one in least}
        left = [rule for rule in left if rule.id not in named]
    return found


def _clash(rules: Sequence[Rule]) -> list[Rule] | None:
    """Return rules that hold at the same time and can't, or None."""
    for together in _together(rules):
        if why_not(together):
            return together
    return None


def _together(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the rules that always hold, then for each that holds at times those that hold with it."""
    general = [rule for rule in rules if not (rule.scope or {}).get("sports")]
    yield [rule for rule in general if not rule.scope]
    for scoped in (rule for rule in general if rule.scope):
        yield [rule for rule in general if not rule.scope or _overlap(rule, scoped)]


def _overlap(first: Rule, then: Rule) -> bool:
    one, other = first.scope or {}, then.scope or {}
    last = _LAST
    return (word(one, "from") <= (word(other, "to") or last)) and (word(other, "from") <= (word(one, "to") or last))


_LAST = "9999-12-31"


def _least(rules: Sequence[Rule]) -> list[Rule]:
    """Return a smallest set that still can't hold: what is not needed for that is left out, in order of the list."""
    kept = list(rules)
    for rule in rules:
        without = [one for one in kept if one is not rule]
        if why_not(without):
            kept = without
    return kept


def _ways(rules: Sequence[Rule], together: Sequence[Rule]) -> tuple[WayOut, ...]:
    """Return the cheapest ways out of a smallest set; what is relaxed should hold with all the others as well."""
    found: list[tuple[float, WayOut]] = []
    for rule in rules:
        relaxed = _relaxed(rule, [one for one in together if one is not rule])
        relaxed = relaxed or _relaxed(rule, [one for one in rules if one is not rule])
        if relaxed is not None:
            cost, params = relaxed
            sentence = kinds()[rule.kind].sentence(replace(rule, params=params))
            found.append((cost, WayOut(rule.id, "relax", f"Change it to: {sentence}", params)))
        title = kinds()[rule.kind].sentence(rule)
        found.append((_WISH, WayOut(rule.id, "should", f"Make it a wish: {title}")))
        found.append(
            (_DROP, WayOut(rule.id, "drop", f"{'Turn off' if rule.origin == 'system' else 'Remove'}: {title}"))
        )
    return tuple(way for _, way in sorted(found, key=lambda pair: pair[0])[:_WAYS])


def _relaxed(rule: Rule, others: Sequence[Rule]) -> tuple[float, Params] | None:
    """Return the smallest change of a rule's parameters with which it can hold, and what it costs."""
    candidates = _RELAX.get(rule.kind)
    if candidates is None:
        return None
    fitting = (
        (cost, params)
        for cost, params in sorted(candidates(rule.params), key=lambda pair: pair[0])
        if not kinds()[rule.kind].faults(params) and not why_not([*others, replace(rule, params=params)])
    )
    return next(fitting, None)


type Candidates = Iterator[tuple[float, Params]]


def _steps(params: Params, key: str, step: float, bound: float) -> Candidates:
    """Yield a number of a rule moved towards a bound, step by step."""
    value = amount(params, key)
    if value is None or not step * (bound - value) > 0:
        return
    for n in range(1, int((bound - value) / step) + 1):
        moved = value + n * step
        yield abs(n * step) / max(abs(value), 1.0), {**params, key: int(moved) if moved == int(moved) else moved}


def _hours_by_day(params: Params) -> Candidates:
    caps = part(params, "hours")
    for day in WEEKDAYS:
        cap = amount(caps, day)
        if cap is not None:
            for n in range(1, int((10 - cap) / 0.5) + 1):
                # More time on a day that has some is asked for before a free day is taken.
                yield n * 0.5 / max(cap, 1.0) + (not cap), {**params, "hours": {**caps, day: cap + 0.5 * n}}


def _rest(params: Params) -> Candidates:
    closed = words(params, "weekdays")
    for day in closed if len(closed) > 1 else ():
        yield 1 / len(closed), {**params, "weekdays": [one for one in closed if one != day]}
    yield from _steps(params, "min_per_week", -1, 0)


def _place(params: Params) -> Candidates:
    days = words(params, "weekdays")
    if word(params, "mode") == "only":
        for day in WEEKDAYS:
            if day not in days:
                yield 1 / 7, {**params, "weekdays": [one for one in WEEKDAYS if one in (*days, day)]}
    elif len(days) > 1:
        for closed in days:
            yield 1 / 7, {**params, "weekdays": [one for one in days if one != closed]}


def _volume(params: Params) -> Candidates:
    for key, step, bound in (
        ("hours_min", -0.5, 0.0),
        ("hours_max", 0.5, 60.0),
        ("load_min", -10.0, 0.0),
        ("load_max", 10.0, 3000.0),
    ):
        yield from _steps(params, key, step, bound)


def _fixed(params: Params) -> Candidates:
    yield from _steps(params, "hours", -0.25, 0.25)
    for day in NAMES:
        if day != word(params, "weekday"):
            yield 0.5, {**params, "weekday": day}


_RELAX: Mapping[str, Callable[[Params], Candidates]] = {
    "day_hours": _hours_by_day,
    "rest_day": _rest,
    "place": _place,
    "week_volume": _volume,
    "fixed_session": _fixed,
    "sessions": lambda params: _steps(params, "min", -1, 0),
    "hard_spacing": lambda params: _steps(params, "min_days", -1, 1),
    "sessions_per_day": lambda params: _steps(params, "max", 1, 4),
}
