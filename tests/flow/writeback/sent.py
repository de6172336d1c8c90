"""A plan in force and a provider that takes its sessions: what is there, by session, beside what is somebody's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from homestretch.flow.coach import changes, plans, sending
from homestretch.flow.coach.athlete_state import Chosen
from homestretch.flow.runtime.context import Context
from homestretch.flow.writeback import proposals as proposing
from homestretch.flow.writeback.applying import apply_changes, due_changes
from homestretch.model.coach.asked import AskedChange
from homestretch.model.documents.coach_sending import SessionToSend
from homestretch.net.budget import RateLimitedClient, Reply
from homestretch.store.scope import Scope
from homestretch.views.coach.leaving.sending import sending as shown
from homestretch.views.coach.plans import plan_document
from homestretch.views.sources.proposals import proposal_list
from tests.fakes.garmin import FakeGarmin
from tests.fakes.intervals import FakeIntervals
from tests.fakes.intervals.server import KEY
from tests.sources.connected import Connected, small
from tests.sources.intervals.test_sync import APP
from tests.sources.joined import joined

#: A Tuesday; plans begin on the Monday after it.
DAY = date(2026, 12, 1)
WEEKS = Chosen(days=20)
OTHERS = "somebody's own"


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed(monkeypatch: pytest.MonkeyPatch, at: int, *, before: bool) -> Iterator[list[int]]:
    """Let the process end before the `at`-th request leaves, or after it was answered; yield how many there were."""
    real, count = RateLimitedClient.make, [0]

    def make(self: RateLimitedClient, *given: Any, **how: Any) -> Reply:
        count[0] += 1
        if before and count[0] == at:
            raise Killed
        reply = real(self, *given, **how)
        if not before and count[0] == at:
            raise Killed
        return reply

    with monkeypatch.context() as patch:
        patch.setattr(RateLimitedClient, "make", make)
        try:
            yield count
        except Killed:
            return


@dataclass(eq=False)
class There:
    """A provider with a plan beside it. `look` says which days and name each session has there."""

    connected: Connected
    look: Callable[[], dict[str, tuple[tuple[str, ...], str]]]
    others: Callable[[], int]
    plan: str = ""

    @property
    def context(self) -> Context:
        return self.connected.context

    @property
    def scope(self) -> Scope:
        return self.connected.scope

    def planned(self, days: int = 20) -> dict[str, tuple[tuple[str, ...], str]]:
        """Return what there should be of the next days."""
        with self.context.database.read() as reader:
            document = plan_document(reader, self.scope, self.plan)
        return {
            one["id"]: ((one["date"],), one["title"])
            for week in document["weeks"] for day in week["days"] for one in day["sessions"]
            if one["date"] < (DAY + timedelta(days=days)).isoformat()
        }  # fmt: skip

    def propose(self, chosen: Chosen = WEEKS) -> list[int]:
        return sending.propose(self.context, self.scope, chosen)

    def send(self, chosen: Chosen = WEEKS) -> list[int]:
        """Propose, approve and apply."""
        numbers = self.propose(chosen)
        proposing.approve(self.context, self.scope, numbers)
        self.go()
        return numbers

    def go(self) -> None:
        """Do what the job does, until nothing is due."""
        for _ in range(5):
            for number in due_changes(self.context):
                apply_changes(self.context, number)

    def change(self, *asked: AskedChange) -> None:
        """Make the next version of the plan by changes and approve it."""
        with self.context.database.read() as reader:
            version = plan_document(reader, self.scope, self.plan)["version"]
        changes.change(self.context, self.scope, self.plan, version, asked)
        plans.approve(self.context, self.scope, self.plan, anyway="Test.")

    def approve_all(self) -> list[int]:
        """Approve what is open and apply it."""
        numbers = [int(one["id"]) for one in self.proposals("open")]
        proposing.approve(self.context, self.scope, numbers)
        self.go()
        return numbers

    def proposals(self, *states: str) -> list[Any]:
        with self.context.database.read() as reader:
            return proposal_list(reader, self.scope, list(states), 500)["items"]

    def items(self, chosen: Chosen = WEEKS) -> list[SessionToSend]:
        with self.context.database.read() as reader:
            return shown(reader, self.scope, self.context.clock(), chosen)["items"]

    def writes(self) -> list[str]:
        """Return what was asked that is no question."""
        return [hit.url for hit in self.connected.fake.counts.hits if not hit.url.startswith("GET ")]


def _session(mark: str) -> str:
    return mark.rpartition(":")[2].partition("#")[0]


def garmin(context: Context, scope: Scope, fake: FakeGarmin) -> There:
    """Return a plan beside Garmin, whose library has a workout of the athlete's own, scheduled."""
    account = fake.account
    account.workouts[7] = {"workoutId": 7, "workoutName": "Mine", "description": OTHERS, "updated": 0}
    account.schedules[8] = (7, "2026-12-08")

    def look() -> dict[str, tuple[tuple[str, ...], str]]:
        found: dict[str, tuple[tuple[str, ...], str]] = {}
        for number, workout in account.workouts.items():
            if workout["description"] == OTHERS:
                continue
            days = sorted(day for of, day in account.schedules.values() if of == number)
            name = _session(workout["description"])
            assert name not in found, "it is there twice"
            found[name] = (tuple(days), workout["workoutName"])
        return found

    def others() -> int:
        mine = [one for one in account.workouts.values() if one["description"] == OTHERS]
        return len(mine) if 8 in account.schedules else 0

    return _with_plan(There(Connected.to(context, scope, fake, day=DAY), look, others))


def intervals(context: Context, scope: Scope, fake: FakeIntervals, method: str) -> There:
    """Return a plan beside intervals.icu, whose calendar has an event of the athlete's own."""
    fake.events[1] = {
        "id": 1, "name": OTHERS, "start_date_local": "2026-12-08T00:00:00", "external_id": None, "uid": "x",
        "oauth_client_id": None,
    }  # fmt: skip

    def look() -> dict[str, tuple[tuple[str, ...], str]]:
        found: dict[str, tuple[tuple[str, ...], str]] = {}
        for event in fake.events.values():
            if event["name"] != OTHERS:
                name = _session(event["external_id"])
                assert name not in found, "it is there twice"
                found[name] = ((event["start_date_local"][:10],), event["name"])
        return found

    answers = {"api_key": KEY} if method == "key" else APP
    made = joined(context, scope, fake, "intervals", method, answers)
    made.clock.set(DAY)
    return _with_plan(There(made, look, lambda: sum(one["name"] == OTHERS for one in fake.events.values())))


def _with_plan(there: There) -> There:
    there.plan = plans.make(there.context, there.scope, plans.PlanWanted("run", weeks=4, hours=5))
    plans.approve(there.context, there.scope, there.plan)
    return there


def account() -> FakeGarmin:
    """Return a Garmin with a small account."""
    return FakeGarmin(small(2, 1))
