"""The story of an athlete who goes the same ways again: segments, routes, the map, and places kept private."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Response, Route, expect

from homestretch.views.places.heat import clear
from tests.browser import rides
from tests.browser.story import ROOT, Story
from tests.browser.visitor import PASSWORD, Size, Theme, Visitor
from tests.map_tiles import town

FILES = {"bay.fit": rides.ride(), "evening.fit": rides.run(), "pool.fit": rides.swim(), **rides.rides(2)}
#: Rides with the same course as the first one.
TIMES = 3
GPX = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Quay</name><trkseg>
{}</trkseg></trk></gpx>"""


@pytest.fixture(scope="module", autouse=True)
def season(story: Story) -> Iterator[None]:
    """The first visitor finds nothing, imports, and waits until the map is drawn."""
    first = story.visitor()
    first.sign_in()
    page = first.page
    for address, words in (("/segments", "No segments yet"), ("/routes", "No routes yet"), ("/map", "No tracks yet")):
        page.goto(address)
        expect(page.get_by_role("heading", name=words)).to_be_visible()
    first.upload(FILES)
    first.batch("done")
    page.goto("/routes")
    expect(page.get_by_role("link", name=re.compile("km ride, loop to the west"))).to_be_visible(timeout=60_000)
    yield
    first.leave()


def _draw(someone: Visitor, name: str, stretch: str) -> None:
    page = someone.page
    someone.open("Around the bay")
    page.goto(f"{page.url}?stretch={stretch}")
    page.get_by_test_id("stretch").get_by_role("button", name="Create segment from selection").click()
    page.get_by_role("button", name="Create segment", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Enter a name")
    page.get_by_role("dialog").get_by_label("Name").fill(name)
    page.get_by_role("button", name="Create segment", exact=True).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_a_stretch_becomes_a_segment_with_every_time_on_it(home: Visitor) -> None:
    page = home.page
    _draw(home, "Harbour mile", "300-600")
    table = page.get_by_role("region", name="Efforts")
    expect(table.get_by_role("row")).to_have_count(TIMES + 1, timeout=30_000)
    expect(table.get_by_text("Rank 1")).to_be_attached()
    expect(page.get_by_text("left to check")).to_have_count(0)
    home.map()
    home.picture("segment")
    table.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/activities/\w+\?stretch=\d+-\d+"))
    segments = page.locator("section").filter(has=page.get_by_role("heading", name="Segments")).last
    expect(segments.get_by_role("link", name="Harbour mile")).to_be_visible()
    expect(segments).to_contain_text("of 3")


def test_two_times_are_laid_over_each_other(home: Visitor) -> None:
    page = home.page
    _draw(home, "Island loop", "700-1100")
    table = page.get_by_role("region", name="Efforts")
    expect(table.get_by_role("row")).to_have_count(TIMES + 1, timeout=30_000)
    table.get_by_role("checkbox").nth(0).click()
    expect(page.get_by_text("Select two or more efforts")).to_be_visible()
    table.get_by_role("checkbox").nth(2).click()
    chart = page.locator("[data-frame=comparison]")
    expect(chart.locator("[data-series=gap]")).to_be_visible()
    page.get_by_text("Heart rate", exact=True).last.click()
    chart.get_by_role("slider").focus()
    page.keyboard.press("PageDown")
    expect(chart.locator("[data-series=other]")).to_contain_text("bpm")
    page.reload()
    expect(page.get_by_role("region", name="Comparison").get_by_role("row")).to_have_count(3)
    home.picture("comparison")


def test_a_segment_is_renamed_deleted_and_brought_back(home: Visitor) -> None:
    page = home.page
    _draw(home, "Wrong name", "1200-1400")
    page.get_by_role("heading", level=1).hover()
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("textbox", name="Rename").fill("Right name")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Right name", level=1)).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Segments", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Right name")).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Right name")).to_be_visible()
    page.goto("/records?tab=segments")
    expect(page.get_by_role("link", name="Right name")).to_be_visible()


