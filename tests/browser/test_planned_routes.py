"""The story of a planned route: dropped, looked at, cut, estimated, followed by a session, and given to a device."""

from pathlib import Path

from playwright.sync_api import FilePayload, expect

from homestretch import formats
from tests.browser.visitor import Visitor
from tests.flow.coach.drawings import gpx, track


def test_a_route_is_planned_cut_and_downloaded(visitor: Visitor) -> None:
    visitor.sign_in()
    page = visitor.page
    page.goto("/coach/routes")
    expect(page.get_by_text("No planned routes yet")).to_be_visible()
    file: FilePayload = {"name": "hill.gpx", "mimeType": "application/gpx+xml", "buffer": gpx(track("Hill", 90))}
    page.get_by_test_id("route-file").set_input_files([file])
    expect(page.get_by_role("heading", name="Hill")).to_be_visible()
    expect(page.get_by_text("Set your FTP for rides")).to_be_visible()
    page.get_by_role("button", name="Estimate").click()
    page.get_by_label("Chainrings, teeth").fill("50 34")
    page.get_by_label("Cassette, teeth").fill("11 28")
    page.get_by_label("Rider, kg").fill("70")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Estimate changed")).to_be_visible()
    # By keyboard: to 20 % of the way, and a cut there.
    sections = page.get_by_role("region", name="Sections").get_by_role("row")
    before = sections.count()
    page.get_by_role("button", name="Cut sections").click()
    profile = page.get_by_test_id("route-profile")
    for _ in range(20):
        profile.press("ArrowRight")
    expect(page.get_by_test_id("section-1")).to_have_attribute("data-here", "true")
    profile.press("Enter")
    expect(sections).to_have_count(before + 1)
    page.get_by_test_id("section-2").hover()
    expect(page.get_by_test_id("map-cursor")).to_be_visible()
    page.get_by_test_id("section-2").get_by_role("button", name="show on the map").click()
    visitor.examine("planned-route")
    page.get_by_role("button", name="Remove the cut before section 2").click()
    expect(sections).to_have_count(before)
    page.get_by_role("button", name="Undo").last.click()
    expect(sections).to_have_count(before + 1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
        page.get_by_role("menuitem", name="FIT course").click()
    (read,) = formats.routes(Path(download.value.path()).read_bytes(), "hill.fit")
    assert read.name == "Hill"
    page.get_by_role("link", name="All planned routes").click()
    expect(page.get_by_role("list", name="Planned routes").get_by_role("listitem")).to_have_count(1)
    visitor.examine("planned-routes")
