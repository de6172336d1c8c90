"""A real Chromium before a real server: its own data folder, its own port, its own process."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

import hatch_build

pytest.register_assert_rewrite("tests.browser.visitor")

from tests.browser.visitor import Visitor  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "artifacts"
FLAGS = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
STARTS_WITHIN_S = 60
#: What is to be seen may take this long on a busy machine; who waits for what is there loses nothing by it.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium of this machine; without one the tests are skipped, in CI they fail."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("there is no Chromium here")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *(["--no-sandbox"] if root else [])])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def web() -> None:
    """The web app, built from what lies in web/."""
    hatch_build.build()


@pytest.fixture(scope="module")
def command() -> list[str]:
    """What the command `homestretch` is here."""
    return [sys.executable, "-m", "homestretch"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server; its data are in `data`."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def server(web: None, command: list[str], folder: Path) -> Iterator[str]:
    """The address of a server that nobody has set up yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "HOMESTRETCH_DATA_DIR": str(folder / "data"), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [*command, "serve", "--port", str(port)]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, env=environment, cwd=folder, stderr=log) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, process, folder / "log")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture
def visitor(chromium: Browser, server: str) -> Iterator[Visitor]:
    """A visitor at a desk; at the end nothing may have gone wrong unnoticed."""
    someone = Visitor(chromium, server, ARTIFACTS)
    yield someone
    someone.leave()
