"""Asking every route of the API: bodies that they take, and ids of what is one athlete's."""

import hashlib
import re
from typing import Any

from fastapi.routing import APIRoute
from sqlalchemy import update

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.places.routes import find_routes
from homestretch.flow.runtime.notifications import notify
from homestretch.flow.sync.connections import add_connection, source_of
from homestretch.formats.fit.encode import encode
from homestretch.store.queries.connections import find
from homestretch.store.queries.model_calls import begin_call
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import connection_state
from tests import snapshots
from tests.api.client import Client
from tests.formats import golden

#: A browser that takes pushes, with the keys of RFC 8291 (its appendix A).
PUSH = {
    "endpoint": "https://127.0.0.1:9/push", "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
}  # fmt: skip
#: A body that each route that wants one takes.
BODIES: dict[str, Any] = {
    "open_import": {}, "declare_files": {"files": []}, "change_activity": {"name": "Mine now"},
    "enter_activity": {"sport": "yoga", "start_local": "2026-03-01T07:30", "elapsed_s": 60},
    "change_account": {"preferences": {}}, "change_password": {"current": "wrong", "new": "long enough"},
    "create_token": {"name": "x"}, "create_account": {"username": "x", "password": "long enough"},
    "change_settings": {}, "sign_in": {"username": "eve", "password": "wrong"},
    "begin_oidc": {}, "confirm_identity": {"password": "wrong"}, "give_code": {"code": "000000"},
    "switch_on_factor_at_sign_in": {"code": "000000"}, "switch_on_second_factor": {"code": "000000"},
    "set_backup_plan": {"on": False},
    "set_notification_wishes": {"digest": "daily"}, "change_notification_channel": {"paused": True},
    "add_notification_channel": {"way": "ntfy", "settings": {"topic": "x"}},
    "confirm_address": {"proof": "000000"}, "add_push_device": PUSH, "renew_push_device": PUSH,
    "set_mail_server": {"host": "127.0.0.1", "port": 9, "security": "none", "sender": "hs@example.com"},
    "test_mail_server": {"to": "ann@example.com"},
    "check_oidc_provider": {"issuer": "http://127.0.0.1:9"},
    "add_oidc_provider": {"key": "x", "name": "x", "issuer": "https://id.example", "client_id": "x"},
    "change_oidc_provider": {"name": "x", "issuer": "https://id.example", "client_id": "x"},
    "add_passkey": {"name": "x", "state": "x", "id": "x", "client_data": "x", "attestation": "x"},
    **{name: {"state": "x", "id": "x", "client_data": "x", "authenticator_data": "x", "signature": "x"}
       for name in ("sign_in_with_passkey", "confirm_with_passkey")},
    "rename_passkey": {"name": "x"}, "ask_for_reset_link": {"name": "x"},
    "look_at_reset_link": {"token": "x"},
    "reset_password": {"token": "x", "password": "long enough"},
    "set_up": {"username": "eve", "password": "long enough"},
    "set_threshold": {"value": 250, "valid_from": "2026-01-01"}, "rename_segment": {"name": "Mine now"},
    **{name: {"correction": "crop", "values": {"start": 10, "end": 100}}
       for name in ("preview_correction", "correct_activity")},
    "refuse_record": {"quantity": "power", "refused": True},
    "draw_segment": {"name": "x", "activity": "x", "start_s": 0, "end_s": 9}, "name_route": {"name": "Mine now"},
    "connect": {"source": "garmin", "method": "tokens", "answers": {"tokens": "{}"}},
    "answer_question": {"answers": {}},
    "sign_in_again": {"method": "tokens", "answers": {"tokens": "{}"}}, "change_connection": {"paused": True},
    "sync_now": {}, "preview_sheet": {"settings": {}}, "refetch_days": {"since": "2026-01-01", "until": "2026-01-02"},
    "add_privacy_zone": {"latitude": 60, "longitude": 25, "radius_m": 500}, "change_privacy_zone": {"radius_m": 90},
    "set_weather": {"on": True},
    "set_share_defaults": {"hidden": ["map"]}, "make_share": {"hidden": []}, "change_share": {"days": 3},
    "open_shared": {"password": "wrong"}, "get_shared_route_file": {},
    "invite_person": {"name": "Ben", "role": "viewer"}, "set_member_role": {"role": "viewer"},
    "invite_to_server": {"name": "Ben"}, "join": {"username": "x", "password": "long enough", "token": "x"},
    "make_group": {"name": "Squad"}, "rename_group": {"name": "Mine now"}, "delete_group": {"name": "Wrong"},
    "invite_to_group": {"name": "x"}, "set_group_role": {"role": "coach", "leads": True}, "bring_athlete": {},
    **{name: {"token": "x"} for name in ("look_at_invitation", "accept_invitation")},
    **{name: {"name": "x"} for name in ("add_athlete", "remove_athlete")}, "rename_athlete": {"name": "anna"},
    "delete_account": {"username": "x"},
    "order_photos": {"photos": ["x"]}, "set_photo_clock": {"photos": ["x"], "clock_s": 60},
    "change_photo": {"caption": "Mine now"},
    "answer_matches": {"pairs": [{"a": "x", "b": "y"}], "answer": "one"},
    "undo_edits": {"edits": ["1"]},
    "change_activities": {"activities": ["x"], "add_tags": ["x"]},
    **{f"{verb}_activities": {"activities": ["x"]} for verb in ("delete", "restore", "merge")},
    "save_filter": {"name": "x", "query": "tag=x"}, "change_saved_filter": {"name": "Mine now"},
    "merge": {"other": "x"}, "unmerge": {"recording": "x"},
    "prefer": {"name": "*", "recording": None}, "set_source_priority": {"order": []},
    "preview_source_priority": {"order": []}, "propose": {"month": "2026-01"},
    "approve": {"ids": ["1"]}, "reject": {"ids": ["1"]}, "sync_month": {}, "refetch_month": {},
    "add_gear": {"name": "x"}, "change_gear": {"name": "Mine now"}, "merge_gear": {"into": "x"},
    "add_alias": {"source": "garmin", "key": "x"}, "fit_component": {"name": "x", "since": "2026-01-01"},
    "add_health_entry": {"kind": "weight_kg", "value": 70, "day": "2026-01-02"}, "change_health_entry": {"value": 71},
    "add_health_note": {"kind": "ill", "day": "2026-01-02"}, "change_health_note": {"kind": "travel"},
    "set_health_priority": {"sources": []},
    "add_sink": {"sink": "victoriametrics", "settings": {"url": "http://127.0.0.1:9"}}, "change_sink": {"paused": True},
    "make_plan": {"sport": "run", "weeks": 2, "hours": 4}, "decide_plan_version": {"decision": "reject"},
    "try_plan_changes": {"operations": [{"op": "drop", "id": "x"}]},
    "change_plan": {"operations": [{"op": "drop", "id": "x"}]}, "link_session": {"skipped": "ill"},
    "make_coach_text": {"kind": "week"}, "decide_coach_text": {"decision": "reject"},
    "ask_coach": {"text": "How was my week?"}, "stream_coach": {"text": "How was my week?"},
    "plan_route": {"activity": "x"}, "answer_route_file": {"activity": True}, "change_planned_route": {"name": "Mine"},
    "follow_route": {"route": None},
    "save_rules": {"rules": []}, "preview_rules": {"text": "No training on Mondays"},
    "propose_sending": {}, "make_calendar_feed": {},
    **{name: {"name": "Mine", "sport": "ride", "steps": [{"kind": "work", "end": {"unit": "s", "value": 60}}]}
       for name in ("add_workout", "preview_workout", "change_workout")},
    "agree_model": {"endpoint": "http://127.0.0.1:9/v1"},
    "set_model_settings": {"url": "http://127.0.0.1:9/v1"}, "add_prompt": {"text": "Say something."},
    "run_prompt": {}, "activate_prompt": {}, "restore_prompt": {},
    "add_goal": {"period": "week", "kind": "distance", "target": 1}, "change_goal": {"target": 2},
    "save_chart": {"name": "Mine", "definition": {"y": "distance_m"}}, "change_saved_chart": {"name": "Mine now"},
    "change_component": {"name": "Mine now"}, "service_component": {"day": "2026-01-02"},
}  # fmt: skip
QUERIES: dict[str, dict[str, Any]] = {
    "get_frames": {"ask": ["volume?by=year", "fitness"]},
    "upload": {"path": "x.fit", "size": 1},
    "import_segment": {"family": "run"},
    "export_activity_files": {"contents": "gpx"},
    "get_coverage": {"from": "2026-01-01", "to": "2026-01-02"},
    "preview": {"text": "every 6h"},
    "remove_alias": {"source": "garmin", "key": "mine"},
    "get_calendar": {"from": "2026-01", "to": "2026-02"},
    "get_record_history": {"name": "run", "kind": "distance", "size": 400},
    "get_custom_chart": {"y": "distance_m"},
    "get_plan_days": {"from": "2026-01-01", "to": "2026-01-31"},
}
#: A route of Anna's.
RING = '<gpx version="1.1"><rte><name>Ring</name><rtept lat="48" lon="8"/><rtept lat="48.1" lon="8.1"/></rte></gpx>'
#: A tile of the map, which is nobody's: what is on it is whoever's that asks.
SPOT = {"zoom": "14", "x": "9326", "y": "4742"}


