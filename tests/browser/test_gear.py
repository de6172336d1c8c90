"""An athlete's gear: added, used by itself, fitted with a part that wears, serviced, and what sources call it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import rides
from tests.browser.conftest import ARTIFACTS
from tests.browser.visitor import Size, Theme, Visitor
from tests.formats.strava_csv import hike, listing


@pytest.fixture(scope="module", autouse=True)
def season(chromium: Browser, server: str) -> Iterator[None]:
    """The first visitor finds no gear, imports, and adds a bike for all rides."""
    first = Visitor(chromium, server, ARTIFACTS)
    first.sign_in()
    page = first.page
    page.goto("/gear")
    expect(page.get_by_role("heading", name="No gear yet")).to_be_visible()
    first.upload({"bay.fit": rides.ride(), "evening.fit": rides.run(), "activities.csv": listing([hike()])})
    first.batch("done")
    page.goto("/gear")
    page.get_by_role("button", name="Add gear").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Road bike")
    dialog.get_by_label("Cycling").or_(dialog.get_by_label("Ride")).first.check()
    dialog.get_by_label("Done before (km)").fill("4990")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("article", name="Road bike")).to_contain_text(re.compile(r"5,0\d\d km"))
    yield
    first.leave()


@pytest.fixture
def home(visitor: Visitor) -> Visitor:
    """A visitor who is signed in, before the gear."""
    visitor.sign_in()
    visitor.page.goto("/gear")
    expect(visitor.page.get_by_role("article", name="Road bike")).to_be_visible()
    return visitor


def test_a_part_wears_and_is_serviced(home: Visitor) -> None:
    page = home.page
    bike = page.get_by_role("article", name="Road bike")
    bike.get_by_role("button", name="What can be done with Road bike").click()
    page.get_by_role("menuitem", name="Add a component").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Chain")
    dialog.get_by_label("km", exact=True).fill("5")
    dialog.get_by_role("button", name="Add component").click()
    expect(bike).to_contain_text("Service due")
    bike.get_by_role("button", name="Chain was serviced today").click()
    expect(bike).to_contain_text("5 km left")
    expect(bike).not_to_contain_text("Service due")
    bike.get_by_role("button", name="Take back the last service of Chain").click()
    expect(bike).to_contain_text("Service due")


def test_what_a_source_knows_becomes_an_item(home: Visitor) -> None:
    page = home.page
    page.get_by_role("button", name="Make a new item of Boots").click()
    boots = page.get_by_role("article", name="Boots")
    expect(boots).to_contain_text("Strava archive")
    expect(boots).to_contain_text("23 km")
    boots.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("link", name="Summit Sunday").first).to_be_visible()
    expect(page.get_by_role("link", name="Around the bay")).to_have_count(0)


def test_an_activity_says_what_it_was_done_on(home: Visitor) -> None:
    page = home.page
    home.open("Around the bay")
    expect(page.get_by_role("link", name="Road bike")).to_be_visible()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("dialog").get_by_label("Gear").select_option(label="None")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Road bike")).to_have_count(0)
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("dialog").get_by_label("Gear").select_option(label="As sources say, or as usual")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Road bike")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nobody_is_kept_out(chromium: Browser, server: str, size: Size, theme: Theme) -> None:
    someone = Visitor(chromium, server, ARTIFACTS, size, theme)
    someone.sign_in()
    page = someone.page
    page.goto("/gear")
    expect(page.get_by_role("article", name="Road bike")).to_be_visible()
    someone.picture("gear")
    assert someone.barriers() == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Add gear").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    someone.picture("gear-dialog")
    assert someone.barriers() == []
    someone.leave()
