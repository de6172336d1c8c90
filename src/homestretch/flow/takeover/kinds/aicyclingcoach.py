"""AICyclingCoach: rules in words, plans in versions, prompts, approved reviews and GPX routes.

Its tables as sstent/AICyclingCoach has them at 7d4ffcd (2025-10-02), backend/app/models/.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import orjson

from homestretch import files
from homestretch.coach.routes.ground import ground_of
from homestretch.coach.writing.prompts import PATTERN
from homestretch.errors import HomestretchError
from homestretch.flow.coach.planned_routes import MOST_BYTES, read_lines
from homestretch.flow.takeover.reading.folder import Files, store_in
from homestretch.flow.takeover.reading.items import Broken, Found, FoundPrompt, FoundReview, Link, System
from homestretch.flow.takeover.reading.loose_plan import plan_body
from homestretch.flow.takeover.reading.store import opened
from homestretch.flow.takeover.reading.tables import Cells, Tables, chosen_user, instant_ms, text, yes
from homestretch.model.coach.model_reasons import ModelAction
from homestretch.model.documents.coach_files import FORMAT, VERSION, FilePlan, FileRoute, FileVersion

NAME = "AICyclingCoach"
#: What its prompts are for, in our words; plans are made by code here, so those for plans have no use.
_ACTIONS: Mapping[str, ModelAction] = {
    "workout_analysis": "workout_review", "rule_parsing": "rule_parsing", "plan_evolution": "plan_change",
}  # fmt: skip
_BASE = {"id", "created_at", "updated_at"}
_KNOWN = {
    "rules": _BASE | {"name", "description", "user_defined", "rule_text", "version", "parent_rule_id"},
    "plans": _BASE | {"jsonb_plan", "version", "parent_plan_id"},
    "plan_rules": {"plan_id", "rule_id"},
    "prompts": _BASE | {"action_type", "model", "prompt_text", "version", "active"},
    "analyses": _BASE | {
        "workout_id", "analysis_type", "jsonb_feedback", "suggestions", "approved", "created_plan_id", "approved_at",
    },
    "workouts": _BASE | {
        "plan_id", "garmin_activity_id", "activity_type", "start_time", "duration_seconds", "distance_m", "avg_hr",
        "max_hr", "avg_power", "max_power", "avg_cadence", "elevation_gain_m", "metrics",
    },
    "routes": _BASE | {"name", "description", "total_distance", "elevation_gain", "gpx_file_path"},
    "sections": _BASE | {"route_id", "gpx_file_path", "distance_m", "grade_avg", "min_gear", "est_time_minutes"},
    "users": _BASE | {"username", "email"},
    "garmin_sync_log": _BASE | {"last_sync_time", "activities_synced", "status", "error_message"},
    "alembic_version": {"version_num"},
}  # fmt: skip
LONGEST_POINT, MOST_POINTS = 600, 12


def read(path: Path, user: str | None, scratch: Path) -> Found:
    """Return what the coach there knew; it has one athlete, whoever its users are."""
    chosen_user(NAME, {}, user)
    store = store_in(path, ("cycling_coach.db", "*.db", "*.sql"), NAME)
    there = Files(store.parent if path.is_file() else path, NAME)
    found = Found()
    with opened(store, NAME, scratch) as tables:
        tables.must_have("rules", ("id", "rule_text"))
        tables.must_have("plans", ("id", "jsonb_plan"))
        _rules(tables, found)
        plans = _plans(tables, found)
        _prompts(tables, found)
        _reviews(tables, found)
        routes = list(_routes(tables, there, found))
        tables.leave_unknown(found, _KNOWN)
        same = "They are what Garmin has. Connect Garmin, and a sync fetches them with all their samples."
        found.leave("workouts", tables.count("workouts"), same)
        found.leave(
            "sections of routes", tables.count("sections"), "A planned route's climbs and sections follow here."
        )
    found.coach = {"format": FORMAT, "version": VERSION, "plans": plans, "routes": routes}
    return found


def _rules(tables: Tables, found: Found) -> None:
    """Add the newest version of each rule."""
    rows = list(tables.rows("rules", ("id", "rule_text", "parent_rule_id")))
    replaced = {text(row["parent_rule_id"]) for row in rows}
    found.rules = [text(row["rule_text"]) for row in rows if text(row["id"]) not in replaced and text(row["rule_text"])]
    older = sum(text(row["id"]) in replaced for row in rows)
    found.leave("older versions of rules", older, "The newest version of each rule comes over.")


def _plans(tables: Tables, found: Found) -> list[FilePlan]:
    """Return the plans, each with the versions that were made from its first one."""
    rows = {text(row["id"]): row for row in tables.rows("plans", ("id", "jsonb_plan", "parent_plan_id", "created_at"))}
    plans: dict[str, FilePlan] = {}
    numbers: dict[str, int] = {}
    shapeless = 0
    for key, row in rows.items():
        root = _root(rows, key)
        made = _day(row)
        body = plan_body(_json(row["jsonb_plan"]), _day(rows[root]))
        if body is None:
            shapeless += 1
            continue
        plan = plans.setdefault(root, FilePlan(title=f"{NAME}, {_day(rows[root])}", versions=[]))
        numbers[key] = len(plan["versions"]) + 1
        plan["versions"].append(
            FileVersion(
                version=numbers[key], parent=numbers.get(text(row["parent_plan_id"])), status="superseded",
                author=f"model:{NAME}", why=f"Taken over from {NAME}.", cause={"plan": key}, thresholds={},
                algorithm=NAME, created_at=made.isoformat(), body=body,
            )
        )  # fmt: skip
    reason = "No session in them has a day and a length that can be read. Make a new plan here."
    found.leave("versions of plans", shapeless, reason)
    return list(plans.values())


def _root(rows: Mapping[str, Cells], key: str) -> str:
    """Return the first version that a version was made from."""
    seen = {key}
    while (parent := text(rows[key]["parent_plan_id"])) in rows and parent not in seen:
        seen.add(parent)
        key = parent
    return key


def _prompts(tables: Tables, found: Found) -> None:
    useless = 0
    for row in tables.rows("prompts", ("id", "action_type", "model", "prompt_text", "version", "active")):
        action, model = _ACTIONS.get(text(row["action_type"])), text(row["model"]) or "*"
        if action is None or not text(row["prompt_text"]):
            useless += 1
            continue
        pattern = model if PATTERN.fullmatch(model) else "*"
        active = ", active" if yes(row["active"]) else ""
        note = f"{NAME}: {text(row['action_type'])}, version {text(row['version']) or '?'}{active}"
        found.prompts.append(FoundPrompt(action, pattern, text(row["prompt_text"]), note))
    found.leave("prompts for plans", useless, "Plans are made by code here, and rules are checked in them.")


def _reviews(tables: Tables, found: Found) -> None:
    garmin = {
        text(row["id"]): text(row["garmin_activity_id"])
        for row in tables.rows("workouts", ("id", "garmin_activity_id"))
    }
    columns = ("id", "workout_id", "jsonb_feedback", "suggestions", "approved", "approved_at", "created_at")
    open_ones = 0
    for row in tables.rows("analyses", columns):
        lines = [*_lines(_json(row["jsonb_feedback"])), *_lines(_json(row["suggestions"]))]
        key = garmin.get(text(row["workout_id"]))
        if not yes(row["approved"]) or not lines or not key:
            open_ones += 1
            continue
        at = instant_ms(row["approved_at"]) or instant_ms(row["created_at"]) or 0
        headline, *points = [line[:LONGEST_POINT] for line in dict.fromkeys(lines)][: MOST_POINTS + 1]
        found.reviews.append(FoundReview(Link("garmin", key), headline, tuple(points), NAME, at))
    found.leave("analyses", open_ones, "They were never approved, or say nothing.")


def _lines(value: object, name: str = "") -> Iterator[str]:
    """Yield the sentences of loose JSON, each after the names that lead to it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _lines(inner, str(key).replace("_", " ").strip().capitalize())
    elif isinstance(value, list):
        for inner in value:
            yield from _lines(inner, name)
    elif isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
        words = " ".join(str(value).split())
        yield f"{name}: {words}" if name and name.lower() not in ("feedback", "suggestions", "raw analysis") else words


