"""The command that answers questions about health."""

from pathlib import Path

from tests.cli.test_commands import refused, said
from tests.served import environment, inside


def test_without_data_every_question_has_an_answer(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    answers = said(env, "health", "insights", "--json", "--day", "2026-06-17")
    assert answers["until"] == "2026-05-31"
    assert {one["verdict"] for one in answers["items"]} == {"not_enough_evidence"}
    assert {one["key"] for one in answers["items"]} >= {"hard_days", "bedtime", "alcohol", "sleep_and_sessions"}
    printed = inside(env, "health", "insights").stdout
    assert "How do hard days show in the next night?\n  HRV: Not enough evidence yet (pairs 0 of 60).\n" in printed
    refused(env, "health", "insights", "--day", "June", code=2)
