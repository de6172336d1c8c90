"""The story of corrections: who may only look, question after question, two sources, and what a provider refuses."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Device, Recording
from homestretch.model.sport import Sport
from tests.browser.story import Place, Story
from tests.browser.visitor import PASSWORD, Size, Visitor
from tests.fakes.garmin import FakeGarmin
from tests.fakes.intervals import FakeIntervals, activity
from tests.fakes.intervals.server import KEY
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.formats import golden
from tests.sources.connected import small
from tests.sources.ridewithgps.test_sync import KEY as RWGPS_KEY
from tests.sources.spreadsheet.sheets import csv_text, put
from tests.waiting import wait_until

TODAY = datetime.now(UTC)
#: The month before this one: whatever today is, its days are past.
LAST = (TODAY.replace(day=1, hour=5, minute=0, second=0, microsecond=0) - timedelta(days=1)).replace(day=1)
MONTH = f"{LAST:%Y-%m}"
#: The days of runs, which a provider has with their files, and of pairs of which nobody can know whether they are one.
RUNS = {f"i{n}": day for n, day in enumerate((3, 5, 8, 12, 15, 18), 1)}
GYM_DAYS = (20, 21, 22)
HEAD = ("date", "name", "sport", "duration_hms", "distance (km)")
SHEET = [(f"{MONTH}-03", "River loop", "run", "0:10:00", 1.8), (f"{MONTH}-05", "Run i2", "run", "0:11:00", 1.98)]
FROM_WEB = {"X-Homestretch": "web"}
#: Who may look, and no more.
VIEWER = "ben"


def _ms(day: int, hours: int = 0) -> int:
    return round((LAST.replace(day=day) + timedelta(hours=hours)).timestamp() * 1000)


def _seconds(key: str) -> int:
    return 540 + 60 * int(key[1:])


def _run(key: str) -> bytes:
    """Return a run of its own length and place: no two are one by a clock in a wrong zone."""
    seconds = _seconds(key)
    whole = golden.run(seconds, _ms(RUNS[key]))
    north = golden.channels({"latitude": 60 + int(key[1:]) / 10 + np.arange(seconds) * 2e-5})
    return encode(replace(whole, name=None, channels={**whole.channels, **north}))


def _gym(day: int, sport: str, product: str) -> bytes:
    """Return an hour indoors."""
    device = Device(role="recorder", manufacturer="garmin", product=product, serial="9")
    return encode(
        Recording(
            sport=Sport("training", sport), start=golden.moment(_ms(day)), end_ms=_ms(day, 1),
            time_ms=golden.times(0), devices=(device,), totals={"total_elapsed_time_s": 3600.0}, name=f"{sport} {day}",
        )
    )  # fmt: skip


def _told(key: str) -> dict[str, Any]:
    far, long = 3.0 * _seconds(key), _seconds(key)
    return {"distance": far, "icu_distance": far, "moving_time": long, "elapsed_time": long}


@pytest.fixture(scope="module")
def fake(place: Place) -> Iterator[FakeIntervals]:
    """A provider with runs and their files; the server asks it instead of the real one."""
    made = FakeIntervals(*(activity(key, LAST.replace(day=day), **_told(key)) for key, day in RUNS.items()))
    made.files = {key: _run(key) for key in RUNS}
    made.port = place.ports["intervals"]
    with made:
        yield made
        assert made.problems == []


@pytest.fixture(scope="module", autouse=True)
def settled(story: Story, fake: FakeIntervals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The first visitor connects a provider and a sheet, imports hours indoors, has a bike, and lets somebody look."""
    first = story.visitor()
    first.sign_in()
    sheet = put(tmp_path_factory.mktemp("sheet") / "training.csv", csv_text(SHEET, HEAD))
    at_once = {"pause_s": 0, "step_pause_s": 0, "days": False}
    _connect(first, "intervals", "key", {"api_key": KEY}, at_once)
    first.page.goto("/activities")
    for key in RUNS:
        expect(first.page.get_by_role("link", name=f"Run {key}")).to_be_visible(timeout=120_000)
    _connect(first, "spreadsheet", "path", {"path": str(sheet)}, {})
    first.upload(
        {f"{sport}-{day}.fit": _gym(day, sport, product) for day in GYM_DAYS
         for sport, product in (("yoga", "fenix_7"), ("strength_training", "fr965"))}
    )  # fmt: skip
    first.batch("done")
    first.page.goto(f"/compare/{MONTH}")
    expect(_row(first.page, "Run i1").locator("[data-cell=differs]")).to_contain_text("River loop", timeout=60_000)
    bike = _send(first, "post", "/gear", {"name": "Road bike", "kind": "bike", "families": ["ride"]})
    chain = {"name": "Chain", "since": f"{MONTH}-01", "every_m": 3e6}
    _send(first, "post", f"/gear/{bike['id']}/components", chain)
    _send(first, "post", "/accounts", {"username": VIEWER, "password": PASSWORD})
    _let_look(story, VIEWER)
    yield
    first.leave()


