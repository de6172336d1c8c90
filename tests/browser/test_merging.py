"""The story of one workout from several sources: judged, taken apart, compared, and put right elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Device, Recording
from homestretch.model.sport import Sport
from tests.browser.story import Place, Story
from tests.browser.visitor import Size, Visitor
from tests.fakes.intervals import FakeIntervals, activity
from tests.fakes.intervals.server import KEY
from tests.formats import golden

SECONDS, TEMPO_S = 900, 600
#: A morning a few days ago, so that a sync by the clock of this machine finds it.
MORNING = (datetime.now(UTC) - timedelta(days=3)).replace(hour=5, minute=0, second=0, microsecond=0)
RUN, TEMPO, WALK = "Run i1", "Run i2", "Walk with Ann"
RENAMED = "Dawn patrol"
FROM_WEB = {"X-Homestretch": "web"}


def _ms(hours: float = 0.0) -> int:
    return round((MORNING + timedelta(hours=hours)).timestamp() * 1000)


def _run(hours: float = 0.0, **changed: Any) -> Recording:
    return replace(golden.run(SECONDS, _ms(hours)), name=None, **changed)


def _tempo() -> bytes:
    """Return a run of its own: were it the same one at another hour, it would be a clock in a wrong zone."""
    whole = golden.run(TEMPO_S, _ms(2))
    north = golden.channels({"latitude": 60.3 + np.arange(TEMPO_S) * 2e-5})
    return encode(replace(whole, name=None, channels={**whole.channels, **north}))


def _head_unit() -> bytes:
    """Return the morning's run as a second device recorded it: no heart rate, and another power."""
    whole = _run()
    kept = {key: one for key, one in whole.channels.items() if key not in ("heart_rate_bpm", "power_w")}
    power = golden.channels({"power_w": 200 + np.arange(SECONDS) % 50})
    unit = Device(role="recorder", manufacturer="garmin", product="edge_1040", serial="41")
    return encode(replace(whole, channels={**kept, **power}, devices=(unit,), file_key=None))


def _gym(sport: str, product: str) -> bytes:
    """Return an hour indoors, of which nobody can know whether the other one is the same."""
    start = _ms(12)
    device = Device(role="recorder", manufacturer="garmin", product=product, serial="9")
    return encode(
        Recording(
            sport=Sport("training", sport), start=golden.moment(start), end_ms=start + 3_600_000,
            time_ms=golden.times(0), devices=(device,), totals={"total_elapsed_time_s": 3600.0}, name=product,
        )
    )  # fmt: skip


FILES = {
    "head-unit.fit": _head_unit(),
    "lunch.fit": encode(replace(_run(5, sport=Sport("walking")), name=WALK, file_key=None)),
    "yoga.fit": _gym("yoga", "fenix_7"),
    "strength.fit": _gym("strength_training", "fr965"),
}


def _told(seconds: int) -> dict[str, Any]:
    return {"distance": 3.0 * seconds, "icu_distance": 3.0 * seconds, "moving_time": seconds, "elapsed_time": seconds}


@pytest.fixture(scope="module")
def fake(place: Place) -> Iterator[FakeIntervals]:
    """A provider with two runs and their files; the server asks it instead of the real one."""
    later = MORNING + timedelta(hours=2)
    made = FakeIntervals(activity("i1", MORNING, **_told(SECONDS)), activity("i2", later, **_told(TEMPO_S)))
    made.files = {"i1": encode(_run()), "i2": _tempo()}
    made.port = place.ports["intervals"]
    with made:
        yield made
        assert made.problems == []


@pytest.fixture(scope="module", autouse=True)
def settled(story: Story, fake: FakeIntervals) -> Iterator[None]:
    """The first visitor connects, has everything fetched, and imports what other devices recorded."""
    first = story.visitor()
    first.sign_in()
    made = _send(first, "post", "/sources", {"source": "intervals", "method": "key", "answers": {"api_key": KEY}})
    at_once = {"pause_s": 0, "step_pause_s": 0, "days": False}
    _send(first, "patch", f"/sources/{made['id']}", {"settings": at_once})
    _send(first, "post", f"/sources/{made['id']}/sync", {})
    first.page.goto("/activities")
    expect(first.page.get_by_role("link", name=TEMPO)).to_be_visible(timeout=120_000)
    first.upload(FILES)
    first.batch("done")
    yield
    first.leave()


