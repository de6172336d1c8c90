"""Commands about sinks: added, listed, pushed and checked against a real VictoriaMetrics."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from homestretch.net.deliver import Delivery
from tests.cli.test_commands import refused, said
from tests.others import victoria_metrics
from tests.served import ask, environment, homestretch, inside, serving


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

    vm = Delivery("VictoriaMetrics", server, "anna", "right")
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
