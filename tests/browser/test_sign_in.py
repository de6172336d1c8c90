"""Signing in with a provider, which an administrator sets up and people link, and with a second factor."""

import re
import tarfile
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from homestretch.flow.accounts import totp
from tests.browser.story import Place, Story, athlete
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


@pytest.fixture
def phone_owner(story: Story) -> Iterator[Visitor]:
    """Somebody with a phone for codes, or on it."""
    someone = story.visitor("phone")
    someone.come_in()
    yield someone
    someone.leave()


def give_password(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Sign out", exact=True).first.click()
    visitor.page.get_by_label("User name").fill(visitor.name)
    visitor.page.get_by_label("Password", exact=True).fill(PASSWORD)
    visitor.page.get_by_role("button", name="Sign in", exact=True).click()


def give_code(visitor: Visitor, code: str) -> None:
    visitor.page.get_by_label("Code").fill(code)
    visitor.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(visitor.page.get_by_role("heading", name="Settings", level=1)).to_be_visible()


def test_an_app_is_switched_on_asked_and_switched_off(phone_owner: Visitor) -> None:
    page = phone_owner.page
    page.goto("/settings/account")
    page.get_by_role("button", name="Set up an app").click()
    secret = page.get_by_test_id("secret").inner_text().replace(" ", "")
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    phone_owner.examine("second-factor-set-up")
    step = int(time.time() * 1000) // totp.STEP_MS
    page.get_by_label("First code").fill(totp.code_at(secret, step))
    page.get_by_role("button", name="Switch on").click()
    codes = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes left")).to_be_visible()
    give_password(phone_owner)
    expect(page.get_by_label("Code")).to_be_focused()
    page.reload()  # whoever comes back from another app is still asked
    expect(page.get_by_label("Code")).to_be_visible()
    phone_owner.examine("second-factor-code")
    give_code(phone_owner, totp.code_at(secret, step + 1))
    give_password(phone_owner)
    give_code(phone_owner, recovery)
    expect(page.get_by_text("9 recovery codes left")).to_be_visible()
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("No second factor is set up.")).to_be_visible()


