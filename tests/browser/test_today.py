"""The story of somebody who looks each morning for a minute: at a desk, and on a phone."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from homestretch.formats.fit.encode import encode
from tests.browser.rides import ride_at
from tests.browser.story import Story
from tests.browser.visitor import Visitor
from tests.waiting import wait_until

TODAY_MS = int(datetime.now(UTC).replace(hour=0, minute=30, second=0, microsecond=0).timestamp() * 1000)
DAY_MS = 86_400_000
#: Rides of three weeks, the last of them yesterday; none two alike.
AGO = (21, 16, 12, 9, 6, 4, 1)
#: How much of what is seen has moved without being asked, as browsers count it.
SHIFT = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()
    .filter(one => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0)))
    .observe({type: "layout-shift", buffered: true}) ?? setTimeout(() => done(0), 500))"""
#: What is too small for a finger: less than 44 px high.
SMALL = "all => all.filter(one => one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML.slice(0, 120))"


@pytest.fixture(scope="module", autouse=True)
def ridden(story: Story) -> Iterator[None]:
    """The first visitor finds an account without anything, and imports rides."""
    first = story.visitor()
    first.sign_in()
    page = first.page
    page.goto("/")
    expect(page.get_by_role("heading", name="Your training starts here")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Import files")).to_have_attribute("href", "/import")
    first.examine("today-empty")
    first.upload({f"{ago}.fit": encode(ride_at(f"Ride {ago} days ago", TODAY_MS - ago * DAY_MS)) for ago in AGO})
    first.batch("done")
    wait_until(lambda: not any(left(page).values()), lambda: left(page))  # Today is asked again as long as it changes
    yield
    first.leave()


def left(page: Page) -> dict[str, int]:
    """Return what of the rides is still to be measured and compared."""
    found: dict[str, int] = page.request.get("/api/progress").json()
    return found


def card(page: Page, key: str) -> Locator:
    """Return a card of the page."""
    return page.locator(f"[data-card={key}]")


def felt_of(page: Page) -> tuple[float | None, int | None]:
    """Return the effort and the feeling of the newest activity as they are kept."""
    last = page.request.get("/api/today").json()["last"]
    return last["rpe"], last["feel"]


def test_today_answers_in_one_request(home: Visitor) -> None:
    page = home.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(re.sub(r"\?.*", "", request.url)))
    page.goto("/")
    expect(card(page, "last")).to_contain_text("Ride 1 days ago")
    expect(card(page, "fitness").locator("canvas").first).to_be_visible()
    assert len([one for one in asked if one.endswith("/api/today")]) == 1
    assert [one for one in asked if re.search("/api/(activities|charts|health)|maplibre", one)] == []
    expect(page.get_by_test_id("headline")).to_contain_text("form")
    assert page.evaluate(SHIFT) <= 0.05
    page.get_by_role("button", name="Explain").click()
    page.get_by_role("dialog").get_by_role("link", name="Form").click()
    expect(page).to_have_url(re.compile("/training"))
    expect(page.get_by_role("heading", name="Training", level=1)).to_be_visible()
    page.goto("/")
    expect(card(page, "year")).to_be_visible()
    home.examine("today")
    year = page.request.get("/api/today").json()["year"]  # which ends today where the athlete lives
    day = f"{date.fromisoformat(year['first']) + timedelta(days=len(year['loads']) - 2)}"
    slider = card(page, "year").get_by_role("slider")
    slider.press("ArrowUp")
    slider.dispatch_event("pointerout")  # a mouse that rests there while the page moves takes nothing back
    slider.press("Enter")
    expect(page).to_have_url(re.compile(rf"/activities\?from={day}&to={day}"))
    page.goto("/?sport=cycling&sort=-distance")
    expect(page).to_have_url(re.compile(r"/activities\?sport=cycling&sort=-distance$"))


def test_two_taps_say_how_it_was_and_undo_takes_one_back(story: Story) -> None:
    someone = story.visitor("phone")
    someone.sign_in()
    page = someone.page
    page.goto("/")
    last = card(page, "last")
    last.get_by_role("button", name="7 · Very hard").tap()
    last.get_by_role("button", name="Strong", exact=True).tap()
    felt = last.get_by_test_id("felt")
    expect(felt).to_contain_text("Effort 7 · Very hard, feeling Strong")
    saved = page.get_by_role("status").filter(has_text="Saved: Strong")
    expect(saved).to_be_visible()
    page.get_by_role("button", name="Undo").last.tap()
    expect(last.get_by_test_id("taps-feel")).to_be_visible()
    expect(saved).to_have_count(0)
    wait_until(lambda: felt_of(page) == (7, None), lambda: felt_of(page))
    small = page.locator("main :is(button, a):not([data-frame] *):visible").evaluate_all(SMALL)
    assert small == []
    someone.examine("today")
    someone.leave()


def test_cards_are_hidden_and_moved(home: Visitor) -> None:
    page = home.page
    page.goto("/")
    page.get_by_role("button", name="Arrange").click()
    page.get_by_role("checkbox", name="On this day").uncheck()
    page.get_by_role("button", name="Move Fitness up").focus()
    for place in (4, 3, 2, 1):
        page.keyboard.press("Enter")
        expect(page.locator("[data-arranged]").nth(place)).to_have_attribute("data-arranged", "fitness")
        expect(page.get_by_role("button", name="Move Fitness up")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page, "memories")).to_have_count(0)
    keys = page.locator("[data-card]").evaluate_all("all => all.map(one => one.dataset.card)")
    assert keys.index("fitness") < keys.index("last")
    page.reload()
    expect(card(page, "fitness")).to_be_visible()
    expect(card(page, "memories")).to_have_count(0)
    page.get_by_role("button", name="Arrange").click()
    page.get_by_role("button", name="Usual cards").click()
    page.keyboard.press("Escape")
    expect(card(page, "memories")).to_be_visible()
