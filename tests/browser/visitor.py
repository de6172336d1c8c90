"""Someone before the web app: clicks, looks, and notices what a person would not."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

NAME, PASSWORD = "maria", "a few words are enough"
AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}
SIZES: dict[str, Any] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}

#: Chooses in lists by their names, before the page has drawn the first choice.
CHOSEN = """chosen => Object.entries(chosen).forEach(([name, value]) => {
    const list = document.querySelector(`select[aria-label="${name}"]`)
    list.value = value
    list.dispatchEvent(new Event("change", {bubbles: true}))
})"""

#: Waits until what moves for a while has come to rest.
SETTLED = """async () => {
    const moves = one => one.playState === "running" && Number.isFinite(one.effect?.getComputedTiming().endTime)
    for (let calm = 0; calm < 4; calm = document.getAnimations().some(moves) ? 0 : calm + 1)
        await new Promise(requestAnimationFrame)
}"""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

type Size = Literal["desktop", "phone"]
type Theme = Literal["light", "dark"]

#: The one that a visitor comes with is the last to be looked at.
THEMES: tuple[Theme, ...] = ("dark", "light")


class Visitor:
    """A browser of its own at `server`; pictures of what it sees go to `artifacts`."""

    def __init__(
        self, chromium: Browser, server: str, artifacts: Path, name: str, session: list[Any],
        size: Size = "desktop", theme: Theme = "light", *, kept: bool = False, language: str = "en-GB",
    ) -> None:  # fmt: skip
        self.server, self.artifacts, self.name, self.session = server, artifacts, name, session
        self.size, self.theme = size, theme
        # The service worker fetches the whole app for each new browser: only where it is what is looked at.
        workers: Any = {"service_workers": "allow" if kept else "block"}
        self.context = chromium.new_context(
            base_url=server, color_scheme=theme, locale=language, **SIZES[size], **workers
        )
        self.page: Page = self.context.new_page()
        self.folder = Path(tempfile.mkdtemp(prefix="homestretch-visitor-"))
        self.wrong: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.wrong.append(f"uncaught: {error}"))
        self.page.on("request", self._asked)

    def sign_in(self) -> None:
        """Take up the session that the first visitor of the story began; the first one begins it."""
        if self.session:
            self.context.add_cookies(self.session)
        else:
            self.come_in()
            self.session += self.context.cookies()

    def come_in(self, name: str | None = None) -> None:
        """Come in by whichever door is open: as the first visitor of a server, or with the password."""
        self.page.goto("/activities")
        self.page.get_by_label("User name").fill(name or self.name)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.locator("form button[type=submit]").click()
        expect(self.page.get_by_role("heading", name="Activities", exact=True)).to_be_visible()

    def upload(self, files: Mapping[str, bytes]) -> None:
        """Choose files on the import page, and wait until their import is listed."""
        self.page.goto("/import")
        newest = self.page.locator("[data-batch]").first
        expect(newest.or_(self.page.get_by_text("No imports yet"))).to_be_visible()
        before = newest.get_attribute("data-batch") if newest.count() else ""
        self.choose(files)
        expect(newest).not_to_have_attribute("data-batch", before or "")

    def choose(self, files: Mapping[str, bytes]) -> None:
        """Choose files in the page's own dialog."""
        for name, content in files.items():
            (self.folder / name).write_bytes(content)
        self.page.get_by_test_id("files").set_input_files([self.folder / name for name in files])

    def choose_at_once(self, **chosen: str) -> None:
        """Choose in several lists as somebody who is quicker than the page: no choice may take another back."""
        self.page.evaluate(CHOSEN, chosen)

    def batch(self, state: str) -> Locator:
        """Return the newest import, once it is in a state."""
        newest = self.page.locator("[data-batch]").first
        expect(newest).to_have_attribute("data-state", state, timeout=60_000)
        return newest

    def open(self, name: str) -> None:
        """Open an activity from the list."""
        self.page.goto("/activities")
        self.page.get_by_role("link", name=name).first.click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()

    def map(self) -> Locator:
        """Return the map once its track is drawn."""
        drawn = self.page.get_by_test_id("map")
        expect(drawn).to_have_attribute("data-ready", "true", timeout=30_000)
        return drawn

    def picture(self, name: str) -> None:
        """Keep a picture of what is to be seen."""
        self.artifacts.mkdir(exist_ok=True)
        self.page.screenshot(path=self.artifacts / f"{name}-{self.size}-{self.theme}.png")

    def examine(self, name: str) -> None:
        """Look at the page in both themes: a picture of each, nobody is kept out, nothing scrolls sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} is {wide} px wider than the window"
        for theme in THEMES:
            self.page.emulate_media(color_scheme=theme)
            self.page.evaluate(SETTLED)  # colours glide from one theme to the other
            self.theme = theme
            self.picture(name)
            # What depends on the theme is how well one reads it.
            found = self.barriers(RULES if theme == THEMES[0] else CONTRAST)
            assert found == [], f"{name}, {self.size}, {theme}"

    def barriers(self, rules: Mapping[str, Any] = RULES) -> list[str]:
        """Return what keeps some people out, as axe-core finds it: serious and critical findings."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        # All that it found nothing in stays in the browser: to bring it here takes three times as long as to look.
        only = {**rules, "resultTypes": ["violations"]}
        found = self.page.evaluate("async rules => (await axe.run(document, rules)).violations", only)
        grave = [finding for finding in found if finding["impact"] in ("serious", "critical")]
        return [f"{finding['id']}: {[node['target'] for node in finding['nodes']]}" for finding in grave]

    def leave(self, expected: Sequence[str] = ()) -> None:
        """Close the browser. Fails on complaints in the console and requests elsewhere, but for the expected ones."""
        self.context.close()
        shutil.rmtree(self.folder)
        assert [line for line in self.wrong if not any(part in line for part in expected)] == []

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "blocked by Playwright" not in message.text:
            self.wrong.append(f"console: {message.text} ({message.location['url']})")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https", "ws", "wss") and not request.url.startswith(self.server):
            self.wrong.append(f"asked {request.url}")