def _send(someone: Visitor, method: str, path: str, what: dict[str, Any]) -> dict[str, Any]:
    answer = getattr(someone.page.request, method)(f"/api{path}", data=what, headers=FROM_WEB)
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def _toast(page: Page, words: str) -> Locator:
    return page.get_by_role("status").filter(has_text=words)


def _undo(page: Page) -> None:
    """Press what the newest toast offers; lists of changes have an Undo of their own."""
    page.get_by_role("status").get_by_role("button", name="Undo").last.click()


def _month(page: Page) -> None:
    page.goto(f"/compare/{MORNING:%Y-%m}")


def _row(page: Page, name: str) -> Locator:
    return page.get_by_test_id("grid").locator(f'[data-activity="{name}"]')


def test_a_question_is_answered_by_keyboard_and_taken_back(home: Visitor) -> None:
    page = home.page
    page.goto("/")
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Data 1 duplicate to review")
    link.click()
    page.get_by_role("navigation", name="Data").get_by_role("link", name="Duplicates · 1").click()
    question = page.get_by_test_id("question")
    expect(question).to_contain_text("They overlap in time but differ")
    expect(question.get_by_role("article")).to_have_count(2)
    home.picture("review")
    assert home.barriers() == []
    page.keyboard.press("1")
    expect(_toast(page, "Merged")).to_be_visible()
    expect(page.get_by_text("No duplicates to review")).to_be_visible()
    home.picture("review-empty")
    _undo(page)
    expect(question).to_be_visible()
    expect(_toast(page, "Pair reopened")).to_be_visible()
    page.keyboard.press("2")
    expect(_toast(page, "Kept separate")).to_be_visible()
    expect(page.get_by_text("No duplicates to review")).to_be_visible()


def test_a_recording_is_taken_out_and_put_back(home: Visitor) -> None:
    page = home.page
    home.open(RUN)
    cards = page.get_by_test_id("recordings").get_by_role("listitem").filter(has=page.get_by_role("button"))
    expect(cards).to_have_count(2)
    unit = cards.filter(has_text="Edge 1040")
    expect(unit).to_contain_text("Same time, distance and place")
    elsewhere = cards.filter(has_text="Forerunner 965").get_by_role("link", name=re.compile("Open at intervals.icu"))
    expect(elsewhere).to_have_attribute("href", "https://intervals.icu/activities/i1")
    unit.scroll_into_view_if_needed()
    home.picture("recordings")
    assert home.barriers() == []
    unit.get_by_role("button", name="Split off").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("It becomes a separate activity")
    dialog.get_by_role("button", name="Split off").click()
    expect(cards).to_have_count(0)
    _undo(page)
    expect(_toast(page, "Merged again")).to_be_visible()
    expect(cards).to_have_count(2)


def test_one_says_whose_numbers_are_taken_and_takes_it_back(home: Visitor) -> None:
    page = home.page
    home.open(RUN)
    cards = page.get_by_test_id("recordings").get_by_role("listitem").filter(has=page.get_by_role("button"))
    unit = cards.filter(has_text="Edge 1040")
    unit.get_by_role("button", name="Use values from").click()
    page.get_by_role("menuitem", name="Channel: Power").click()
    expect(unit.get_by_role("button", name="Reset Power to automatic")).to_be_visible()
    expect(page.get_by_test_id("edits")).to_contain_text("Power from Garmin Edge 1040")
    unit.get_by_role("button", name="Always use this recording").click()
    expect(unit).to_contain_text("Shown")
    home.picture("recordings-chosen")
    assert home.barriers() == []
    for what in ("everything", "Power"):
        unit.get_by_role("button", name=f"Reset {what} to automatic").click()
    expect(unit.get_by_text("Chosen by you")).to_have_count(0)


def test_two_activities_are_merged_by_hand(home: Visitor) -> None:
    page = home.page
    home.open(WALK)
    page.get_by_role("button", name="Merge with another activity").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=re.compile(f"Merge with {TEMPO}"))).to_be_visible()
    home.picture("merge")
    assert home.barriers() == []
    dialog.get_by_role("button", name=re.compile(f"Merge with {TEMPO}")).click()
    expect(dialog).to_have_count(0)
    expect(_toast(page, "Merged")).to_be_visible()
    _undo(page)
    expect(_toast(page, "Separated again")).to_be_visible()
    expect(page.get_by_role("heading", name=WALK, level=1)).to_be_visible()


