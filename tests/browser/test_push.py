"""Notifications in a browser: turned on at a click, and gone once the channel is.

Chromium without a display reaches no push service: the subscription is a stand-in, all else is as it is. What the
service worker does with a message is in web/src/lib/push.test.ts.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.story import Story
from tests.browser.visitor import Visitor

#: A browser that subscribed, with the keys of RFC 8291 (its appendix A).
SUBSCRIBED = """() => {
    const keys = {auth: "BTBZMqHH6r4Tts7J_aSIgg",
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"}
    const made = {toJSON: () => ({endpoint: "https://127.0.0.1:9/push", keys}),
        unsubscribe: async () => { localStorage.removeItem("stand-in"); return true }}
    PushManager.prototype.getSubscription = async () => localStorage.getItem("stand-in") ? made : null
    PushManager.prototype.subscribe = async options => {
        localStorage.setItem("stand-in", options.applicationServerKey)
        return made
    }
    // Windows without a history, as tests have, are denied notifications whatever is granted.
    Object.defineProperty(Notification, "permission", {get: () => "default"})
    Notification.requestPermission = async () => window.refuses ? "denied" : "granted"
}"""
CONTROLLED = "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@pytest.fixture
def kept(story: Story) -> Iterator[Visitor]:
    someone = story.visitor("desktop", kept=True)
    someone.page.add_init_script(f"({SUBSCRIBED})()")
    someone.sign_in()
    someone.page.goto("/settings/notifications")
    someone.page.wait_for_function(CONTROLLED)
    yield someone
    someone.leave(["502", "ERR_INTERNET_DISCONNECTED"])


def test_notifications_are_turned_on_here_and_off(kept: Visitor) -> None:
    page = kept.page
    switch = page.get_by_label("Show notifications on this device")
    expect(switch).not_to_be_checked()
    page.evaluate("window.refuses = true")
    switch.click()
    expect(page.get_by_text("Notifications are blocked. Allow them")).to_be_visible()
    page.evaluate("window.refuses = false")
    switch.click()
    card = page.locator("[data-channel=push]")
    expect(card).to_contain_text("this device")
    expect(page.get_by_role("checkbox", name="Gear is due for service: Push")).to_be_checked()
    kept.examine("push-on")
    page.reload()
    expect(switch).to_be_checked()
    page.get_by_role("button", name="Test this device").click()
    expect(page.get_by_text("can't be reached")).to_be_visible()  # the stand-in leads nowhere
    card.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(card).to_have_count(0)
    expect(switch).not_to_be_checked()
    assert page.evaluate("localStorage.getItem('stand-in')") is None
