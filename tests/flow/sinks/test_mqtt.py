"""The newest day at a real mosquitto, as Home Assistant finds it."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from homestretch.flow.runtime.context import Context
from homestretch.flow.sinks import sinks as flow
from homestretch.flow.sinks.push import check_named, due_sinks, push_named
from homestretch.net.mqtt import MqttClient
from homestretch.store.scope import Scope
from tests.flow.sinks.days import at_home, at_noon, before, put
from tests.others import mosquitto, program


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with mosquitto(tmp_path_factory.mktemp("broker")) as url:
        yield url


@pytest.fixture
def noon(sqlite_context: Context, scope: Scope) -> Context:
    at_home(sqlite_context, scope)
    return at_noon(sqlite_context)


def retained(broker: str, topic: str) -> str:
    payload = MqttClient(broker, "reader", "", "", "reader/gone", reach="private").retained(topic)
    assert payload is not None
    return payload.decode()


def test_the_newest_whole_day_and_today_are_retained(noon: Context, scope: Scope, broker: str) -> None:
    put(noon, scope, {before(2): {"steps": 5.0}, before(1): {"steps": 9000.0, "weight_kg": 70.5}})
    put(noon, scope, {before(0): {"steps": 100.0}})
    flow.add(noon, scope, flow.NewSink("mqtt", {"url": broker}, user="Anna B"))
    (done,) = push_named(noon, scope, None)
    assert done["error"] is None and due_sinks(noon) == []
    state = json.loads(retained(broker, "homestretch/anna_b/health"))
    assert state == {
        "day": before(1), "steps": 9000.0, "weight_kg": 70.5, "today": {"day": before(0), "steps": 100.0},
    }  # fmt: skip
    config = json.loads(retained(broker, "homeassistant/device/homestretch_anna_b/config"))
    assert set(config["cmps"]) == {"steps", "weight_kg", "today_steps"}
    assert retained(broker, "homestretch/anna_b/availability") == "online"
    (check,) = check_named(noon, scope, None)
    assert check["equal"] and check["ours"] == 5

    put(noon, scope, {before(0): {"steps": 150.0}})
    assert due_sinks(noon) != []
    (check,) = check_named(noon, scope, None)
    assert [row["series"] for row in check["differences"]] == ["homestretch/anna_b/health today steps"]


def test_a_broker_that_wants_a_password_gets_it_or_says_no(noon: Context, scope: Scope, tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    subprocess.run([program("mosquitto_passwd"), "-b", "-c", str(passwords), "anna", "right"], check=True)
    put(noon, scope, {before(1): {"steps": 9000.0}})
    lines = ("allow_anonymous false", f"password_file {passwords}", "user root")
    with mosquitto(tmp_path, *lines) as url:
        new = flow.NewSink("mqtt", {"url": url, "username": "anna"}, password="wrong", user="anna")
        made = flow.add(noon, scope, new)
        (refused,) = push_named(noon, scope, None)
        assert refused["error"] is not None and "rejected the user name or password" in refused["error"]
        flow.change(noon, scope, made["id"], flow.SinkChange(password="right"))
        (done,) = push_named(noon, scope, None)
        assert done["error"] is None and done["samples"] == 1


def test_a_broker_that_is_away_is_tried_again_later(noon: Context, scope: Scope, unused_port: int) -> None:
    put(noon, scope, {before(1): {"steps": 9000.0}})
    flow.add(noon, scope, flow.NewSink("mqtt", {"url": f"mqtt://127.0.0.1:{unused_port}"}))
    (failed,) = push_named(noon, scope, None)
    assert failed["error"] is not None and "can't be reached" in failed["error"] and due_sinks(noon) == []
    assert due_sinks(at_noon(noon, 1)) != []