def test_what_differs_is_proposed_approved_and_made(home: Visitor, fake: FakeIntervals) -> None:
    page = home.page
    home.open(RUN)
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("Name", exact=True).fill(RENAMED)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=RENAMED, level=1)).to_be_visible()
    _month(page)
    differing = _row(page, RENAMED).locator("[data-cell=differs]")
    expect(differing).to_contain_text(RUN)
    expect(_row(page, WALK).locator("[data-cell=missing]")).to_be_visible()
    home.picture("compare")
    assert home.barriers() == []
    page.get_by_text("Only differences").click()
    expect(_row(page, TEMPO)).to_have_count(0)
    differing.get_by_role("button", name=f"Propose change to {RENAMED}").click()
    expect(_toast(page, "1 change awaits your approval")).to_be_visible()
    assert fake.activities["i1"]["name"] == RUN, "nothing goes out before it is approved"
    differing.get_by_role("link", name="Proposed").click()
    waiting = page.locator("[data-change=open]")
    expect(waiting.locator("del")).to_have_text(RUN)
    expect(waiting.locator("ins")).to_have_text(RENAMED)
    waiting.get_by_role("checkbox").check()
    home.picture("changes")
    assert home.barriers() == []
    page.get_by_role("button", name="Approve", exact=True).click()
    made = page.locator("[data-change=applied]")
    expect(made).to_contain_text("Applied", timeout=60_000)
    assert fake.activities["i1"]["name"] == RENAMED
    made.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-change=undone]")).to_be_visible(timeout=60_000)
    assert fake.activities["i1"]["name"] == RUN


def test_a_rejected_change_never_goes_out_and_theirs_may_be_taken(home: Visitor, fake: FakeIntervals) -> None:
    page = home.page
    _month(page)
    page.get_by_role("button", name=f"Propose upload of {WALK}").click()
    expect(_toast(page, "1 change awaits your approval")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Changes")).first.click()
    page.get_by_role("button", name=f"Reject: upload of {WALK}").click()
    expect(page.locator("[data-change=rejected]")).to_contain_text("Rejected")
    assert len(fake.activities) == 2
    _month(page)
    _row(page, RENAMED).get_by_role("button", name="Use this value from intervals.icu").click()
    expect(_row(page, RUN).locator("[data-cell=ok]")).to_be_visible()


def test_sources_are_ordered(home: Visitor) -> None:
    page = home.page
    page.goto("/sources")
    page.get_by_role("button", name="Set custom order").click()
    order = page.get_by_test_id("order").get_by_role("listitem")
    expect(order).to_have_text([re.compile("intervals.icu"), re.compile("Imported file")])
    page.get_by_role("button", name="Move Imported file up").click()
    expect(order).to_have_text([re.compile("Imported file"), re.compile("intervals.icu")])
    draft = page.get_by_test_id("draft")
    expect(draft.get_by_role("status")).to_contain_text("would change")
    assert home.barriers() == []
    page.reload()
    expect(page.get_by_role("button", name="Set custom order")).to_be_visible()  # a draft is nothing yet
    page.get_by_role("button", name="Set custom order").click()
    page.get_by_role("button", name="Move Imported file up").click()
    draft.get_by_role("button", name="Save order").click()
    expect(_toast(page, "Source priority saved")).to_be_visible()
    page.get_by_role("button", name="Back to automatic").click()
    draft.get_by_role("button", name="Use automatic order").click()
    expect(page.get_by_role("button", name="Set custom order")).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_everyone_can_use_it(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    for path, there in (
        (f"/compare/{MORNING:%Y-%m}", page.get_by_test_id("grid")),
        ("/changes", page.locator("article").first),
    ):
        page.goto(path)
        expect(there).to_be_visible()
        someone.examine(path.split("/")[1])
    someone.open(RUN)
    page.get_by_test_id("recordings").scroll_into_view_if_needed()
    someone.examine("recordings")
    someone.leave()
