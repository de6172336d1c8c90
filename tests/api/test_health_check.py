"""/health: a check for monitors, and for people who type it the way to the page of that name."""

from dataclasses import replace

import pytest

from homestretch.app import App
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
