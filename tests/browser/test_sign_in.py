"""Signing in with a provider: an administrator sets it up, people link it and come in by it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.story import Place, Story
from tests.browser.visitor import PASSWORD, Visitor
from tests.fakes.oidc.issuer import CLIENT, SECRET, FakeIssuer


@pytest.fixture(scope="module")
def issuer(place: Place) -> Iterator[FakeIssuer]:
    with FakeIssuer(f"{place.address}/api/session/oidc/home-id/callback") as running:
        yield running


@pytest.fixture
def home(story: Story, place: Place, issuer: FakeIssuer) -> Iterator[Visitor]:
    """An administrator; the provider is gone afterwards, for other stories don't expect its button."""
    someone = story.visitor()
    someone.come_in()
    yield someone
    _, cookie = place.send("POST", "/session", {"username": someone.name, "password": PASSWORD})
    place.send("DELETE", "/oidc-providers/home-id", Cookie=cookie)
    # The issuer is elsewhere; a refusal is an answer too, which Chromium tells of.
    someone.leave(expected=(f"asked {issuer.url}", "Failed to load resource"))


def test_a_provider_is_set_up_linked_and_signs_in(home: Visitor, issuer: FakeIssuer) -> None:
    page = home.page
    page.goto("/settings/sign-in")
    page.get_by_role("button", name="Add provider").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Home ID")
    dialog.get_by_label("Issuer").fill(f"{issuer.url}/")
    dialog.get_by_role("button", name="Test").click()
    expect(dialog.get_by_role("status")).to_contain_text("answers")
    expect(dialog.get_by_label("Issuer")).to_have_value(issuer.url)
    expect(dialog.get_by_label("Redirect URL")).to_have_value(issuer.redirect_uri)
    dialog.get_by_label("Client ID").fill(CLIENT)
    dialog.get_by_label("Client secret").fill(SECRET)
    home.examine("sign-in-provider")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text(issuer.url)).to_be_visible()
    page.goto("/settings/account")
    page.get_by_role("button", name="Link Home ID").click()
    expect(page.get_by_role("button", name="Unlink")).to_be_visible()
    expect(page.get_by_text("ann@example.org")).to_be_visible()
    home.examine("sign-in-account")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    issuer.faults.add("declined")
    page.goto("/activities?sport=run")
    page.get_by_role("button", name="Sign in with Home ID").click()
    expect(page.get_by_role("alert")).to_contain_text("did not confirm")
    assert "sign_in" not in page.url
    home.examine("sign-in-door")
    issuer.faults.clear()
    page.get_by_role("button", name="Sign in with Home ID").click()
    expect(page.get_by_role("heading", name="Activities", exact=True)).to_be_visible()
    assert page.url.endswith("/activities?sport=run")
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "eyJ" not in kept and "code=" not in page.url
