"""Logs: a line of JSON each, and nothing secret in it."""

import io
import json
import logging
import sys
from typing import Any

import pytest

from homestretch.logs import JsonLines, redact, set_up_logs

SECRET = "s3cret-Value"


def logged(message: str, *arguments: object, error: bool = False, **extra: Any) -> dict[str, Any]:
    record = logging.makeLogRecord({"name": "homestretch", "levelno": 20, "levelname": "INFO", "msg": message, **extra})
    record.args = arguments
    if error:
        try:
            raise ValueError(f"no way: postgresql://me:{SECRET}@host/db")
        except ValueError:
            record.exc_info = sys.exc_info()
    line = JsonLines().format(record)
    assert "\n" not in line
    found: dict[str, Any] = json.loads(line)
    return found


def test_a_line_is_json_with_its_details() -> None:
    line = logged("took %s in", 5, job="ingest {}", ms=12, where={"a": [1, None, 2.5]})
    assert line["message"] == "took 5 in"
    assert (line["level"], line["log"], line["job"], line["ms"]) == ("info", "homestretch", "ingest {}", 12)
    assert line["where"] == {"a": [1, None, 2.5]}
    assert line["at"].endswith("+00:00")


@pytest.mark.parametrize(
    "text",
    [
        f"GET /x?token={SECRET}&a=1", f"password={SECRET}", f'{{"password": "{SECRET}"}}', f"{{'api_key': '{SECRET}'}}",
        f"Authorization: Bearer {SECRET}", f"authorization: basic {SECRET}", f"Cookie: a=b; c={SECRET}",
        f"set-cookie: homestretch_session={SECRET}; HttpOnly", f"postgresql://me:{SECRET}@host/db",
        f"https://:{SECRET}@host/", f"hs_{SECRET}{SECRET}", f"client_secret={SECRET}", f"code={SECRET}",
        f"password: {SECRET}",
    ],
)  # fmt: skip
def test_secrets_are_blacked_out(text: str) -> None:
    assert SECRET not in redact(text)
    assert SECRET not in json.dumps(logged("%s", text))
    assert SECRET not in json.dumps(logged("x", detail=text, deeper={"list": [text]}))


def test_secrets_by_the_name_of_what_holds_them() -> None:
    named: dict[str, Any] = {
        "password": SECRET,
        "api_key": SECRET,
        "cookies": {"a": SECRET},
        "headers": {"Authorization": SECRET},
    }
    assert SECRET not in json.dumps(logged("x", **named, session=SECRET))
    assert SECRET not in json.dumps(logged("x", error=True))


def test_what_is_no_secret_stays() -> None:
    text = "https://host:8080/path?from=2026-01-01 decoded run.fit at 12:30"
    assert redact(text) == text


def test_everything_of_a_process_goes_there(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        set_up_logs("info")
        logging.getLogger("anything").warning("said")
        logging.getLogger("anything").debug("not said")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    (line,) = written.getvalue().splitlines()
    assert json.loads(line)["message"] == "said"
