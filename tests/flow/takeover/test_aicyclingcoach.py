"""AICyclingCoach: its rules, plans, prompts, reviews and routes are here, once, and nothing holds unasked."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from homestretch.flow.coach import plans as plan_flow
from homestretch.flow.coach import rules as rule_flow
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.reading.loose_plan import plan_body
from homestretch.model.coach.rule import Rule
from homestretch.store.queries import plans as stored_plans
from homestretch.store.queries.coach_texts import texts_of
from homestretch.store.queries.planned_routes import list_routes
from homestretch.store.queries.prompts import active_prompts, prompts_of
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope
from homestretch.views.coach.plans import plan_document
from homestretch.views.coach.texts.texts import coach_text
from tests.browser.rides import rides
from tests.flow.coach.drawings import gpx, route
from tests.flow.takeover.taken import Taken, digests, failures, left, sqlite_store
from tests.flow.takeover.test_garminsync import SCHEMA as GARMINSYNC
from tests.flow.takeover.test_garminsync import activity

BASE = "id INTEGER NOT NULL PRIMARY KEY, created_at DATETIME, updated_at DATETIME"
#: As sstent/AICyclingCoach has it at 7d4ffcd, backend/app/models/.
SCHEMA = f"""
CREATE TABLE rules ({BASE}, name VARCHAR(100) NOT NULL, description TEXT, user_defined BOOLEAN, rule_text TEXT NOT NULL,
    version INTEGER, parent_rule_id INTEGER REFERENCES rules (id));
CREATE TABLE plans ({BASE}, jsonb_plan JSON NOT NULL, version INTEGER NOT NULL,
    parent_plan_id INTEGER REFERENCES plans (id));
CREATE TABLE plan_rules (plan_id INTEGER NOT NULL, rule_id INTEGER NOT NULL, PRIMARY KEY (plan_id, rule_id));
CREATE TABLE prompts ({BASE}, action_type VARCHAR(50) NOT NULL, model VARCHAR(100), prompt_text TEXT NOT NULL,
    version INTEGER, active BOOLEAN);
CREATE TABLE workouts ({BASE}, plan_id INTEGER, garmin_activity_id VARCHAR(255) NOT NULL UNIQUE,
    activity_type VARCHAR(50), start_time DATETIME NOT NULL, duration_seconds INTEGER, distance_m FLOAT,
    avg_hr INTEGER, max_hr INTEGER, avg_power FLOAT, max_power FLOAT, avg_cadence FLOAT, elevation_gain_m FLOAT,
    metrics JSON);
CREATE TABLE analyses ({BASE}, workout_id INTEGER NOT NULL, analysis_type VARCHAR(50), jsonb_feedback JSON NOT NULL,
    suggestions JSON, approved BOOLEAN, created_plan_id INTEGER, approved_at DATETIME);
CREATE TABLE routes ({BASE}, name VARCHAR(100) NOT NULL, description VARCHAR(500), total_distance FLOAT NOT NULL,
    elevation_gain FLOAT NOT NULL, gpx_file_path VARCHAR(255) NOT NULL);
CREATE TABLE sections ({BASE}, route_id INTEGER NOT NULL, gpx_file_path VARCHAR(255) NOT NULL,
    distance_m FLOAT NOT NULL, grade_avg FLOAT, min_gear VARCHAR(50), est_time_minutes FLOAT);