def test_a_segment_comes_from_a_file(home: Visitor) -> None:
    page = home.page
    page.goto("/segments")
    points = "".join(
        f'<trkpt lat="{60.2 + n * 0.001:.4f}" lon="25.1"><time>2026-06-01T08:{n:02}:00Z</time></trkpt>'
        for n in range(12)
    )
    (home.folder / "quay_side.gpx").write_text(GPX.format(points))
    page.get_by_test_id("segment-file").set_input_files(home.folder / "quay_side.gpx")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name")).to_have_value("quay side")
    dialog.get_by_label("Sport").select_option("run")
    dialog.get_by_role("button", name="Create segment").click()
    expect(page.get_by_role("heading", name="quay side", level=1)).to_be_visible()
    expect(page.get_by_text("From quay_side.gpx")).to_be_visible()
    expect(page.get_by_text("No efforts on this segment yet")).to_be_visible(timeout=30_000)


def test_a_route_holds_every_time_and_takes_a_name(home: Visitor) -> None:
    page = home.page
    home.open("Around the bay")
    page.get_by_test_id("route").get_by_role("link").click()
    expect(page.get_by_role("region", name="All times").get_by_role("row")).to_have_count(TIMES + 1)
    page.get_by_role("heading", level=1).hover()
    page.get_by_role("button", name="Rename route").click()
    page.get_by_role("textbox", name="Rename route").fill("Bay round")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Bay round", level=1)).to_be_visible()
    page.get_by_role("button", name="Use automatic name").click()
    expect(page.get_by_role("heading", name=re.compile("km ride, loop to the west"), level=1)).to_be_visible()


def test_the_map_shows_heat_and_tells_when_a_tile_was_first_visited(home: Visitor) -> None:
    page = home.page
    pictures: list[Response] = []
    page.on("response", lambda answer: pictures.append(answer))  # noqa: PLW0108  (it must be a function of ours)
    page.goto("/map?tiles=14&at=13/60.1700/25.0250")
    drawn = page.get_by_test_id("places-map")
    expect(drawn).to_have_attribute("data-ready", "true", timeout=30_000)
    page.wait_for_load_state("networkidle")
    heat = [answer for answer in pictures if "/api/heat/" in answer.url and ".png" in answer.url]
    assert heat
    assert all(answer.status == 200 for answer in heat)
    assert any(answer.body() != clear() for answer in heat)
    drawn.locator("canvas").focus()
    page.keyboard.press("Enter")
    tile = page.get_by_test_id("tile")
    expect(tile).to_contain_text("First visited")
    home.picture("places")
    tile.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/activities/"))


def _touch(someone: Visitor, *moments: list[tuple[float, float]]) -> None:
    """Lay fingers on, move them from moment to moment, and lift them."""
    session = someone.context.new_cdp_session(someone.page)
    for at, fingers in enumerate(moments):
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": "touchMove" if at else "touchStart", "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _middle(drawn: Locator) -> tuple[float, float]:
    box = drawn.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_plain_map_follows_mouse_wheel_keys_and_fingers(story: Story) -> None:
    someone = story.visitor("phone")
    someone.sign_in()
    page = someone.page
    page.goto("/map?at=12/60.1700/25.0250")
    drawn = page.get_by_test_id("places-map")
    expect(drawn).to_have_attribute("data-ready", "true")
    x, y = _middle(drawn)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -300)
    expect(page).to_have_url(re.compile("at=13.0%2F60.1700%2F25.0250"))
    drawn.locator("canvas").focus()
    for key in ("ArrowRight", "-", "-"):
        page.keyboard.press(key)
    # A hundred pixels of the 512 · 2^13 that go round the world.
    expect(page).to_have_url(re.compile("at=11.0%2F60.1700%2F25.0336"))
    page.mouse.down()
    page.mouse.move(x - 100, y, steps=4)
    page.mouse.up()
    # Four times as far now, and on for a little after it is let go.
    expect(page).to_have_url(re.compile(r"at=11.0%2F60.1700%2F25.(0[6-9]|1[0-3])"))
    _touch(someone, [(x - 40, y), (x + 40, y)], [(x - 80, y), (x + 80, y)], [(x - 160, y), (x + 160, y)])
    expect(page).to_have_url(re.compile(r"at=13.0%2F60.1700%2F25.(0[6-9]|1[0-3])"))

    # Beside charts a map leaves the wheel and one finger to the page, and says how to have them.
    someone.open("Around the bay")
    drawn = someone.map()
    drawn.scroll_into_view_if_needed()
    words, scale = page.get_by_test_id("map-help"), page.get_by_test_id("map-scale")
    before = scale.inner_text()
    page.mouse.move(*_middle(drawn))
    page.mouse.wheel(0, 20)
    expect(words).to_have_text("Hold Ctrl and scroll to zoom the map")
    x, y = _middle(drawn)
    _touch(someone, [(x, y)], [(x, y - 30)], [(x, y - 60)])
    expect(words).to_have_text("Move the map with two fingers")
    assert scale.inner_text() == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    expect(scale).not_to_have_text(before)
    someone.leave()


