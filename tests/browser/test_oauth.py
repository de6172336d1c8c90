"""Signing in where a provider sends one away and back: by the browser's own way, and by a pasted address."""

import json
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.story import Place, Story
from tests.browser.visitor import PASSWORD, Visitor
from tests.fakes.oauth import FakeOAuth


@pytest.fixture(scope="module")
def provider() -> Iterator[FakeOAuth]:
    with FakeOAuth() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOMESTRETCH_PROVIDER_URLS", json.dumps({"somewhere": running.url}))
        yield running


@pytest.fixture(scope="module")
def command(provider: FakeOAuth) -> list[str]:
    """The server with one source more."""
    return [sys.executable, "-m", "tests.fakes.elsewhere"]


@pytest.fixture(scope="module")
def place(fresh: Place) -> Place:
    return fresh


@pytest.fixture(scope="module")
def visitor(story: Story) -> Iterator[Visitor]:
    first = story.visitor()
    first.sign_in()
    yield first
    # A refusal is an answer too, which Chromium tells of. Pages still ask while the browser is closed.
    first.leave(expected=("Failed to load resource", "asked http://localhost:"))


def _sent_away(page: Page, place: Place, provider: FakeOAuth) -> str:
    """Fill the form in, and return where somebody who allows it at the provider is sent back to."""
    page.goto("/sources")
    page.get_by_role("button", name="Connect Somewhere").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Client ID", exact=True).fill("me")
    dialog.get_by_label("Client secret", exact=True).fill("hush")
    expect(dialog.get_by_label("Redirect URL")).to_have_value(f"{place.address}/sources/callback")
    dialog.get_by_role("button", name="Connect").click()
    link = dialog.get_by_role("link", name="somewhere.test")
    expect(link).to_be_visible()
    return provider.allow(link.get_attribute("href") or "")


def test_a_browser_that_comes_back_is_signed_in(visitor: Visitor, place: Place, provider: FakeOAuth) -> None:
    page = visitor.page
    back = _sent_away(page, place, provider)
    page.goto(back.replace("code=", "code=not"))
    expect(page.get_by_role("alert")).to_contain_text("Somewhere")
    visitor.picture("sources-callback")
    page.goto("/sources")
    back = _sent_again(page, provider)
    page.goto(back)
    page.wait_for_url("**/sources")
    expect(page.get_by_text("Wanda").first).to_be_visible()


def _sent_again(page: Page, provider: FakeOAuth) -> str:
    page.get_by_role("button", name="Answer").first.click()
    dialog = page.get_by_role("dialog")
    link = dialog.get_by_role("link", name="somewhere.test")
    return provider.allow(link.get_attribute("href") or "")


def _again(page: Page) -> Locator:
    """Sign in to the connection again, up to what the provider asks; return the dialog."""
    page.goto("/sources")
    page.get_by_role("button", name="More actions for Somewhere").click()
    page.get_by_role("menuitem", name="Sign in again").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Client ID", exact=True).fill("me")
    dialog.get_by_label("Client secret", exact=True).fill("hush")
    dialog.get_by_role("button", name="Connect").click()
    expect(dialog.get_by_role("link", name="somewhere.test")).to_be_visible()
    return dialog


def test_an_address_is_pasted_from_a_browser_elsewhere(visitor: Visitor, provider: FakeOAuth) -> None:
    page = visitor.page
    dialog = _again(page)
    link = dialog.get_by_role("link", name="somewhere.test")
    dialog.get_by_label("Address your browser was sent to").fill(provider.allow(link.get_attribute("href") or ""))
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Wanda").first).to_be_visible()


def test_who_comes_back_at_another_name_of_the_host_signs_in_there(visitor: Visitor, provider: FakeOAuth) -> None:
    """A cookie holds for one name; the page says so, and once somebody is signed in the connection is finished."""
    page = visitor.page
    link = _again(page).get_by_role("link", name="somewhere.test")
    back = provider.allow(link.get_attribute("href") or "").replace("127.0.0.1", "localhost")
    page.goto(back)
    expect(page.get_by_text("localhost and 127.0.0.1 are two")).to_be_visible()
    visitor.picture("sources-callback-elsewhere")
    page.get_by_label("User name").fill(visitor.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("http://localhost:*/sources")
    expect(page.get_by_text("Wanda").first).to_be_visible()
