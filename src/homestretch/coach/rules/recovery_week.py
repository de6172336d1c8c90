"""Recovery weeks: one among so many has clearly less load."""

from collections.abc import Iterable, Mapping, Sequence

from homestretch.coach.checking.days import between, monday
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, count, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.sums import mean, week_sizes
from homestretch.coach.checking.wording import many
from homestretch.model.coach.rule import Rule, Violation

_FACTOR = 0.6
#: A week that is meant to be easy may be so much above its factor.
_SLACK = 1.15


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    every = count(rule, "every", 4)
    sizes, starts = week_sizes(schedule, state, "load"), [*schedule.weeks]
    anchor = word(rule.params, "anchor")
    at = 0
    while at + every <= len(starts):
        window = starts[at : at + every]
        chosen = [start for start in window if not anchor or between(monday(anchor), start) // 7 % every == 0]
        limit = _SLACK * (amount(rule.params, "factor") or _FACTOR) * mean(_loading(window, sizes, state))
        easiest = min(sizes[start] for start in chosen)
        if limit and easiest > limit + 1e-9:
            text = (
                f"No recovery week among the {every} from {window[0]}: the easiest has a load of {easiest:.0f}, "
                f"at most {limit:.0f}."
            )
            yield breach(rule, window[0], round(easiest, 1), round(limit, 1), (), text)
            at += every
        else:
            at += 1


def _loading(window: Sequence[str], sizes: Mapping[str, float], state: State) -> list[float]:
    """Return the loads of the loading weeks; where kinds are not known, of all but the easiest."""
    if any(start in state.weeks and state.weeks[start].kind is not None for start in window):
        return [sizes[start] for start in window if state.is_loading(start)]
    return sorted(sizes[start] for start in window)[1:]


def _sentence(rule: Rule) -> str:
    factor, anchor = amount(rule.params, "factor") or _FACTOR, word(rule.params, "anchor")
    since = f", counted from the week of {anchor}" if anchor else ""
    weeks = many(count(rule, "every", 4), "week")
    return f"One recovery week in {weeks}, at about {100 * factor:.0f} % of the load{since}."


KIND = RuleKind(
    key="recovery_week",
    title="Recovery weeks",
    topic="week",
    about="One week among so many has clearly less load.",
    fields=(
        Field("every", "One week in", "integer", low=2, high=8, required=True, unit="weeks"),
        Field("factor", "Part of the load of the others", "number", low=0.3, high=0.9, default=_FACTOR),
        Field("anchor", "A day in the first of them", "date"),
    ),
    sentence=_sentence,
    check=_check,
)
