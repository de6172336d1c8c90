"""Sinks over the API: what is shown of them, and the token that opens nothing but /metrics/health."""

from datetime import UTC, datetime, timedelta

from tests.api.client import Client


def test_a_sink_is_added_changed_and_removed(anna: Client) -> None:
    body = {
        "sink": "victoriametrics",
        "settings": {"url": "http://127.0.0.1:9", "delete_key": "x9"},
        "password": "secret words",
    }
    made = anna.post("/api/sinks", json=body)
    assert made.status_code == 201 and made.json()["token"] is None
    where = f"/api/sinks/{made.json()['id']}"
    changed = anna.patch(where, json={"kinds": ["steps"], "paused": True}).json()
    assert (changed["kinds"], changed["state"], changed["has_password"]) == (["steps"], "paused", True)
    assert "secret words" not in anna.get("/api/sinks").text
    assert changed["settings"] == {"url": "http://127.0.0.1:9"}
    kept = anna.patch(where, json={"settings": {"names": "syncbit"}}).json()
    assert kept["settings"] == {"url": "http://127.0.0.1:9", "names": "syncbit"}
    assert len(anna.patch(where, json={"kinds": None}).json()["kinds"]) > 50
    assert anna.patch(where, json={"settings": {"nothing": "x"}}).status_code == 400
    assert anna.post(f"{where}/check").status_code == 502
    assert anna.post(f"{where}/push").status_code == 202
    assert anna.delete(where).status_code == 204 and anna.get("/api/sinks").json() == {"items": []}
    assert {"mqtt", "influx"} <= {kind["key"] for kind in anna.get("/api/sinks/kinds").json()["items"]}


def test_a_token_opens_the_newest_day_and_nothing_else(anna: Client) -> None:
    day = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    anna.post("/api/health/entries", json={"kind": "weight_kg", "value": 70.5, "day": day})
    made = anna.post("/api/sinks", json={"sink": "prometheus", "user": "anna"}).json()
    with Client(anna.served, headers={"Authorization": f"Bearer {made['token']}"}) as prometheus:
        text = prometheus.get("/metrics/health").text
        assert 'homestretch_weight_kilograms{source="hand",user="anna"} 70.5' in text
        assert prometheus.get("/api/health/overview").status_code == 401
    with Client(anna.served, headers={"Authorization": "Bearer hs_other"}) as stranger:
        assert stranger.get("/metrics/health").status_code == 404
    anna.patch(f"/api/sinks/{made['id']}", json={"paused": True})
    with Client(anna.served, headers={"Authorization": f"Bearer {made['token']}"}) as prometheus:
        assert prometheus.get("/metrics/health").status_code == 404


def test_only_an_administrator_reaches_into_the_network_of_a_club(anna: Client) -> None:
    near = {"sink": "victoriametrics", "settings": {"url": "http://127.0.0.1:9"}}
    cloud = {"sink": "influx", "settings": {"url": "http://169.254.169.254/latest"}}
    alone = anna.post("/api/sinks", json=near).json()["id"]
    assert anna.post("/api/sinks", json=cloud).status_code == 400
    with anna.other("ben") as ben:
        refused = ben.post("/api/sinks", json={**near, "user": "ben"})
        assert refused.status_code == 403 and "127.0.0.1" in refused.json()["detail"]
        assert ben.post("/api/sinks", json={"sink": "mqtt", "settings": {"url": "mqtt://localhost"}}).status_code == 403
        public = ben.post("/api/sinks", json={"sink": "mqtt", "settings": {"url": "mqtt://1.1.1.1"}}).json()["id"]
        moved = {"settings": {"url": "mqtt://127.0.0.1:9"}}
        assert ben.patch(f"/api/sinks/{public}", json=moved).status_code == 403
        assert anna.post(f"/api/sinks/{alone}/check").status_code == 502, "the administrator's is still tried"

        anna.patch("/api/settings", json={"private_sinks": "everyone"}).raise_for_status()
        assert ben.patch(f"/api/sinks/{public}", json=moved).status_code == 200
        assert ben.post("/api/sinks", json=cloud).status_code == 400
        anna.patch("/api/settings", json={"private_sinks": None}).raise_for_status()
        assert ben.post(f"/api/sinks/{public}/check").status_code == 403, "it was allowed once, and is no more"
    anna.patch("/api/settings", json={"private_sinks": "nobody"}).raise_for_status()
    assert anna.post(f"/api/sinks/{alone}/check").status_code == 403