def _connect(someone: Visitor, source: str, way: str, answers: dict[str, str], settings: dict[str, Any]) -> None:
    made = _send(someone, "post", "/sources", {"source": source, "method": way, "answers": answers})
    _send(someone, "patch", f"/sources/{made['id']}", {"settings": settings})
    _send(someone, "post", f"/sources/{made['id']}/sync", {})


def _let_look(story: Story, name: str) -> None:
    """Grant an account the story's athlete's data to look at, and no other's: there is no page that does yet."""
    account, owned = "select id from accounts where username = ?", "select athlete_id from grants where account_id = ?"
    with closing(sqlite3.connect(story.place.folder / "data" / "homestretch.db", timeout=20)) as kept, kept:
        (who,) = kept.execute(account, (name,)).fetchone()
        (athlete,) = kept.execute(owned, kept.execute(account, (story.name,)).fetchone()).fetchone()
        kept.execute("delete from grants where account_id = ?", (who,))
        kept.execute("insert into grants (account_id, athlete_id, role) values (?, ?, 'viewer')", (who, athlete))


def _send(someone: Visitor, method: str, path: str, what: dict[str, Any]) -> dict[str, Any]:
    answer = getattr(someone.page.request, method)(f"/api{path}", data=what, headers=FROM_WEB)
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def _rename(someone: Visitor, names: dict[str, str]) -> None:
    """Rename activities, found by their names."""
    listed = someone.page.request.get("/api/activities").json()["items"]
    ids = {one["name"]: one["id"] for one in listed}
    for old, new in names.items():
        _send(someone, "patch", f"/activities/{ids[old]}", {"name": new})


def _toast(page: Page, words: str) -> Locator:
    return page.get_by_role("status").filter(has_text=words)


def _row(page: Page, name: str) -> Locator:
    return page.get_by_test_id("grid").locator(f'[data-activity="{name}"]')


def _pick(page: Page, source: str) -> None:
    """Choose which source the comparison shows."""
    choice = page.get_by_role("combobox", name="Source")
    option = choice.locator("option").filter(has_text=source)
    choice.select_option(value=option.get_attribute("value"))


def _change(page: Page, name: str, state: str) -> Locator:
    """Return the change of an activity's name that is in a state."""
    return page.locator(f"[data-change={state}][data-field=name]").filter(has=page.get_by_role("link", name=name))


#: What a button is called that changes something.
ACTS = re.compile(
    "Propose|Use|Approve|Reject|Try again|Undo|Add|Actions|service|Edit|Remove|Sync|More actions|Merge|Keep"
)


