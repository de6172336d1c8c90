"""The story of a watch whose data comes home by itself: connected, followed, set up, signed in to again, let go of."""

import json
import re
import subprocess
import sys
import urllib.request
from calendar import isleap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from garminconnect import Garmin
from playwright.sync_api import Locator, Page, expect

from tests.browser.story import ROOT, Place, Story
from tests.browser.visitor import Size, Visitor
from tests.fakes.garmin import Account, point_at

ACTIVITIES, DAYS = 4, 5
CODE = "246810"
#: The picture's rows, and the middle of the one that is pointed at.
ROWS, SLEEP_ROW = 17, 2.5
KNOWN = Account()


class Provider:
    """The fake as a process of its own, told what to do through its control door."""

    def __init__(self, url: str) -> None:
        self.url = url

    def tell(self, door: str, **what: Any) -> dict[str, Any]:
        """Tell it something and return what it says."""
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/_fake/{door}", json.dumps(what).encode(), headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            found: dict[str, Any] = json.loads(answer.read() or b"{}")
            return found

    def token_file(self) -> str:
        """Return the file that the client library would have kept of a sign-in on another machine."""
        client = Garmin(KNOWN.email, KNOWN.password).client
        point_at(client, self.url)
        client._exchange_service_ticket(self.tell("ticket")["ticket"], service_url=f"{self.url}/sso/embed")
        kept: str = client.dumps()
        return kept


@pytest.fixture(scope="module")
def provider(place: Place) -> Iterator[Provider]:
    """A provider with a few activities and days; the server asks it instead of the real one."""
    command = [sys.executable, "-m", "tests.fakes.garmin", "--activities", str(ACTIVITIES), "--days", str(DAYS)]
    command += ["--port", str(place.ports["garmin"])]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Provider(process.stdout.readline().strip())
        process.terminate()


@pytest.fixture(scope="module", autouse=True)
def connected(story: Story, provider: Provider) -> Iterator[None]:
    """The first visitor connects with a code that comes by mail, mistypes it, reloads, and gets in."""
    first = story.visitor()
    first.sign_in()
    page = first.page
    page.goto("/sources")
    expect(page.get_by_role("heading", name="No sources yet")).to_be_visible()
    first.picture("sources-empty")
    assert first.barriers() == []
    provider.tell("sso", mfa="email", code=CODE)
    page.get_by_role("button", name="Connect Garmin Connect").click()
    _enter(page.get_by_role("dialog"))
    _answer(page.get_by_role("dialog"), "000000")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_label("Code", exact=True)).to_have_value("000000")
    first.picture("sources-code")
    page.reload()
    expect(_card(page)).to_have_attribute("data-state", "question")
    page.get_by_role("button", name="Enter code").click()
    _answer(page.get_by_role("dialog"), CODE)
    expect(page.get_by_role("dialog")).to_have_count(0)
    provider.tell("reset")
    # On a quick machine all would be here before anybody looked.
    provider.tell("fault", pattern="*", kind="slow", delay_s=1.0)
    _forget_refusals(first)
    yield
    first.leave()


@pytest.fixture
def home(visitor: Visitor) -> Visitor:
    """A visitor who is signed in and looks at the sources."""
    visitor.sign_in()
    visitor.page.goto("/sources")
    return visitor


def _card(page: Page) -> Locator:
    return page.locator("[data-connection]")


def _enter(dialog: Locator) -> None:
    dialog.get_by_role("textbox", name="E-mail").fill(KNOWN.email)
    dialog.get_by_label("Password", exact=True).fill(KNOWN.password)
    dialog.get_by_role("button", name="Connect").click()


def _answer(dialog: Locator, code: str) -> None:
    field = dialog.get_by_label("Code", exact=True)
    expect(field).to_have_attribute("autocomplete", "one-time-code", timeout=60_000)
    field.fill(code)
    dialog.get_by_role("button", name="Send").click()


def _forget_refusals(someone: Visitor) -> None:
    """The console names what the server refused, which was wanted here."""
    someone.wrong = [line for line in someone.wrong if "Failed to load resource" not in line]


def _choose(page: Page, act: str) -> None:
    page.get_by_role("button", name="More actions for Garmin Connect").click()
    page.get_by_role("menuitem", name=act).click()


def test_the_first_sync_is_followed_until_the_activities_are_here(home: Visitor, provider: Provider) -> None:
    page = home.page
    card = _card(page)
    page.get_by_role("button", name="Stop").click()
    expect(card.get_by_role("button", name="Sync now")).to_be_visible()
    page.get_by_role("button", name="Settings").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Seconds between requests").fill("9999")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("Enter a number: 0 to 600")
    dialog.get_by_label("Seconds between requests").fill("0,05")
    dialog.get_by_label("Seconds between steps").fill("0")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Sync now").click()
    expect(card.get_by_test_id("progress")).to_contain_text(re.compile(r"[1-9]\d* fetched.*[1-9]\d* left"))
    provider.tell("reset")
    expect(card).to_contain_text("Up to date", timeout=120_000)
    home.picture("sources")
    page.goto("/activities")
    expect(page.get_by_role("status").filter(has_text=f"{ACTIVITIES} activities")).to_be_visible(timeout=60_000)


