"""The story of an athlete who looks months over: day by day, by keys, and what of them the sources have given."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.story import Place, Story
from tests.browser.visitor import Size, Visitor
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.fakes.ridewithgps.server import API_KEY, EMAIL, PASSWORD
from tests.sources.spreadsheet.sheets import csv_text, put

TODAY = datetime.now(UTC).date()
#: The month before this one: whatever today is, its days are past.
LAST = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
MONTH, NAME = f"{LAST:%Y-%m}", f"{LAST:%B %Y}"
#: A day with so many trips, and one with one.
MANY_DAY, MANY, ONE_DAY = 14, 5, 8
HEAD = ("date", "name", "sport", "duration_hms", "distance (km)")
SHEET = [
    (f"{MONTH}-{day:02}", name, sport, time, km)
    for day, name, sport, time, km in (
        (2, "Easy along the river before breakfast", "run", "0:48:10", 8.6), (3, "Lengths", "swim", "0:40:00", 2.0),
        (5, "Hills", "ride", "2:35:00", 61.4), (9, "Weights", "strength", "0:45:00", ""),
        (11, "Tempo", "run", "0:55:20", 11.2), (20, "Forest", "hike", "3:10:00", 14.8),
        (25, "Long one", "ride", "4:20:00", 112.5),
    )
]  # fmt: skip


def _trip(key: int, day: int, hour: int) -> dict[str, Any]:
    """Return a trip like no other: the same whole hours later is a clock set wrong."""
    start = datetime(LAST.year, LAST.month, day, hour, 7 * key % 60, tzinfo=UTC)
    return trip(key, start, points=60 + 25 * key)


@pytest.fixture(scope="module")
def provider(place: Place) -> Iterator[FakeRideWithGPS]:
    """A provider with trips of last month; the server asks it instead of the real one."""
    trips = [_trip(1, ONE_DAY, 6), *(_trip(2 + k, MANY_DAY, 4 + 3 * k) for k in range(MANY))]
    made = FakeRideWithGPS(*trips)
    made.port = place.ports["ridewithgps"]
    with made:
        yield made


@pytest.fixture(scope="module", autouse=True)
def connected(story: Story, provider: FakeRideWithGPS, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The first visitor finds an empty month, connects two sources, and has last month from both."""
    first = story.visitor()
    first.sign_in()
    page = first.page
    page.goto("/calendar")
    expect(page.get_by_role("heading", name=f"No activities in {TODAY:%B %Y}")).to_be_visible()
    assert first.barriers() == []
    sheet = put(tmp_path_factory.mktemp("sheet") / "training.csv", csv_text(SHEET, HEAD))
    quick = {"pause_s": 0, "step_pause_s": 0}
    _connect(first, "ridewithgps", "key", {"api_key": API_KEY, "email": EMAIL, "password": PASSWORD}, quick)
    _connect(first, "spreadsheet", "path", {"path": str(sheet)}, {})
    page.goto(f"/calendar/{MONTH}")
    for name, count in (("Ride with GPS", 1 + MANY), ("Spreadsheet", len(SHEET))):
        expect(_standing(page, name)).to_have_attribute("data-state", "done", timeout=60_000)
        expect(_standing(page, name)).to_contain_text(f"Done · {count} activities at source")
    expect(_day(page, ONE_DAY).get_by_role("link")).to_have_count(1, timeout=60_000)
    expect(_day(page, 25).get_by_role("link", name="Long one")).to_be_visible(timeout=60_000)
    yield
    first.leave()


@pytest.fixture
def home(visitor: Visitor) -> Visitor:
    """A visitor who looks at last month."""
    visitor.sign_in()
    visitor.page.goto(f"/calendar/{MONTH}")
    expect(_day(visitor.page, 25).get_by_role("link")).to_have_count(1)
    return visitor


def _connect(someone: Visitor, source: str, way: str, answers: dict[str, str], settings: dict[str, Any]) -> None:
    headers, request = {"X-Homestretch": "web"}, someone.page.request
    body = {"source": source, "method": way, "answers": answers}
    made = request.post("/api/sources", data=body, headers=headers)
    assert made.status == 201, made.text()
    one = made.json()["id"]
    changed = request.patch(f"/api/sources/{one}", data={"settings": settings}, headers=headers)
    assert changed.ok, changed.text()


def _day(page: Page, number: int, month: str = MONTH) -> Locator:
    return page.locator(f'[data-day="{month}-{number:02}"]')


def _standing(page: Page, name: str) -> Locator:
    return page.locator("[data-source-month]").filter(has_text=name)