def test_who_may_only_look_sees_all_and_is_refused_nothing(visitor: Visitor) -> None:
    visitor.come_in(VIEWER)
    page = visitor.page
    chain = page.get_by_role("article", name="Road bike").get_by_text("3,000 km left")
    for path, there in (
        ("/duplicates", page.get_by_text("Only people who can edit")),
        (f"/compare/{MONTH}", page.get_by_text("Only people who can edit")),
        ("/changes", page.get_by_text("Only people who can edit")),
        ("/gear", chain),
        (f"/calendar/{MONTH}", page.get_by_role("link", name="Run i1")),
    ):
        page.goto(path)
        expect(there).to_be_visible()
        page.keyboard.press("1")
        expect(page.get_by_role("main").get_by_role("button", name=ACTS)).to_have_count(0)
        visitor.picture(f"viewer-{path.split('/')[1]}")
        assert visitor.barriers() == []
        assert "training.csv" not in page.content(), "where the owner's sheet lies is nobody else's"


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_everyone_can_read_questions_and_answer_them_at_once(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    page.goto("/duplicates")
    expect(page.get_by_test_id("place")).to_have_text("Pair 1 of 3")
    someone.examine("questions")
    page.get_by_text("Several at once").click()
    both = page.get_by_role("button", name="Keep each pair separate")
    expect(both).to_be_disabled()
    page.get_by_role("checkbox", name="All", exact=True).check()
    expect(page.get_by_text("3 of 3 selected")).to_be_visible()
    someone.examine("questions-listed")
    both.click()
    expect(_toast(page, "3 pairs kept separate")).to_be_visible()
    expect(page.get_by_text("No duplicates to review")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="Undo").last.click()
    expect(_toast(page, "3 pairs reopened")).to_be_visible()
    expect(page.get_by_text("0 of 3 selected")).to_be_visible()
    someone.leave()


def test_questions_in_a_row_are_answered_by_keyboard(home: Visitor) -> None:
    page = home.page
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Data 3 duplicates to review").click()
    page.get_by_role("navigation", name="Data").get_by_role("link", name="Duplicates · 3").click()
    place = page.get_by_test_id("place")
    expect(place).to_have_text("Pair 1 of 3")
    home.picture("questions")
    assert home.barriers() == []
    first = page.get_by_role("article", name="First recording").get_by_role("link").inner_text()
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text("Pair 2 of 3")
    page.keyboard.press("2")
    expect(_toast(page, "Kept separate")).to_be_visible()
    expect(place).to_have_text("Pair 2 of 2")
    page.keyboard.press("1")
    expect(_toast(page, "Merged")).to_be_visible()
    expect(place).to_have_text("Pair 1 of 1")
    expect(page.get_by_role("article", name="First recording").get_by_role("link")).to_have_text(first)
    page.keyboard.press("2")
    expect(page.get_by_text("No duplicates to review")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="Undo").last.click()
    expect(_toast(page, "Pair reopened")).to_be_visible()
    expect(place).to_have_text("Pair 1 of 1")
    page.keyboard.press("2")
    expect(page.get_by_text("No duplicates to review")).to_be_visible()
    page.goto(f"/compare/{MONTH}")
    gym = page.get_by_test_id("grid").locator('[data-activity^="yoga"], [data-activity^="strength"]')
    expect(gym).to_have_count(2 * len(GYM_DAYS) - 1)


def test_two_sources_are_compared_and_the_better_word_is_taken(home: Visitor) -> None:
    page = home.page
    page.goto(f"/compare/{MONTH}")
    current = page.get_by_role("link", name="Compare", exact=True)
    expect(current).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("columnheader")).to_contain_text(["Activity", "intervals.icu", "Spreadsheet"])
    one, two = _row(page, "Run i1"), _row(page, "Run i2")
    expect(one.locator("[data-cell]")).to_have_count(2)
    expect(one.locator("[data-cell=ok]")).to_have_count(1)
    expect(one.locator("[data-cell=differs]")).to_contain_text("River loop")
    expect(two.locator("[data-cell=ok]")).to_have_count(2)
    home.picture("compare-two")
    assert home.barriers() == []
    _pick(page, "Spreadsheet")
    expect(page.get_by_role("columnheader")).to_contain_text(["Activity", "Spreadsheet"])
    page.get_by_text("Only differences").click()
    expect(two).to_have_count(0)
    one.get_by_role("button", name="Use this value from Spreadsheet for Run i1").click()
    expect(_toast(page, "Name set to River loop")).to_be_visible()
    _pick(page, "All sources")
    loop = _row(page, "River loop")
    expect(loop.locator("[data-cell=ok]")).to_have_count(1)
    expect(loop.locator("[data-cell=differs]")).to_contain_text("Run i1")


def test_all_that_differs_in_a_month_is_proposed_at_once(home: Visitor) -> None:
    _rename(home, {"Run i3": "Hill repeats", "Run i4": "Long and easy", "Run i5": "Fartlek"})
    page = home.page
    page.goto(f"/compare/{MONTH}")
    _pick(page, "intervals.icu")
    everything = page.get_by_role("button", name="Propose all")
    everything.click()
    page.get_by_role("menuitem", name="Change of 4 differences").click()
    expect(_toast(page, "4 changes await your approval")).to_be_visible()
    everything.click()
    expect(page.get_by_role("menuitem", name=re.compile("difference"))).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("link", name=re.compile("^Changes")).click()
    expect(page.get_by_role("heading", name="4 changes await your approval")).to_be_visible()
    expect(page.get_by_role("link", name="Compare", exact=True)).to_have_attribute("aria-current", "page")


