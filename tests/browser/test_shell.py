"""What stands around every page: the search, the groups of the navigation, and the app as it is kept on a device."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from homestretch.formats.fit.encode import encode
from tests.browser.story import Story
from tests.browser.visitor import Size, Visitor
from tests.formats import golden

#: Sends files as the system does for another app: in a form of their own, to where the manifest says.
SHARE = """() => {
    const form = document.body.appendChild(document.createElement("form"))
    Object.assign(form, {method: "post", action: "/share", enctype: "multipart/form-data", id: "from-elsewhere"})
    const files = form.appendChild(document.createElement("input"))
    Object.assign(files, {type: "file", name: "files", multiple: true})
}"""
#: A file that the system opens the app with, as the browser hands it over.
OPENED = """() => {
    window.launchQueue = {setConsumer: async take => {
        const folder = await navigator.storage.getDirectory()
        try { take({files: [await folder.getFileHandle("opened.fit")]}) } catch {}
    }}
}"""
#: How many answers this device keeps.
KEPT = """() => new Promise(resolve => {
    const request = indexedDB.open("homestretch")
    request.onsuccess = () => {
        const names = [...request.result.objectStoreNames]
        const close = count => {
            request.result.close()
            if (!names.length) indexedDB.deleteDatabase("homestretch")
            resolve(count)
        }
        if (!names.includes("answers")) return close(0)
        const count = request.result.transaction("answers").objectStore("answers").count()
        count.onsuccess = () => close(count.result)
    }
})"""
CONTROLLED = "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@pytest.fixture
def kept(story: Story) -> Iterator[Visitor]:
    """A visitor whose browser keeps the app."""
    someone = story.visitor("phone", kept=True)
    someone.sign_in()
    someone.page.goto("/import")
    someone.page.wait_for_function(CONTROLLED)
    yield someone
    someone.leave(["ERR_INTERNET_DISCONNECTED"])


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_search_leads_everywhere(story: Story, size: Size) -> None:
    someone = story.visitor(size)
    someone.sign_in()
    page = someone.page
    page.goto("/import")
    expect(page.get_by_role("heading", name="Import", level=1)).to_be_visible()
    if size == "desktop":
        page.keyboard.press("Control+k")
    else:
        page.get_by_role("button", name="More").click()
        page.get_by_role("button", name="Search").click()
    field = page.get_by_role("dialog").get_by_role("combobox")
    expect(field).to_be_focused()
    field.fill("ftp")
    expect(page.get_by_role("group", name="Pages").get_by_role("option")).to_have_text(["Thresholds and zones"])
    someone.examine("search")
    field.fill("nothing is called so")
    expect(page.get_by_text("Nothing is called “nothing is called so”")).to_be_visible()
    field.fill("seg")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Segments", level=1)).to_be_visible()
    page.get_by_role("navigation", name="Map").get_by_role("link", name="Routes").click()
    expect(page.get_by_role("heading", name="Routes", level=1)).to_be_visible()
    someone.leave()


def test_an_activity_is_found_by_its_name(home: Visitor) -> None:
    home.upload({"found.fit": encode(golden.run(60))})
    home.batch("done")
    page = home.page
    page.goto("/training")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("dialog").get_by_role("combobox").fill("run")
    activities = page.get_by_role("group", name="Activities")
    activities.get_by_role("option").first.click()
    expect(page).to_have_url(re.compile("/activities/\\w+$"))


def test_the_app_opens_without_the_server(kept: Visitor) -> None:
    page = kept.page
    kept.context.set_offline(True)
    page.goto("/training", wait_until="commit")
    expect(page.get_by_text("Server not reachable")).to_be_visible()
    kept.picture("offline")
    kept.context.set_offline(False)
    page.reload()
    expect(page.get_by_role("heading", name="Training", level=1)).to_be_visible()


def test_what_was_opened_is_read_offline_until_signing_out(kept: Visitor) -> None:
    page = kept.page
    kept.upload({"kept.fit": encode(golden.run(100))})
    kept.batch("done")
    page.goto("/settings/account")
    page.get_by_label("Keep what I open on this device").check()
    page.goto("/activities")
    row = page.locator("main a[id^=row-]").first
    expect(row).to_be_visible()
    page.wait_for_function(f"async () => (await ({KEPT})()) > 2")
    kept.context.set_offline(True)
    page.goto("/activities", wait_until="commit")
    expect(row).to_be_visible()
    expect(page.get_by_role("status").get_by_text("You see what this device kept, as of")).to_be_visible()
    kept.examine("offline-list")
    page.goto("/settings/account", wait_until="commit")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_function(f"async () => (await ({KEPT})()) === 0")
    kept.context.set_offline(False)
    page.goto("/activities")
    expect(row).to_be_visible()  # the server was never told


def test_files_that_another_app_shares_are_imported(kept: Visitor) -> None:
    page = kept.page
    page.evaluate(SHARE)
    (kept.folder / "Läufe 1.fit").write_bytes(encode(golden.run(70)))
    (kept.folder / "2.fit").write_bytes(encode(golden.run(80)))
    page.locator("#from-elsewhere input").set_input_files([kept.folder / "Läufe 1.fit", kept.folder / "2.fit"])
    page.evaluate("document.getElementById('from-elsewhere').submit()")
    shared = page.get_by_role("region", name="2 files were shared with Homestretch")
    expect(shared.get_by_role("listitem")).to_have_text(["Läufe 1.fit", "2.fit"])
    assert "shared" not in page.url
    kept.examine("shared-files")
    before = page.locator("[data-batch]").count()  # nothing came by itself: another page could have shared them
    shared.get_by_role("button", name="Import").click()
    expect(page.locator("[data-batch]")).not_to_have_count(before)
    expect(kept.batch("done")).to_contain_text("2")
    waiting = "async () => (await (await caches.open('shared')).keys()).length"
    page.wait_for_function(f"async () => (await ({waiting})()) === 0")


def test_files_that_the_system_opens_are_imported(kept: Visitor) -> None:
    page = kept.page
    content = list(encode(golden.run(90)))
    page.evaluate(
        """async content => {
            const folder = await navigator.storage.getDirectory()
            const file = await (await folder.getFileHandle("opened.fit", {create: true})).createWritable()
            await file.write(new Uint8Array(content))
            await file.close()
        }""",
        content,
    )
    before = page.locator("[data-batch]").count()
    page.add_init_script(f"({OPENED})()")
    page.reload()
    expect(page.locator("[data-batch]")).not_to_have_count(before)
    kept.batch("done")
