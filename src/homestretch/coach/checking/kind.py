"""What a kind of rule is: its parameters, its sentence, and what violates it. One described file each in `rules`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from homestretch.coach.checking.fields import SELECTOR, SHARED, Field, Schema, faults, schema_of
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.model.coach.rule import Param, Rule, Violation, ViolationSeverity
from homestretch.model.coach.session import Session
from homestretch.registry import discover

#: What a rule is about; pages list the kinds by it.
type Topic = Literal["time", "week", "hard", "body", "event", "other"]


def _unchecked(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    return ()


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A kind of rule. `sentence` says a rule in our words; `check` yields what violates it.

    One of `any_of` must be among the parameters. Where `is_checked` is false, nothing ever violates the rule.
    """

    key: str
    title: str
    topic: Topic
    about: str
    fields: tuple[Field, ...]
    sentence: Callable[[Rule], str]
    check: Callable[[Rule, Schedule, State], Iterable[Violation]] = _unchecked
    any_of: tuple[str, ...] = ()
    #: Whether a rule of which something is still to be answered can be saved all the same, as incomplete.
    may_be_incomplete: bool = True

    @property
    def is_checked(self) -> bool:
        """Whether plans are checked against rules of this kind."""
        return self.check is not _unchecked

    @property
    def schema(self) -> Schema:
        """The JSON Schema of the parameters; `definitions` has what it names."""
        return schema_of(self.fields, self.any_of)

    def faults(self, params: Mapping[str, Param]) -> list[str]:
        """Return what is wrong with parameters, each in one sentence."""
        return faults(self.fields, params, self.any_of)

    def questions(self, params: Mapping[str, Param]) -> list[str]:
        """Return what is still to be answered: the questions of the parameters that are not known yet."""
        return [field.question for field in self.fields if field.is_open(params)]


#: A rule holds from a day to another, for some sports, or only in some weeks, counted from that of `anchor`.
SCOPE = (
    Field("from", "From", "date"),
    Field("to", "To", "date"),
    Field("sports", "Sports", "sports"),
    Field("every_weeks", "Every so many weeks", "integer", low=2, high=8),
    Field("anchor", "First of these weeks", "date"),
)


@cache
def kinds() -> dict[str, RuleKind]:
    """Return every kind of rule by key."""
    return discover("homestretch.coach.rules", RuleKind)


def definitions() -> dict[str, Schema]:
    """Return the JSON Schema of every kind's parameters, and of what they name, by name."""
    shared = {"sel": schema_of(SELECTOR, required=False), "scope": schema_of(SCOPE, required=False), **SHARED}
    return {**{key: kind.schema for key, kind in kinds().items()}, **shared}


def breach(
    rule: Rule, day: str, value: Param, limit: Param, sessions: Iterable[Session], text: str,
    severity: ViolationSeverity | None = None,
) -> Violation:  # fmt: skip
    """Return a violation of a rule, by default as severe as the rule."""
    return Violation(rule.id, severity or rule.severity, day, value, limit, tuple(one.id for one in sessions), text)


def unchecked(rule: Rule, day: str, limit: Param, text: str, sessions: Sequence[Session] = ()) -> Violation:
    """Return that a rule could not be checked, and why."""
    return breach(rule, day, None, limit, sessions, text, "info")
