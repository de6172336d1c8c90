"""An athlete's gear: added, used by itself, fitted with a part that wears, serviced, and what sources call it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import rides
from tests.browser.story import Story
from tests.browser.visitor import Size, Visitor
from tests.formats.strava_csv import hike, listing


@pytest.fixture(scope="module", autouse=True)
def season(story: Story) -> Iterator[None]:
    """The first visitor finds no gear, imports, and adds a bike for all rides."""
    first = story.visitor()
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
    expect(dialog.get_by_role("status")).to_have_text("No past activities")
    dialog.get_by_label("Default since").select_option("Always, including past activities")
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"Includes 1 past activity: \d+ km"))
    dialog.get_by_label("Starting distance (km)").fill("4990")
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
    bike.get_by_role("button", name="Actions for Road bike").click()
    page.get_by_role("menuitem", name="Add component").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Chain")
    dialog.get_by_label("km", exact=True).fill("5")
    dialog.get_by_role("button", name="Add component").click()
    expect(bike).to_contain_text("Service due")
    bike.get_by_role("button", name="Log service of Chain today").click()
    expect(bike).to_contain_text("5 km left")
    expect(bike).not_to_contain_text("Service due")
    bike.get_by_role("button", name="Undo last service of Chain").click()
    expect(bike).to_contain_text("Service due")


def test_a_part_is_changed_taken_back_removed_and_brought_back(home: Visitor) -> None:
    page = home.page
    bike = page.get_by_role("article", name="Road bike")
    bike.get_by_role("button", name="Actions for Road bike").click()
    page.get_by_role("menuitem", name="Add component").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Tyre")
    dialog.get_by_label("Installed on").fill("2026-01-01")
    dialog.get_by_label("km", exact=True).fill("3000.5")
    dialog.get_by_label("Starting distance (km)").fill("100")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    tyre = bike.locator("[data-component]").filter(has_text="Tyre")
    expect(tyre).to_contain_text("since")
    before = tyre.inner_text()
    change = tyre.get_by_role("button", name="Edit Tyre")
    change.press("Enter")
    expect(dialog.get_by_label("km", exact=True)).to_have_value("3000.5")
    dialog.get_by_label("Name").fill("Nothing of this stays")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(change).to_be_focused()
    assert tyre.inner_text() == before
    change.press("Enter")
    dialog.get_by_label("Removed on").fill("2025-12-31")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("can't be removed before it was fitted")
    home.picture("gear-component-refused")
    assert home.barriers() == []
    dialog.get_by_label("Removed on").fill("2026-02-01")
    dialog.get_by_label("Name").fill("Front tyre")
    dialog.get_by_label("km", exact=True).fill("")
    dialog.get_by_label("Hours", exact=True).fill("40")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    changed = bike.locator("[data-component]").filter(has_text="Front tyre")
    expect(changed).to_contain_text(re.compile("from .* to "))
    expect(changed).not_to_contain_text("left")
    toast = page.get_by_role("status").filter(has_text="updated")
    toast.get_by_role("button", name="Undo").click()
    expect(changed).to_have_count(0)
    expect(tyre).to_contain_text(re.compile(r"2,8\d\d km left"))
    assert tyre.inner_text() == before
    tyre.get_by_role("button", name="Remove Tyre").click()
    expect(tyre).to_have_count(0)
    page.get_by_role("status").filter(has_text="Tyre removed").get_by_role("button", name="Undo").click()
    expect(tyre).to_be_visible()
    assert tyre.inner_text() == before
    home.wrong = [line for line in home.wrong if "400" not in line]


def test_a_new_bike_leaves_the_past_to_the_old_one(home: Visitor) -> None:
    page = home.page
    page.get_by_role("button", name="Add gear").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Gravel bike")
    dialog.get_by_label("Ride").check()
    expect(dialog.get_by_role("status")).to_have_text("No past activities")
    home.examine("gear-since")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("article", name="Gravel bike")).to_contain_text("Default for Ride since")
    old = page.get_by_role("article", name="Road bike")
    expect(old).to_contain_text("Default for Ride until")
    expect(old).to_contain_text(re.compile(r"5,0\d\d km"))
    page.get_by_role("button", name="Actions for Gravel bike").click()
    page.get_by_role("menuitem", name="Remove").click()
    expect(old).not_to_contain_text("until")


def test_an_item_is_removed_and_brought_back_at_once(home: Visitor) -> None:
    page = home.page
    page.get_by_role("button", name="Add gear").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Roller skis")
    page.keyboard.press("Enter")
    skis = page.get_by_role("article", name="Roller skis")
    skis.get_by_role("button", name="Actions for Roller skis").click()
    page.get_by_role("menuitem", name="Remove").click()
    expect(skis).to_have_count(0)
    page.get_by_role("status").filter(has_text="Roller skis removed").get_by_role("button", name="Undo").click()
    expect(skis).to_be_visible()


def test_what_a_source_knows_becomes_an_item(home: Visitor) -> None:
    page = home.page
    page.get_by_role("button", name="Add as new: Boots").click()
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
    page.get_by_role("dialog").get_by_label("Gear").select_option(label="Automatic (from sources or default)")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Road bike")).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nobody_is_kept_out(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    page.goto("/gear")
    expect(page.get_by_role("article", name="Road bike")).to_be_visible()
    someone.examine("gear")
    page.get_by_role("button", name="Add gear").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    someone.examine("gear-dialog")
    someone.leave()