def test_what_a_provider_refuses_is_told_and_tried_again(home: Visitor, fake: FakeIntervals) -> None:
    page = home.page
    fault = fake.fault("PUT /api/v1/activity/i3", 422, times=1)
    page.goto("/changes")
    page.get_by_label("Select all").check()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(_toast(page, "4 changes approved")).to_be_visible()
    failed = _change(page, "Hill repeats", "failed")
    expect(failed).to_contain_text("“BadRequestException”", timeout=60_000)
    for name in ("River loop", "Long and easy", "Fartlek"):
        expect(_change(page, name, "applied")).to_be_visible(timeout=60_000)
    assert (fault.struck, fake.activities["i3"]["name"]) == (1, "Run i3")
    home.picture("changes-failed")
    assert home.barriers() == []
    failed.get_by_role("button", name="Try again: name of Hill repeats at intervals.icu").click()
    expect(_change(page, "Hill repeats", "applied")).to_be_visible(timeout=60_000)
    assert fake.activities["i3"]["name"] == "Hill repeats"
    _change(page, "Fartlek", "applied").get_by_role("button", name=re.compile("^Undo")).click()
    expect(_change(page, "Fartlek", "undone")).to_be_visible(timeout=60_000)
    assert fake.activities["i5"]["name"] == "Run i5"


def test_what_its_owner_wrote_there_meanwhile_is_not_overwritten(home: Visitor, fake: FakeIntervals) -> None:
    """Renamed there between proposal and approval: nothing is sent; approved again it is, and comes back by undoing."""
    page = home.page
    page.goto(f"/compare/{MONTH}")
    _row(page, "Fartlek").get_by_role("button", name="Propose change to Fartlek at intervals.icu").click()
    expect(_row(page, "Fartlek").get_by_role("link", name="Proposed")).to_be_visible()
    fake.activities["i5"]["name"] = "Sunday with Ben"
    page.goto("/changes")
    page.get_by_role("button", name=re.compile("^Approve: name of Fartlek")).click()
    failed = _change(page, "Fartlek", "failed")
    expect(failed).to_contain_text("the value is now “Sunday with Ben”, so nothing was sent", timeout=60_000)
    assert fake.activities["i5"]["name"] == "Sunday with Ben"
    home.picture("changes-meanwhile")
    failed.get_by_role("button", name=re.compile("^Try again: name of Fartlek")).click()
    again = _change(page, "Fartlek", "applied").filter(has_text="Sunday with Ben")
    expect(again).to_be_visible(timeout=60_000)
    assert fake.activities["i5"]["name"] == "Fartlek"
    again.get_by_role("button", name=re.compile("^Undo")).click()
    wait_until(lambda: fake.activities["i5"]["name"] == "Sunday with Ben")
    expect(_change(page, "Fartlek", "undone")).to_have_count(2, timeout=60_000)


