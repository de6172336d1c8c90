"""Commands about sinks: added, listed, pushed and checked against a real VictoriaMetrics."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.sinks import sinks
from homestretch.net.deliver import Delivery
from homestretch.store.database import sqlite_url
from homestretch.store.scope import Scope
from tests.cli.test_commands import refused, said
from tests.conftest import make_context
from tests.flow.sinks.days import put
from tests.others import victoria_metrics
from tests.served import ask, environment, homestretch, inside, serving
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A VictoriaMetrics that asks for a password."""
    options = ("-httpAuth.username=anna", "-httpAuth.password=right")
    with victoria_metrics(tmp_path_factory.mktemp("vm"), *options) as url:
        yield url


def test_a_sink_from_its_adding_to_its_removal(tmp_path: Path, server: str) -> None:
    env = environment(tmp_path / "data")
    password = tmp_path / "password"
    password.write_text("right\n")
    said(env, "health", "weight", "add", "70.5", "--day", "2026-01-02", "--json")
    reach = ("--url", server, "--user", "anna", "--password-file", str(password), "--label", "cli")
    made = said(env, "sinks", "add", "victoriametrics", *reach, "--json")
    (listed,) = said(env, "sinks", "list", "--json")["items"]
    assert (listed["id"], listed["state"], listed["pending_days"]) == (made["id"], "ready", 1)
    assert listed["settings"] == {"url": server, "username": "anna"} and listed["has_password"]
    assert "steps" in listed["kinds"] and not {"felt_mood", "menstruation"} & set(listed["kinds"])
    (done,) = said(env, "sinks", "push", "--json")["items"]
    assert (done["samples"], done["error"]) == (1, None)
    (check,) = said(env, "sinks", "check", "--json")["items"]
    assert (check["equal"], check["ours"], check["there"]) == (True, 1, 1)

    vm = Delivery("VictoriaMetrics", server, "anna", "right", reach="private")
    vm.ask("POST", "/api/v1/admin/tsdb/delete_series", data={"match[]": 'homestretch_weight_kilograms{user="cli"}'})
    assert "different" in refused_out(env, "sinks", "check")
    assert "1 sample sent" in inside(env, "sinks", "push", "--from", "2026-01-01").stdout
    assert "equal" in inside(env, "sinks", "check").stdout
    inside(env, "sinks", "set", made["id"], "--kinds", "steps", "--pause")
    (listed,) = said(env, "sinks", "list", "--json")["items"]
    assert (listed["state"], listed["kinds"]) == ("paused", ["steps"])
    assert inside(env, "sinks", "remove", made["id"]).returncode == 0
    assert said(env, "sinks", "list", "--json") == {"items": []}
    assert "No sink" in refused(env, "sinks", "push", made["id"], code=1)


def refused_out(env: dict[str, str], *arguments: str) -> str:
    """Return what a command printed that ended with 1."""
    answer = inside(env, *arguments)
    assert answer.returncode == 1, answer.stderr
    return answer.stdout


def test_what_is_wrong_with_a_sink_is_said(tmp_path: Path, unused_port: int) -> None:
    env = environment(tmp_path / "data")
    assert "Unknown sink" in refused(env, "sinks", "add", "graphite", code=2)
    assert "needs a setting: url" in refused(env, "sinks", "add", "victoriametrics", code=2)
    nowhere = ("--url", f"http://127.0.0.1:{unused_port}")
    assert "Unknown kind" in refused(env, "sinks", "add", "influx", *nowhere, "--kinds", "step", code=2)
    assert "Unknown names" in refused(env, "sinks", "add", "victoriametrics", *nowhere, "--names", "mine", code=2)
    assert "begins with" in refused(env, "sinks", "add", "influx", "--url", "file:///etc", code=2)
    said(env, "sinks", "add", "influx", *nowhere, "--json")
    said(env, "health", "weight", "add", "70.5", "--day", "2026-01-02", "--json")
    assert "can't be reached" in refused_out(env, "sinks", "push")
    assert {"victoriametrics", "influx", "mqtt"} <= said(env, "catalog", "--json")["sinks"].keys()
    assert "database" in inside(env, "sinks", "kinds").stdout


def test_beside_a_server_the_job_sends_and_a_push_finds_nothing_left(
    tmp_path: Path, server: str, unused_port: int
) -> None:
    env = environment(tmp_path / "data")
    password = tmp_path / "password"
    password.write_text("right")
    said(env, "health", "weight", "add", "70.5", "--day", "2026-01-02", "--json")
    fetched = said(env, "sinks", "add", "prometheus", "--kinds", "weight_kg", "--json")
    reach = ("--url", server, "--user", "anna", "--password-file", str(password), "--label", "beside")
    said(env, "sinks", "add", "victoriametrics", *reach, "--json")
    with serving(env, unused_port):
        pushed = homestretch(env, "sinks", "push", "--json")
        assert pushed.returncode == 0, pushed.stderr
        checked = homestretch(env, "sinks", "check", "--json")
        assert checked.returncode == 0, checked.stdout
        assert ask(unused_port, "GET", "/metrics/health")[0] == 404
        assert ask(unused_port, "GET", "/metrics/health", Authorization="Bearer hs_wrong")[0] == 404
    assert fetched["token"].startswith("hs_")


def test_a_push_that_is_killed_is_begun_again_and_nothing_is_there_twice(tmp_path: Path, server: str) -> None:
    env = environment(tmp_path / "data")
    said(env, "health", "weight", "add", "70.5", "--day", "2026-01-02", "--json")
    context = make_context(tmp_path / "data", sqlite_url(tmp_path / "data"))
    athlete = Scope(athlete_named(context, None))
    first = date(2005, 1, 1)
    days = [(first + timedelta(days=n)).isoformat() for n in range(5_000)]
    put(context, athlete, {day: {"steps": 1000.0 + n, "calories_kcal": 2000.0 + n} for n, day in enumerate(days)})
    new = sinks.NewSink("victoriametrics", {"url": server, "username": "anna"}, password="right", user="killed")
    sinks.add(context, athlete, new)
    context.database.close()
    vm = Delivery("VictoriaMetrics", server, "anna", "right", reach="private")

    def rows() -> bytes:
        vm.ask("GET", "/internal/force_flush")
        return vm.ask("POST", "/api/v1/export", data={"match[]": 'homestretch_steps{user="killed"}', "start": "0"}).body

    command = [sys.executable, "-m", "homestretch", "sinks", "push"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: process.poll() is not None or rows())
    process.kill()
    assert process.wait() != 0
    (done,) = said(env, "sinks", "push", "--json")["items"]
    assert 0 < done["samples"] < 10_001
    (check,) = said(env, "sinks", "check", "--json")["items"]
    assert (check["equal"], check["ours"], check["there"]) == (True, 10_001, 10_001)
