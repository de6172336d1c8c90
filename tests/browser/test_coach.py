"""The story of somebody who trains for a race: a plan is made, changed by keyboard, checked, and approved."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

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
