"""Prompts of a language model and its calls: a new version is tested, then in force; what was sent can be read."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.story import Place, Story
from tests.browser.visitor import Visitor
from tests.fakes.language_model.server import FakeModel, Json, Status, Text


@pytest.fixture(scope="module")
def model(place: Place, story: Story) -> Iterator[FakeModel]:
    """A model that is set up for the server of these stories, and agreed to by their athlete."""
    with FakeModel() as fake:
        someone = story.visitor()
        someone.sign_in()
        someone.leave()
        cookie = {"Cookie": "; ".join(f"{one['name']}={one['value']}" for one in story.session)}
        models = [{"name": name, "price_in": 1.0, "price_out": 2.0} for name in fake.models]
        place.send("PUT", "/coach/model/settings", {"url": fake.url, "models": models}, **cookie)
        place.send("PUT", "/coach/model/agreement", {"endpoint": fake.url}, **cookie)
        fake.usual = Text("It went well. You rode 300 W.")
        place.send("POST", "/coach/chat", {"text": "How was my week?"}, **cookie)
        yield fake
        place.send("DELETE", "/coach/model/settings", **cookie)


@pytest.fixture
def home(model: FakeModel, visitor: Visitor) -> Visitor:
    """A visitor of the prompts, on a server with a model."""
    visitor.sign_in()
    return visitor


def test_a_new_version_is_in_force_once_it_was_tested(home: Visitor, model: FakeModel) -> None:
    page = home.page
    page.goto("/coach/prompts")
    page.get_by_role("link", name="Read rules").click()
    versions = page.get_by_role("region", name="Versions")
    versions.get_by_role("button", name="Built in for all models").press("Enter")
    versions.get_by_role("button", name="New version from this: Built in").press("Enter")
    dialog = page.get_by_role("dialog")
    box = dialog.get_by_label("Text, made from Built in")
    text = box.input_value()
    box.fill(f"{text} Be short in <<tone>>.")
    with page.expect_console_message(lambda message: "400" in message.text):
        dialog.get_by_role("button", name="Save version").click()
    expect(dialog).to_contain_text("<<tone>> is not filled in.")
    box.fill(f"{text} Be short.")
    dialog.get_by_role("button", name="Save version").click()
    expect(dialog).to_have_count(0)
    # The version that it was made from stays open, and the focus comes back to it.
    expect(versions.get_by_role("button", name="New version from this: Built in")).to_be_focused()
    made = versions.get_by_role("listitem").filter(has=page.get_by_role("button", name="Version 1 for all models"))
    changes = made.get_by_role("region", name="What changed")
    expect(changes).to_contain_text("Added: Be short.")
    activate = made.get_by_role("button", name="Put in force: Version 1 for all models")
    expect(activate).to_be_disabled()
    runs = made.get_by_role("region", name="Test runs")
    runs.get_by_label("Model").select_option("vendor/large")
    model.script = [Status(401)]
    with page.expect_console_message(lambda message: "409" in message.text):
        runs.get_by_role("button", name="Test").click()
    expect(runs).to_contain_text("The model's service refused the key.")
    model.script = [Json({"rules": [], "questions": ["How much is too much?"]})]
    runs.get_by_role("button", name="Test").click()
    expect(runs.get_by_role("region", name="Answer")).to_contain_text("How much is too much?")
    expect(runs).to_contain_text("vendor/large: an answer without faults")
    home.examine("coach-prompt")
    activate.click()
    force = page.get_by_role("region", name="In force")
    expect(force).to_contain_text("Version 1 for all models")
    force.get_by_role("button", name="Restore the built-in prompt").click()
    expect(force).to_contain_text("Built in for all models")
    home.wrong = [line for line in home.wrong if "400" not in line and "409" not in line]


@pytest.mark.usefixtures("model")
def test_what_was_sent_can_be_read_on_a_phone(story: Story) -> None:
    someone = story.visitor(size="phone")
    someone.sign_in()
    page = someone.page
    page.goto("/coach/prompts")
    expect(page.get_by_role("link", name="Review a week")).to_contain_text("Built in")
    page.get_by_role("link", name="What was sent").click()
    expect(page.get_by_role("region", name="Today (UTC)")).to_contain_text("of 200,000 tokens")
    page.get_by_role("button", name="Answer a question").first.press("Enter")
    calls = page.get_by_role("region", name="Calls", exact=True)
    expect(calls.get_by_role("region", name="Data").first).to_contain_text("How was my week?")
    expect(calls.get_by_role("region", name="What was answered")).to_contain_text("It went well.")
    expect(calls).to_contain_text("What was refused")
    someone.examine("coach-calls")
    someone.leave()
