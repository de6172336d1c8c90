"""Garmin's answers about a day as other programs keep them in files: known however they are written."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from homestretch import formats
from homestretch.formats import garmin_export
from tests.fakes.garmin import Account, body, fitness, night, summary
from tests.fakes.garmin.day import Day

_MADE: dict[str, Callable[[Day], Any]] = {
    "daily_summary": summary.summary, "sleep": night.sleep, "hrv": night.hrv, "weight": body.weight_day,
    "rhr": lambda day: fitness.metrics([day], [60]), "hydration": body.hydration,
}  # fmt: skip


def _answers() -> dict[str, Any]:
    """Return an answer of each kind that holds a value, by the name that GarminDB gives it."""
    account = Account()
    days = [Day(account, account.first + timedelta(days=offset)) for offset in range(account.days)]
    every = {f"{kind}_{day.iso}.json": make(day) for kind, make in _MADE.items() for day in days}
    full = {name: one for name, one in every.items() if garmin_export.decode(json.dumps(one).encode()).contents}
    return {name: full[name] for name in {name.rpartition("_")[0]: name for name in full}.values()}


ANSWERS = _answers()


def _backwards(answer: Any) -> Any:
    """Return JSON with the keys of each object in the opposite order."""
    if isinstance(answer, dict):
        return {key: _backwards(answer[key]) for key in reversed(answer)}
    return [_backwards(one) for one in answer] if isinstance(answer, list) else answer


def test_there_is_an_answer_of_each_kind() -> None:
    assert [name.rpartition("_")[0] for name in ANSWERS] == [*_MADE]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_known_however_it_is_written(name: str) -> None:
    text = json.dumps(ANSWERS[name])
    said = garmin_export.decode(text.encode())
    padded = {"someId": "x" * 9000, "userProfilePk": 1} | ANSWERS[name]
    written = {
        "as Garmin gives it": text.encode(), "indented": json.dumps(ANSWERS[name], indent=4).encode(),
        "by its keys": json.dumps(ANSWERS[name], indent=4, sort_keys=True).encode(),
        "backwards": json.dumps(_backwards(ANSWERS[name])).encode(), "with a mark": text.encode("utf-8-sig"),
        "in UTF-16": text.encode("utf-16"), "after blanks": b"\r\n \t" + text.encode(),
        "far behind": json.dumps(padded).encode(),
    }  # fmt: skip
    for how, data in written.items():
        found = formats.decode(data, f"HealthData/{name}")
        assert (found.format, found.contents, found.notes) == ("garmin_export", said.contents, ()), how
        assert {(one.kind, one.day, one.value) for one in found.wellness.measurements} == {
            (one.kind, one.day, one.value) for one in said.wellness.measurements
        }, how


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_known_under_any_name(name: str) -> None:
    for data in (json.dumps(ANSWERS[name]).encode(), json.dumps(ANSWERS[name], indent=4, sort_keys=True).encode()):
        assert formats.decode(data, "renamed.json").format == "garmin_export"


def test_a_name_alone_leaves_other_files_to_others() -> None:
    manual = b'{"homestretch": "manual activity", "start": "2026-05-03T08:00:00Z", "elapsed_s": 60}'
    assert formats.decode(manual, "sleep_2026-05-03.json").format == "manual"
    assert formats.sniff(b"no JSON", "sleep_2026-05-03.json") is None
