"""The pairs of the specification that are a model's: what it gets right is kept exactly, and nothing is invented."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from homestretch.flow.coach.texts.answers import DraftAnswer, RulesAnswer
from homestretch.flow.coach.texts.checks import draft_faults, rules_faults
from tests.conftest import ROOT


def pairs() -> list[dict[str, Any]]:
    data = Path(os.environ.get("HOMESTRETCH_TEST_DATA", ROOT.parent / "shared" / "data"))
    vectors = data.parent / "specs" / "coach-vectors.json"
    if not vectors.is_file():
        return []
    found: list[dict[str, Any]] = json.loads(vectors.read_text())["language"]
    return [one for one in found if one["by"] == "model"]


@pytest.mark.skipif(not pairs(), reason="the vectors are not here")
def test_every_pair_can_be_said_and_kept() -> None:
    every = pairs()
    assert len(every) == 34
    for pair in every:
        answer = RulesAnswer.model_validate({
            "rules": [{"part": 1, **rule} for rule in pair["rules"]],
            "questions": [{"part": 1, "text": one} for one in pair["questions"]],
        })  # fmt: skip
        assert rules_faults(answer, 1) == [], pair["text"]
        assert [(one.kind, one.severity, one.params) for one in answer.rules] == [
            (rule["kind"], rule["severity"], rule["params"]) for rule in pair["rules"]
        ]


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("no_such_kind", {}),
        ("rest_day", {"weekdays": ["someday"]}),
        ("day_hours", {"hours": {"tue": 99}}),
        ("week_volume", {"hours_max": 5, "hours_min": 6}),
        ("event", {"date": "soon"}),
        ("ramp", {"max_pct": 10, "because": "so"}),
    ],
)
def test_what_is_no_rule_is_refused(kind: str, params: dict[str, Any]) -> None:
    assert draft_faults(DraftAnswer(kind=kind, params=params)) != []
