"""What a viewer sees besides activities is chosen; what was not chosen is in no answer that they get."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from homestretch.api.rights import needed
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.model.rights import RIGHTS, SEEN
from homestretch.store.queries.people import put_grant
from homestretch.store.tables.kept import accounts
from tests import snapshots
from tests.api.asking import BODIES, QUERIES, ids_of
from tests.api.client import Client, routes

#: What says when it was asked, or which one it is, and streams.
NOT_COMPARED = {"follow", "get_heat_tile", "get_frames", "get_chart"}
WEIGHED = 61.25


@pytest.fixture
def ids(solo: Client, decoders: Decoders) -> dict[str, str]:
    return ids_of(solo, decoders)


def viewer(solo: Client, name: str, sees: tuple[Any, ...] | None) -> Client:
    """Return a new account, signed in, that sees this of Anna's athlete."""
    client = solo.other(name)
    with solo.served.database.write() as session:
        who = session.scalar(select(accounts.c.id).where(accounts.c.username == name))
        put_grant(session, who, int(of(solo)), "viewer", sees)
    return client


def of(solo: Client) -> str:
    return str(solo.get("/api/session").json()["athletes"][0]["id"])


def answers(client: Client, athlete: str, ids: dict[str, str]) -> dict[str, tuple[int, str]]:
    """Return what each question about an athlete that changes nothing is answered, without the instant."""
    found = {}
    for route in routes():
        if route.methods != {"GET"} or needed()[route.name] not in RIGHTS or route.name in NOT_COMPARED:
            continue
        path = re.sub(r"{(\w+)}", lambda name: ids[name[1]], route.path)
        answer = client.get(path, params={**QUERIES.get(route.name, {}), "athlete": athlete})
        found[route.name] = answer.status_code, re.sub(r'"at":"[^"]+"', "", answer.text)
    return found


def live(solo: Client, ids: dict[str, str]) -> str:
    """Note an illness, weigh, approve a plan and add a photo; return the Monday of the plan."""
    day = {"day": "2026-01-01"}
    solo.post("/api/health/entries", json={"kind": "weight_kg", "value": WEIGHED, **day}).raise_for_status()
    solo.post("/api/health/notes", json={"kind": "ill", "text": "feverish", **day}).raise_for_status()
    solo.post(f"/api/activities/{ids['activity']}/photos", content=snapshots.photo((640, 480))).raise_for_status()
    plan = solo.post("/api/coach/plans", json={**BODIES["make_plan"], "title": "Spring"}).json()
    where = f"/api/coach/plans/{plan['plan']}/versions/{plan['version']}/decision"
    solo.post(where, json={"decision": "approve"}).raise_for_status()
    return str(plan["weeks"][0]["monday"])


def test_what_is_not_chosen_changes_no_answer(solo: Client, ids: dict[str, str]) -> None:
    athlete = of(solo)
    with viewer(solo, "nil", ()) as nil, viewer(solo, "usual", None) as usual:
        before = answers(nil, athlete, ids)
        live(solo, ids)
        after = answers(nil, athlete, ids)
        assert {name for name in before if before[name] != after[name]} == set()
        assert before["get_health_day"][0] == before["list_photos"][0] == before["get_plan_days"][0] == 403
        seen = answers(usual, athlete, ids)
        assert {name for name in seen if seen[name] != after[name]} == {"list_photos", "get_picture"}


