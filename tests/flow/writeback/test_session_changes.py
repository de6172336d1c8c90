"""Planned sessions at providers: sent, changed, moved, taken away and undone; once or not at all, whatever happens."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count

import pytest
from sqlalchemy import update

from homestretch.errors import Conflict, Forbidden, NotFound
from homestretch.flow.coach import plans
from homestretch.flow.coach.athlete_state import Chosen
from homestretch.flow.runtime.context import Context
from homestretch.flow.writeback import proposals as proposing
from homestretch.model.coach.asked import AskedChange
from homestretch.net import budget as calls
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import connection_state
from tests.fakes.garmin import Account
from tests.fakes.intervals import FakeIntervals
from tests.flow.writeback.sent import OTHERS, WEEKS, There, account, garmin, intervals, killed

PROVIDERS = ("garmin", "intervals key", "intervals oauth")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)


@pytest.fixture(params=PROVIDERS)
def there(request: pytest.FixtureRequest, sqlite_context: Context, scope: Scope) -> Iterator[There]:
    """A plan in force beside each provider in turn."""
    if request.param == "garmin":
        with account() as fake:
            yield garmin(sqlite_context, scope, fake)
            assert fake.problems == [] and fake.counts.unknown() == []
        return
    with FakeIntervals() as site:
        made = intervals(sqlite_context, scope, site, request.param.split()[1])
        yield made
        assert site.problems == []


def hard(there: There) -> str:
    """Return a session of the next weeks that has intervals."""
    return next(one["session"] for one in there.items() if one["after"] and " x (" in one["after"]["text"])


def test_sessions_are_sent_after_approval_and_never_again(there: There) -> None:
    numbers = there.propose()
    assert len(numbers) == len(there.planned()) > 5
    there.go()
    assert there.look() == {} and there.writes() == [], "nobody has approved it"
    first = there.proposals("open")[-1]
    assert first["before"] == "" and "2026-12-0" in first["after"] and first["activity_name"]
    assert there.propose() == numbers, "the same wish is the same proposal"
    proposing.approve(there.context, there.scope, numbers)
    there.go()
    assert there.look() == there.planned() and there.others() == 1
    assert {one["state"] for one in there.items()} == {"same"} and all(one["sent"] for one in there.items())
    there.connected.fake.counts.reset()
    assert there.propose() == [] and there.writes() == []


def test_a_change_of_the_plan_is_proposed_and_made_there(there: There) -> None:
    there.send()
    one, gone, easier = (list(there.planned())[place] for place in (1, 2, 3))
    there.change(
        AskedChange("move", one, "2027-01-02"), AskedChange("drop", gone), AskedChange("scale", easier, factor=0.6)
    )
    states = {row["session"]: row["state"] for row in there.items()}
    assert (states[one], states[gone], states[easier]) == ("moved", "removed", "changed")
    assert sum(state != "same" for state in states.values()) == 3
    waiting = there.proposals("open")
    assert len(waiting) == 3 and all(row["before"] for row in waiting), "proposed as soon as the plan was approved"
    before = there.look()
    there.approve_all()
    after = there.look()
    assert after[one] == (("2027-01-02",), before[one][1]) and gone not in after and there.others() == 1
    assert {key: value for key, value in after.items() if key not in (one, gone)} == {
        key: value for key, value in before.items() if key not in (one, gone)
    }


def test_undo_takes_away_and_brings_back(there: There) -> None:
    session = hard(there)
    [sent] = there.send(Chosen(session=session))
    assert there.look().keys() == {session}
    day = there.look()[session][0]
    there.change(AskedChange("move", session, "2026-12-20"))
    [moved] = there.approve_all()
    with pytest.raises(Conflict, match="again since"):
        proposing.revert(there.context, there.scope, sent)
    proposing.revert(there.context, there.scope, moved)
    there.go()
    assert there.look()[session][0] == day
    proposing.revert(there.context, there.scope, sent)
    there.go()
    assert there.look() == {} and there.others() == 1
    there.send(Chosen(session=session))
    assert there.look()[session][0] == ("2026-12-20",)


def test_open_proposals_follow_the_plan(there: There) -> None:
    session, other = list(there.planned())[:2]
    there.propose(Chosen(session=session))
    there.propose(Chosen(session=other))
    there.change(AskedChange("move", session, "2026-12-19"), AskedChange("drop", other))
    [one] = there.proposals("open")
    assert one["after"].endswith("2026-12-19")
    [ended] = there.proposals("rejected")
    assert "now the same" in ended["note"] and there.writes() == []


def test_a_plan_that_is_removed_is_taken_away_there(there: There) -> None:
    there.send()
    plans.remove(there.context, there.scope, there.plan)
    assert {one["state"] for one in there.items()} == {"removed"}
    there.approve_all()
    assert there.look() == {} and there.others() == 1


def test_what_is_over_stays_and_is_not_sent(there: There) -> None:
    first = min(there.planned().values())[0][0]
    numbers = there.propose()
    proposing.approve(there.context, there.scope, numbers)
    there.connected.clock.set(date.fromisoformat(first), 50)
    there.go()
    assert len(there.look()) == len(numbers) - 1
    [late] = there.proposals("failed")
    assert "is over" in late["note"]
    plans.remove(there.context, there.scope, there.plan)
    assert all(one["before"]["date"] > first for one in there.items() if one["before"])


def test_who_may_not_is_refused(there: There) -> None:
    from homestretch.flow.coach import sending

    with pytest.raises(Forbidden):
        sending.propose(there.context, Scope(there.scope.athlete_id, role="viewer"), WEEKS)
    for chosen in (Chosen(to="strava"), Chosen(session="nothing")):
        with pytest.raises(NotFound):
            there.propose(chosen)


@pytest.mark.parametrize("there", PROVIDERS[:2], indirect=True)
@pytest.mark.parametrize(("fault", "times"), [(503, 1), (503, 9), (429, 1), (401, 1), ("lost", 1), ("lost", 9)])
def test_faults_delay_and_never_double(there: There, fault: str | int, times: int) -> None:
    """Whatever the first writing requests meet, in the end everything is there once."""
    for method in ("POST", "PUT"):
        there.connected.fake.fault(f"{method} /*e*", fault, times=times)
    numbers = there.propose()
    proposing.approve(there.context, there.scope, numbers)
    for _ in range(12):
        there.go()
        there.connected.clock.ahead(hours=5)
    there.connected.fake.faults.clear()
    if fault == 401 and there.connected.row.state == "sign_in":  # a key can't be renewed: a person signs in again
        assert there.look() == {} and all("Sign in again" in one["note"] for one in there.proposals("approved")[-1:])
        with there.context.database.write() as session:
            session.run(update(connection_state).values(state="ready"))
    for _ in range(3):
        there.go()
        there.connected.clock.ahead(hours=5)
    failed = [int(one["id"]) for one in there.proposals("failed")]
    proposing.approve(there.context, there.scope, failed)
    there.go()
    assert there.look() == there.planned() and there.others() == 1
    assert len(there.proposals("applied")) == len(numbers)


def create(there: There, session: str) -> None:
    """Approve that a session is sent."""
    proposing.approve(there.context, there.scope, there.propose(Chosen(session=session)))


def move(there: There, session: str) -> None:
    """Approve that a session that is there is moved into another month and shortened."""
    there.send(Chosen(session=session))
    there.change(AskedChange("move", session, "2027-01-02"), AskedChange("scale", session, factor=0.7))
    proposing.approve(there.context, there.scope, [int(one["id"]) for one in there.proposals("open")])


def drop(there: There, session: str) -> None:
    """Approve that a session that is there is taken away."""
    there.send(Chosen(session=session))
    there.change(AskedChange("drop", session))
    proposing.approve(there.context, there.scope, [int(one["id"]) for one in there.proposals("open")])


@pytest.mark.parametrize("there", PROVIDERS[:2], indirect=True)
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("what", [create, move, drop])
def test_kills_at_each_request_leave_it_there_once(
    there: There, what: Callable[[There, str], None], before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the last request the process ends before anything is written down here."""
    session = hard(there)
    what(there, session)
    wanted = {key: value for key, value in there.planned(60).items() if key == session}
    for point in count(1):
        with killed(monkeypatch, point, before=before) as asked:
            there.go()
        if asked[0] < point:
            break
    assert there.look() == wanted and there.others() == 1
    assert not there.proposals("open", "approved", "failed") and there.propose(Chosen(days=0)) == []
    assert point > 1