def _background(someone: Visitor, kind: str | None, url: str | None) -> None:
    changes = {"map_kind": kind, "map_url": url}
    answer = someone.page.request.patch("/api/settings", data=changes, headers={"X-Homestretch": "web"})
    assert answer.ok, answer.text()


#: A browser that cannot draw with WebGL.
NO_WEBGL = """
const { getContext } = HTMLCanvasElement.prototype;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith("webgl") ? null : getContext.call(this, kind, ...rest);
};
"""


def test_the_map_library_comes_with_a_background_map_and_not_before(home: Visitor) -> None:
    page = home.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/map")
    expect(page.get_by_test_id("places-map")).to_have_attribute("data-ready", "true")
    home.open("Around the bay")
    home.map()
    assert not [url for url in asked if "maplibre" in url.lower()]
    # This very server's heat map lies under the track, so that nothing is asked of another one.
    _background(home, "raster", f"{home.server}/api/heat/{{z}}/{{x}}/{{y}}.png?background")
    try:
        page.reload()
        expect(home.map().locator("canvas.maplibregl-canvas")).to_be_visible()
        assert [url for url in asked if "maplibre" in url.lower()]
        assert [url for url in asked if url.endswith(".png?background")]
        home.picture("background")
        page.add_init_script(NO_WEBGL)
        page.reload()
        expect(home.map().locator("canvas")).to_be_visible()
        expect(page.get_by_text("WebGL is off")).to_be_visible()
    finally:
        _background(home, None, None)
    # Chromium itself complains that drawing without a graphics card is slow.
    home.wrong = [line for line in home.wrong if "GPU stall" not in line]


def test_a_known_map_is_seen_before_it_is_chosen_and_asks_nobody_until_then(home: Visitor) -> None:
    page = home.page
    tiles: list[str] = []

    def tile(route: Route) -> None:
        tiles.append(route.request.headers["referer"])
        icon = (ROOT / "web" / "public" / "icon-192.png").read_bytes()
        route.fulfill(body=icon, content_type="image/png", headers={"Access-Control-Allow-Origin": "*"})

    page.route("https://tile.openstreetmap.org/**", tile)
    page.goto("/settings/map")
    choice = page.get_by_role("radio", name="OpenStreetMap")
    choice.check()
    expect(page.get_by_text("(tile.openstreetmap.org) can see the areas you view")).to_be_visible()
    page.get_by_role("radio", name="MapTiler").check()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Enter the API key from the provider.")).to_be_visible()
    assert tiles == [] and home.wrong == []
    choice.check()
    page.get_by_role("button", name="Preview").click()
    try:
        preview = page.get_by_test_id("map-preview")
        expect(preview).to_have_attribute("data-ready", "true")
        # They are told which site asks, as they want it, and not which page of it.
        assert tiles and set(tiles) == {f"{home.server}/"}
        home.examine("map-preview")
        assert page.request.get("/api/session").json()["map"]["kind"] == "none"
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/settings/map")
        expect(choice).to_be_checked()
        expect(preview).to_have_attribute("data-ready", "true")
        tiles.clear()
        home.open("Around the bay")
        expect(home.map().locator("canvas.maplibregl-canvas")).to_be_visible()
        expect(home.map()).to_have_attribute("data-ready", "true")
        assert tiles
    finally:
        _background(home, None, None)
    asked = "asked https://tile.openstreetmap.org/"
    home.wrong = [line for line in home.wrong if "GPU stall" not in line and not line.startswith(asked)]


