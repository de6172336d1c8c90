"""Groups over the API: a club by one link, a coach of many, and what each of them is shown."""

from contextlib import ExitStack
from typing import Any

import pytest

from tests.api.client import Client

NEW = {"password": "quite long enough"}


def link(lead: Client, group: str, **more: Any) -> str:
    """Return the token of an invitation to a group."""
    made = lead.post(f"/api/groups/{group}/invitations", json={"name": "Club", **more})
    assert made.status_code == 201, made.text
    return str(made.json()["path"].partition("#")[2])


def join(lead: Client, stack: ExitStack, token: str, name: str) -> Client:
    """Return the browser of somebody new who joins by a link."""
    client = stack.enter_context(Client(lead.served))
    answer = client.post("/api/session/invitation", json={"token": token, "username": name, **NEW})
    assert answer.status_code == 200, answer.text
    return client


def own(client: Client) -> str:
    """Return the athlete that somebody owns."""
    return next(str(one["id"]) for one in client.get("/api/session").json()["athletes"] if one["role"] == "owner")


def seen(client: Client) -> dict[str, tuple[str, list[str]]]:
    """Return the athletes that somebody sees, as what, and what of them; the own first."""
    found = client.get("/api/session").json()["athletes"]
    assert not found or found[0]["role"] == "owner", "one's own comes first"
    return {one["name"]: (one["role"], one["sees"]) for one in found}


def test_a_club_joins_by_one_link_and_each_shows_what_they_choose(solo: Client) -> None:
    group = solo.post("/api/groups", json={"name": "Tri Club"}).json()["id"]
    at = f"/api/groups/{group}"
    token = link(solo, group, many=True)
    lead = seen(solo)
    with ExitStack() as stack:
        shown = stack.enter_context(Client(solo.served)).post("/api/invitations/look", json={"token": token}).json()
        assert (shown["group"], shown["group_role"], shown["athlete"]) == ("Tri Club", "member", None)
        ben, carla, dan = (join(solo, stack, token, name) for name in ("ben", "carla", "dan"))
        assert seen(solo) == lead and list(seen(ben)) == ["ben"], "nothing is shown unless its owner says so"
        bens, carlas = own(ben), own(carla)
        assert ben.put(f"{at}/athletes/{bens}", json={"members_see": ["plan"]}).status_code == 204
        assert carla.put(f"{at}/athletes/{carlas}", json={"members_see": None}).status_code == 204
        everything = ["health", "plan", "photos"]
        assert seen(solo) == {**lead, "ben": ("coach", everything), "carla": ("coach", everything)}
        assert seen(dan) == {"dan": ("owner", everything), "ben": ("viewer", ["plan"])}
        of_ben = {"athlete": bens}
        assert dan.get("/api/activities", params=of_ben).status_code == 200
        assert dan.get("/api/health/overview", params=of_ben).status_code == 403
        assert dan.get("/api/activities", params={"athlete": carlas}).status_code == 404
        assert solo.get("/api/health/overview", params={"athlete": carlas}).status_code == 200

        # What each is shown of the group.
        (as_member,) = dan.get("/api/groups").json()["items"]
        assert [one["username"] for one in as_member["people"]] == ["anna", "dan"], "who leads, and oneself"
        assert (as_member["members"], [one["name"] for one in as_member["athletes"]]) == (3, ["ben"])
        assert as_member["invitations"] == []
        (as_lead,) = solo.get("/api/groups").json()["items"]
        assert len(as_lead["people"]) == 4 and as_lead["invitations"][0]["many"] is True
        (told,) = ben.get("/api/people").json()["groups"]
        assert (told["name"], told["coaches"], told["members"]) == ("Tri Club", ["anna"], 3)

        # A member changes nothing of the group, and no one brings another's athlete.
        assert dan.post(f"{at}/invitations", json={"name": "x"}).status_code == 403
        assert dan.put(f"{at}/people/1", json={"role": "member"}).status_code == 403
        assert solo.put(f"{at}/athletes/{bens}", json={"members_see": everything}).status_code == 403
        assert dan.put(f"{at}/athletes/{carlas}", json={}).status_code == 404
        assert dan.delete(f"{at}/athletes/{bens}").status_code == 403
        with solo.other("eve") as eve:
            assert eve.put(f"{at}/athletes/{own(eve)}", json={}).status_code == 404
            assert eve.get("/api/groups").json() == {"items": []}

        # Leaving takes exactly what the group gave, on both sides.
        me = ben.get("/api/session").json()["account"]["id"]
        assert ben.delete(f"{at}/people/{me}").status_code == 204
        assert list(seen(solo)) == [*lead, "carla"] and list(seen(dan)) == ["dan"] and list(seen(ben)) == ["ben"]
        assert solo.post(f"{at}/delete", json={"name": "Tri Club"}).status_code == 204
        assert seen(solo) == lead


@pytest.mark.parametrize("ending", ["revoked", "left", "deleted"])
def test_a_link_to_a_group_ends(solo: Client, ending: str) -> None:
    group = solo.post("/api/groups", json={"name": "Squad"}).json()["id"]
    at = f"/api/groups/{group}"
    token = link(solo, group, many=True)
    with ExitStack() as stack:
        ben = join(solo, stack, token, "ben")
        me = solo.get("/api/session").json()["account"]["id"]
        if ending == "revoked":
            sent = solo.get("/api/groups").json()["items"][0]["invitations"][0]["id"]
            assert solo.delete(f"{at}/invitations/{sent}").status_code == 204
        if ending == "left":
            assert solo.delete(f"{at}/people/{me}").status_code == 409, "it would be led by no one"
            bens = ben.get("/api/session").json()["account"]["id"]
            assert solo.put(f"{at}/people/{bens}", json={"role": "member", "leads": True}).status_code == 204
            assert solo.delete(f"{at}/people/{me}").status_code == 204
        if ending == "deleted":
            assert solo.post(f"{at}/delete", json={"name": "Squad"}).status_code == 204
        with Client(solo.served) as guest:
            assert guest.post("/api/invitations/look", json={"token": token}).status_code == 404


def test_who_leads_need_not_coach(solo: Client) -> None:
    """A club's administrator decides who is in it, and sees no one's training."""
    group = solo.post("/api/groups", json={"name": "Club"}).json()["id"]
    at, me = f"/api/groups/{group}", solo.get("/api/session").json()["account"]["id"]
    assert solo.put(f"{at}/people/{me}", json={"role": "member", "leads": True}).status_code == 204
    with ExitStack() as stack:
        ben = join(solo, stack, link(solo, group), "ben")
        ben.put(f"{at}/athletes/{own(ben)}", json={"members_see": None}).raise_for_status()
        assert "ben" not in seen(solo)
        (shown,) = solo.get("/api/groups").json()["items"]
        assert [one["name"] for one in shown["athletes"]] == ["ben"], "but that it is there"
        assert solo.get("/api/activities", params={"athlete": own(ben)}).status_code == 404
        assert solo.delete(f"{at}/athletes/{own(ben)}").status_code == 204


def test_a_token_changes_no_group(solo: Client) -> None:
    group = solo.post("/api/groups", json={"name": "Club"}).json()["id"]
    token = solo.post("/api/tokens", json={"name": "x", "scope": "write"}).json()["token"]
    with Client(solo.served, headers={"Authorization": f"Bearer {token}"}) as program:
        assert program.get("/api/groups").status_code == 200
        assert program.put(f"/api/groups/{group}/athletes/{own(solo)}", json={}).status_code == 403
        assert program.post("/api/groups", json={"name": "x"}).status_code == 403