def test_five_sources_tell_what_is_gone_there_and_what_nobody_named(
    story: Story, home: Visitor, fake: FakeIntervals, place: Place, tmp_path: Path
) -> None:
    """Deleted there is no mass upload; a name that a service made up is proposed to nobody; folders have no column."""
    del fake.activities["i2"]
    fake.activities["i6"]["name"] = "Lunch Run"
    page = home.page
    rides = FakeRideWithGPS(trip(1, LAST.replace(day=25), name="Round the lake"))
    rides.port = place.ports["ridewithgps"]
    watch = FakeGarmin(small(1, 1), port=place.ports["garmin"])
    with rides, watch:
        quick = {"pause_s": 0, "step_pause_s": 0}
        _connect(home, "ridewithgps", "key", dict(RWGPS_KEY), {"pause_s": 0})
        _connect(home, "garmin", "ticket", {"ticket": watch.browser_ticket()}, {**quick, "days": False})
        _connect(home, "folder", "path", {"path": str(tmp_path)}, {})
        page.goto("/activities")
        expect(page.get_by_role("link", name="Round the lake")).to_be_visible(timeout=60_000)
        listed = page.request.get("/api/sources").json()["items"]
        mine = next(one["id"] for one in listed if one["source"] == "intervals")
        _send(home, "post", f"/sources/{mine}/sync", {"backfill": True})
        page.goto(f"/compare/{MONTH}")
        gone = _row(page, "Run i2").locator("[data-cell=deleted]")
        expect(gone).to_contain_text("Deleted at source", timeout=60_000)
    expect(gone.get_by_role("button", name="Propose upload again of Run i2 to intervals.icu")).to_be_visible()
    expect(page.get_by_role("columnheader")).to_have_count(5)

    def names() -> list[str]:
        return [one["activity"]["name"] for one in page.request.get(f"/api/compare/{MONTH}").json()["items"]]

    wait_until(lambda: "Morning Trail Run" in names(), names, within_s=20)
    page.reload()
    unnamed = page.get_by_test_id("grid").locator('[data-activity="Morning Trail Run"]')
    expect(unnamed.locator("[data-cell=ok]")).to_have_count(1)
    expect(unnamed.get_by_role("button", name=re.compile("Propose change"))).to_have_count(0)
    found = page.request.get(f"/api/compare/{MONTH}").json()
    sent = _send(home, "post", "/proposals", {"month": MONTH, "connections": [mine], "fields": ["upload"]})
    gone_id = next(one["activity"]["id"] for one in found["items"] if one["activity"]["name"] == "Run i2")
    uploads = [one for one in sent["items"] if one["field"] == "upload"]
    assert uploads and gone_id not in {one["activity"] for one in uploads}
    _send(home, "post", "/proposals/reject", {"ids": [one["id"] for one in uploads]})
    table = page.get_by_role("region", name=re.compile("Activities of"))
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": 1440, "height": 900})
    assert table.evaluate("it => it.scrollWidth - it.clientWidth") <= 0, "five sources are seen at once"
    home.picture("compare-five")
    page.set_viewport_size(size)
    for one in page.request.get("/api/sources").json()["items"]:
        if one["source"] in ("ridewithgps", "garmin", "folder"):
            home.page.request.delete(f"/api/sources/{one['id']}?purge=true", headers=FROM_WEB)


def test_what_a_provider_fails_at_stays_approved(home: Visitor, fake: FakeIntervals) -> None:
    """A provider that is away is no refusal: the change stays approved, and others wait, are rejected, or fail."""
    _rename(
        home, {"Long and easy": "Long, easy and wet", "Hill repeats": "Hills, ten of them", "Morning Trail Run": "Park"}
    )
    page = home.page
    page.goto(f"/compare/{MONTH}")
    for name in ("Long, easy and wet", "Hills, ten of them", "Park", "Fartlek"):
        _row(page, name).get_by_role("button", name=f"Propose change to {name} at intervals.icu").click()
        expect(_row(page, name).get_by_role("link", name="Proposed")).to_be_visible()
    page.goto("/changes")
    page.get_by_role("button", name="Reject: name of Park at intervals.icu").click()
    expect(_change(page, "Park", "rejected")).to_be_visible()
    fake.fault("PUT /api/v1/activity/i3", 422, times=1)
    page.get_by_role("button", name=re.compile("^Approve: name of Hills")).click()
    expect(_change(page, "Hills, ten of them", "failed")).to_be_visible(timeout=60_000)
    away = fake.fault("PUT /api/v1/activity/i4", 500)
    page.get_by_role("button", name=re.compile("^Approve: name of Long, easy")).click()
    waits = _change(page, "Long, easy and wet", "approved")
    expect(waits).to_be_visible()
    wait_until(lambda: away.struck > 0)
    assert fake.activities["i4"]["name"] == "Long and easy"
    expect(waits).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_everyone_can_use_it(story: Story, size: Size) -> None:
    """Changes in every state, two sources, and a bike with a part."""
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    for path, there in (
        ("/changes", page.locator("[data-change=approved]").first),
        (f"/compare/{MONTH}", page.get_by_test_id("grid")),
        ("/gear", page.get_by_role("article", name="Road bike")),
    ):
        page.goto(path)
        expect(there).to_be_visible()
        someone.examine(f"corrections-{path.split('/')[1]}")
    page.goto("/changes")
    for state in ("open", "approved", "failed", "applied", "rejected", "undone"):
        expect(page.locator(f"[data-change={state}]").first).to_be_attached()
    someone.leave()