CREATE TABLE users ({BASE}, username VARCHAR(100) NOT NULL UNIQUE, email VARCHAR(255));
"""
MADE = "2026-05-06 18:00:00.000000"
PLAN = {"weeks": [{"week": 1, "focus": "Endurance", "workouts": [
    {"day": "Tuesday", "type": "Threshold intervals", "duration_minutes": 75, "description": "3 x 10 min"},
    {"day": "Sunday", "type": "Long ride", "duration": "2.5 h"}, {"day": "Monday", "type": "Rest"}]}]}  # fmt: skip
EASIER = {"weeks": [{"monday": {"type": "Recovery ride", "duration": "45 min"}, "Thu": [{"name": "Spin", "hours": 1}]}]}


def rows(key: str = "9001") -> dict[str, list[dict[str, Any]]]:
    base = {"created_at": MADE, "updated_at": MADE}
    return {
        "rules": [
            {"id": 1, "name": "Rest", "rule_text": "No training on Fridays", "version": 1, **base},
            {"id": 2, "name": "Rest", "rule_text": "No training on Mondays", "version": 2, "parent_rule_id": 1, **base},
            {"id": 3, "name": "Rain", "rule_text": "Never ride the gorge road in rain", "version": 1, **base},
        ],
        "plans": [
            {"id": 1, "jsonb_plan": json.dumps(PLAN), "version": 1, **base},
            {"id": 2, "jsonb_plan": json.dumps(EASIER), "version": 2, "parent_plan_id": 1, **base},
            {"id": 3, "jsonb_plan": json.dumps({"raw_plan": "Ride more."}), "version": 1, **base},
        ],
        "prompts": [
            {"id": 1, "action_type": "workout_analysis", "model": "deepseek/deepseek-r1",
             "prompt_text": "Look at {activity_type}.", "version": 3, "active": True, **base},
            {"id": 2, "action_type": "plan_generation", "prompt_text": "Make a plan.", "version": 1, **base},
        ],
        "workouts": [{"id": 1, "garmin_activity_id": key, "start_time": MADE, **base},
                     {"id": 2, "garmin_activity_id": "404", "start_time": MADE, **base}],
        "analyses": [
            {"id": 1, "workout_id": 1, "approved": True, "approved_at": MADE, **base,
             "jsonb_feedback": json.dumps({"feedback": "A steady {ride}.", "pacing": "Even."}),
             "suggestions": json.dumps(["More recovery"])},
            {"id": 2, "workout_id": 1, "approved": False, "jsonb_feedback": json.dumps({"feedback": "No."}), **base},
            {"id": 3, "workout_id": 2, "approved": True, "jsonb_feedback": json.dumps("Fine."), **base},
        ],
        "routes": [
            {"id": 1, "name": "Gorge loop", "total_distance": 1, "elevation_gain": 1,
             "gpx_file_path": "data/gpx/3f.gpx", **base},
            {"id": 2, "name": "Gone", "total_distance": 1, "elevation_gain": 1, "gpx_file_path": "data/gpx/4a.gpx",
             **base},
        ],
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "coach"
    sqlite_store(made / "cycling_coach.db", SCHEMA, rows())
    (made / "gpx").mkdir()
    (made / "gpx" / "3f.gpx").write_bytes(gpx(route("Whatever")))
    return made


def ridden(context: Context, scope: Scope, decoders: Decoders, place: Path) -> None:
    """Take over the ride that a review is about, as GarminSync's."""
    [data] = rides(1).values()
    (place / "activity_9001_20260503.fit").parent.mkdir()
    (place / "activity_9001_20260503.fit").write_bytes(data)
    sqlite_store(place / "garmin.db", GARMINSYNC, {"activities": [activity(9001, "activity_9001_20260503.fit")]})
    Taken(context, scope, decoders, "garminsync").run(place)


def rules_here(context: Context, scope: Scope) -> Sequence[Rule]:
    with context.database.read() as reader:
        return newest_rules(reader, scope.athlete_id)[1]


