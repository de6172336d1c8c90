"""The story of a first evening: set up, bring files, look at them, change one's mind."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Route, expect

from tests.browser import rides
from tests.browser.story import Place, Story
from tests.browser.visitor import NAME, Size, Visitor
from tests.waiting import wait_until

FILES = {
    "bay.fit": rides.ride(),
    "evening.fit": rides.run(),
    "pool.fit": rides.swim(),
    "notes.txt": b"no recording at all",
    "torn.fit": rides.rides(1)["ride-0.fit"][:20_000],
}


@pytest.fixture(scope="module")
def place(fresh: Place) -> Place:
    """A server of its own, for its first evening."""
    return fresh


@pytest.fixture(scope="module", autouse=True)
def evening(story: Story) -> Iterator[None]:
    """The first visitor sets up and imports."""
    first = story.visitor()
    first.page.goto("/activities?sport=cycling")
    expect(first.page.get_by_role("heading", name="Welcome")).to_be_visible()
    first.picture("setup")
    assert first.barriers() == []
    first.sign_in()
    first.page.goto("/activities")
    expect(first.page.get_by_text("No activities yet")).to_be_visible()
    expect(first.page.get_by_role("button", name="Try with a demo athlete")).to_be_visible()
    first.picture("empty")
    first.upload(FILES)
    first.batch("done")
    yield
    first.leave()


def test_a_report_says_what_became_of_each_file(home: Visitor) -> None:
    home.page.goto("/import")
    newest = home.batch("done")
    expect(newest).to_contain_text("4 Imported")
    newest.get_by_role("button", name="Show report").click()
    newest.get_by_role("group").get_by_role("button", name="All").click()
    torn = newest.get_by_role("listitem").filter(has_text="torn.fit")
    expect(torn).to_contain_text("File is cut off")
    home.picture("report")
    torn.get_by_role("link", name="Open activity").click()
    expect(home.page.get_by_role("heading", name="Morning Activity", level=1)).to_be_visible()


def test_the_same_files_again_are_known(home: Visitor) -> None:
    home.upload({"again.fit": FILES["bay.fit"]})
    expect(home.page.get_by_test_id("sending")).to_contain_text("1 file sent")
    expect(home.batch("done")).to_contain_text("1 Already imported")


def test_the_list_searches_sorts_and_keeps_all_in_its_address(home: Visitor) -> None:
    page = home.page
    page.goto("/activities")
    expect(page.get_by_role("heading", name="May 2026")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("bay")
    expect(page).to_have_url(re.compile("text=bay"))
    expect(page.get_by_role("list", name="Activities").get_by_role("listitem")).to_have_count(2)
    page.reload()
    expect(page.get_by_label("Search names, notes, tags")).to_have_value("bay")
    page.get_by_role("button", name="Clear filters").click()
    page.get_by_label("Sport", exact=True).select_option("swimming")
    expect(page.get_by_role("link", name="Pool")).to_be_visible()
    expect(page.get_by_role("link", name="Around the bay")).to_have_count(0)
    page.get_by_role("button", name="Sort by Distance").click()
    expect(page).to_have_url(re.compile("sort=-distance"))


def test_keys_go_through_the_list(home: Visitor) -> None:
    page = home.page
    page.goto("/activities")
    expect(page.get_by_role("link", name="Around the bay")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Next activity")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("j")
    expect(page.locator("#row-0")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("#row-0")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/activities/\w+"))


def test_map_and_charts_share_one_cursor(home: Visitor) -> None:
    page = home.page
    home.open("Around the bay")
    home.map()
    chart = page.locator("[data-chart=heart_rate_bpm] .u-over")
    across = count(200)

    def pointed() -> bool:
        """A chart that is drawn once more, in its last size, waits for the mouse to move."""
        chart.hover(position={"x": next(across), "y": 40})
        return page.get_by_test_id("map-cursor").is_visible()

    wait_until(pointed)
    expect(page.locator("[data-reading=power_w]")).to_contain_text(" W")
    page.get_by_role("heading", level=1).hover()
    expect(page.get_by_test_id("map-cursor")).to_have_count(0)

    slider = page.get_by_role("slider", name="Position in the activity")
    slider.focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", "60")
    place = page.get_by_test_id("map-cursor").bounding_box()
    page.keyboard.press("Escape")
    assert place is not None

    page.get_by_role("heading", level=1).hover()
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(page.locator("[data-reading=heart_rate_bpm]")).to_contain_text("bpm")


def test_a_stretch_is_chosen_by_dragging_or_by_its_lap(home: Visitor) -> None:
    page = home.page
    home.open("Around the bay")
    home.map()  # once it is drawn nothing moves any more
    # Charts are drawn anew when all samples are there.
    expect(page.get_by_text("Loading full detail…")).to_have_count(0)
    over = page.locator("[data-chart=altitude_m] .u-over")
    over.hover()
    box = over.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 30, steps=4)
    page.mouse.up()
    stretch = page.get_by_test_id("stretch")
    expect(stretch).to_contain_text("Ascent")
    expect(page).to_have_url(re.compile(r"stretch=\d+-\d+"))
    home.picture("stretch")
    stretch.get_by_role("button", name="Show all").click()
    expect(stretch).to_have_count(0)
    page.get_by_role("button", name="Choose lap 2").click()
    expect(page).to_have_url(re.compile("stretch=1000-2700"))
    expect(stretch).to_contain_text("28:20")


def test_a_chart_is_a_table_too(home: Visitor) -> None:
    home.open("Around the bay")
    home.page.get_by_role("button", name="Show Heart rate as a table").click()
    dialog = home.page.get_by_role("dialog")
    expect(dialog.get_by_role("columnheader").last).to_have_text("Heart rate (bpm)")
    expect(dialog.get_by_role("row").nth(2)).to_contain_text("1:00")


def test_a_number_says_where_it_comes_from(home: Visitor) -> None:
    home.open("Around the bay")
    home.page.locator("[data-field=ascent_m]").click()
    dialog = home.page.get_by_role("dialog")
    expect(dialog).to_contain_text("290")
    expect(dialog).to_contain_text("bay.fit")


def test_a_number_that_is_opened_early_stays_open(home: Visitor) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    home.page.route(re.compile(r"/api/activities/\w+$"), hold)
    home.open("Around the bay")
    home.page.locator("[data-field=ascent_m]").click()
    dialog = home.page.get_by_role("dialog")
    expect(dialog).to_contain_text("300")
    assert held, "the list told the number before the activity came"
    for route in held:
        route.continue_()
    expect(dialog).to_contain_text("290")
    home.page.keyboard.press("Escape")
    home.map()


def test_renaming_can_be_undone(home: Visitor) -> None:
    page = home.page
    home.open("Tempo run")
    page.get_by_role("heading", level=1).hover()
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("Name", exact=True).fill("Tempo run, windy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tempo run, windy")).to_be_visible()
    changes = page.get_by_role("listitem").filter(has_text="Name set to")
    changes.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Tempo run", exact=True)).to_be_visible()


def test_deleting_can_be_undone_from_the_toast(home: Visitor) -> None:
    page = home.page
    home.open("Pool")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page).to_have_url(re.compile("/activities$"))
    expect(page.get_by_role("link", name="Pool")).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Pool")).to_be_visible()


def test_an_activity_by_hand(home: Visitor) -> None:
    page = home.page
    page.goto("/activities")
    page.get_by_role("button", name="Add manually").click()
    page.get_by_role("button", name="Add activity").click()
    expect(page.get_by_text("Use 1:05:30")).to_be_visible()
    page.get_by_label("Duration").fill("1:05:30")
    page.get_by_label("Distance (km)").fill("12,5")
    page.get_by_role("dialog").get_by_label("Name").fill("Along the canal")
    page.get_by_role("button", name="Add activity").click()
    expect(page.get_by_role("heading", name="Along the canal", level=1)).to_be_visible()
    expect(page.locator("[data-field=distance_m]")).to_contain_text("12.50")


def test_an_import_can_be_undone_and_redone(home: Visitor) -> None:
    page = home.page
    home.upload({"extra.fit": rides.rides(3)["ride-2.fit"]})
    batch = home.batch("done")
    batch.get_by_role("button", name="Undo import").click()
    home.batch("undone")
    page.goto("/activities?text=Ride+2")
    expect(page.get_by_text("No matching activities")).to_be_visible()
    page.goto("/import")
    home.batch("undone").get_by_role("button", name="Redo import").click()
    home.batch("done")
    page.goto("/activities?text=Ride+2")
    expect(page.get_by_role("link", name="Ride 2")).to_be_visible()


def test_preferences_follow_the_account(home: Visitor) -> None:
    page = home.page
    page.goto("/settings")
    page.get_by_text("Miles", exact=True).click()
    page.get_by_text("Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    home.open("Around the bay")
    expect(page.locator("[data-field=distance_m]")).to_contain_text("mi")
    page.goto("/settings")
    page.get_by_text("Kilometres", exact=True).click()
    page.get_by_text("System", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_a_token_is_shown_once(home: Visitor) -> None:
    page = home.page
    page.goto("/settings/tokens")
    page.get_by_label("Token name").fill("A script")
    page.get_by_role("button", name="Create token").click()
    expect(page.get_by_test_id("token")).to_be_visible()
    page.reload()
    row = page.get_by_role("listitem").filter(has_text="A script")
    expect(row).to_be_visible()
    expect(page.get_by_test_id("token")).to_have_count(0)
    row.get_by_role("button", name="Revoke").click()
    expect(row).to_have_count(0)


def test_leaving_and_a_wrong_password(visitor: Visitor) -> None:
    visitor.come_in()
    page = visitor.page
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("User name").fill(NAME)
    page.get_by_label("Password", exact=True).fill("not this one")
    page.locator("form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("Wrong user name or password")
    # Chromium itself notes every refused request in the console; this one was wanted.
    visitor.wrong = [line for line in visitor.wrong if "401" not in line]


PAGES = {
    "activities": "/activities",
    "import": "/import",
    "preferences": "/settings/preferences",
    "map-setting": "/settings/map",
    "accounts": "/settings/accounts",
    "not-found": "/no/such/page",
}


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_page_looks_and_reads_well(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    for name, path in PAGES.items():
        someone.page.goto(path)
        expect(someone.page.get_by_role("heading", level=1)).to_be_visible()
        someone.page.wait_for_load_state("networkidle")
        someone.examine(name)
    for name in ("Around the bay", "Pool"):
        someone.open(name)
        if name != "Pool":
            someone.map()
        someone.examine(name.lower().replace(" ", "-"))
    someone.leave()