def test_a_schedule_is_previewed_and_kept(home: Visitor) -> None:
    page = home.page
    page.get_by_role("button", name="Settings").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("At set times").click()
    line = dialog.get_by_label("Minute, hour, day, month, weekday")
    line.fill("61 5 * * *")
    expect(dialog.get_by_text("is not a schedule")).to_be_visible()
    line.fill("15 4 * * *")
    # It is meant in the zone that the provider knows, and told on the clock of the browser, which is UTC.
    begin = datetime.now(ZoneInfo(KNOWN.zone)).replace(hour=4, minute=15)
    first = begin if begin > datetime.now(UTC) else begin + timedelta(days=1)
    told = [(first + timedelta(days=day)).astimezone(UTC) for day in range(5)]
    times = dialog.get_by_test_id("times").get_by_role("listitem")
    expect(times).to_have_text([re.compile(f"{one:%H:%M}") for one in told])
    home.picture("sources-schedule")
    dialog.get_by_role("button", name="Save").click()
    expect(_card(page)).to_contain_text("Every day at 04:15")
    _forget_refusals(home)


def test_days_are_read_from_the_picture_and_fetched_again(home: Visitor) -> None:
    page = home.page
    page.get_by_role("link", name="Days and log").click()
    picture = page.get_by_role("slider", name="Data of each day")
    picture.focus()
    page.keyboard.press("Home")
    expect(page.get_by_test_id("gap-at")).to_contain_text("1 Jan")
    page.get_by_role("button", name="Data of each day").click()
    table = page.get_by_role("dialog").get_by_role("table")
    expect(table.get_by_role("row").filter(has_text="Sleep").filter(has_text="Fetched").first).to_be_visible()
    page.keyboard.press("Escape")
    today = datetime.now(UTC).date()
    box = picture.bounding_box()
    assert box is not None
    for day, act in ((today - timedelta(days=2), page.mouse.down), (today - timedelta(days=1), page.mouse.up)):
        share = (day.timetuple().tm_yday - 0.5) / (366 if isleap(day.year) else 365)
        page.mouse.move(box["x"] + share * box["width"], box["y"] + SLEEP_ROW * box["height"] / ROWS)
        act()
    chosen = page.get_by_test_id("chosen")
    expect(chosen).to_contain_text("2 days")
    expect(chosen.get_by_label("Type")).to_have_value("sleep")
    chosen.get_by_role("button", name="Refetch").click()
    expect(page.get_by_role("status").filter(has_text="2 items queued")).to_be_visible()
    expect(page.get_by_test_id("log").get_by_role("listitem").first).to_be_visible()
    home.picture("sources-days")


def test_a_lost_sign_in_is_told_and_mended_by_a_token_file(home: Visitor, provider: Provider) -> None:
    page = home.page
    card = _card(page)
    expect(page.get_by_role("button", name="Notifications")).to_have_attribute("data-unseen", "0")
    # What is fetched again must be here: a run that is refused would leave nothing to press.
    sync = page.get_by_role("button", name="Sync now")
    expect(sync).to_be_visible()
    provider.tell("revoke", what="all")
    sync.click()
    expect(card).to_have_attribute("data-state", "sign_in", timeout=60_000)
    page.get_by_role("button", name="1 new notification").click()
    notice = page.get_by_role("dialog").locator("[data-notice]").first
    expect(notice.get_by_role("link", name="Open source")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_css("opacity", "1")
    home.picture("sources-notices")
    notice.get_by_role("button", name="Delete notification").click()
    expect(page.get_by_text("All quiet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Notifications")).to_have_attribute("data-unseen", "0")
    provider.tell("sso", answers={"*": "captcha"})
    card.get_by_role("button", name="Sign in again").click()
    dialog = page.get_by_role("dialog")
    _enter(dialog)
    expect(dialog.get_by_test_id("blocked")).to_be_visible(timeout=60_000)
    home.picture("sources-blocked")
    dialog.get_by_role("button", name="Token file").click()
    (home.folder / "garmin_tokens.json").write_text(provider.token_file())
    dialog.get_by_test_id("file-tokens").set_input_files(home.folder / "garmin_tokens.json")
    expect(dialog).to_contain_text("garmin_tokens.json loaded")
    dialog.get_by_role("button", name="Connect").click()
    expect(dialog).to_have_count(0)
    expect(card).to_have_attribute("data-state", re.compile("ready|running"))
    provider.tell("reset")
    _forget_refusals(home)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_everyone_can_use_it(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    page.goto("/sources")
    expect(_card(page)).to_be_visible()
    someone.examine("sources")
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_test_id("times").get_by_role("listitem")).to_have_count(5)
    someone.examine("sources-settings")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Days and log").click()
    expect(page.get_by_test_id("gap-legend")).to_be_visible()
    someone.examine("sources-days")
    someone.leave()


def test_letting_go_keeps_what_came_unless_asked_otherwise(home: Visitor) -> None:
    page = home.page
    _choose(page, "Disconnect")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Keep everything")).to_be_checked()
    expect(dialog).to_contain_text(f"{ACTIVITIES} activities")
    dialog.get_by_label("Delete everything").check()
    expect(dialog.get_by_role("button", name="Disconnect and delete")).to_be_disabled()
    home.picture("sources-disconnect")
    dialog.get_by_label("Keep everything").check()
    dialog.get_by_role("button", name="Disconnect").click()
    expect(page.get_by_role("status").filter(has_text="disconnected. All data kept")).to_be_visible()
    expect(page.get_by_role("heading", name="No sources yet")).to_be_visible()
    page.goto("/activities")
    expect(page.get_by_role("status").filter(has_text=f"{ACTIVITIES} activities")).to_be_visible()
