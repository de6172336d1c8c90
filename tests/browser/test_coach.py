"""The story of somebody who trains for a race: a plan is made, changed by keyboard, checked, and approved."""

import json
from datetime import date, timedelta
from threading import Event
from typing import Any

from playwright.sync_api import expect

from tests.browser.story import Place
from tests.browser.visitor import Visitor
from tests.fakes.intervals import FakeIntervals
from tests.fakes.intervals.server import KEY
from tests.fakes.language_model.server import FakeModel, Json, Status, Step, Text

#: A Sunday in ten weeks or so.
RACE = date.today() + timedelta(days=70 + 6 - date.today().weekday())

#: The first day of a plan that is made today.
NEXT_MONDAY = date.today() + timedelta(days=7 - date.today().weekday())


def test_a_plan_is_made_changed_and_approved(home: Visitor) -> None:
    page = home.page
    page.goto("/coach")
    home.examine("coach-none")
    page.get_by_label("Name of the event").fill("Spring half")
    page.get_by_label("Day of the event").fill(RACE.isoformat())
    page.get_by_label("Distance").fill("21.1")
    page.get_by_role("button", name="Make the plan").click()
    status, draft = page.get_by_test_id("status"), page.get_by_test_id("draft")
    expect(status).to_have_text("Waits for approval")
    expect(page.get_by_test_id("rules")).to_be_visible()
    home.examine("coach-plan")
    session = page.locator("[data-session]").nth(1)
    name, day = session.get_attribute("data-session"), session.locator("xpath=ancestor::li[@data-day]")
    before = day.get_attribute("data-day") or ""
    session.get_by_role("button").first.focus()
    page.keyboard.press("m")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    after = (date.fromisoformat(before) + timedelta(days=1)).isoformat()
    expect(page.locator(f'[data-day="{after}"] [data-session="{name}"]')).to_be_visible()
    expect(draft).to_contain_text("1 change, not saved yet")
    expect(draft.get_by_text("Breaks no rule").or_(draft.get_by_text("Rule that")).first).to_be_visible()
    draft.get_by_role("button", name="Save as a version").click()
    expect(page.get_by_text("Version 2", exact=True)).to_be_visible()
    page.get_by_role("button", name="What changed").click()
    expect(page.get_by_role("region", name="Versions").get_by_text("→")).to_be_visible()
    page.get_by_role("button", name="Approve", exact=True).click()
    anyway = page.get_by_label("Why is it right although it breaks a rule?")
    expect(status.get_by_text("In force").or_(anyway)).to_be_visible()
    if anyway.is_visible():
        anyway.fill("The club meets then.")
        page.get_by_role("button", name="Approve anyway").click()
    expect(status).to_have_text("In force")
    page.goto("/coach")
    expect(page.get_by_role("link", name="Spring half")).to_contain_text("In force")
    home.examine("coach")
    _moved_in_the_calendar(home)


def _moved_in_the_calendar(home: Visitor) -> None:
    """Drag a session of next week to the day before it in the calendar of activities, and save that."""
    page = home.page
    page.goto(f"/calendar/{NEXT_MONDAY:%Y-%m}")
    week = [(NEXT_MONDAY + timedelta(days=n)).isoformat() for n in range(7)]
    days = page.locator(", ".join(f'[data-day="{day}"]' for day in week[1:])).filter(has=page.locator("[data-session]"))
    expect(days.first).to_be_visible()
    home.examine("calendar-plan")
    session = days.first.locator("[data-session]").first
    name, day = session.get_attribute("data-session"), days.first.get_attribute("data-day") or ""
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    session.drag_to(page.locator(f'[data-day="{before}"]'))
    expect(page.locator(f'[data-day="{before}"] [data-session="{name}"]')).to_be_visible()
    draft = page.get_by_test_id("draft")
    expect(draft).to_contain_text("1 change, not saved yet")
    page.get_by_role("button", name="Next month").click()
    expect(draft).to_contain_text("1 change, not saved yet")
    draft.get_by_role("button", name="Save as a version").click()
    expect(page.get_by_text("Version 3 waits for your approval")).to_be_visible()


