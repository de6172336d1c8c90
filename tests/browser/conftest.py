"""A real Chromium before a real server: one of each for all stories, and an athlete of its own for each story."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

import hatch_build

pytest.register_assert_rewrite("tests.browser.visitor", "tests.browser.story")

from tests.browser.story import Place, Story, athlete, running  # noqa: E402
from tests.browser.visitor import NAME, PASSWORD, Visitor  # noqa: E402

#: The shell draws pages without a window around them, which takes a third less.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
#: What is to be seen may take this long on a busy machine; who waits for what is there loses nothing by it.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Chromium of this machine; without one the tests are skipped.

    It ends with this folder: while Playwright runs, nothing else in this process can have an event loop.
    """
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        pytest.skip("there is no Chromium here")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if root else [])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def web() -> None:
    """The web app, built from what lies in web/."""
    hatch_build.build()


@pytest.fixture(scope="package")
def shared(web: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, str]]:
    """The server of all stories that do not need one of their own, and what its administrator is called."""
    with running(tmp_path_factory.mktemp("shared")) as place:
        place.send("POST", "/setup", {"username": "host", "password": PASSWORD})
        yield place, "host"


@pytest.fixture(scope="module")
def place(shared: tuple[Place, str]) -> Place:
    """The server of a story; a story that needs one of its own overrides this with `fresh`."""
    return shared[0]


@pytest.fixture(scope="module")
def fresh(web: None, command: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A server that nobody has set up yet."""
    with running(tmp_path_factory.mktemp("fresh"), command) as place:
        yield place


@pytest.fixture(scope="module")
def command() -> list[str]:
    """What the command `homestretch` is here."""
    return [sys.executable, "-m", "homestretch"]


@pytest.fixture(scope="module")
def story(chromium: Browser, place: Place, request: pytest.FixtureRequest) -> Iterator[Story]:
    """The story of a module: on the shared server with an athlete named after it, else with who comes first."""
    if "fresh" in request.fixturenames:
        yield Story(chromium, place, NAME)
        return
    name = request.module.__name__.rpartition("test_")[2]
    with athlete(place, request.getfixturevalue("shared")[1], name):
        yield Story(chromium, place, name)


@pytest.fixture
def visitor(story: Story) -> Iterator[Visitor]:
    """A visitor at a desk; at the end nothing may have gone wrong unnoticed."""
    someone = story.visitor()
    yield someone
    someone.leave()


@pytest.fixture
def home(visitor: Visitor) -> Visitor:
    """A visitor who is signed in."""
    visitor.sign_in()
    return visitor