#: A device that asks for a finger, and whose person always gives the right one.
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(params=["desktop", "phone"])
def passkey_owner(story: Story, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Somebody at a host with a name, as passkeys need one, whose device makes them."""
    named = replace(story.place, address=story.place.address.replace("127.0.0.1", "localhost"))
    someone = replace(story, place=named).visitor(request.param, "light" if request.param == "desktop" else "dark")
    if request.param == "phone":  # an older browser, which offers no passkeys where one types the name
        someone.page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")
    devices = someone.context.new_cdp_session(someone.page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    someone.come_in()
    yield someone
    someone.leave()


def test_a_passkey_is_added_and_signs_in(passkey_owner: Visitor) -> None:
    page = passkey_owner.page
    page.goto("/settings/account")
    expect(page.get_by_text("You have no passkey.")).to_be_visible()
    page.get_by_role("button", name="Add passkey").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name", exact=True)).not_to_have_value("")
    dialog.get_by_label("Name", exact=True).fill("My device")
    passkey_owner.examine("passkey-add")
    dialog.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_text("not used yet")).to_be_visible()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Add passkey").click()
    dialog.get_by_role("button", name="Add passkey").click()
    expect(dialog.get_by_role("alert")).to_contain_text("has a passkey for your account already")
    dialog.get_by_role("button", name="Cancel").click()
    passkey_owner.examine("passkeys")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    if passkey_owner.size == "phone":
        expect(page.get_by_label("User name")).to_have_attribute("autocomplete", "username webauthn")
        passkey_owner.examine("passkey-sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
    # At the desk the browser offers it in the field for the name, and this device's person takes it at once.
    expect(page.get_by_role("listitem").filter(has_text="This device")).to_contain_text("passkey · ")
    page.get_by_role("button", name="Rename My device").click()
    dialog.get_by_label("Name", exact=True).fill("Old device")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Remove Old device").click()
    dialog.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have no passkey.")).to_be_visible()


def test_passkeys_say_why_there_are_none_at_a_number(phone_owner: Visitor) -> None:
    phone_owner.page.goto("/settings/account")
    expect(phone_owner.page.get_by_text("Open http://localhost")).to_be_visible()


def test_a_forgotten_password_is_set_by_a_link(story: Story, place: Place, shared: tuple[Place, str]) -> None:
    admin, person = story.visitor(), story.visitor("phone", "dark")
    with athlete(place, shared[1], "forgetful"):
        admin.come_in()
        admin.page.goto("/settings/accounts")
        row = admin.page.get_by_role("listitem").filter(has_text="forgetful")
        row.get_by_role("button", name="Reset link").click()
        admin.page.get_by_role("dialog").get_by_role("button", name="Reset link").click()
        link = admin.page.get_by_label("Reset link for forgetful").input_value()
        admin.examine("reset-link")
        page = person.page
        page.goto(link)
        expect(page.get_by_text("For forgetful.")).to_be_visible()
        person.examine("reset")
        page.get_by_label("New password", exact=True).fill("trustno1")
        page.get_by_role("button", name="Set password").click()
        expect(page.get_by_role("alert")).to_contain_text("among the most used")
        page.get_by_label("New password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Set password").click()
        page.get_by_role("button", name="To the sign-in").click()
        person.come_in("forgetful")
        page.goto(link)
        page.reload()
        expect(page.get_by_role("heading", name="This link leads nowhere")).to_be_visible()
    admin.leave()
    person.leave(expected=("Failed to load resource",))


def test_a_coach_joins_on_a_phone_and_leaves_and_the_owner_exports(story: Story) -> None:
    owner, coach = story.visitor(), story.visitor("phone", "dark")
    owner.come_in()
    page = owner.page
    page.goto("/settings/people")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("Name").fill("Ben")
    expect(page.get_by_label("Photos")).to_be_checked()
    page.get_by_label("Coach").check()
    expect(page.get_by_label("Photos")).to_have_count(0)
    owner.examine("invite")
    page.get_by_role("button", name="Create invitation").click()
    link = page.get_by_label("Invitation link").input_value()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Open invitations")).to_be_visible()
    joining = coach.page
    joining.goto(link)
    expect(joining.get_by_role("heading", name=f"{owner.name} invites you")).to_be_visible()
    coach.examine("join")
    joining.get_by_label("User name").fill("ben the coach")
    joining.get_by_label("Password", exact=True).fill(PASSWORD)
    joining.get_by_role("button", name="Create account").click()
    expect(joining.get_by_role("heading", name="Today", level=1)).to_be_visible()
    page.reload()
    page.get_by_label("Role of ben the coach").select_option("viewer")
    chosen = page.get_by_role("group", name="What ben the coach also sees")
    expect(chosen.get_by_label("Photos")).to_be_checked()
    chosen.get_by_label("Plan").check()
    expect(page.get_by_text("Changed what ben the coach sees")).to_be_visible()
    page.reload()
    expect(chosen.get_by_label("Plan")).to_be_checked()
    owner.examine("sees")
    joining.goto("/settings/people")
    joining.get_by_role("button", name="Leave").click()
    joining.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(joining.get_by_role("heading", name="No athlete yet")).to_be_visible()
    coach.examine("no-athlete")
    joining.get_by_role("button", name="Begin").click()
    expect(joining.get_by_role("heading", name="Today", level=1)).to_be_visible()
    page.reload()
    expect(page.locator("[data-member]")).to_have_count(1)
    page.get_by_role("button", name="Export").click()
    expect(page.get_by_text("original file", exact=False)).to_be_visible()
    owner.examine("export")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download").click()
    with tarfile.open(coming.value.path()) as tar:
        assert tar.getnames()[-1] == "manifest.json", "it is whole"
    page.reload()
    newest = page.locator("[data-event]")
    expect(newest.first).to_contain_text("Athlete exported")
    expect(page.locator("[data-event=role_given]").first).to_contain_text("Viewer · account ben the coach")
    page.goto("/settings/security")
    page.get_by_label("Event", exact=True).select_option("Invitation accepted")
    expect(newest).to_have_count(1)
    expect(newest).to_contain_text("Coach · account ben the coach · athlete")
    owner.examine("security-log")
    joining.goto("/settings/account")
    expect(joining.locator("[data-event=role_taken]")).to_contain_text("an athlete you don’t see")
    coach.examine("own-events")
    owner.leave()
    coach.leave()


def test_a_club_joins_by_one_link_and_shows_what_each_chooses(story: Story) -> None:
    lead, member = story.visitor(), story.visitor("phone", "dark")
    lead.come_in()
    page = lead.page
    page.goto("/settings/groups")
    page.get_by_role("button", name="New group").click()
    page.get_by_label("Name of the group").fill("Tri Club")
    page.get_by_role("dialog").get_by_role("button", name="New group").click()
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("Everybody who has the link").check()
    page.get_by_label("Name of the link").fill("All members")
    lead.examine("invite-group")
    page.get_by_role("button", name="Create invitation").click()
    link = page.get_by_label("Invitation link").input_value()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Everybody who has the link, until")).to_be_visible()

    joining = member.page
    joining.goto(link)
    expect(joining.get_by_text("You will be in the group Tri Club.")).to_be_visible()
    member.examine("join-group")
    joining.get_by_label("User name").fill("carla")
    joining.get_by_label("Password", exact=True).fill(PASSWORD)
    joining.get_by_role("button", name="Create account").click()
    expect(joining.get_by_text("Not shown in this group")).to_be_visible()
    joining.get_by_role("button", name="Show in this group").click()
    expect(joining.get_by_text(f"Coaches now: {lead.name}.")).to_be_visible()
    joining.get_by_label("See activities").check()
    joining.get_by_label("Plan").check()
    member.examine("show-in-group")
    joining.get_by_role("dialog").get_by_role("button", name="Show in this group").click()
    expect(joining.get_by_text("Coaches see everything. Members see activities, plan, photos.")).to_be_visible()
    member.examine("group")

    page.reload()
    expect(page.locator("[data-athlete=carla]")).to_contain_text("Members see activities, plan, photos.")
    page.get_by_label("Role of carla").select_option("coach")
    expect(page.get_by_text("Saved for carla")).to_be_visible()
    lead.examine("group")
    joining.goto("/settings/people")
    expect(joining.get_by_text(re.compile("Coaches: .*carla"))).to_be_visible()
    joining.goto("/settings/groups")
    joining.get_by_role("button", name="Leave").click()
    joining.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(joining.get_by_role("heading", name="Tri Club")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-athlete=carla]")).to_have_count(0)
    page.get_by_role("button", name="More about Tri Club").click()
    page.get_by_role("menuitem", name="Delete group").click()
    page.get_by_label("Type Tri Club to delete").fill("Tri Club")
    page.get_by_role("dialog").get_by_role("button", name="Delete group").click()
    expect(page.locator("[data-group]")).to_have_count(0)
    lead.leave()
    member.leave()