def test_a_map_file_of_ones_own_is_shown_and_nobody_else_is_asked(home: Visitor, story: Story) -> None:
    page = home.page
    folder = story.place.folder / "data" / "maps"
    folder.mkdir()
    (folder / "bay.pmtiles").write_bytes(town((24.94, 60.17), reach=0.1))
    (folder / "torn.pmtiles").write_bytes(b"PMTiles")
    parts: list[int] = []
    page.on("response", lambda answer: parts.append(answer.status) if ".pmtiles" in answer.url else None)
    page.goto("/settings/map")
    expect(page.get_by_role("radio", name="torn.pmtiles")).to_be_disabled()
    expect(page.get_by_text("torn.pmtiles can't be shown as a map: it is not a PMTiles file.")).to_be_visible()
    page.get_by_role("radio", name="bay.pmtiles").check()
    expect(page.get_by_test_id("map-preview")).to_have_attribute("data-ready", "true")
    # Of the file, its head and the tiles in sight.
    assert len(parts) > 1 and set(parts) == {206}
    home.examine("map-file")
    try:
        # The page has this address already, so only its load says that it was saved.
        with page.expect_event("load"):
            page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("radio", name="bay.pmtiles")).to_be_checked()
        parts.clear()
        home.open("Around the bay")
        expect(home.map()).to_have_attribute("data-ready", "true")
        expect(home.map().get_by_text("OpenStreetMap contributors")).to_be_attached()
        assert len(parts) > 1 and set(parts) == {206}
        (folder / "bay.pmtiles").unlink()
        page.reload()
        expect(page.get_by_text("The background map could not be loaded")).to_be_visible()
        page.goto("/settings/map")
        expect(page.get_by_text("This map file is no longer in the folder")).to_be_visible()
    finally:
        _background(home, None, None)
    home.wrong = [line for line in home.wrong if "GPU stall" not in line and "404" not in line]


def test_the_map_is_narrowed_and_its_choices_are_in_the_address(home: Visitor) -> None:
    page = home.page
    page.goto("/map")
    count = page.locator("dl").first
    expect(count).to_contain_text("Max square")
    home.choose_at_once(Sport="run", Period="custom")
    expect(page).to_have_url(re.compile("sport=run&from="))
    page.get_by_label("From").fill("2001-01-01")
    page.get_by_label("To", exact=True).fill("2001-02-01")
    expect(page.get_by_text("No activities here in this period.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Sport")).to_have_value("run")


