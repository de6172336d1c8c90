"""The files of the web app: as the build compressed them, as long as they last, and nothing outside their folder."""

import gzip
from pathlib import Path

import pytest

from homestretch.api import server as _server
from tests.api.client import Client

SCRIPT = "console.log('ready')\n" * 200
#: What the build leaves; what a file holds is told from it, not from what it is.
SHORT = b"compressed by the build"


@pytest.fixture
def web(solo: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A server of a small web app, beside a file that is none of it."""
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<!doctype html>")
    (static / "assets" / "app.js").write_text(SCRIPT)
    (static / "assets" / "app.js.br").write_bytes(SHORT)
    (static / "assets" / "app.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (static / "icon.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.txt").write_text("not for you")
    monkeypatch.setattr(_server, "STATIC", static)
    return solo


def test_a_file_goes_out_as_the_build_compressed_it(web: Client) -> None:
    with web.stream("GET", "/assets/app.js", headers={"Accept-Encoding": "gzip, br;q=0.9"}) as answer:
        assert answer.headers["content-encoding"] == "br" and b"".join(answer.iter_raw()) == SHORT
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"] and answer.headers["vary"] == "Accept-Encoding"
    zipped = web.get("/assets/app.js", headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["content-encoding"] == "gzip" and zipped.text == SCRIPT
    plain = web.get("/assets/app.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.text == SCRIPT
    assert len({one.headers["etag"] for one in (answer, zipped, plain)}) == 3


def test_every_other_address_is_the_page_itself(web: Client) -> None:
    for path in ("/", "/activities/abc", "/../secret.txt", "/..%2fsecret.txt", "/assets/none.js"):
        answer = web.get(path)
        assert answer.text == "<!doctype html>" and answer.headers["cache-control"] == "no-cache", path
    assert web.get("/icon.png").headers["content-type"] == "image/png"
