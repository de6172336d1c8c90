"""The story of a spreadsheet: connected by its path, its columns said otherwise, its rows activities."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.story import Story
from tests.browser.visitor import Visitor
from tests.sources.spreadsheet.sheets import csv_text, put

#: What is done stands under a heading that nobody knows, and what is no name under one that everybody does.
HEAD = ("Date", "Name", "Outing", "Time", "Distance (km)")
ROWS = [
    ("2026-05-03", "gravel", "Round the lake", "1:30:00", "33"),
    ("2026-05-04", "road", "To the coast", "2:10:00", "61"),
    ("not yet", "road", "Over the pass", "", ""),
]  # fmt: skip


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """File on the server."""
    return put(tmp_path / "training.csv", csv_text(ROWS, HEAD))


def _card(page: Page) -> Locator:
    return page.locator("[data-connection]")


def _connect(page: Page, sheet: Path) -> None:
    page.goto("/sources")
    page.get_by_role("button", name="Connect Spreadsheet").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("File on the server")).to_be_checked()
    dialog.get_by_label("File", exact=True).fill(str(sheet))
    dialog.get_by_role("button", name="Connect").click()
    expect(dialog).to_have_count(0)
    expect(_card(page)).to_contain_text("Every 5 minutes")
    expect(_card(page)).to_contain_text("Up to date", timeout=60_000)


def test_a_column_is_said_to_hold_something_else(visitor: Visitor, sheet: Path) -> None:
    visitor.sign_in()
    page = visitor.page
    _connect(page, sheet)
    page.get_by_role("button", name="Columns").click()
    dialog = page.get_by_role("dialog")
    table = dialog.get_by_role("region", name="First rows of the sheet")
    expect(table.get_by_label("Content of Name")).to_have_value("name")
    expect(table.get_by_label("Content of Outing")).to_have_value("")
    expect(dialog).to_contain_text("3 rows, 2 of them activities.")
    expect(dialog.get_by_role("list")).to_contain_text("not a date")
    assert visitor.barriers() == []
    table.get_by_label("Content of Outing").select_option("name")
    expect(table.get_by_label("Content of Name")).to_have_value("")
    visitor.picture("sheets-columns")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Sync now").click()
    page.goto("/activities")
    expect(page.get_by_role("link", name="Round the lake")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("link", name="To the coast")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("link", name="gravel")).to_have_count(0, timeout=60_000)


def test_a_file_on_the_server_may_be_looked_at_every_minute(visitor: Visitor) -> None:
    visitor.sign_in()
    page = visitor.page
    page.goto("/sources")
    page.get_by_role("button", name="Settings").click()
    dialog = page.get_by_role("dialog")
    length = dialog.get_by_label("Repeat every")
    expect(length).to_have_value("5")
    length.fill("0")
    expect(dialog).to_contain_text("Enter a whole number from 1 to 44640")
    length.fill("1")
    expect(dialog.get_by_test_id("times").get_by_role("listitem")).to_have_count(5)
    assert visitor.barriers() == []
    dialog.get_by_role("button", name="Save").click()
    expect(_card(page)).to_contain_text("Every minute")


def test_what_a_sheet_does_not_tell_is_chosen(visitor: Visitor, story: Story, tmp_path: Path) -> None:
    """None of its rows is taken in before; nothing is chosen beforehand, and what was chosen stays in sight."""
    visitor.sign_in()
    page = visitor.page
    rows = [("03/04/2026", "Over the hill", "1:00:00", 10), ("05/04/2026", "Along the canal", "0:40:00", 8)]
    unclear = put(tmp_path / "unclear.csv", csv_text(rows, ("Date", "Name", "Time", "Distance")))
    page.goto("/sources")
    page.get_by_role("button", name="Connect Spreadsheet").first.click()
    page.get_by_role("dialog").get_by_label("File", exact=True).fill(str(unclear))
    page.get_by_role("dialog").get_by_role("button", name="Connect").click()
    card = _card(page).filter(has_text="unclear.csv")
    expect(card).to_contain_text("whether days or months come first in its dates", timeout=60_000)
    card.get_by_role("button", name="Columns").click()
    dialog = page.get_by_role("dialog")
    questions = dialog.get_by_role("region", name="The sheet is ambiguous")
    expect(questions.get_by_role("radio")).to_have_count(6)
    expect(questions.get_by_role("radio", checked=True)).to_have_count(0)
    expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
    visitor.examine("sheets-questions")
    phone = story.visitor("phone")
    phone.sign_in()
    phone.page.goto("/sources")
    _card(phone.page).filter(has_text="unclear.csv").get_by_role("button", name="Columns").click()
    expect(phone.page.get_by_role("region", name="The sheet is ambiguous")).to_be_visible()
    phone.examine("sheets-questions")
    phone.leave()
    questions.get_by_label("day, month, year").check()
    questions.get_by_label("kilometres").check()
    expect(questions.get_by_role("radio", checked=True)).to_have_count(2)
    expect(dialog.get_by_role("region", name="First rows")).to_contain_text("2026-04-03")
    expect(questions).to_contain_text("Your choice")
    visitor.picture("sheets-chosen")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    page.goto("/activities")
    expect(page.get_by_role("link", name="Over the hill")).to_be_visible(timeout=60_000)