def test_a_private_place_is_added_changed_and_removed_with_undo(home: Visitor) -> None:
    page = home.page
    page.goto("/settings/privacy")
    page.get_by_role("button", name="Add place").click()
    form = page.locator("form")
    form.get_by_label("Name").fill("Home")
    form.get_by_label("Latitude").fill("91")
    form.get_by_role("button", name="Add place").click()
    expect(form).to_contain_text("Degrees from -90 to 90")
    form.get_by_label("Latitude").fill("60.17")
    form.get_by_label("Longitude").fill("25,025")
    form.get_by_label("Radius").fill("7")
    form.get_by_role("button", name="Add place").click()
    zone = page.locator("[data-zone]")
    expect(zone).to_contain_text("500 m")
    zone.get_by_role("button", name="Edit Home").click()
    form.get_by_label("Radius").fill("1")
    form.get_by_role("button", name="Save").click()
    expect(zone).to_contain_text("100 m")
    zone.get_by_role("button", name="Remove").click()
    expect(zone).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(zone).to_contain_text("Home")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_an_activity_is_compared_with_another_time_on_its_route(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    someone.open("Around the bay")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Analysis").click()
    similar = page.locator("section").filter(has=page.get_by_role("heading", name="Similar activities")).last
    expect(similar).to_contain_text("Same route", timeout=30_000)
    similar.get_by_role("link", name=re.compile("^Compare with Ride 1,")).click()
    expect(page.get_by_role("heading", name="Compare activities", level=1)).to_be_visible()
    gap = page.locator("[data-frame=gap]")
    expect(gap.locator("[data-series=gap]")).to_be_visible()
    expect(page.get_by_text("Compared place by place")).to_be_visible()
    someone.map().hover()
    gap.get_by_role("slider").focus()
    page.keyboard.press("PageDown")
    # The page has moved below the mouse, or the mouse leaves the map: it does not take away what the keys have moved.
    page.mouse.move(0, 0)
    for marker in ("map-cursor", "map-cursor-other-1"):
        expect(page.get_by_test_id(marker)).to_be_attached()
    expect(page.get_by_role("region", name="Totals").get_by_role("row", name=re.compile("Distance"))).to_be_visible()
    someone.examine("activity-compare")
    # Both themes were looked at, so every chart was drawn again: where one was looking stays.
    for marker in ("map-cursor", "map-cursor-other-1"):
        expect(page.get_by_test_id(marker)).to_be_attached()
    page.get_by_role("button", name="Compare with another").click()
    page.get_by_role("searchbox", name="Search activities").last.fill("Tempo")
    page.get_by_role("link", name=re.compile("Tempo run")).click()
    expect(gap.locator("[data-series=third]")).to_be_visible()
    page.get_by_text("Time", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"compare/\w+,\w+\?by=time$"))
    expect(gap.locator("[data-series=other]")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Remove Ride 1 from")).click()
    expect(page).to_have_url(re.compile(r"compare/\w+\?by=time$"))
    expect(gap.locator("[data-series=gap]")).to_be_visible()
    compared = page.url.split("?")[0]
    page.goto(compared + ",nothing")
    expect(page.get_by_role("alert")).to_contain_text("One of the activities can't be shown")
    expect(gap.locator("[data-series=gap]")).to_be_visible()
    page.get_by_role("link", name="Continue without").click()
    expect(page).to_have_url(compared)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.goto(compared.split("/compare/")[0] + "x/compare/nothing")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    someone.leave(["/activities/"])


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_an_activity_is_saved_as_a_picture(story: Story, size: Size, theme: Theme) -> None:
    """The picture that is shown is the one that is saved, in the shape and with what was chosen."""
    someone = story.visitor(size, theme)
    someone.sign_in()
    page = someone.page
    someone.open("Around the bay")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Save as picture").click()
    dialog = page.get_by_role("dialog")
    image = dialog.get_by_role("img", name="Picture of Around the bay")
    save = dialog.get_by_role("button", name="Save", exact=True)

    def saved(width: int, height: int) -> bytes:
        page.wait_for_function(
            "([image, width, height]) => image.naturalWidth === width && image.naturalHeight === height",
            arg=[image.element_handle(), width, height],
        )
        expect(save).to_be_enabled()
        with page.expect_download() as download:
            save.click()
        assert download.value.suggested_filename == "Around the bay.png"
        return Path(download.value.path()).read_bytes()

    expect(image).to_be_visible(timeout=60_000)
    square = saved(1080, 1080)
    someone.examine("picture-dialog")
    dialog.get_by_label("Shape").select_option("Tall, for a story")
    tall = saved(1080, 1920)
    dialog.get_by_role("checkbox", name="Map", exact=True).uncheck()
    expect(dialog.get_by_role("checkbox", name="Elevation (goes with Map)")).to_be_disabled()
    expect(save).to_be_enabled()
    dialog.get_by_label("Shape").select_option("Square, for a post")
    hidden = saved(1080, 1080)
    assert len({square, tall, hidden}) == 3
    someone.leave()


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_an_activity_is_shared_by_a_link(story: Story, size: Size, theme: Theme) -> None:
    """Who has the link sees what it shows without an account, and nothing once it is taken back."""
    _, cookie = story.place.send("POST", "/session", {"username": "host", "password": PASSWORD})
    story.place.send("PATCH", "/settings", {"links": "on"}, Cookie=cookie)
    someone = story.visitor(size, theme)
    someone.sign_in()
    page = someone.page
    someone.open("Around the bay")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Share by link").click()
    dialog = page.get_by_role("dialog")
    heart = dialog.get_by_role("checkbox", name="Heart rate", exact=True)
    expect(heart).not_to_be_checked()
    expect(dialog.get_by_text("Average speed")).to_be_visible(timeout=60_000)
    expect(dialog.get_by_text("bpm")).to_have_count(0)
    heart.check()
    expect(dialog.get_by_text("bpm").first).to_be_visible()
    heart.uncheck()
    expect(dialog.get_by_text("bpm")).to_have_count(0)
    dialog.get_by_role("button", name="Create link").click()
    link = dialog.locator("[data-share]").first
    expect(link).to_contain_text("not opened")
    someone.examine("share-dialog")
    newest = page.request.get("/api/shares").json()["items"][0]
    path = newest["path"]

    stranger = story.visitor(size, theme)
    shown = stranger.page
    shown.goto(path)
    expect(shown.get_by_role("heading", name="Around the bay", level=1)).to_be_visible(timeout=60_000)
    stranger.map()
    expect(shown.get_by_text("Average speed").first).to_be_visible()
    expect(shown.get_by_text("bpm")).to_have_count(0)
    stranger.examine("shared")
    page.goto("/settings/privacy")
    page.get_by_role("button", name="Share days").click()
    dialog.get_by_label("From").fill("2026-05-01")
    dialog.get_by_label("To").fill("2026-06-30")
    expect(dialog.get_by_role("region", name="Activities")).to_contain_text("Around the bay", timeout=30_000)
    dialog.get_by_role("button", name="Create link").click()
    expect(dialog.locator("[data-share]").first).to_contain_text("not opened")
    someone.examine("share-days")
    dialog.get_by_role("button", name="Close").click()
    days = next(one for one in page.request.get("/api/shares").json()["items"] if one["kind"] == "range")
    shown.goto(days["path"])
    expect(shown.get_by_role("heading", level=1)).to_contain_text("30 Jun 2026")
    expect(shown.get_by_role("region", name="Activities")).to_contain_text("Around the bay")
    stranger.examine("shared-days")
    page.request.delete(f"/api/shares/{days['id']}", headers={"X-Homestretch": "1"})
    source = {"activity": newest["subject"]}
    made = page.request.post("/api/coach/routes", data=source, headers={"X-Homestretch": "1"}).json()
    page.goto(f"/coach/routes/{made['id']}")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Share by link").click()
    dialog.get_by_role("button", name="Create link").click()
    expect(dialog.locator("[data-share]").first).to_contain_text("not opened")
    route = next(one for one in page.request.get("/api/shares").json()["items"] if one["kind"] == "route")
    shown.goto(route["path"])
    expect(shown.get_by_role("button", name="Download GPX")).to_be_visible(timeout=30_000)
    stranger.map()
    stranger.examine("shared-route")
    page.request.delete(f"/api/shares/{route['id']}", headers={"X-Homestretch": "1"})
    shown.goto(path)
    page.goto("/settings/privacy")
    link = page.locator(f"[data-share='{newest['id']}']")
    expect(link).to_contain_text("opened 2 times")
    link.get_by_role("button", name="Change").click()
    expect(dialog.get_by_text("This is what they see")).to_be_visible()
    dialog.get_by_role("checkbox", name="Map", exact=True).uncheck()
    expect(dialog.get_by_role("region", name="Map")).to_have_count(0)
    dialog.get_by_label("Open for").select_option("7 days from now")
    dialog.get_by_role("checkbox", name="Password").check()
    dialog.get_by_label("Password", exact=True).last.fill("river stone lamp")
    someone.examine("share-change")
    dialog.get_by_role("button", name="Save").click()
    expect(link).to_contain_text("password")
    shown.reload()
    shown.get_by_label("Password", exact=True).fill("river stone lamp")
    shown.get_by_role("button", name="Open").click()
    expect(shown.get_by_role("heading", name="Around the bay", level=1)).to_be_visible()
    expect(shown.get_by_role("region", name="Map")).to_have_count(0)
    link.get_by_role("button", name="Take back").click()
    expect(link).to_contain_text("taken back")
    shown.reload()
    expect(shown.get_by_role("heading", name="This link leads nowhere")).to_be_visible()
    stranger.examine("shared-over")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(link).not_to_contain_text("taken back")
    someone.leave()
    stranger.leave(["/api/shared/", path])


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_everyone_can_use_every_page(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    for name, address, ready in (
        ("segments", "/segments", "ul[aria-label=Segments]"),
        ("routes", "/routes", "ul[aria-label=Routes]"),
        ("map", "/map?tiles=14", "[data-testid=places-map][data-ready=true]"),
        ("privacy", "/settings/privacy", "[data-testid=privacy-map]"),
        ("record-segments", "/records?tab=segments", "h2"),
    ):
        page.goto(address)
        expect(page.locator(ready).first).to_be_visible(timeout=30_000)
        someone.examine(f"places-{name}")
    for address in ("/segments", "/routes"):
        page.goto(address)
        page.locator("main li a").first.click()
        expect(page.locator("[data-frame=trend]")).to_be_visible()
        someone.examine(f"place-of{address.replace('/', '-')}")
    if size == "phone":
        page.get_by_role("button", name="More").click()
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Map").click()
        expect(page.get_by_role("heading", name="Map", level=1)).to_be_visible()
    someone.leave()
