"""The list of activities: narrowed, kept under a name, many selected and changed at once, and back again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import rides
from tests.browser.story import Story
from tests.browser.visitor import Visitor

LIST = "/activities"


@pytest.fixture(scope="module", autouse=True)
def season(story: Story) -> Iterator[None]:
    """The first visitor imports a ride, a run and some more rides."""
    first = story.visitor()
    first.sign_in()
    first.upload({"bay.fit": rides.ride(), "evening.fit": rides.run(), **rides.rides(3)})
    first.batch("done")
    yield
    first.leave()


@pytest.fixture
def home(visitor: Visitor) -> Visitor:
    """A visitor who is signed in, at the list."""
    visitor.sign_in()
    visitor.page.goto(LIST)
    expect(visitor.page.get_by_text("5 activities ·").first).to_be_visible()
    return visitor


def test_many_are_tagged_found_by_the_tag_and_undone(home: Visitor) -> None:
    page = home.page
    if page.viewport_size is not None and page.viewport_size["width"] < 768:
        page.get_by_role("button", name="List options").click()
        page.get_by_role("menuitem", name="Select activities").click()
    boxes = page.get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    bar = page.get_by_role("region", name="Selected activities")
    expect(bar).to_contain_text("3 selected")
    home.examine("activities-selected")
    bar.get_by_role("button", name="Select all 5").click()
    bar.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Add tags").fill("Winter,")
    dialog.get_by_label("Workout type").select_option("Commute")
    dialog.get_by_role("button", name="Apply to all").click()
    expect(page.get_by_text("5 activities changed")).to_be_visible()
    page.goto(f"{LIST}?tag=winter&workout_type=commute")
    expect(page.get_by_text("5 activities ·").first).to_be_visible()
    page.goto(f"{LIST}?tag=summer")
    page.get_by_text("No matching activities").wait_for()
    page.get_by_role("main").get_by_role("button", name="Clear filters").last.click()
    expect(page.get_by_text("5 activities ·").first).to_be_visible()


def test_a_filter_is_kept_under_a_name(home: Visitor) -> None:
    page = home.page
    page.get_by_role("button", name="Filters").click()
    sheet = page.get_by_role("dialog")
    home.examine("activities-filters")
    sheet.get_by_role("checkbox", name="Power").check()
    sheet.get_by_label("Sport").select_option(index=1)
    sheet.get_by_role("button", name="Show activities").click()
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("Power")
    page.get_by_role("button", name="List options").click()
    page.get_by_role("menuitem", name="Saved filters").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("With power")
    dialog.get_by_role("button", name="Save filter").click()
    dialog.get_by_role("button", name="Delete With power").click()
    expect(dialog.get_by_text("No saved filters")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Clear filters").click()
    page.get_by_role("button", name="List options").click()
    page.get_by_role("menuitem", name="Saved filters").click()
    page.get_by_role("dialog").get_by_role("button", name="With power", exact=True).click()
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("Power")
