"""What is another's is not there: every route of the API, asked with another's ids, and about another's athlete."""

from itertools import cycle

import pytest

from tests.api.asking import BODIES, ask, everything
from tests.api.client import Client, routes

OF_WHOEVER_ASKS = {
    "finish_oidc", "get_heat_tile", "compare_month", "get_month", "sync_month", "refetch_month",
    "get_health_day", "get_health_courses", "set_health_priority", "diff_prompts",
}  # fmt: skip
#: Without a grant to ask for: about the server, or about whoever asks.
OF_NOBODY = {
    "get_session", "set_up", "sign_in", "sign_out", "get_health", "get_live", "get_ready", "get_metrics",
    "answer_challenge", "hear_message",
    "begin_passkey_sign_in", "sign_in_with_passkey", "sign_in_by_proxy",
    "ask_for_reset_link", "look_at_reset_link", "reset_password",
    "give_code", "offer_factor_at_sign_in", "switch_on_factor_at_sign_in",
    "get_health_metrics", "get_calendar_file", "begin_oidc", "finish_oidc", "end_oidc_sessions",
    "get_shared", "get_shared_picture", "open_shared", "get_shared_route_file",
    "look_at_invitation", "join", "stop_notification_channel",
}  # fmt: skip
OF_ONESELF = {
    "confirm_identity", "list_logins", "unlink_login", "list_sessions", "end_session", "end_other_sessions",
    "get_second_factor", "offer_second_factor", "switch_on_second_factor", "switch_off_second_factor",
    "renew_recovery_codes",
    "list_passkeys", "begin_passkey", "add_passkey", "rename_passkey", "remove_passkey",
    "begin_passkey_confirmation", "confirm_with_passkey",
    "list_athletes", "add_athlete", "list_removed_athletes", "restore_athlete", "accept_invitation", "delete_account",
    "list_groups", "make_group", "rename_group", "delete_group", "invite_to_group", "revoke_group_invitation",
    "set_group_role", "remove_group_member", "bring_athlete", "take_athlete_out",
    "get_notification_settings", "set_notification_wishes", "add_notification_channel", "change_notification_channel",
    "remove_notification_channel", "test_notification_channel",
    "get_push_key", "add_push_device", "renew_push_device", "send_address_code", "confirm_address",
    "change_account", "change_password", "list_tokens", "create_token", "revoke_token", "list_settings", "list_maps",
    "list_metrics", "list_charts", "list_chart_values", "get_map", "load_demo", "list_sink_kinds", "list_rule_kinds",
    "list_prompts", "get_prompt", "diff_prompts", "list_account_security_events",
}  # fmt: skip
OF_ADMINS = {
    "list_oidc_providers", "add_oidc_provider", "change_oidc_provider", "remove_oidc_provider", "check_oidc_provider",
    "make_reset_link", "list_account_sessions", "end_account_sessions",
    "list_server_invitations", "invite_to_server", "revoke_server_invitation",
    "list_accounts", "create_account", "remove_account", "change_settings", "get_server_status",
    "get_mail_server", "set_mail_server", "remove_mail_server", "test_mail_server",
    "list_security_events", "export_security_events",
    "get_backups", "set_backup_plan", "back_up_now", "test_restoring", "encrypt_backups", "stop_encrypting_backups",
    "get_model_settings", "set_model_settings", "remove_model_settings", "check_model",
    "list_prompt_runs", "add_prompt", "run_prompt", "activate_prompt", "restore_prompt",
}  # fmt: skip
#: What an account keeps of its own about an athlete whom it sees, also one who may only look; and anyone may leave.
KEPT_BY_ACCOUNT = {
    "save_filter", "change_saved_filter", "remove_saved_filter", "restore_saved_filter", "remove_member",
    "end_temporary_role",
}  # fmt: skip
OF_AN_ATHLETE = [r for r in routes() if r.name not in OF_NOBODY | OF_ONESELF | OF_ADMINS]


def test_another_s_ids_lead_nowhere(anna: Client, ids: dict[str, str]) -> None:
    """Ben asks every route with Anna's ids, as himself: 404, never 403, which would say that it exists."""
    before = everything(anna, ids)
    with anna.other("ben") as ben:
        for route in routes():
            if "{" not in route.path or route.name in OF_WHOEVER_ASKS:
                continue
            status = ask(ben, route, ids).status_code
            assert status == (403 if route.name in OF_ADMINS else 404), f"{route.methods} {route.path}"
    assert everything(anna, ids) == before