def ids_of(anna: Client, decoders: Decoders) -> dict[str, str]:
    """Return the ids of what is Anna's, by the name of the parameter that takes them."""
    batch = anna.upload(decoders, run_fit=encode(golden.run(400)))
    (activity,) = anna.get("/api/activities").json()["items"]
    edit = anna.patch(f"/api/activities/{activity['id']}", json={"name": "Anna's"}).json()["edits"][0]["id"]
    token = anna.post("/api/tokens", json={"name": "mine"}).json()["id"]
    account = anna.get("/api/session").json()["account"]["id"]
    drawn = {"name": "Hill", "activity": activity["id"], "start_s": 5, "end_s": 50}
    segment = anna.post("/api/segments", json=drawn).json()["id"]
    place = {"latitude": 10, "longitude": 20, "radius_m": 50}
    zone = anna.post("/api/privacy", json=place).json()["items"][0]["id"]
    find_routes(anna.served.context, int(anna.get("/api/session").json()["athletes"][0]["id"]))
    gear, component, service = _gear(anna)
    weighing = {"kind": "weight_kg", "value": 70, "day": "2026-01-01"}
    entry = anna.post("/api/health/entries", json=weighing).json()["id"]
    note = anna.post("/api/health/notes", json={"kind": "ill", "day": "2026-01-01"}).json()["id"]
    saved = anna.post("/api/saved-filters", json={"name": "x", "query": "tag=x"}).json()["items"][0]["id"]
    goal = anna.post("/api/goals", json=BODIES["add_goal"]).json()["items"][0]["id"]
    chart = anna.post("/api/saved-charts", json=BODIES["save_chart"]).json()["items"][0]["id"]
    anna.patch("/api/settings", json={"links": "on"}).raise_for_status()
    share = anna.post(f"/api/sharing/activity/{activity['id']}/shares", json={"hidden": []}).json()["id"]
    noted = {"way": "webhook", "settings": {"url": "http://127.0.0.1:9"}}
    channel = anna.post("/api/notifications/channels", json=noted).json()["channels"][0]["id"]
    photo = anna.post(f"/api/activities/{activity['id']}/photos", content=snapshots.photo()).json()["id"]
    sink = anna.post("/api/sinks", json=BODIES["add_sink"]).json()["id"]
    plan = anna.post("/api/coach/plans", json=BODIES["make_plan"]).json()
    session = next(one["id"] for day in plan["weeks"][0]["days"] for one in day["sessions"])
    workout = anna.post("/api/coach/workouts", json=BODIES["add_workout"]).json()["id"]
    text = anna.post("/api/coach/texts", json=BODIES["make_coach_text"]).json()["id"]
    conversation = anna.post("/api/coach/chat", json=BODIES["ask_coach"]).json()["conversation"]
    (planned,) = anna.post("/api/coach/routes/file", content=RING.encode()).json()["items"]
    drawing = hashlib.sha256(RING.encode()).hexdigest()
    return {
        **_group(anna), "text": text, "conversation": conversation,
        "action": "question", "number": "1", "call": str(_call(anna)),
        "workout": workout, "suffix": "mrc", "planned": planned["id"], "ending": "csv", "drawing": drawing,
        "plan": plan["plan"], "version": "1", "session": session,
        "member": "999999", "removed": "999999", "invitation": "nowhere", "server_invitation": "nowhere",
        "saved": saved, "goal": goal, "chart": chart, "sink": sink, "share": share, "channel": channel,
        "photo": photo, "edge": "320", "what": "activity", "subject": activity["id"],
        "entry": entry, "note": note, "day": "2026-01-01", "kind": "all",
        "gear": gear, "component": component, "service": service,
        "batch": batch, "activity": activity["id"], "edit": edit, "token": token, "account": account,
        "provider": "nowhere", "login": "1", "passkey": "1", "device": "nowhere",
        "segment": segment, "route": activity["id"], "key": "nothing", "zone": zone,
        "one": activity["id"], "other": activity["id"], "source": "nowhere", "month": "2026-01",
        "proposal": "1", "name": "nowhere.pmtiles", **SPOT, **_connected(anna),
    }  # fmt: skip


