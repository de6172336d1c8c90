"""Takes the pictures of the README anew: `make pictures` shows the demo athlete to a browser."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

import hatch_build
from tests.browser.story import free_ports
from tests.browser.visitor import NAME, PASSWORD
from tests.served import environment, serving

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MADE_MS = 300_000


def main() -> None:
    """Make a demo athlete on a server of its own, and keep what its pages look like."""
    hatch_build.build()
    PICTURES.mkdir(exist_ok=True)
    (port,) = free_ports(1)
    with tempfile.TemporaryDirectory() as folder, serving(environment(Path(folder)), port), sync_playwright() as driver:
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_context(
            base_url=f"http://127.0.0.1:{port}", viewport={"width": 1440, "height": 900}, locale="en-GB"
        ).new_page()
        _come_in(page)
        page.goto("/training")
        expect(page.locator("[data-frame=fitness]")).to_be_visible()
        _keep(page, "training")
        page.goto("/activities?sport=cycling&sort=-ascent")
        page.locator("main").get_by_role("link", name="Ride").first.click()
        expect(page.get_by_test_id("map")).to_have_attribute("data-ready", "true")
        _keep(page, "activity")
        browser.close()


def _come_in(page: Page) -> None:
    page.goto("/activities")
    page.get_by_label("User name").fill(NAME)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.get_by_role("button", name="Try with a demo athlete").click()
    expect(page.get_by_text("activities. Explore")).to_be_visible(timeout=MADE_MS)
    _worked_out(page)


def _worked_out(page: Page) -> None:
    """Wait until nothing is left to work out, nor follows from what was."""
    working = page.get_by_text("Analysing")
    while True:
        expect(working).to_have_count(0, timeout=MADE_MS)
        page.reload()
        page.wait_for_load_state("networkidle")
        if working.count() == 0:
            return


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Analysing")).to_have_count(0, timeout=MADE_MS)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