def test_another_s_athlete_is_not_there(anna: Client, ids: dict[str, str]) -> None:
    before = everything(anna, ids)
    athlete = anna.get("/api/session").json()["athletes"][0]
    with anna.other("ben") as ben:
        # All routes ask one dependency, see below: each is given Anna's athlete, and one of the other names.
        others = cycle((athlete["name"], "0", "99", "-1", "9" * 30, "x'--"))
        for route in OF_AN_ATHLETE:
            for named in (athlete["id"], next(others)):
                assert ask(ben, route, ids, athlete=named).status_code == 404, f"{route.methods} {route.path} {named}"
    assert everything(anna, ids) == before


def test_lists_hold_one_s_own_only(anna: Client, ids: dict[str, str]) -> None:
    with anna.other("ben") as ben:
        for path in ("/api/activities", "/api/imports"):
            assert ben.get(path).json() == {"items": [], "next": None, "total": 0}
        assert ben.get("/api/tokens").json() == {"items": []}
        assert ben.get("/api/activities/summary").json()["total"] == 0


def test_whoever_is_not_signed_in_gets_nothing(anna: Client, ids: dict[str, str]) -> None:
    before = everything(anna, ids)
    with Client(anna.served) as nobody:
        for route in routes():
            if route.name not in OF_NOBODY:
                assert ask(nobody, route, ids).status_code == 401, f"{route.methods} {route.path}"
    assert everything(anna, ids) == before


def test_a_reading_token_changes_nothing(anna: Client, ids: dict[str, str]) -> None:
    token = anna.post("/api/tokens", json={"name": "read"}).json()["token"]
    before = everything(anna, ids)
    with Client(anna.served, headers={"Authorization": f"Bearer {token}"}) as reader:
        for route in routes():
            if not {"GET"} & set(route.methods or ()) and route.name not in OF_NOBODY:
                assert ask(reader, route, ids).status_code == 403, f"{route.methods} {route.path}"
    assert everything(anna, ids) == before


def test_a_viewer_sees_and_changes_nothing(anna: Client, ids: dict[str, str]) -> None:
    from sqlalchemy import insert, select

    from homestretch.store.tables.kept import accounts, grants

    athlete = anna.get("/api/session").json()["athletes"][0]["id"]
    before = everything(anna, ids)
    with anna.other("ben") as ben:
        with anna.served.database.write() as session:
            who = session.scalar(select(accounts.c.id).where(accounts.c.username == "ben"))
            session.run(insert(grants), {"account_id": who, "athlete_id": int(athlete), "role": "viewer"})
        assert ben.get("/api/activities", params={"athlete": athlete}).json() == before[0]
        for route in OF_AN_ATHLETE:
            if "GET" not in (route.methods or ()):
                refusals = (201, 404) if route.name in KEPT_BY_ACCOUNT else (403,)
                assert ask(ben, route, ids, athlete=athlete).status_code in refusals, f"{route.methods} {route.path}"
    assert everything(anna, ids) == before


@pytest.mark.parametrize("day", ["2026-99-99", "2026-02-30", "yesterday", "0000-01-01"])
def test_a_day_that_is_none_is_refused(anna: Client, ids: dict[str, str], day: str) -> None:
    """It must not become a run, which would fail for ever."""
    where = f"/api/sources/{ids['connection']}"
    assert anna.post(f"{where}/sync", json={"since": day}).status_code == 422
    assert anna.post(f"{where}/refetch", json={"since": day, "until": "2026-01-02"}).status_code == 422


def test_every_route_is_asked_here() -> None:
    """A new route has to say whose data it is about; what it takes has to be known here."""
    named = {r.name for r in routes()}
    assert named >= (OF_NOBODY | OF_ONESELF | OF_ADMINS)
    for route in OF_AN_ATHLETE:
        assert "asking" in {d.name for d in route.dependant.dependencies}, route.path
        assert "athlete" in {p.name for d in route.dependant.dependencies for p in d.query_params}, route.path
    wanting = {r.name for r in routes() if r.dependant.body_params}
    assert wanting == set(BODIES)