def _gear(anna: Client) -> tuple[str, str, str]:
    """Return the ids of an item of hers, of its component, and of its service."""
    alias = {"source": "garmin", "key": "mine"}
    item = anna.post("/api/gear", json={"name": "Anna's", "families": ["run"], "alias": alias}).json()["id"]
    where = f"/api/gear/{item}/components"
    chain = anna.post(where, json={"name": "Chain", "since": "2026-01-01"}).json()["components"][0]["id"]
    done = anna.post(f"{where}/{chain}/services", json={"day": "2026-01-02"}).json()
    return item, chain, done["components"][0]["services"][0]["id"]


def _group(anna: Client) -> dict[str, str]:
    """Return the ids of a group that she leads, of herself in it, of her athlete there, and of an invitation to it."""
    found = anna.get("/api/session").json()
    athlete, group = found["athletes"][0]["id"], anna.post("/api/groups", json={"name": "Club"}).json()
    anna.put(f"/api/groups/{group['id']}/athletes/{athlete}", json={"members_see": []}).raise_for_status()
    asked = {"name": "All", "many": True}
    sent = anna.post(f"/api/groups/{group['id']}/invitations", json=asked).json()["id"]
    member = found["account"]["id"]
    return {"group": group["id"], "group_member": member, "group_athlete": athlete, "group_invitation": sent}


