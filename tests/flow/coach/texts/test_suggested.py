"""Changes that a model suggests: one that can't be done or breaks a rule is left out, the others stay."""

from datetime import date

from homestretch.flow.coach.athlete_state import state_of
from homestretch.flow.coach.texts.suggested import Vetted, vetted
from homestretch.model.coach.asked import AskedChange
from homestretch.model.coach.plan import sessions_of
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.session import Session
from homestretch.store.queries.plans import StoredVersion, approved_version
from tests.flow.coach.texts.conftest import Ridden

MONDAYS_FREE = Rule("r9", "rest_day", "must", {"weekdays": ["mon"]}, "No training on Mondays")


def version(ridden: Ridden) -> tuple[StoredVersion, list[Session], list[Session]]:
    """Return the version in force, its sessions before today, and those after it, but for Mondays."""
    with ridden.context.database.read() as reader:
        found = approved_version(reader, ridden.scope)
        assert found is not None
        today = state_of(ridden.context, reader, ridden.scope).today.isoformat()
    every = sessions_of(found.document["weeks"])
    return (
        found,
        [one for one in every if one.date < today],
        [one for one in every if one.date > today and date.fromisoformat(one.date).weekday()],
    )


def vet(ridden: Ridden, base: StoredVersion, *asked: AskedChange, only_easier: bool = False) -> Vetted:
    with ridden.context.database.read() as reader:
        athlete = state_of(ridden.context, reader, ridden.scope)
    return vetted(base, asked, athlete, [MONDAYS_FREE], only_easier=only_easier)


def next_monday(ridden: Ridden, base: StoredVersion) -> str:
    with ridden.context.database.read() as reader:
        today = state_of(ridden.context, reader, ridden.scope).today.isoformat()
    return next(week["monday"] for week in base.document["weeks"] if week["monday"] > today)


def test_what_breaks_a_rule_is_left_out_and_the_rest_stays(ridden: Ridden) -> None:
    base, _, ahead = version(ridden)
    free = [one for one in ahead if not one.fixed]
    found = vet(
        ridden,
        base,
        AskedChange("move", free[0].id, next_monday(ridden, base)),
        AskedChange("drop", free[1].id),
        AskedChange("add", to=next_monday(ridden, base), template="R99"),
    )
    assert [one.id for one in found.kept] == [free[1].id] and len(found.refused) == 2
    assert found.refused[0].startswith("Left out (move): ")


def test_the_past_and_what_is_locked_stay(ridden: Ridden) -> None:
    base, before, ahead = version(ridden)
    locked = ahead[0].id
    for week in base.document["weeks"]:
        for day in week["days"]:
            for one in day["sessions"]:
                one["locked"] = one["id"] == locked
    assert before, "the plan began before today"
    found = vet(ridden, base, AskedChange("drop", before[0].id), AskedChange("drop", locked))
    assert found.kept == () and "in the past" in found.refused[0] and "is locked" in found.refused[1]
    assert vet(ridden, base, AskedChange("move", ahead[1].id, "2020-01-01")).kept == ()


def test_after_illness_training_only_gets_less(ridden: Ridden) -> None:
    base, _, ahead = version(ridden)
    more = [
        AskedChange("scale", ahead[0].id, factor=1.3), AskedChange("add", to=ahead[0].date, template="R1", minutes=30),
    ]  # fmt: skip
    less = AskedChange("scale", ahead[0].id, factor=0.5)
    found = vet(ridden, base, *more, less, only_easier=True)
    assert found.kept == (less,) and all("only gets less" in one for one in found.refused)
