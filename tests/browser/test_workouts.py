"""The story of a workout: imported, looked at, built by keyboard and by dragging, downloaded, removed and back."""

from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from homestretch.formats import decode
from homestretch.model.coach.workout import Repeat, flat
from tests.browser.visitor import Visitor
from tests.formats.workouts.threshold import file_bytes


def test_a_file_becomes_a_workout_that_goes_out_again(visitor: Visitor) -> None:
    visitor.sign_in()
    page = visitor.page
    page.goto("/coach/workouts")
    templates = page.get_by_role("list", name="Templates")
    expect(templates.get_by_role("listitem")).to_have_count(40)
    visitor.examine("workouts")
    page.get_by_label("Sport", exact=True).select_option("swim")
    expect(templates.get_by_role("listitem")).to_have_count(6)
    file: FilePayload = {"name": "3x8.txt", "mimeType": "text/plain", "buffer": file_bytes("3x8.txt")}
    page.get_by_test_id("workout-file").set_input_files([file])
    expect(page.get_by_role("heading", name="3x8")).to_be_visible()
    expect(page.get_by_role("img", name="Profile: 10 min 50-70 %; 3 x")).to_be_visible()
    expect(page.get_by_role("row", name="Work steady, seated 8:00 95–100 %")).to_be_visible()
    expect(page.get_by_text("Your FTP is not set")).to_be_visible()
    visitor.examine("workout")
    assert downloaded(page, "Text for intervals.icu") == file_bytes("3x8.txt")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("3x8 removed")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("list", name="Your workouts").get_by_role("listitem")).to_have_count(1)


def downloaded(page: Page, kind: str) -> bytes:
    """Return the file that the page gives."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
        page.get_by_role("menuitem", name=kind).click()
    return Path(download.value.path()).read_bytes()


def test_a_workout_is_built_from_a_template(visitor: Visitor) -> None:
    visitor.sign_in()
    page = visitor.page
    page.goto("/coach/workouts/R7")
    page.get_by_role("combobox", name="Repeats").select_option("4")
    expect(page.get_by_role("heading", name="4 × 8 min at threshold")).to_be_visible()
    page.get_by_role("link", name="Make my own copy").click()
    preview = page.get_by_test_id("workout-preview")
    expect(preview).to_contain_text("51:00 · load 59")
    visitor.examine("workout-builder")
    page.get_by_label("Name").fill("Mine")
    page.get_by_role("spinbutton", name="Times").fill("2")
    expect(preview).to_contain_text("39:00")
    # By keyboard: the rest goes before the work, and the warm-up is there twice.
    page.get_by_role("button", name="Move up: Step 3: Rest").press("Enter")
    page.get_by_role("button", name="Duplicate: Step 1: Warm-up").press("Enter")
    expect(preview).to_contain_text("49:00")
    page.get_by_role("listitem", name="Step 4: Work").get_by_label("Length (min:s)").fill("")
    expect(preview).to_contain_text("Give every step a length")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_role("listitem", name="Step 4: Work").get_by_label("Length (min:s)").fill("10")
    expect(preview).to_contain_text("53:00")
    # By dragging: the cool-down goes into the repeat, before the work.
    cool_down = page.get_by_role("listitem", name="Step 5: Cool-down")
    cool_down.get_by_title("Drag to move").drag_to(
        page.get_by_role("listitem", name="Step 4: Work"), target_position={"x": 20, "y": 4}
    )
    expect(page.get_by_role("listitem", name="Step 4: Cool-down")).to_be_visible()
    expect(preview).to_contain_text("58:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Mine")).to_be_visible()
    (workout,) = decode(downloaded(page, "ZWO")).workouts
    assert [step.end_value for step in flat(workout.steps)] == [600, 600, *(240, 300, 600) * 2]
    assert not any(isinstance(item, Repeat) for item in workout.steps)  # ZWO repeats on and off only
    page.get_by_role("button", name="Download").click()
    with page.expect_console_message(lambda message: "422" in message.text):
        page.get_by_role("menuitem", name="ERG").click()
    expect(page.get_by_text("your FTP is not set")).to_have_count(2)
    visitor.wrong = [line for line in visitor.wrong if "422" not in line]