def _call(anna: Client) -> int:
    """Return the id of a call of a model for her."""
    scope = Scope(int(anna.get("/api/session").json()["athletes"][0]["id"]))
    row = {"action": "question", "endpoint": "x", "context_digest": "x", "outcome": "budget", "at_ms": 1}
    with anna.served.context.database.write() as session:
        return begin_call(session, scope, row)


def _connected(anna: Client) -> dict[str, str]:
    """Return the ids of a connection of hers, that nobody is signed in to, and of a notice."""
    context, scope = anna.served.context, Scope(int(anna.get("/api/session").json()["athletes"][0]["id"]))
    with context.database.write() as session:
        name, number = add_connection(context, session, scope, source_of("garmin"))
        session.run(update(connection_state).where(connection_state.c.connection_id == number).values(state="sign_in"))
        notify(session, find(session, scope, name), context.clock(), "sign_in_needed", {"text": "Sign in."})
    (notice,) = anna.get("/api/notifications").json()["items"]
    return {"connection": name, "notice": notice["id"]}


def ask(client: Client, route: APIRoute, ids: dict[str, str], **query: Any) -> Any:
    path = re.sub(r"{(\w+)}", lambda found: ids[found[1]], route.path)
    body = BODIES.get(route.name)
    params = {**QUERIES.get(route.name, {}), **query}
    (method,) = route.methods or {"GET"}
    if route.name in (
        "upload",
        "add_photo",
        "import_segment",
        "import_workout",
        "import_planned_route",
        "import_coach",
    ):
        return client.request(method, path, params=params, content=b"x")
    return client.request(method, path, params=params, json=body)


def everything(client: Client, ids: dict[str, str]) -> list[Any]:
    """Return what the owner sees, to compare with later."""
    paths = ("/api/activities", f"/api/activities/{ids['activity']}", f"/api/imports/{ids['batch']}", "/api/tokens")
    return [
        client.get(path).json()
        for path in (
            *paths,
            f"/api/imports/{ids['batch']}/items",
            "/api/session",
            "/api/segments",
            "/api/gear",
            "/api/groups",
        )
    ]
