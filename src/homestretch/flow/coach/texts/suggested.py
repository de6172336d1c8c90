"""Changes that a model suggests, one by one: what code can't do, or a rule that must hold forbids, is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from homestretch.coach.asked import operations_from
from homestretch.coach.operations import Add, Drop, Move, Operation, Replace, Scale
from homestretch.flow.coach.athlete_state import AthleteToday, changed_body, checked
from homestretch.model.coach.asked import AskedChange
from homestretch.model.coach.plan import sessions_of
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session
from homestretch.model.documents.coach_plans import PlanBody
from homestretch.store.queries.plans import StoredVersion


@dataclass(frozen=True, slots=True)
class Vetted:
    """The changes that hold together, and a sentence for each one that was left out."""

    kept: tuple[AskedChange, ...]
    refused: tuple[str, ...]


def vetted(
    base: StoredVersion,
    asked: Sequence[AskedChange],
    athlete: AthleteToday,
    rules: Sequence[Rule],
    *,
    only_easier: bool,
) -> Vetted:
    """Return which changes of a version hold: each with those before it; `only_easier` leaves out what adds load."""
    kept: list[AskedChange] = []
    refused: list[str] = []
    broken = _broken(base.document, rules, athlete)
    for one in asked:
        try:
            body, operation = _changed(base, [*kept, one], athlete)
        except ValueError as error:
            refused.append(str(error))
            continue
        now = _broken(body, rules, athlete)
        gained = [now[key] for key in now if key not in broken or set(now[key].sessions) - set(broken[key].sessions)]
        if gained:
            refused.append(f"Left out ({one.op}): {gained[0].text}")
        elif only_easier and not _is_easier(operation, base.document, body):
            refused.append(f"Left out ({one.op}): after illness, pain or injury, training only gets less.")
        else:
            kept.append(one)
    return Vetted(tuple(kept), tuple(refused))


def _changed(base: StoredVersion, asked: Sequence[AskedChange], athlete: AthleteToday) -> tuple[PlanBody, Operation]:
    """Return a plan after changes, and the last one. Raises ValueError, with a sentence, where it can't be done."""
    every = sessions_of(base.document["weeks"])
    today = athlete.today.isoformat()
    count = iter(range(len(asked)))
    operations = operations_from(asked, every, today, lambda: f"new-{next(count)}")
    last = operations[-1]
    if not isinstance(last, Add):
        _must_be_free(next(one for one in every if one.id == last.id), today)
    return changed_body(base.document, operations, athlete.speeds), last


def _must_be_free(session: Session, today: str) -> None:
    """Raise ValueError for a session that a model may not touch."""
    if session.date < today:
        raise ValueError(f"{session.title} is in the past, which stays as it is.")
    if session.fixed:
        raise ValueError(f"{session.title} is fixed by a rule.")


def _broken(body: PlanBody, rules: Sequence[Rule], athlete: AthleteToday) -> dict[tuple[str, str, str], Violation]:
    """Return what breaks rules that must hold."""
    violations = checked(body, rules, athlete.state)
    return {(one.rule, one.day, str(one.limit)): one for one in violations if one.severity == "must"}


def _is_easier(operation: Operation, before: PlanBody, after: PlanBody) -> bool:
    """Return whether a change leaves less training, or the same later."""
    if isinstance(operation, Drop):
        return True
    if isinstance(operation, Add):
        return False
    old = {one.id: one for one in sessions_of(before["weeks"])}[operation.id]
    new = {one.id: one for one in sessions_of(after["weeks"])}[operation.id]
    if isinstance(operation, Move):
        return new.date >= old.date
    assert isinstance(operation, Replace | Scale)
    return new.load <= old.load and new.minutes <= old.minutes and (old.hard or not new.hard)
