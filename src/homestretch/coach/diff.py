"""Compares two versions of a plan: which sessions moved, changed, came and went, and what that does to each week.

`as_operations` turns a comparison into operations, of which a person may take some: `accepted` says which of them can't
stand without the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NotRequired, TypedDict

from homestretch.coach.checking.check import check
from homestretch.coach.checking.days import monday
from homestretch.coach.checking.state import State
from homestretch.coach.operations import Add, Drop, Move, Operation, Replace, apply
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session, session_document

type Value = str | int | float | bool | None
#: What of a session is compared; `steps` and `why` follow from these.
FIELDS = ("sport", "title", "template", "n", "minutes", "distance_m", "load", "hard", "long", "purpose", "indoor",
          "fixed", "locked", "start", "fuel", "note")  # fmt: skip
#: Of so many changes at most the ways to leave some out are tried.
MOST_LEFT_OUT = 2


class ChangeDocument(TypedDict):
    """One change: `changed` has the old and the new value of each field."""

    op: Literal["moved", "changed", "removed", "added"]
    id: str
    day: NotRequired[str]
    to: NotRequired[str]
    changed: NotRequired[dict[str, list[Value]]]


ChangedFrom = TypedDict("ChangedFrom", {"from": str}, total=False)


class FullChangeDocument(ChangeDocument, ChangedFrom):
    """A change with the day that a session was on before."""


class WeekChange(TypedDict):
    """By how much a week has more minutes and load."""

    minutes: int
    load: float


@dataclass(frozen=True, slots=True)
class Change:
    """A session that differs: `old` None where it came, `new` None where it went."""

    id: str
    old: Session | None
    new: Session | None
    changed: Mapping[str, tuple[Value, Value]]

    @property
    def op(self) -> Literal["moved", "changed", "removed", "added"]:
        """What happened; a move with changed fields is one move."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "moved" if self.old.date != self.new.date else "changed"

    @property
    def day(self) -> str:
        """The day by which changes are ordered: the earlier one of a move."""
        days = [one.date for one in (self.old, self.new) if one is not None]
        return min(days)


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs between two versions: changes in order of day, and weeks by their Monday where their sums differ."""

    changes: tuple[Change, ...]
    weeks: Mapping[str, WeekChange]


def diff(old: Sequence[Session], new: Sequence[Session]) -> Diff:
    """Return what differs between the sessions of two versions, by their ids."""
    before, after = {one.id: one for one in old}, {one.id: one for one in new}
    changes = []
    for name in sorted({*before, *after}):
        first, then = before.get(name), after.get(name)
        fields = _fields(first, then)
        if first is None or then is None or first.date != then.date or fields:
            changes.append(Change(name, first, then, fields))
    changes.sort(key=lambda change: (change.day, change.id))
    return Diff(tuple(changes), _weeks(old, new))


def _fields(old: Session | None, new: Session | None) -> dict[str, tuple[Value, Value]]:
    if old is None or new is None:
        return {}
    made: dict[str, tuple[Value, Value]] = {}
    for name in FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            made[name] = (before, after)
    return made


def _weeks(old: Sequence[Session], new: Sequence[Session]) -> dict[str, WeekChange]:
    minutes: dict[str, int] = {}
    load: dict[str, float] = {}
    for sign, sessions in ((-1, old), (1, new)):
        for one in sessions:
            week = monday(one.date)
            minutes[week] = minutes.get(week, 0) + sign * one.minutes
            load[week] = load.get(week, 0.0) + sign * one.load
    return {
        week: WeekChange(minutes=minutes[week], load=round(load[week], 1))
        for week in sorted(minutes)
        if minutes[week] or round(load[week], 1)
    }


def change_document(change: Change) -> FullChangeDocument:
    """Return a change as JSON has it."""
    made = FullChangeDocument(op=change.op, id=change.id)
    if change.op == "changed" and change.old is not None:
        made["day"] = change.old.date
    if change.op in ("moved", "removed") and change.old is not None:
        made["from"] = change.old.date
    if change.op in ("moved", "added") and change.new is not None:
        made["to"] = change.new.date
    if change.changed:
        made["changed"] = {name: [*values] for name, values in change.changed.items()}
    return made


def as_operations(compared: Diff) -> list[Operation]:
    """Return the operations that make the new version of the old one, one for each change."""
    made: list[Operation] = []
    for change in compared.changes:
        if change.new is None:
            made.append(Drop(change.id))
        elif change.old is None:
            made.append(Add(change.new))
        elif change.op == "moved":
            kept = change.new if change.changed or _differs(change.old, change.new) else None
            made.append(Move(change.id, change.old.date, change.new.date, session=kept))
        else:
            made.append(Replace(change.id, change.new.template, change.new.minutes, session=change.new))
    return made


def _differs(old: Session, new: Session) -> bool:
    """Return whether more than the day differs."""
    before, after = session_document(old), session_document(new)
    return any(before[key] != after[key] for key in ("steps", "why", "load_basis"))


@dataclass(frozen=True, slots=True)
class Accepted:
    """What comes of taking some changes: the sessions, the musts that are broken newly, and what goes wrong with which.

    `needs` are sentences such as "moving b needs h removed".
    """

    sessions: tuple[Session, ...]
    violations: tuple[Violation, ...]
    needs: tuple[str, ...]


def accepted(
    old: Sequence[Session], compared: Diff, taken: Sequence[str], rules: Sequence[Rule], state: State
) -> Accepted:
    """Return the version that has only the changes of the sessions in `taken`, checked again.

    Raises ValueError for an id without a change.
    """
    by_id = {change.id: operation for change, operation in zip(compared.changes, as_operations(compared), strict=True)}
    unknown = [name for name in taken if name not in by_id]
    if unknown:
        raise ValueError(f"There is no change of {', '.join(unknown)} to accept.")
    chosen = set(taken)
    sessions = apply([by_id[name] for name in by_id if name in chosen], old)
    known = {(one.rule, one.text) for one in _musts(old, rules, state)}
    violations = [one for one in _musts(sessions, rules, state) if (one.rule, one.text) not in known]
    needs = _needs(old, compared, by_id, chosen, violations, rules, state)
    return Accepted(tuple(sessions), tuple(violations), tuple(needs))


def _musts(sessions: Sequence[Session], rules: Sequence[Rule], state: State) -> list[Violation]:
    return [one for one in check(rules, sessions, state) if one.severity == "must"]


def _needs(
    old: Sequence[Session], compared: Diff, by_id: Mapping[str, Operation], chosen: set[str],
    violations: Sequence[Violation], rules: Sequence[Rule], state: State,
) -> list[str]:  # fmt: skip
    """Return for each broken must which changes that were left out would mend it, the fewest that do."""
    left = [change for change in compared.changes if change.id not in chosen]
    said: dict[str, None] = {}
    for violation in violations:
        cause = [change for change in compared.changes if change.id in chosen and _concerns(change, violation)]
        who = _words(cause[0]) if cause else f"the choice breaks {violation.rule} and"
        for count in range(1, MOST_LEFT_OUT + 1):
            more = next(
                (some for some in combinations(left, count)
                 if _mends(old, by_id, chosen, some, violation, rules, state)), None)  # fmt: skip
            if more is not None:
                said[f"{who} needs {' and '.join(_participle(change) for change in more)}"] = None
                break
        else:
            said[f"{who} can't stand by itself: {violation.text}"] = None
    return [*said]


def _mends(
    old: Sequence[Session], by_id: Mapping[str, Operation], chosen: set[str], more: Sequence[Change],
    violation: Violation, rules: Sequence[Rule], state: State,
) -> bool:  # fmt: skip
    names = chosen | {change.id for change in more}
    sessions = apply([by_id[name] for name in by_id if name in names], old)
    known = {one.text for one in _musts(old, rules, state)}
    return not any(one.rule == violation.rule and one.text not in known for one in _musts(sessions, rules, state))


def _concerns(change: Change, violation: Violation) -> bool:
    if violation.sessions:
        return change.id in violation.sessions
    return any(monday(one.date) == monday(violation.day) for one in (change.old, change.new) if one is not None)


_DOING = {"moved": "moving", "changed": "changing", "removed": "removing", "added": "adding"}


def _words(change: Change) -> str:
    return f"{_DOING[change.op]} {change.id}"


def _participle(change: Change) -> str:
    return f"{change.id} {change.op}"


def rule_changes(
    old: Sequence[Session], new: Sequence[Session], rules: Sequence[Rule], state: State
) -> tuple[list[Violation], list[Violation]]:
    """Return the violations that a new version gains and those that it loses."""
    before, after = check(rules, old, state), check(rules, new, state)
    old_texts, new_texts = {(one.rule, one.text) for one in before}, {(one.rule, one.text) for one in after}
    gained = [one for one in after if (one.rule, one.text) not in old_texts]
    return gained, [one for one in before if (one.rule, one.text) not in new_texts]