def test_all_of_the_coach_comes_once(
    context: Context, scope: Scope, decoders: Decoders, folder: Path, tmp_path: Path
) -> None:
    ridden(context, scope, decoders, tmp_path / "garmin")
    taken, before = Taken(context, scope, decoders, "aicyclingcoach"), digests(folder)
    empty = taken.kept()
    tried = taken.run(folder, tried=True)
    counts = {"rules": (2, 0, 0), "plans": (1, 0, 0), "planned routes": (1, 0, 0), "prompts": (1, 0, 0),
              "reviews": (1, 0, 0)}  # fmt: skip
    assert taken.counts(tried) == counts and taken.kept() == empty and failures(tried) == [("route", "Gone")]
    assert left(tried) == {
        "reviews of other activities": 1, "older versions of rules": 1, "versions of plans": 1,
        "prompts for plans": 1, "analyses": 1, "workouts": 2,
    }  # fmt: skip
    report = taken.run(folder)
    assert {**report, "tried": True} == tried
    kinds = {rule.text: rule.kind for rule in rules_here(context, scope)}
    assert kinds["Never ride the gorge road in rain"] == "note"
    assert kinds["No training on Mondays"] != "note" and "No training on Fridays" not in kinds
    with context.database.read() as reader:
        [plan] = stored_plans.plan_ids(reader, scope)
        second, first = stored_plans.versions_of(reader, scope, plan)
        assert (first.status, second.status, second.parent) == ("superseded", "proposed", first.version)
        assert stored_plans.approved_version(reader, scope) is None
        shown = plan_document(reader, scope, plan, first.version)
        [line] = list_routes(reader, scope)
        [prompt] = prompts_of(reader, "workout_review")
        assert active_prompts(reader, "workout_review") == {}
        [text] = texts_of(reader, scope, 10)
        review = coach_text(reader, scope, context.clock(), text.public_id)
    sessions = [one for week in shown["weeks"] for day in week["days"] for one in day["sessions"]]
    assert [(one["date"], one["minutes"], one["hard"]) for one in sessions] == [
        ("2026-05-12", 75, True), ("2026-05-17", 150, False),
    ]  # fmt: skip
    assert shown["load"] == pytest.approx(225 / 60 * 48) and line.name == "Gorge loop"
    assert prompt.pattern == "deepseek/deepseek-r1" and prompt.note.endswith("version 3, active")
    assert review["headline"] == "A steady (ride)." and review["model"] == "AICyclingCoach"
    assert [one["text"] for one in review["points"]] == ["Pacing: Even.", "More recovery"]
    after = taken.kept()
    again = taken.run(folder)
    assert taken.counts(again) == {name: (0, new, 0) for name, (new, _, _) in counts.items()}
    assert taken.kept() == after and digests(folder) == before


def test_what_was_removed_here_stays_removed(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "aicyclingcoach")
    taken.run(folder)
    rule_flow.remove_rules(sqlite_context, scope, [one.id for one in rules_here(sqlite_context, scope)])
    with sqlite_context.database.read() as reader:
        [plan] = stored_plans.plan_ids(reader, scope)
    plan_flow.remove(sqlite_context, scope, plan)
    before = taken.kept()
    taken.run(folder)
    assert taken.kept() == before and not [one for one in rules_here(sqlite_context, scope) if one.kind == "note"]


@pytest.mark.parametrize("after", ["rules", "plans", "planned routes", "prompts"])
def test_a_killed_run_is_ended_by_the_next(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path, after: str
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "aicyclingcoach")
    taken.killed(folder, after)
    taken.run(folder)
    whole = taken.kept()
    taken.run(folder)
    assert taken.kept() == whole and whole["plans"] == whole["planned_routes"] == whole["prompts"] == 1


def test_a_review_comes_once_its_activity_is_here(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path, tmp_path: Path
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "aicyclingcoach")
    assert left(taken.run(folder))["reviews of other activities"] == 2
    ridden(sqlite_context, scope, decoders, tmp_path / "garmin")
    assert taken.counts(taken.run(folder))["reviews"] == (1, 0, 0)


@pytest.mark.parametrize(
    "plan",
    [None, "words", {}, {"weeks": []}, {"weeks": ["rest"]}, {"weeks": [{"workouts": [{"day": "Noday", "hours": 1}]}]},
     {"weeks": [{"days": [{"day": 3, "duration": "long"}]}]}, {"weeks": [{"days": {"Monday": "Rest"}}]},
     {"weeks": [{"days": [{"day": 9, "minutes": 60}]}]}, {"weeks": [{"days": 7}]}, {"weeks": 4}],
)  # fmt: skip
def test_a_plan_without_sessions_is_none(plan: object) -> None:
    assert plan_body(plan, date(2026, 5, 6)) is None
