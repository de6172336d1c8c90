"""Google Health set up by somebody who leaves Fitbit: the steps at Google, the sign-in, what was not allowed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.story import Place, Story
from tests.browser.visitor import SIZES, Size, Visitor
from tests.fakes.google_health import CLIENT_ID, CLIENT_SECRET, Account, FakeGoogleHealth

TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def provider() -> Iterator[FakeGoogleHealth]:
    made = FakeGoogleHealth(Account(TODAY - timedelta(days=1), TODAY, zone="UTC"))
    with made as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOMESTRETCH_PROVIDER_URLS", json.dumps({"google_health": running.url}))
        yield running
        assert running.problems == []


@pytest.fixture(scope="module")
def place(provider: FakeGoogleHealth, fresh: Place) -> Place:
    return fresh


@pytest.fixture(scope="module")
def visitor(story: Story) -> Iterator[Visitor]:
    first = story.visitor()
    first.sign_in()
    yield first
    first.leave(expected=("Failed to load resource",))


def _allow(page: Page, dialog: Locator, provider: FakeGoogleHealth) -> None:
    """Go where the dialog leads, allow it there, and come back."""
    link = dialog.get_by_role("link", name="accounts.google.com")
    expect(link).to_be_visible()
    page.goto(provider.allow(link.get_attribute("href") or ""))
    page.wait_for_url("**/sources")


@pytest.mark.parametrize("size", SIZES)
def test_the_steps_are_told(story: Story, visitor: Visitor, size: Size) -> None:
    other = story.visitor(size)
    other.sign_in()
    other.page.goto("/sources")
    other.page.get_by_role("button", name="Connect Google Health").first.click()
    dialog = other.page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_count(8)
    expect(dialog.get_by_text("googlehealth.sleep.readonly")).to_be_visible()
    other.examine("google-health-steps")
    other.leave()


def test_it_is_signed_in_with_what_was_allowed(visitor: Visitor, place: Place, provider: FakeGoogleHealth) -> None:
    page = visitor.page
    provider.grants.ticked = provider.grants.ticked - {"sleep"}
    page.goto("/sources")
    page.get_by_role("button", name="Connect Google Health").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Client ID", exact=True).fill(CLIENT_ID)
    dialog.get_by_label("Client secret", exact=True).fill(CLIENT_SECRET)
    expect(dialog.get_by_label("Redirect URL")).to_have_value(f"{place.address}/sources/callback")
    dialog.get_by_role("button", name="Connect").click()
    _allow(page, dialog, provider)
    expect(page.get_by_text("Google Health ABC123").first).to_be_visible()
    expect(page.get_by_text("Not allowed")).to_be_visible()
    expect(page.get_by_text("Sleep", exact=True)).to_be_visible()
    visitor.examine("google-health-connected")


def test_signing_in_again_asks_for_nothing(visitor: Visitor, provider: FakeGoogleHealth) -> None:
    page = visitor.page
    provider.grants.ticked = provider.grants.ticked | {"sleep"}
    page.goto("/sources")
    page.get_by_role("button", name="More actions for Google Health").click()
    page.get_by_role("menuitem", name="Sign in again").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_count(0)
    visitor.examine("google-health-again")
    dialog.get_by_role("button", name="Connect").click()
    _allow(page, dialog, provider)
    expect(page.get_by_text("Google Health ABC123").first).to_be_visible()
    expect(page.get_by_text("Not allowed")).to_have_count(0)
