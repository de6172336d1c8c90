"""The calendar at its secret address: what is in it, who finds it, and when it is gone."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from homestretch.flow.accounts import accounts as people
from homestretch.flow.accounts.accounts import FREE_TRIES
from homestretch.store.tables.coach import calendar_feeds
from homestretch.store.tables.kept import accounts, athletes, grants
from tests.api.client import Client

type Events = dict[str, dict[str, str]]


def make_feed(anna: Client, **body: bool) -> str:
    made = anna.post("/api/coach/calendar", json=body)
    assert made.status_code == 201
    return str(made.json()["path"])


def approve(anna: Client, plan: str, version: int) -> None:
    where = f"/api/coach/plans/{plan}/versions/{version}/decision"
    assert anna.post(where, json={"decision": "approve", "why": "Test."}).status_code == 200


def with_plan(anna: Client) -> dict[str, Any]:
    plan: dict[str, Any] = anna.post("/api/coach/plans", json={"sport": "run", "weeks": 2, "hours": 4}).json()
    approve(anna, plan["plan"], 1)
    return plan


def sessions(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for week in plan["weeks"] for day in week["days"] for one in day["sessions"]]


def events(text: bytes) -> Events:
    """Return the properties of each event by its UID, unfolded (RFC 5545 §3.1), without their parameters."""
    lines = text.replace(b"\r\n ", b"").decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    found: Events = {}
    for part in "\n".join(lines).split("BEGIN:VEVENT")[1:]:
        pairs = [line.partition(":") for line in part.partition("END:VEVENT")[0].strip().split("\n")]
        event = {name.partition(";")[0].lower(): value for name, _, value in pairs}
        assert event["uid"] not in found
        found[event["uid"]] = event
    return found


def utc(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@pytest.fixture
def anna(solo: Client) -> Client:
    """The owner, on SQLite."""
    return solo


@pytest.fixture
def stranger(anna: Client) -> Iterator[Client]:
    """A calendar program: nobody that is signed in."""
    with Client(anna.served, headers={}) as made:
        made.headers.pop("X-Homestretch", None)
        yield made


def test_the_plan_in_force_is_in_it_without_notes(anna: Client, stranger: Client) -> None:
    assert anna.get("/api/coach/calendar").json() == {"made": None, "notes": False, "path": None}
    path, plan = make_feed(anna), with_plan(anna)
    answer = stranger.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found, planned = events(answer.content), {one["id"]: one for one in sessions(plan)}
    assert found.keys() == planned.keys() and len(found) > 3
    for name, one in planned.items():
        event = found[name]
        assert event["dtstart"] == one["date"].replace("-", "") and event["summary"] == one["title"].replace(",", "\\,")
        assert (event["status"], event["sequence"], event["transp"]) == ("CONFIRMED", "1", "TRANSPARENT")
        assert one["why"] == "" or one["why"].replace(",", "\\,") not in event["description"]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    shown = anna.get("/api/coach/calendar").json()
    assert shown["made"] is not None and shown["path"] is None, "it is shown once"
    with_notes = stranger.get(make_feed(anna, notes=True)).content
    assert "\\n" in events(with_notes)[next(iter(planned))]["description"] and len(with_notes) > len(answer.content)


def test_the_same_plan_is_the_same_bytes(anna: Client, stranger: Client) -> None:
    path = make_feed(anna)
    plan = with_plan(anna)
    first = stranger.get(path)
    assert stranger.get(path).content == first.content
    unchanged = stranger.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"") and unchanged.headers["etag"] == first.headers[
        "etag"
    ]
    head = stranger.head(path)
    assert (head.status_code, head.headers["etag"]) == (200, first.headers["etag"])
    moved, gone = sessions(plan)[:2]
    to = (date.fromisoformat(moved["date"]) + timedelta(days=5)).isoformat()
    changes = [{"op": "move", "id": moved["id"], "to": to}, {"op": "drop", "id": gone["id"]}]
    anna.post(f"/api/coach/plans/{plan['plan']}/versions/1/changes", json={"operations": changes})
    assert stranger.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304, "only proposed"
    approve(anna, plan["plan"], 2)
    answer = stranger.get(path, headers={"If-None-Match": first.headers["etag"]})
    found = events(answer.content)
    assert found[moved["id"]]["dtstart"] == to.replace("-", "") and found[moved["id"]]["sequence"] == "2"
    assert (found[gone["id"]]["status"], found[gone["id"]]["sequence"]) == ("CANCELLED", "2")
    later = anna.served.context.clock() + 31 * 86_400_000
    at = replace(anna.served.context, clock=lambda: later)
    from homestretch.views.coach.leaving.calendar import calendar_of

    with at.database.read() as reader:
        file = calendar_of(reader, path.removeprefix("/calendar/").removesuffix(".ics"), later, None)
    assert file is not None and gone["id"] not in events(file.data)


def test_a_session_with_a_start_has_a_time(anna: Client, stranger: Client) -> None:
    path = make_feed(anna)
    with anna.served.context.database.write() as session:
        session.run(update(athletes).values(home_zone="Europe/Helsinki"))
    params = {"weekday": "sat", "sport": "run", "name": "Club", "hours": 1.0, "treat_as": "easy", "start": "09:30"}
    rule = {"id": "r", "kind": "fixed_session", "severity": "must", "text": "", "origin": "athlete", "params": params}
    assert anna.put("/api/coach/rules", json={"rules": [rule]}).status_code in (200, 201)
    plan = with_plan(anna)
    timed = [one for one in sessions(plan) if one["start"]]
    assert timed
    event = events(stranger.get(path).content)[timed[0]["id"]]
    local = datetime.fromisoformat(f"{timed[0]['date']}T09:30:00+02:00")
    assert utc(event["dtstart"]) == local.astimezone(UTC)
    assert utc(event["dtend"]) - utc(event["dtstart"]) == timedelta(minutes=timed[0]["minutes"])


def test_it_is_gone_with_its_address_its_account_and_its_athlete(anna: Client, stranger: Client) -> None:
    first = make_feed(anna)
    with_plan(anna)
    second = make_feed(anna)
    wrong = "/calendar/wrong.ics"
    nothing = stranger.get(wrong)
    assert nothing.status_code == 404 and stranger.get(first).content == nothing.content
    assert stranger.get(second).status_code == 200
    assert anna.delete("/api/coach/calendar").status_code == 204
    assert stranger.get(second).content == nothing.content
    database = anna.served.context.database
    third = make_feed(anna)
    with database.write() as session:
        rows = session.rows(select(calendar_feeds))
        assert len(rows) == 1 and third.split("/")[-1].removesuffix(".ics") not in str(rows), "only the digest is kept"
        before = session.rows(select(grants))
        session.run(delete(grants))
    assert stranger.get(third).content == nothing.content
    with database.write() as session:
        for row in before:
            session.run(grants.insert().values(row._asdict()))
        number = before[0].athlete_id
        session.run(update(athletes).where(athletes.c.id == number).values(removed_ms=1))
    assert stranger.get(third).content == nothing.content
    with database.write() as session:
        session.run(update(athletes).values(removed_ms=None))
    assert stranger.get(third).status_code == 200
    with anna.other("ben"):
        pass
    with database.write() as session:
        session.run(update(accounts).values(is_admin=True))
        [me] = {row.account_id for row in session.rows(select(calendar_feeds))}
    people.remove_account(anna.served.context, me)
    assert stranger.get(third).content == nothing.content


def test_whoever_guesses_has_to_wait_and_others_do_not(anna: Client, stranger: Client) -> None:
    path = make_feed(anna)
    answers = [stranger.get(f"/calendar/guess{number}.ics").status_code for number in range(4 * FREE_TRIES + 3)]
    assert set(answers[: 4 * FREE_TRIES]) == {404} and answers[-1] == 429
    assert stranger.get(path).status_code == 200


def test_no_log_has_the_address(anna: Client, stranger: Client, caplog: pytest.LogCaptureFixture) -> None:
    path = make_feed(anna)
    with caplog.at_level(logging.DEBUG):
        stranger.get(path)
        stranger.get(f"{path}?x=1")
    token = path.split("/")[-1].removesuffix(".ics")
    paths = [record.__dict__.get("path") for record in caplog.records if record.name == "homestretch.request"]
    assert paths == ["/calendar/….ics"] * 2
    assert token not in str([record.__dict__ for record in caplog.records if record.name.startswith("homestretch")])
