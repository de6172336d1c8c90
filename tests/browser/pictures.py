"""Takes the pictures of the README and docs again: `make pictures` shows the demo athlete to a browser.

Each page is taken in light and dark. Pictures have 256 colours, which keeps each below `MOST_BYTES`.
"""

import io
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect, sync_playwright

import hatch_build
from tests.browser.rides import rides, run, swim
from tests.browser.story import free_ports
from tests.browser.visitor import NAME, PASSWORD, SETTLED
from tests.served import environment, serving

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MADE_MS = 300_000
MOST_BYTES = 150_000
#: What a picture's name ends in, by the colours that it is of.
SCHEMES: Mapping[Literal["light", "dark"], str] = {"light": "", "dark": "-dark"}
AT_WORK = re.compile("Analysing|Drawing")


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
        for name, show in PAGES.items():
            show(page)
            _keep(page, name)
        browser.close()


def _come_in(page: Page) -> None:
    page.goto("/activities")
    page.get_by_label("User name").fill(NAME)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.get_by_role("button", name="Try with a demo athlete").click()
    expect(page.get_by_text("activities. Explore")).to_be_visible(timeout=MADE_MS)
    _plan(page)  # the plan comes last, and so do the thresholds that activities are measured by again
    _worked_out(page)


def _worked_out(page: Page) -> None:
    """Wait until nothing is left to work out, nor follows from what was."""
    working = page.get_by_text(AT_WORK)
    while True:
        expect(working).to_have_count(0, timeout=MADE_MS)
        page.reload()
        page.wait_for_load_state("networkidle")
        if working.count() == 0:
            return


def _today(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="This week")).to_be_visible()


def _training(page: Page) -> None:
    page.goto("/training")
    expect(page.locator("[data-frame=fitness]")).to_be_visible()


def _activity(page: Page) -> None:
    page.goto("/activities?sport=cycling&sort=-ascent")
    page.locator("main").get_by_role("link", name="Ride").first.click()
    expect(page.get_by_test_id("map")).to_have_attribute("data-ready", "true")


def _health(page: Page) -> None:
    page.goto("/health/overview")
    expect(page.locator("[data-card]").first).to_be_visible()


def _map(page: Page) -> None:
    page.goto("/map")
    expect(page.get_by_test_id("places-map")).to_have_attribute("data-ready", "true", timeout=MADE_MS)


def _plan(page: Page) -> None:
    link = page.locator("main a[href*='/coach/plan/']").first
    page.goto("/coach")
    while link.count() == 0:  # the page does not follow what is made in the background
        page.goto("/coach")
        page.wait_for_load_state("networkidle")
    link.click()
    expect(page).to_have_url(re.compile("/coach/plan/"))


def _import(page: Page) -> None:
    """Show the import page of one's own athlete after an import; what follows is theirs too."""
    page.goto("/import")
    page.get_by_role("main").get_by_role("button", name="Back to my data").click()
    page.goto("/import")
    files = {"tempo-run.fit": run(), "pool.fit": swim(), **rides(6)}
    page.get_by_test_id("files").set_input_files(
        [FilePayload(name=name, mimeType="application/octet-stream", buffer=data) for name, data in files.items()]
    )
    expect(page.get_by_text(f"{len(files)} activities")).to_be_visible(timeout=MADE_MS)


#: What shows each page, by the name of its picture; the last ones have left the demo athlete.
PAGES: dict[str, Callable[[Page], None]] = {
    "training": _training,
    "activity": _activity,
    "health": _health,
    "map": _map,
    "plan": _plan,
    "today": _today,
    "import": _import,
}


def _keep(page: Page, name: str) -> None:
    for scheme, ending in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text(AT_WORK)).to_have_count(0, timeout=MADE_MS)
        page.evaluate(SETTLED)
        _save(page.screenshot(animations="disabled"), PICTURES / f"{name}{ending}.png")
    page.emulate_media(color_scheme="light")


def _save(picture: bytes, path: Path) -> None:
    """Keep a picture with 256 colours. Raises ValueError if that is too large for a page of the docs."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path.name} has {path.stat().st_size} bytes, {MOST_BYTES} at most")


if __name__ == "__main__":
    main()
