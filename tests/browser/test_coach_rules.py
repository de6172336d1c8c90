"""Rules of training: said in words, answered, in conflict, changed by a form, turned off and restored."""

import pytest
from playwright.sync_api import expect

from tests.browser.story import Story
from tests.browser.visitor import Size, Visitor


@pytest.fixture
def home(visitor: Visitor) -> Visitor:
    """A visitor before the rules."""
    visitor.sign_in()
    visitor.page.goto("/coach/rules")
    expect(visitor.page.get_by_role("heading", name="Training rules", level=1)).to_be_visible()
    return visitor


def say(home: Visitor, words: str) -> None:
    home.page.get_by_label("Say a rule in your own words").fill(words)
    home.page.get_by_role("button", name="Read").click()


def test_words_become_rules_once_what_is_open_is_answered(home: Visitor) -> None:
    page = home.page
    say(home, "No training on Mondays. Ideally 3 runs per week\nKeep the group ride on Saturday; train me like a pro")
    drafts = page.get_by_role("region", name="This is how it was understood")
    expect(drafts).to_contain_text("No training on Mondays.")
    expect(drafts).to_contain_text("Not understood")
    expect(drafts.get_by_role("radio", name="Should").nth(1)).to_be_checked()
    drafts.get_by_label("How long is it usually?").fill("2")
    drafts.get_by_label("Hard or easy: does it count as a hard day?").select_option("Hard")
    expect(drafts).to_contain_text("2 h, counts as hard.")
    home.examine("coach-rules-drafts")
    drafts.get_by_role("button", name="Save rules").click()
    expect(drafts).to_have_count(0)
    expect(page.get_by_role("region", name="Not checked")).to_contain_text("train me like a pro")
    expect(page.get_by_role("region", name="Versions")).to_contain_text("10 rules")


def test_rules_that_can_not_hold_together_have_ways_out(home: Visitor) -> None:
    page = home.page
    say(home, "Saturday is a rest day")
    alert = page.get_by_role("alert").filter(has_text="can’t hold together")
    expect(alert).to_contain_text("Group ride takes 2 h on Saturday, which has 0 h.")
    expect(page.get_by_role("button", name="Save rule")).to_be_disabled()
    home.examine("coach-rules-conflict")
    alert.get_by_role("button", name="Make it a wish: No training on Saturdays.").click()
    expect(alert).to_have_count(0)
    expect(page.get_by_role("region", name="When there is time")).to_contain_text("No training on Saturdays.")


def test_a_form_makes_any_rule_and_changes_it(home: Visitor) -> None:
    page = home.page
    page.get_by_role("button", name="Use a form").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Kind of rule").select_option("Hours and load of a week")
    dialog.get_by_label("Hours, at most (h)").fill("8")
    expect(dialog).to_contain_text("At most 8 h a week.")
    home.examine("coach-rules-form")
    dialog.get_by_role("button", name="Save rule").click()
    expect(dialog).to_have_count(0)
    weeks = page.get_by_role("region", name="Weeks")
    expect(weeks).to_contain_text("At most 8 h a week.")
    page.get_by_role("button", name="Actions for “At most 8 h a week.”").press("Enter")
    page.get_by_role("menuitem", name="Turn off").press("Enter")
    expect(weeks.get_by_text("Off", exact=True)).to_have_count(1)


def test_an_earlier_version_comes_back(home: Visitor) -> None:
    page = home.page
    versions = page.get_by_role("region", name="Versions")
    versions.get_by_role("button", name="What changed").first.click()
    expect(versions).to_contain_text("Changed: off")
    home.examine("coach-rules")
    versions.get_by_role("button", name="Restore version 0").click()
    expect(page.get_by_role("region", name="Not checked")).to_have_count(0)


@pytest.mark.parametrize("size", ["phone"])
def test_a_phone_shows_it_all(story: Story, size: Size) -> None:
    someone = story.visitor(size=size)
    someone.sign_in()
    someone.page.goto("/coach/rules")
    expect(someone.page.get_by_role("region", name="Hard and easy")).to_be_visible()
    someone.examine("coach-rules")
    someone.page.get_by_role("button", name="Use a form").click()
    dialog = someone.page.get_by_role("dialog")
    dialog.get_by_label("Kind of rule").select_option("Time on weekdays")
    expect(dialog.get_by_label("Monday")).to_be_visible()
    someone.examine("coach-rules-form")
    someone.leave()