@pytest.mark.parametrize("one", SEEN)
def test_what_is_chosen_is_seen_and_no_more(solo: Client, ids: dict[str, str], one: Any) -> None:
    athlete = of(solo)
    monday = live(solo, ids)
    with viewer(solo, "nil", ()) as nil, viewer(solo, "vera", (one,)) as vera:
        shown = {each["id"]: each["sees"] for each in vera.get("/api/session").json()["athletes"]}
        assert shown[athlete] == [one]
        none, some = answers(nil, athlete, ids), answers(vera, athlete, ids)
        opened = {name for name in some if none[name][0] == 403 and some[name][0] != 403}
        assert opened == {name for name in some if RIGHTS[needed()[name]].seen == one}
        words = " ".join(text for _, text in some.values())
        assert (f"{WEIGHED}" in words, "feverish" in words) == ((True, True) if one == "health" else (False, False))
        days = vera.get("/api/coach/plans/days", params={"athlete": athlete, "from": monday, "to": "2027-12-31"})
        assert days.status_code == (200 if one == "plan" else 403)
        if one == "plan":
            own = solo.get("/api/coach/plans/days", params={"from": monday, "to": "2027-12-31"}).json()
            shown = days.json()
            assert [each["id"] for each in shown["sessions"]] == [each["id"] for each in own["sessions"]] != []
            assert any(each["why"] for each in own["sessions"]) and not any(each["why"] for each in shown["sessions"])


def test_an_illness_is_no_reason_that_a_viewer_reads(solo: Client, ids: dict[str, str]) -> None:
    monday = live(solo, ids)
    asked = {"athlete": of(solo), "from": monday, "to": "2027-12-31"}
    first = solo.get("/api/coach/plans/days", params=asked).json()["sessions"][0]
    skip = f"/api/coach/plans/sessions/{first['id']}/link"
    solo.put(skip, json={"skipped": "ill"}).raise_for_status()
    assert solo.get("/api/coach/plans/days", params=asked).json()["sessions"][0]["reason"] == "ill"
    with viewer(solo, "vera", ("plan",)) as vera:
        shown = vera.get("/api/coach/plans/days", params=asked).json()["sessions"][0]
        assert (shown["id"], shown["state"], shown["reason"]) == (first["id"], "skipped", None)


def test_nothing_by_the_minute_for_who_may_not_see_private_places(solo: Client, ids: dict[str, str]) -> None:
    day = solo.get("/api/activities").json()["items"][0]["start_local"][:10]
    path = f"/api/health/days/{day}/courses"
    assert solo.get(path).json()["activities"]
    with viewer(solo, "vera", ("health",)) as vera:
        shown = vera.get(path, params={"athlete": of(solo)}).json()
        assert (shown["activities"], shown["courses"]) == ([], [])


def test_an_owner_chooses_what_a_viewer_sees(solo: Client) -> None:
    asked = {"name": "Vera", "role": "viewer", "sees": ["plan", "health"]}
    made = solo.post("/api/people/invitations", json=asked).json()
    assert made["sees"] == ["health", "plan"]
    token = made["path"].partition("#")[2]
    assert solo.post("/api/invitations/look", json={"token": token}).json()["sees"] == ["health", "plan"]
    with solo.other("vera") as vera:
        athlete = vera.post("/api/invitations/accept", json={"token": token}).json()["athlete"]
        assert (athlete["role"], athlete["sees"]) == ("viewer", ["health", "plan"])
        (member,) = (one for one in solo.get("/api/people").json()["members"] if not one["you"])
        solo.put(f"/api/people/{member['id']}", json={"role": "viewer", "sees": ["photos"]}).raise_for_status()
        assert solo.get("/api/people").json()["members"][1]["sees"] == ["photos"]
        # Another invitation as a viewer adds to what is seen, and one that adds nothing is refused.
        more = solo.post("/api/people/invitations", json={"name": "Vera", "role": "viewer", "sees": ["plan"]}).json()
        answer = vera.post("/api/invitations/accept", json={"token": more["path"].partition("#")[2]})
        assert answer.json()["athlete"]["sees"] == ["plan", "photos"]
        same = solo.post("/api/people/invitations", json={"name": "Vera", "role": "viewer", "sees": []}).json()
        answer = vera.post("/api/invitations/accept", json={"token": same["path"].partition("#")[2]})
        assert answer.status_code == 409
        solo.put(f"/api/people/{member['id']}", json={"role": "coach"}).raise_for_status()
        assert solo.get("/api/people").json()["members"][1]["sees"] == list(SEEN)
