"""Goals, milestones, how a record came to be, and charts of one's own."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import rides
from tests.browser.story import Story
from tests.browser.visitor import Visitor


@pytest.fixture(scope="module", autouse=True)
def season(story: Story) -> Iterator[None]:
    """The first visitor finds neither goals nor milestones, and imports a ride and a run."""
    first = story.visitor()
    first.sign_in()
    first.page.goto("/training/milestones")
    expect(first.page.get_by_role("heading", name="No milestones yet")).to_be_visible()
    first.upload({"bay.fit": rides.ride(), "evening.fit": rides.run()})
    first.batch("done")
    yield
    first.leave()


@pytest.fixture
def home(visitor: Visitor) -> Visitor:
    """A visitor who is signed in."""
    visitor.sign_in()
    return visitor


def test_a_goal_is_set_changed_removed_and_restored(home: Visitor) -> None:
    page = home.page
    page.goto("/training/goals")
    page.get_by_role("button", name="Add goal").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Enter a number above 0")).to_be_visible()
    dialog.get_by_label("Sport").select_option("run")
    dialog.get_by_label("Target (km)").fill("40")
    dialog.get_by_role("button", name="Save").click()
    card = page.get_by_role("article", name="Run, 40 km a week")
    expect(card.get_by_role("img", name=re.compile("^Run, 40 km a week: "))).to_be_visible()
    card.get_by_role("button", name="More about Run, 40 km a week").click()
    page.get_by_role("menuitem", name="Change target").click()
    dialog.get_by_label("Target (km)").fill("42,5")
    dialog.get_by_role("button", name="Save").click()
    changed = page.get_by_role("article", name="Run, 42.5 km a week")
    expect(changed.get_by_role("listitem").last).to_contain_text("of 42.5 km")
    home.examine("goals")
    changed.get_by_role("button", name="More about Run, 42.5 km a week").click()
    page.get_by_role("menuitem", name="Remove").click()
    expect(changed).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(changed).to_be_visible()


def test_milestones_lead_to_their_activity(home: Visitor) -> None:
    page = home.page
    page.goto("/training/milestones")
    expect(page.get_by_role("link", name="First activity: Ride")).to_be_visible()
    home.examine("milestones")
    page.get_by_role("link", name="First activity: Run").click()
    expect(page).to_have_url(re.compile("/activities/"))


def test_a_record_shows_how_it_came_to_be(home: Visitor) -> None:
    page = home.page
    page.goto("/records")
    page.get_by_role("button", name=re.compile("^History: ")).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("list", name="Who held it when").get_by_role("listitem")).to_contain_text(
        "the record now"
    )
    home.examine("record history")


def test_a_chart_of_ones_own_is_kept(home: Visitor) -> None:
    page = home.page
    page.goto("/training/charts")
    page.get_by_role("button", name="New chart").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Show", exact=True).select_option("avg_hr_bpm")
    dialog.get_by_label("Over").select_option("distance_m")
    dialog.get_by_label("Group by").select_option("activity")
    dialog.get_by_label("Period").select_option("All")
    expect(dialog.get_by_text("Distance (km)")).to_be_visible()
    dialog.get_by_label("Name").fill("Effort by length")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Effort by length")).to_be_visible()
    page.goto("/training/history")
    expect(page.get_by_role("heading", name="Race predictions")).to_be_visible()
    home.examine("training history")
