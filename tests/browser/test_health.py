"""The story of an athlete who looks each morning: how the night was, what is usual, weight and notes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import rides
from tests.browser.story import Story
from tests.browser.visitor import Size, Visitor
from tests.formats.fit.wellness import made

#: The last of the days that were measured; a baseline needs 14 before it.
DAY, COUNT = made.DAY, 17
DAY_S = 24 * made.HOUR


#: What a chest strap says of two mornings, in a table.
TABLE = b"date,resting hr\n2026-05-02,55\n2026-05-03,56\n"


def _monitoring(back: int) -> bytes:
    """Return a day of a watch, `back` days before the last: heart rate, steps, stress, resting heart rate."""
    midnight = made.MIDNIGHT - back * DAY_S
    hours = [midnight + hour * made.HOUR for hour in range(24)]
    steps = [made.total(at + 1800, 200 * place) for place, at in enumerate(hours)]
    hearts = [(55, {253: ("uint32", at + 60), 27: ("uint8", 60 + place)}) for place, at in enumerate(hours)]
    stress = [(227, {0: ("sint16", 30), 1: ("uint32", at + 60), 3: ("uint8", 50)}) for at in hours]
    resting = (
        211,
        {253: ("uint32", midnight + 23 * made.HOUR), 0: ("uint8", 48 + back % 3), 1: ("uint8", 48 + back % 3)},
    )
    return made.file(made.info(midnight), *steps, *hearts, *stress, resting, created=midnight + 60)


def _night() -> bytes:
    """Return the night of the last day: from 23:30 to 06:30, woken once, with a score."""
    start = made.MIDNIGHT - 1800
    levels = [(0, 2), (1, 3), (2, 4), (3, 1), (3.5, 2), (5, 3), (7, 1)]
    stages = [made.stage(start + round(hours * made.HOUR), level) for hours, level in levels]
    end = start + 7 * made.HOUR
    return made.file(made.local(start), *stages, (346, {6: ("uint8", 83)}), kind=49, created=end + 60)


@pytest.fixture(scope="module", autouse=True)
def measured(story: Story) -> Iterator[None]:
    """The first visitor sees what to do, enters a weight, undoes it, and imports the files of a watch."""
    first = story.visitor()
    first.sign_in()
    page = first.page
    page.goto("/health/overview")
    expect(page.get_by_role("heading", name="No health data yet")).to_be_visible()
    expect(page.get_by_role("link", name="Connect a source")).to_be_visible()
    _weigh(page, "72.4")
    expect(page.locator("[data-card=weight_kg]")).to_contain_text("72.4")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="No health data yet")).to_be_visible()
    days = {f"day-{back}.fit": _monitoring(back) for back in range(COUNT)}
    first.upload({**days, "night.fit": _night(), "bay.fit": rides.ride(), "pulse.csv": TABLE})
    first.batch("done")
    yield
    first.leave()


def _weigh(page: Page, typed: str) -> None:
    page.get_by_label("Weight (kg)").fill(typed)
    page.get_by_label("Weight (kg)").press("Enter")
    expect(page.get_by_text(f"Weight {typed} kg saved")).to_be_visible()


def test_the_morning_shows_the_night_and_what_is_usual(home: Visitor) -> None:
    page = home.page
    page.goto("/training")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Health").click()
    expect(page).to_have_url(re.compile("/health/overview$"))
    page.goto(f"/health/overview?day={DAY}")
    expect(page.locator("[data-card=resting_heart_rate_bpm]")).to_contain_text("48bpm")
    expect(page.locator("[data-card=resting_heart_rate_bpm]")).to_contain_text("Usual 48–50")
    night = page.get_by_role("region", name=re.compile("Night to"))
    expect(night).to_contain_text("6 h 30 min asleep")
    expect(night.get_by_role("img", name=re.compile("Deep 3 h 00 min"))).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("day=2026-05-02"))
    expect(page.get_by_text("No night recorded for this day.")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(night).to_contain_text("6 h 30 min asleep")


def test_a_note_takes_one_tap_and_another_one_removes_it(home: Visitor) -> None:
    page = home.page
    page.goto(f"/health/overview?day={DAY}")
    ill, mood = page.get_by_role("button", name="Ill", exact=True), page.get_by_role("button", name="Mood 4 of 5")
    ill.click()
    expect(ill).to_have_attribute("aria-pressed", "true")
    mood.click()
    expect(mood).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Add a note").fill("New pillow")
    page.get_by_label("Add a note").press("Enter")
    expect(page.get_by_role("button", name="Remove note: New pillow")).to_be_visible()
    ill.click()
    expect(ill).to_have_attribute("aria-pressed", "false")
    page.goto(f"/health/day/{DAY}")
    expect(page.get_by_role("button", name="Mood 4 of 5")).to_have_attribute("aria-pressed", "true")


def test_the_night_is_read_by_its_stages_and_its_cursor(home: Visitor) -> None:
    page = home.page
    page.goto(f"/health/night/{DAY}")
    expect(page.get_by_text("Sat 23:30 – Sun 06:31")).to_be_visible()
    expect(page.locator("[data-lane=heart_rate_bpm]")).to_be_visible()
    cursor = page.get_by_role("slider", name="Position in Stages and measures of the night")
    cursor.focus()
    cursor.press("PageDown")
    expect(cursor).to_have_attribute("aria-valuetext", "23:30 · Light")
    cursor.press("PageUp")
    cursor.press("PageUp")
    expect(cursor).to_have_attribute("aria-valuetext", "01:30 · REM")
    page.get_by_role("button", name="Show the night as a table").click()
    expect(page.get_by_role("dialog").get_by_role("row", name=re.compile("^00:45 Deep"))).to_be_visible()


def test_a_measure_is_read_by_keys_and_leads_to_its_day(home: Visitor) -> None:
    page = home.page
    page.goto("/health/measure")
    page.get_by_label("Find a measure").fill("resting")
    page.get_by_role("link", name=re.compile("^Resting heart rate \\d")).click()
    page.get_by_text("All", exact=True).click()
    expect(page).to_have_url(re.compile("range=all"))
    cursor = page.get_by_role("slider", name=re.compile("^Day in Resting heart rate"))
    expect(cursor).to_have_attribute("aria-valuetext", re.compile("3 May 2026, 48 bpm, .*fēnix 7"))
    cursor.focus()
    cursor.press("Enter")
    expect(page).to_have_url(re.compile(f"/health/day/{DAY}$"))
    expect(page.get_by_role("row", name=re.compile("^Steps 4,600"))).to_be_visible()


def test_a_weight_is_entered_changed_removed_and_brought_back(home: Visitor) -> None:
    page = home.page
    page.goto("/health/weight")
    _weigh(page, "71.2")
    row = page.get_by_role("row", name=re.compile("71.2 kg"))
    row.get_by_role("button", name=re.compile("^Edit weight")).click()
    page.get_by_role("dialog").get_by_label("Weight (kg)").fill("70,9")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    changed = page.get_by_role("row", name=re.compile("70.9 kg"))
    expect(changed).to_be_visible()
    expect(page.get_by_text("The weekly change needs 10 days")).to_be_visible()
    changed.get_by_role("button", name=re.compile("^Remove weight")).click()
    expect(changed).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Undo").last.click()
    expect(changed).to_be_visible()


def test_travel_is_marked_on_the_chart_of_fitness(home: Visitor) -> None:
    page = home.page
    page.goto(f"/health/overview?day={DAY}")
    travel = page.get_by_role("button", name="Travel", exact=True)
    travel.click()
    expect(travel).to_have_attribute("aria-pressed", "true")
    page.goto("/training?range=all")
    cursor = page.get_by_role("slider", name="Position in Fitness and form")
    cursor.focus()
    cursor.press("Home")
    expect(cursor).to_have_attribute("aria-valuetext", re.compile("Travel$"))


def test_questions_say_what_they_still_need(home: Visitor) -> None:
    page = home.page
    page.goto("/health/insights")
    waiting = page.locator("[data-lacking='bedtime asleep']")
    expect(waiting).to_contain_text("Needs 60 more nights with both values.")
    expect(waiting.get_by_role("progressbar", name="Evidence for Sleep duration")).to_be_visible()


def test_two_measures_share_their_days(home: Visitor) -> None:
    page = home.page
    page.goto("/health/trends?one=resting_heart_rate_bpm&two=steps&range=all")
    cursor = page.get_by_role("slider", name=re.compile("^Day in Resting heart rate and Steps"))
    expect(cursor).to_have_attribute("aria-valuetext", re.compile("Resting heart rate 48 bpm.*Steps 4,600"))
    page.get_by_role("button", name="Swap the two measures").click()
    expect(page).to_have_url(re.compile("one=steps&two=resting_heart_rate_bpm"))
    page.get_by_role("button", name="Show both measures as a table").click()
    row = page.get_by_role("dialog").get_by_role("row", name=re.compile("3 May 2026 4,600.* 48 bpm"))
    expect(row).to_be_visible()


def test_the_order_of_sources_decides_which_one_holds(home: Visitor) -> None:
    page = home.page
    page.goto(f"/health/day/{DAY}")
    row = page.get_by_role("row", name=re.compile("^Resting heart rate 48 bpm"))
    row.get_by_role("link", name=re.compile("^56 bpm from Table")).click()
    shared = page.locator("[data-shared=resting_heart_rate_bpm]")
    expect(shared.get_by_role("listitem").first).to_contain_text("FIT files")
    up = shared.get_by_role("button", name="Move Table of measurements up")
    up.focus()
    up.press("Enter")
    expect(shared.get_by_role("listitem").first).to_contain_text("Table of measurements")
    expect(shared.get_by_role("button", name="Move Table of measurements down")).to_be_focused()
    shared.get_by_role("button", name="Save order").click()
    expect(shared).to_contain_text("Your order")
    shared.get_by_role("button", name="Use the usual order").click()
    expect(shared.get_by_role("button", name="Use the usual order")).to_have_count(0)
    expect(shared.get_by_role("listitem").first).to_contain_text("FIT files")


def test_cards_are_arranged(home: Visitor) -> None:
    page = home.page
    page.goto("/health")
    expect(page).to_have_url(re.compile("/health/overview$"))
    page.goto(f"/health/overview?day={DAY}")
    page.get_by_role("button", name="Arrange").click()
    page.get_by_role("checkbox", name="Steps").uncheck()
    page.get_by_role("button", name="Move Resting heart rate up").click()
    expect(page.locator("[data-arranged]").first).to_have_attribute("data-arranged", "resting_heart_rate_bpm")
    page.keyboard.press("Escape")
    expect(page.locator("[data-card=steps]")).to_have_count(0)
    expect(page.locator("[data-card]").first).to_have_attribute("data-card", "resting_heart_rate_bpm")
    page.get_by_role("button", name="Arrange").click()
    page.get_by_role("button", name="Usual cards").click()
    expect(page.locator("[data-card=steps]")).to_be_visible()


def test_the_app_speaks_the_language_that_one_chooses(home: Visitor) -> None:
    page = home.page
    page.goto("/settings/preferences")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/account", hold, times=1)
    with page.expect_request("**/api/account"):
        page.get_by_label("Language").select_option("Deutsch")
    # The page loads again, and not before the choice is saved.
    expect(page.get_by_label("Language")).to_have_value("de")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    held[0].continue_()
    expect(page.get_by_role("heading", name="Einstellungen", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.goto(f"/health/overview?day={DAY}")
    # What the server calls a measure, and how a number is written.
    steps = page.locator("[data-card=steps]")
    expect(steps).to_contain_text("Schritte")
    expect(steps).to_contain_text("4.600")
    page.goto("/settings/preferences")
    page.get_by_label("Sprache").select_option("")
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()


@pytest.mark.parametrize("language", ["de", "ja"])
def test_long_and_wide_letters_fit_on_a_phone(story: Story, language: str) -> None:
    someone = story.visitor("phone", "dark", language=language)
    someone.sign_in()
    for name in ("", "activities", "health/overview", "training/charts", "coach/rules", "settings/people"):
        someone.page.goto(f"/{name}")
        expect(someone.page.get_by_role("heading", level=1)).to_be_visible()
        expect(someone.page.locator("html")).to_have_attribute("lang", language)
        someone.page.wait_for_load_state("networkidle")
        someone.examine(f"{name.replace('/', '-') or 'today'}-{language}")
    someone.leave()


def test_days_are_sent_on_where_one_wants(home: Visitor) -> None:
    page = home.page
    page.goto("/settings/sinks")
    page.get_by_role("button", name="Send to VictoriaMetrics").click()
    page.get_by_role("button", name="Add and send").click()
    expect(page.get_by_text("Required")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Send to Prometheus").click()
    page.get_by_role("checkbox", name="Steps").uncheck()
    expect(page.get_by_text("Only what is checked.")).to_be_visible()
    page.get_by_role("button", name="Add and send").click()
    token = page.get_by_test_id("sink-token").inner_text()
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    sink = page.locator("[data-sink=prometheus]")
    expect(sink).to_contain_text("Fetched at /metrics/health")
    assert page.request.get("/metrics/health", headers={"Authorization": f"Bearer {token}"}).ok
    sink.get_by_role("button", name="Pause").click()
    expect(sink).to_have_attribute("data-state", "paused")
    sink.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(sink).to_have_count(0)


def test_a_table_that_is_not_understood_is_asked_about(home: Visitor) -> None:
    page = home.page
    page.goto("/import")
    home.choose({"scale.csv": b"when,mass,comment\n03/04/2026,154.3,a\n04/04/2026,155.2,b\n"})
    dialog = page.get_by_role("dialog", name="Columns of scale.csv")
    expect(dialog).to_contain_text("Choose the column with the date.")
    dialog.get_by_label("What when holds").select_option("Date")
    dialog.get_by_label("What mass holds").select_option("Weight")
    expect(dialog).to_contain_text("Choose the unit of each measure.")
    dialog.get_by_label("Unit of mass").select_option("lb")
    dialog.get_by_label("Month first").check()
    expect(dialog).to_contain_text("2 values from 4 Mar 2026 to 4 Apr 2026.")
    home.examine("table")
    newest = page.locator("[data-batch]").first
    before = newest.get_attribute("data-batch") or ""
    dialog.get_by_role("button", name="Import table").click()
    expect(newest).not_to_have_attribute("data-batch", before)
    home.batch("done")
    page.goto("/health/weight?range=all")
    expect(page.get_by_role("row", name=re.compile("4 Mar 2026.*70.0 kg"))).to_be_visible()


#: What is to be seen on each page once it is there.
PAGES = {
    f"/health/overview?day={DAY}": "Readiness",
    f"/health/night/{DAY}": "Sat 23:30 – Sun 06:31",
    f"/health/day/{DAY}": "Through the day",
    "/health/measure": "Resting heart rate",
    "/health/measure/resting_heart_rate_bpm?range=all": "Days with data",
    "/health/calendar?key=steps": "Each square is a day",
    "/health/weight": "Save weight",
    "/health/trends?one=resting_heart_rate_bpm&two=steps&range=all": "Two lines that rise",
    "/health/insights": "Not enough evidence yet",
    "/health/sources?kind=resting_heart_rate_bpm": "Table of measurements",
    "/settings/sinks": "Nothing is sent anywhere.",
}


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_health_keeps_nobody_out(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    for path, seen in PAGES.items():
        someone.page.goto(path)
        expect(someone.page.get_by_text(seen).first).to_be_visible()
        someone.page.wait_for_load_state("networkidle")
        someone.examine(re.sub(r"\W+", "-", path.partition("?")[0]).strip("-"))
    someone.leave()
