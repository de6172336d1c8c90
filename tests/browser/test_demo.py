"""The story of somebody who has no files yet: a demo athlete to look at, and back to their own."""

import json
import re

from playwright.sync_api import Route, expect

from tests.browser.visitor import Visitor

#: What the progress says before the first file is made.
NOTHING_YET = re.compile(r"\b0 of [\d,.]+ created")


def done(route: Route) -> None:
    """Answer as once everything is made, for which no test waits."""
    page = route.fetch().json()
    page["items"] = [{**item, "state": "done", "activities": 527} for item in page["items"]]
    route.fulfill(body=json.dumps(page), content_type="application/json")


def silent(route: Route) -> None:
    """Answer with a stream of no events: they would say that it is still being made."""
    route.fulfill(body="retry: 600000\n\n", content_type="text/event-stream")


def test_a_demo_athlete_is_looked_at_and_removed(home: Visitor) -> None:
    page = home.page
    banner, progress = page.get_by_test_id("demo-banner"), page.get_by_test_id("demo-progress")
    page.goto("/import")
    page.get_by_role("button", name="Try with a demo athlete").click()
    expect(banner).to_contain_text("Demo athlete")
    expect(progress).to_contain_text("Creating two years of training")
    expect(progress).not_to_contain_text(NOTHING_YET, timeout=30_000)
    home.examine("demo-making")
    page.goto("/import")
    expect(page.get_by_test_id("files")).to_have_count(0)
    page.get_by_role("main").get_by_role("button", name="Back to my data").click()
    expect(page.get_by_text("No activities yet")).to_be_visible()
    expect(banner).to_have_count(0)
    page.get_by_role("button", name="Try with a demo athlete").click()
    expect(banner).to_be_visible()
    page.route("**/api/imports?*", done)
    page.route("**/api/events*", silent)
    page.reload()
    ready = page.get_by_test_id("demo-ready")
    expect(ready).to_contain_text("527 activities. Explore Records, Training, Map")
    ready.get_by_role("link", name="Records").click()
    expect(page.get_by_role("heading", name="Records", level=1)).to_be_visible()
    banner.get_by_role("button", name="Remove demo").click()
    expect(page.get_by_text("No activities yet")).to_be_visible()
    expect(banner).to_have_count(0)
    assert [one["demo"] for one in page.request.get("/api/session").json()["athletes"]] == [False]
