"""What waits for somebody, what others changed, and a disk that fills up: said once, to those who do not know."""

from dataclasses import replace

import pytest
from sqlalchemy import insert

from homestretch.flow.accounts.accounts import create_account
from homestretch.flow.coach import changes, plans
from homestretch.flow.coach.plans import PlanWanted
from homestretch.flow.maintenance import disk
from homestretch.flow.runtime.context import Context
from homestretch.flow.writeback.proposals import approve, reject
from homestretch.flow.writeback.waiting import say_what_waits
from homestretch.store.queries import notices as stored
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import connections, grants, proposals
from homestretch.views.people.notices import notice_list
from tests.store.rows import put_rows

type People = tuple[Context, Scope, Scope]


@pytest.fixture
def people(sqlite_context: Context) -> People:
    """Ann, whose data it is, and Ben, who may edit them."""
    ann = create_account(sqlite_context, "ann", "correct horse battery", is_admin=True)
    ben = create_account(sqlite_context, "ben", "correct horse battery", is_admin=False)
    with sqlite_context.database.write() as session:
        athlete = stored.first_athlete(session, ann)
        assert athlete is not None
        session.run(insert(grants).values(account_id=ben, athlete_id=athlete, role="editor"))
    return sqlite_context, Scope(athlete, ann), Scope(athlete, ben, "editor")


def said(context: Context, scope: Scope) -> list[tuple[str, str | None, bool]]:
    """Return what an account is shown: code, page, and whether it has seen it."""
    with context.database.read() as reader:
        return [(one["code"], one["page"], one["seen"]) for one in notice_list(reader, scope)["items"]]


def test_changes_that_wait_are_said_to_whoever_may_approve_them(people: People) -> None:
    context, ann, ben = people
    with context.database.write() as session:
        put_rows(session, connections, [{"id": 1, "athlete_id": ann.athlete_id, "source": "garmin"}])
        for number, by in ((1, ben), (2, ann)):
            row = {"id": number, "athlete_id": ann.athlete_id, "connection_id": 1, "field": "name", "state": "open"}
            put_rows(session, proposals, [row])
            say_what_waits(session, by, context.clock())
            say_what_waits(session, by, context.clock())
            if number == 1:
                shown = [(row.code, row.seen is None) for row in stored.shown(session, ann)]
                assert shown == [("approval_waiting", True)]
    assert said(context, ann) == [("approval_waiting", "/changes", True)]  # she proposed the newest one
    assert said(context, ben) == []  # he may not approve
    approve(context, ann, [1])
    assert len(said(context, ann)) == 1
    reject(context, ann, [2])
    assert said(context, ann) == []


def test_a_plan_that_somebody_else_changed_is_said(people: People) -> None:
    context, ann, ben = people
    plan = plans.make(context, ann, PlanWanted("run", weeks=2, hours=4))
    assert said(context, ann) == []
    changes.replan(context, ben, plan)
    page = f"/coach/plan/{plan}"
    assert said(context, ann) == [("plan_changed", page, False)]
    assert said(context, ben) == [("plan_changed", page, True)]
    plans.approve(context, ann, plan)
    assert said(context, ann) == [("plan_changed", page, True)]
    assert said(context, ben) == [("plan_changed", page, False)]
    with context.database.read() as reader:
        assert "version 2 is approved" in notice_list(reader, ben)["items"][0]["text"]


def test_administrators_hear_of_a_full_disk_once(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    context, ann, ben = people
    context = replace(context, settings=context.settings.model_copy(update={"min_free_mb": 200}))

    def free(megabytes: int) -> None:
        monkeypatch.setattr(disk, "free_mb", lambda _: megabytes)
        if disk.is_news(context):
            disk.warn_administrators(context)
        assert not disk.is_news(context)

    free(1000)
    assert said(context, ann) == []
    free(999)
    free(998)
    assert said(context, ann) == [("disk_low", "/settings/server", False)]
    assert said(context, ben) == []
    free(1100)
    assert len(said(context, ann)) == 1  # not clearly more
    free(1200)
    assert said(context, ann) == []