def test_a_month_is_shown_day_by_day(home: Visitor) -> None:
    page = home.page
    chip = _day(page, 5).get_by_role("link", name="Hills")
    expect(chip).to_contain_text("2 h 35 min · 61.4 km")
    expect(_day(page, MANY_DAY).get_by_role("link")).to_have_count(3)
    home.picture("calendar")
    _day(page, MANY_DAY).get_by_role("button", name="2 more").click()
    expect(page.get_by_role("dialog").get_by_role("link")).to_have_count(MANY)
    page.keyboard.press("Escape")
    week = page.get_by_role("row").filter(has=_day(page, 25))
    monday = 25 - LAST.replace(day=25).weekday()
    expect(week).to_contain_text(re.compile("7 h 30.*127 km" if monday <= 20 else "4 h 20.*113 km"))
    page.get_by_role("link", name="This month").click()
    expect(page.locator('[aria-current="date"]')).to_have_attribute("data-day", TODAY.isoformat())
    choice = page.get_by_role("navigation", name="Month")
    expect(choice.get_by_role("combobox", name="Month")).to_have_value(f"{TODAY:%m}")
    home.choose_at_once(Month=f"{LAST:%m}", Year=f"{LAST:%Y}")
    expect(choice.get_by_role("combobox", name="Month")).to_have_value(f"{LAST:%m}")
    page.wait_for_url(f"**/calendar/{MONTH}")
    _day(page, 25).get_by_role("link").click()
    expect(page.get_by_role("heading", name="Long one", level=1)).to_be_visible()


def test_keys_go_from_day_to_day_and_month_to_month(home: Visitor) -> None:
    page = home.page
    keys = page.keyboard
    _day(page, 1).focus()
    for key, day in (("ArrowRight", 2), ("ArrowDown", 9), ("ArrowLeft", 8)):
        keys.press(key)
        expect(_day(page, day)).to_be_focused()
    keys.press("PageDown")
    page.wait_for_url(f"**/calendar/{TODAY:%Y-%m}")
    expect(_day(page, 8, f"{TODAY:%Y-%m}")).to_be_focused()
    keys.press("PageUp")
    page.wait_for_url(f"**/calendar/{MONTH}")
    expect(_day(page, 8)).to_be_focused()
    for _ in range(2):
        keys.press("ArrowUp")
    before = LAST - timedelta(days=7)
    page.wait_for_url(f"**/calendar/{before:%Y-%m}")
    expect(page.locator(f'[data-day="{before}"]')).to_be_focused()
    page.goto(f"/calendar/{MONTH}")
    for name, month in (("Next month", f"{TODAY:%Y-%m}"), ("Previous month", MONTH)):
        button = page.get_by_role("button", name=name)
        button.focus()
        keys.press("Enter")
        page.wait_for_url(f"**/calendar/{month}")
        expect(_day(page, 1, month)).to_be_visible()
        expect(button).to_be_focused()
    _day(page, ONE_DAY).focus()
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Ride 1", level=1)).to_be_visible()
    expect(page.locator("main")).to_be_focused()


def test_a_month_is_pulled_until_it_is_done(home: Visitor, provider: FakeRideWithGPS) -> None:
    page = home.page
    provider.trips[20] = _trip(20, 17, 8)
    there = _standing(page, "Ride with GPS")
    page.get_by_role("button", name=f"Sync {NAME} from Ride with GPS").click()
    expect(page.get_by_role("status").filter(has_text=f"{NAME} sync started")).to_be_visible()
    expect(there).to_contain_text(f"Done · {2 + MANY} activities at source", timeout=60_000)
    expect(_day(page, 17).get_by_role("link", name="Ride 20")).to_be_visible(timeout=60_000)
    provider.counts.reset()
    there.get_by_role("button", name="More actions for Ride with GPS").click()
    page.get_by_role("menuitem", name="Refetch").click()
    expect(page.get_by_role("status").filter(has_text=f"{NAME} refetch started")).to_be_visible()
    expect(there).to_have_attribute("data-state", "done", timeout=60_000)
    assert provider.counts.of("GET /api/v1/trips/{id}.json") == 2 + MANY and provider.problems == []


def test_a_year_sets_months_against_sources(home: Visitor) -> None:
    page = home.page
    page.get_by_text("Year", exact=True).last.click()
    page.wait_for_url("**/calendar/year")
    rows = page.locator("tr[data-month]")
    expect(rows).to_have_count(12)
    row = page.locator(f'tr[data-month="{MONTH}"]')
    expect(row.get_by_text("Done")).to_have_count(2)
    expect(rows.last.get_by_text("Not synced yet").first).to_be_visible()
    home.picture("calendar-year")
    row.get_by_role("link").click()
    page.wait_for_url(f"**/calendar/{MONTH}")
    expect(_day(page, 25).get_by_role("link")).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_everyone_can_use_it(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    page.goto(f"/calendar/{MONTH}")
    expect(page.get_by_role("link", name="Long one")).to_be_visible()
    someone.examine("calendar")
    if size == "phone":
        _day(page, 25).tap()
        expect(page.get_by_role("link", name="Long one")).to_be_in_viewport()
        page.get_by_role("button", name="Previous month").tap()
        expect(page.get_by_role("heading", name=re.compile("No activities in"))).to_be_visible()
    page.goto("/calendar/year")
    expect(page.locator("tr[data-month]")).to_have_count(12)
    someone.examine("calendar-year")
    someone.leave()
