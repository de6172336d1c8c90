"""/health: a check for monitors, and for people who type it the way to the page of that name."""

from dataclasses import replace

import pytest

from homestretch.app import App
from homestretch.store.database import Database
from tests.api.client import Client

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.fixture(autouse=True)
def at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server count as one that does its jobs, which those of tests leave alone."""
    monkeypatch.setattr(App, "works", True)


@pytest.mark.parametrize("accept", [BROWSER, "text/html", "application/json;q=0.1, TEXT/HTML ; q=0.5"])
def test_a_browser_is_led_to_the_page(solo: Client, accept: str) -> None:
    answer = solo.get("/health", headers={"Accept": accept}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/health/overview")
    assert (answer.headers["vary"], answer.headers["cache-control"]) == ("Accept", "no-store")


@pytest.mark.parametrize(
    "accept", ["", "*/*", "application/json", "application/json, text/plain, */*", "text/html;q=0, */*", "text/htmlx"]
)
def test_a_monitor_gets_the_check(solo: Client, accept: str) -> None:
    answer = solo.get("/health", headers={"Accept": accept}, follow_redirects=False)
    assert answer.status_code == 200 and answer.json()["status"] == "ok"
    assert answer.headers["vary"] == "Accept"


def test_whoever_asks_sees_what_does_not_work(solo: Client) -> None:
    settings = solo.served.settings.model_copy(update={"min_free_mb": 10**9})
    with Client(App(replace(solo.served.context, settings=settings))) as full:
        for accept in (BROWSER, "*/*"):
            answer = full.get("/health", headers={"Accept": accept}, follow_redirects=False)
            assert answer.status_code == 503 and "are free" in answer.json()["parts"]["disk"]


def test_probes_tell_a_server_that_is_there_from_one_that_can_work(solo: Client, unused_port: int) -> None:
    """A full disk or a lost database is nothing that a restart mends; with a full disk one can still read."""
    settings = solo.served.settings.model_copy(update={"min_free_mb": 10**9, "allowed_hosts": ("training.example",)})
    away = Database(f"postgresql://nobody@127.0.0.1:{unused_port}/nothing")
    for database, ready in ((solo.served.database, 200), (away, 503)):
        context = replace(solo.served.context, settings=settings, database=database)
        with Client(App(context)) as probe:
            by_address = {"Host": "10.1.2.3:8080"}
            assert probe.get("/health", headers=by_address).status_code == 400
            assert probe.get("/health/live", headers=by_address).text == "alive"
            answer = probe.get("/health/ready", headers=by_address)
            assert answer.status_code == ready and (answer.text == "ready") == (ready == 200)
