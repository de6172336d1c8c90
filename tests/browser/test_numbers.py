"""The story of an athlete who asks how it is going: thresholds, training, records, and what an activity came to."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import rides
from tests.browser.story import Story
from tests.browser.visitor import Size, Visitor

FILES = {"bay.fit": rides.ride(), "evening.fit": rides.run(), "pool.fit": rides.swim(), **rides.rides(2)}
#: The recordings lie on days of 2026 that no test knows by their distance from today.
YEAR = "/year/2026"


@pytest.fixture(scope="module", autouse=True)
def season(story: Story) -> Iterator[None]:
    """The first visitor states thresholds and imports."""
    first = story.visitor()
    first.sign_in()
    first.page.goto("/training")
    expect(first.page.get_by_text("No training yet")).to_be_visible()
    first.page.goto("/records")
    expect(first.page.get_by_text("No best efforts yet")).to_be_visible()
    _state(first, "FTP", "Value (W)", "240")
    _state(first, "Maximum heart rate", "Value (bpm)", "188")
    first.upload(FILES)
    first.batch("done")
    yield
    first.leave()


def _state(someone: Visitor, name: str, label: str, typed: str) -> None:
    page = someone.page
    page.goto("/settings/athlete")
    page.get_by_role("button", name=f"Set {name}").click()
    page.get_by_label(label).fill(typed)
    page.get_by_role("dialog").get_by_label("From").fill("2026-01-01")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("dialog")).to_have_count(0)


def test_a_threshold_is_stated_in_ones_own_units_and_taken_back(home: Visitor) -> None:
    page = home.page
    page.goto("/settings/athlete")
    expect(page.locator("[data-threshold=ftp_w]")).to_contain_text("240 W")
    page.get_by_role("button", name="Set Threshold pace").click()
    page.get_by_label("Value (/km)").fill("fast")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_contain_text("Enter a value: 33:20")
    page.get_by_label("Value (/km)").fill("4:35")
    page.get_by_role("button", name="Save").click()
    pace = page.locator("[data-threshold=threshold_speed_mps]")
    expect(pace).to_contain_text("4:35/km")
    pace.get_by_text("1 dated value").click()
    pace.get_by_role("button", name="Delete 4:35/km").click()
    expect(pace).not_to_contain_text("4:35/km")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(pace).to_contain_text("4:35/km")
    pace.get_by_text("1 dated value").click()
    pace.get_by_role("button", name="Delete 4:35/km").click()
    expect(pace).not_to_contain_text("4:35/km")


#: Adds up how far what is seen moves by itself, as browsers measure it.
SHIFTS = """window.shifted = 0; new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value
}).observe({type: "layout-shift", buffered: true})"""


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_what_comes_later_moves_nothing_that_is_read(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    page.add_init_script(SHIFTS)
    for path in ("/training?range=all", YEAR):
        page.goto(path)
        expect(page.locator("[data-series=ride]").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("shifted") <= 0.05, path
    someone.leave()


@pytest.mark.parametrize("path", ["/training?range=all", YEAR])
def test_all_charts_of_a_page_come_in_one_answer(home: Visitor, path: str) -> None:
    asked: list[str] = []
    home.page.on("request", lambda request: asked.append(request.url) if "/api/charts/" in request.url else None)
    home.page.goto(path)
    expect(home.page.locator("[data-series=ride]").first).to_be_visible()
    home.page.wait_for_load_state("networkidle")
    # What depends on which sports there are comes after that is known.
    assert all("/api/charts/frames?" in url for url in asked), asked
    assert max(url.count("ask=") for url in asked) > 1, asked


def test_training_keeps_its_choices_in_the_address(home: Visitor) -> None:
    page = home.page
    page.goto("/training?range=all")
    volume = page.locator("section").filter(has=page.get_by_role("heading", name="Volume", exact=True))
    expect(volume.locator("[data-series=ride]")).to_contain_text("3 h")
    volume.get_by_label("Metric").select_option("distance")
    expect(page).to_have_url(re.compile("kind=distance"))
    expect(volume.locator("[data-series=ride]")).to_contain_text("km")
    page.reload()
    expect(volume.get_by_label("Metric")).to_have_value("distance")
    expect(page.get_by_text("Critical power")).to_be_visible()
    home.picture("training")


def test_a_chart_is_read_by_pointing_by_keys_and_as_a_table(home: Visitor) -> None:
    page = home.page
    page.goto("/training?range=all&by=month")
    volume = page.locator("[data-frame=volume]")
    ride = volume.locator("[data-series=ride]")
    expect(ride).to_have_attribute("aria-pressed", "true")
    ride.click()
    expect(ride).to_have_attribute("aria-pressed", "false")
    ride.click()
    position = volume.get_by_role("slider", name="Position in Volume")
    position.focus()
    page.keyboard.press("Home")
    expect(position).to_have_attribute("aria-valuetext", "May 2026")
    volume.get_by_role("button", name="Show Volume as a table").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("row").last).to_contain_text("May 2026")
    expect(dialog.get_by_role("columnheader").nth(1)).to_have_text("Ride")


def test_a_best_effort_leads_to_its_stretch(home: Visitor) -> None:
    page = home.page
    page.goto("/records?class=ride")
    fastest = page.locator("[data-kind=distance]")
    expect(fastest.get_by_text("10 km")).to_be_visible()
    home.picture("records")
    fastest.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/activities/\w+\?stretch=\d+-\d+"))
    expect(page.get_by_test_id("stretch")).to_be_visible()
    page.goto("/records?class=ride")
    page.get_by_label("Period").select_option("2026")
    expect(page).to_have_url(re.compile("period=2026"))
    expect(fastest.get_by_text("10 km")).to_be_visible()


def test_what_is_no_real_record_is_left_out_and_counts_again(home: Visitor) -> None:
    page = home.page
    page.goto("/records?class=ride")
    toast, power = page.get_by_role("status").last, page.locator("[data-kind=power]")
    five = power.get_by_role("listitem").filter(has=page.get_by_text("5 min", exact=True)).first
    best = five.locator("ol li").first
    was = best.inner_text()
    best.hover()
    best.get_by_role("button", name="Exclude from records: 5 min").click()
    expect(toast).to_contain_text("Power of")
    expect(best).not_to_have_text(was, use_inner_text=True)
    toast.get_by_role("button", name="Undo").click()
    expect(best).to_have_text(was, use_inner_text=True)
    expect(page.get_by_role("button", name="excluded")).to_have_count(0)
    best.hover()
    best.get_by_role("button", name="Exclude from records: 5 min").click()
    page.get_by_role("button", name="1 excluded").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name="Power").click()
    expect(page.get_by_test_id("edits")).to_contain_text("Power: excluded from records")
    expect(page.locator("#medals").get_by_role("button", name="Exclude from records: 5 min")).to_have_count(0)
    page.go_back()
    page.get_by_role("button", name="1 excluded").click()
    home.picture("left-out")
    dialog.get_by_role("button", name="Include again").click()
    expect(toast).to_contain_text("counts in records again")
    expect(best).to_have_text(was, use_inner_text=True)


def test_a_number_says_how_it_was_made(home: Visitor) -> None:
    page = home.page
    home.open("Around the bay")
    expect(page.get_by_test_id("load")).to_contain_text("from power")
    page.locator("[data-metric=intensity]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Formula")
    expect(dialog).to_contain_text("FTP 240 W")
    home.picture("number")


def test_an_activity_shows_zones_climbs_splits_and_its_curve(home: Visitor) -> None:
    page = home.page
    home.open("Around the bay")
    zones = page.get_by_role("region", name="Time in zones")
    zones.scroll_into_view_if_needed()
    expect(zones).to_contain_text("Coggan power zones")
    zones.get_by_text("Heart rate", exact=True).click()
    expect(zones).to_contain_text("% of maximum heart rate")
    expect(page.locator("[data-frame=curve] [data-series=activity]")).to_be_visible()
    page.get_by_role("button", name="Choose split 2").click()
    expect(page).to_have_url(re.compile(r"stretch=\d+-\d+"))
    home.picture("analysis")


def test_one_goes_through_an_activity_section_by_section(home: Visitor) -> None:
    page = home.page
    home.open("Around the bay")
    bar = page.get_by_role("navigation", name="Sections")
    analysis = bar.get_by_role("link", name="Analysis")
    expect(analysis).to_be_visible()
    bar.get_by_role("link", name="Overview").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#analysis$"))
    expect(analysis).to_have_attribute("aria-current", "location")
    expect(page.locator("[data-frame=histogram] [data-series=z2]")).to_contain_text("min")
    expect(page.locator("[data-frame=heart_relation] [data-series=quarter4]")).to_be_visible()
    page.get_by_text("Grade", exact=True).last.click()
    expect(page.locator("[data-frame=histogram] [data-series=time]")).to_contain_text("min")
    home.examine("activity-analysis")
    page.reload()
    expect(page.get_by_role("heading", name="Time in zones")).to_be_in_viewport()
    expect(analysis).to_have_attribute("aria-current", "location")
    page.goto(page.url.replace("#analysis", "#numbers"))
    expect(page.get_by_role("heading", name="Metrics")).to_be_in_viewport()


def test_one_goes_on_in_the_list_one_came_from(home: Visitor) -> None:
    page = home.page
    home.open("Around the bay")
    expect(page.get_by_role("link", name="Previous activity: Tempo run")).to_be_visible()
    page.goto("/activities?sport=cycling")
    page.get_by_role("link", name="Around the bay").click()
    expect(page.get_by_role("link", name="Next activity: Ride 0")).to_be_visible()
    expect(page.get_by_role("link", name="Previous activity")).to_have_count(0)
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Ride 0", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Next activity: Ride 1")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name="Around the bay", level=1)).to_be_visible()
    page.get_by_role("link", name="All activities").click()
    expect(page).to_have_url(re.compile(r"/activities\?sport=cycling$"))


def test_notes_are_written_where_they_stand_and_undone(home: Visitor) -> None:
    page = home.page
    home.open("Ride 1")
    page.get_by_role("button", name="Add notes").click()
    notes = page.get_by_label("Notes", exact=True)
    notes.fill("Headwind all the way.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add notes").click()
    expect(notes).to_have_value("Headwind all the way.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Edit notes")).to_contain_text("Headwind")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Add notes")).to_be_visible()
    page.get_by_role("heading", name="Ride 1", level=1).click()
    page.get_by_label("Name", exact=True).fill("Nameless")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Ride 1", level=1)).to_be_visible()
    page.get_by_role("combobox", name="Workout type").select_option("Race")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("combobox", name="Workout type")).to_have_value("")


def test_effort_is_noted_and_can_be_undone(home: Visitor) -> None:
    page = home.page
    home.open("Pool")
    effort = page.get_by_role("combobox", name="Effort")
    effort.select_option("7")
    expect(page.get_by_text("Perceived effort saved")).to_be_visible()
    expect(page.get_by_test_id("load")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(effort).to_have_value("")


def test_a_year_in_review(home: Visitor) -> None:
    page = home.page
    page.goto(YEAR)
    expect(page.get_by_role("heading", name="2026 in review", level=1)).to_be_visible()
    expect(page.get_by_text("Biggest week")).to_be_visible()
    tracks = page.locator("section").filter(has=page.get_by_role("heading", name="All tracks"))
    expect(tracks.get_by_role("listitem")).to_have_count(4)
    page.goto("/year/1999")
    expect(page.get_by_text("No activities in 1999")).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_everyone_can_use_every_page(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    for address, ready in (
        ("/training?range=all", "[data-frame=zones]"),
        ("/records?class=ride", "[data-kind=distance]"),
        (YEAR, "[data-frame=volume]"),
        ("/settings/athlete", "[data-threshold=sex]"),
    ):
        page.goto(address)
        expect(page.locator(ready).first).to_be_visible()
        someone.examine(address.strip("/").split("?")[0].replace("/", "-"))
    someone.open("Around the bay")
    page.get_by_role("heading", name="Time in zones").scroll_into_view_if_needed()
    expect(page.locator("[data-frame=curve]")).to_be_visible()
    someone.examine("activity")
    someone.leave()


def test_an_activity_is_cropped_with_before_and_after_and_taken_back(home: Visitor) -> None:
    page = home.page
    home.open("Tempo run")
    page.get_by_role("button", name="Tools").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("No lengths of a pool were recorded.")
    dialog.get_by_role("button", name="Crop").click()
    expect(dialog.get_by_role("button", name="Apply")).to_be_disabled()
    dialog.get_by_label("Start", exact=True).fill("soon")
    expect(dialog).to_contain_text("Enter a time such as 1:02:30.")
    dialog.get_by_label("Start", exact=True).fill("5:00")
    expect(page.get_by_test_id("before-after")).to_contain_text("Elapsed time")
    home.examine("crop")
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_have_count(0)
    edits = page.get_by_test_id("edits")
    expect(edits).to_contain_text("Crop: start 0:05:00")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(edits).to_contain_text("undone")