@pytest.fixture
def at_garmin(sqlite_context: Context, scope: Scope) -> Iterator[tuple[There, Account]]:
    with account() as fake:
        yield garmin(sqlite_context, scope, fake), fake.account
        assert fake.problems == [] and fake.counts.unknown() == []


def test_a_list_without_descriptions_is_read_by_names(
    at_garmin: tuple[There, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    there, garmin_account = at_garmin
    garmin_account.lists_descriptions = False
    session = hard(there)
    create(there, session)
    with killed(monkeypatch, 2, before=False):
        there.go()
    assert len(garmin_account.workouts) == 2, "it was made, and nobody wrote it down"
    there.go()
    assert there.look()[session][0] == there.planned()[session][0] and len(garmin_account.workouts) == 2


def test_a_workout_without_our_mark_is_somebody_s(at_garmin: tuple[There, Account]) -> None:
    """Whoever takes the mark out of a workout keeps it as it is; the session is sent as another one."""
    there, garmin_account = at_garmin
    session = hard(there)
    there.send(Chosen(session=session))
    [ours] = [one for one in garmin_account.workouts.values() if one["description"] != OTHERS]
    ours |= {"description": OTHERS, "workoutName": "My own version"}
    there.change(AskedChange("move", session, "2026-12-20"))
    there.approve_all()
    assert there.look()[session][0] == ("2026-12-20",) and garmin_account.workouts[ours["workoutId"]] == ours
