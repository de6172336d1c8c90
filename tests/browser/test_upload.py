"""Uploads that do not go smoothly: the server is away, the page is reloaded half-way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import rides
from tests.browser.story import Story
from tests.browser.visitor import Visitor

UPLOADS = "**/upload?*"
MIB = 1 << 20


def calm(someone: Visitor) -> None:
    """Forget what Chromium notes of the requests that the test itself broke off."""
    someone.wrong = [line for line in someone.wrong if "net::ERR" not in line]


def test_an_upload_waits_for_the_server_and_goes_on(home: Visitor) -> None:
    page = home.page
    page.route(UPLOADS, lambda route: route.abort("connectionrefused"))
    home.upload(rides.rides(6))
    sending = page.get_by_test_id("sending")
    expect(sending).to_have_attribute("data-state", "away")
    expect(sending).to_contain_text("Server not reachable")
    page.unroute(UPLOADS)
    sending.get_by_role("button", name="Try now").click()
    expect(sending).to_contain_text("All 6 files sent")
    expect(home.batch("done")).to_contain_text("6 Imported")
    calm(home)


def test_an_upload_goes_on_after_a_reload(home: Visitor) -> None:
    page = home.page
    large = bytes(10 * MIB)
    files = {"large.bin": large, **dict(list(rides.rides(9).items())[6:])}
    # The first chunk of the large file arrives, the rest does not.
    page.route(UPLOADS, lambda route: route.abort() if "offset=8388608" in route.request.url else route.continue_())
    home.upload(files)
    expect(page.get_by_test_id("sending")).to_have_attribute("data-state", "away")
    page.unroute(UPLOADS)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    unfinished = page.get_by_test_id("unfinished")
    expect(unfinished).to_contain_text("missing")
    unfinished.get_by_role("button", name="Show missing files").click()
    expect(unfinished.get_by_role("listitem").filter(has_text="large.bin")).to_contain_text("8.4 MB of 10.5 MB")

    offsets: list[str] = []
    page.on("request", lambda asked: offsets.append(asked.url) if "large.bin" in asked.url else None)
    home.choose(files)
    batch = home.batch("done")
    expect(batch).to_contain_text("3 Imported")
    assert [url for url in offsets if "offset=0" in url] == [], "what had arrived was sent again"
    calm(home)


def test_a_pause_holds_and_lets_go(home: Visitor) -> None:
    page = home.page
    held: list[object] = []
    page.route(UPLOADS, lambda route: held.append(route))  # noqa: PLW0108 (it cannot take a built-in)
    home.upload({"slow.fit": rides.run()})
    sending = page.get_by_test_id("sending")
    sending.get_by_role("button", name="Pause").click()
    expect(sending).to_have_attribute("data-state", "paused")
    page.unroute(UPLOADS)
    sending.get_by_role("button", name="Resume").click()
    expect(home.batch("done")).to_contain_text("1 Imported")
    calm(home)


@pytest.fixture(scope="module", autouse=True)
def first(story: Story) -> Iterator[None]:
    """Somebody set this server up."""
    someone = story.visitor()
    someone.sign_in()
    yield
    someone.leave()