def test_sessions_are_sent_and_the_calendar_gets_an_address(home: Visitor, place: Place) -> None:
    page, provider = home.page, FakeIntervals()
    provider.port = place.ports["intervals"]
    with provider:
        page.goto("/coach")
        section = page.get_by_role("region", name="On devices and in calendars")
        expect(section).to_contain_text("Connect Garmin Connect or intervals.icu")
        body = {"source": "intervals", "method": "key", "answers": {"api_key": KEY}}
        made = page.request.post("/api/sources", data=body, headers={"X-Homestretch": "1"})
        assert made.ok, made.text()
        page.reload()
        expect(section).to_contain_text("intervals.icu: 0 of")
        section.get_by_role("button", name="Send…").click()
        dialog = page.get_by_role("dialog", name="Send sessions")
        dialog.get_by_label("Sessions").select_option("14")
        expect(dialog.locator("[data-send=new]").first).to_contain_text("intervals.icu")
        count = dialog.locator("[data-send=new]").count()
        home.examine("coach-send")
        on_a_phone(home, "coach-send")
        dialog.get_by_role("button", name=f"Send {count} change").click()
        expect(dialog.locator("[data-send=same]")).to_have_count(count)
        assert len(provider.events) == count and provider.problems == []
        dialog.get_by_role("button", name="Close").last.click()
        home.examine("coach-sent")
        on_a_phone(home, "coach-sent")
    page.goto("/settings/calendar")
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_test_id("calendar-address")
    expect(address).to_contain_text("/calendar/")
    home.examine("settings-calendar")
    on_a_phone(home, "settings-calendar")
    assert "BEGIN:VEVENT" in page.request.get(address.inner_text()).text()
    page.get_by_role("button", name="Remove the address").click()
    expect(page.get_by_text("The calendar has no address yet.")).to_be_visible()


def on_a_phone(someone: Visitor, name: str) -> None:
    """Look at what is to be seen on a screen as small as a phone's."""
    desk = someone.page.viewport_size
    assert desk is not None
    someone.page.set_viewport_size({"width": 390, "height": 844})
    someone.size = "phone"
    someone.examine(name)
    someone.page.set_viewport_size(desk)
    someone.size = "desktop"


def test_a_model_writes_once_it_was_agreed_to(home: Visitor) -> None:
    page = home.page
    page.goto("/coach/chat")
    expect(page.get_by_text("No language model is connected.")).to_be_visible()
    home.examine("coach-chat-off")
    page.get_by_label("Your question").fill("What is TSS?")
    page.keyboard.press("Enter")
    expect(page.locator("[data-author=code]")).to_contain_text("Training load (TSS-like)")
    with FakeModel() as model:
        _connected(home, model)
        model.usual = _explanation
        asked = {"sport": "run", "weeks": 4, "hours": 4}
        made = page.request.post("/api/coach/plans", data=asked, headers={"X-Homestretch": "1"}).json()
        page.goto(f"/coach/plan/{made['plan']}")
        page.get_by_role("button", name="Explain this plan").click()
        page.get_by_role("button", name="Look at what would be sent").click()
        expect(page.get_by_test_id("would-send")).to_contain_text('"facts"')
        assert [one for one in model.asked if "facts" in str(one)] == [], "nothing is sent before"
        page.get_by_role("button", name="Agree and send").click()
        written = page.locator("[data-text]")
        expect(written).to_contain_text("How the plan leads to the race")
        expect(written).not_to_contain_text("42 hours")
        home.examine("coach-explained")
        on_a_phone(home, "coach-explained")
        _asked_slowly(home, model)
        model.usual = Status(401)
        page.get_by_label("Your question").fill("And the week before?")
        page.keyboard.press("Enter")
        expect(page.locator("[data-author=code]")).to_contain_text("refused the key")
        home.examine("coach-chat")
        on_a_phone(home, "coach-chat")
    page.goto("/settings/model")
    page.get_by_role("button", name="Disconnect").click()
    expect(page.get_by_text("The model is disconnected")).to_be_visible()


def _connected(home: Visitor, model: FakeModel) -> None:
    page = home.page
    page.goto("/settings/model")
    page.get_by_label("Address", exact=True).fill(model.url)
    page.get_by_label("Models", exact=True).fill("small")
    model.usual = Json({"answer": "ready"})
    page.get_by_role("button", name="Save and test").click()
    expect(page.get_by_text("small answered in")).to_be_visible()
    home.examine("settings-model")
    on_a_phone(home, "settings-model")


def _explanation(body: dict[str, Any]) -> Step:
    """Return an explanation with two points, one of which says a number that is no fact."""
    facts = json.loads(next(one["content"] for one in body["messages"] if '"facts"' in str(one["content"])))["facts"]
    known = next(name for name, fact in facts.items() if isinstance(fact["v"], int | float))
    points = [
        {"text": f"It came to {{{known}}}.", "tone": "good", "evidence": [known]},
        {"text": "You will run for 42 hours.", "tone": "neutral", "evidence": []},
    ]
    return Json({"headline": "How the plan leads to the race", "points": points, "unknown": []})


def _asked_slowly(home: Visitor, model: FakeModel) -> None:
    """Ask a model that stops in the middle of an answer: what was said is seen, and goes on."""
    page, gate = home.page, Event()
    model.usual = Text("Your training is steady. It goes on like this.", pieces=26, gate=gate)
    page.goto("/coach/chat")
    page.get_by_label("Your question").fill("How is my training?")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("answering")).to_contain_text("Your training is steady.")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    gate.set()
    expect(page.locator("[data-author=model]")).to_contain_text("It goes on like this.")