def _routes(tables: Tables, there: Files, found: Found) -> Iterator[FileRoute]:
    for row in tables.rows("routes", ("id", "name", "gpx_file_path")):
        name = text(row["name"]) or "Route"
        inside = there.find(text(row["gpx_file_path"]))
        if inside is None:
            found.broken.append(Broken("route", name, f"its file {text(row['gpx_file_path'])} is not here"))
            continue
        try:
            data = files.read(there.places[inside], MOST_BYTES)
            line, *_ = read_lines(data, inside)
            gpx = data.decode()
        except (OSError, UnicodeDecodeError) as error:
            found.broken.append(Broken("route", name, f"{inside} can't be read: {error}"))
        except HomestretchError as error:
            found.broken.append(Broken("route", name, str(error)))
        else:
            yield FileRoute(name=name, sport="ride", length_m=ground_of(line).length_m, gpx=gpx)


def _json(cell: object) -> object:
    """Return JSON, or the words themselves where a cell holds none."""
    try:
        value: object = orjson.loads(text(cell))
    except orjson.JSONDecodeError:
        return text(cell)
    return value


def _day(row: Cells) -> date:
    at = instant_ms(row["created_at"])
    return datetime.fromtimestamp((at or 0) / 1000, UTC).date()


SYSTEM = System("aicyclingcoach", NAME, "Its data folder with cycling_coach.db and the GPX files.", read)
