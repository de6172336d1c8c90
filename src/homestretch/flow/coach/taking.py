"""Takes in a file of the coach: its rules, plans, workouts and planned routes, each once however often it is taken."""

from collections.abc import Callable, Sequence

import orjson

from homestretch.coach.checking.validate import read_rules
from homestretch.coach.workouts.sound import must_be_sound
from homestretch.flow.coach import planned_routes, workouts
from homestretch.flow.coach.coach_file import NotACoachFile, read_file
from homestretch.flow.coach.plans import digest_of
from homestretch.flow.coach.rules import add_rules, is_same
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.workout import Workout, read_steps
from homestretch.model.documents.coach_files import (
    CoachFile,
    CoachImport,
    FilePlan,
    FileRoute,
    FileVersion,
    FileWorkout,
)
from homestretch.model.documents.coach_plans import PlanBody
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.queries.planned_routes import StoredRoute, list_routes
from homestretch.store.queries.rules import newest_rules
from homestretch.store.queries.workouts import list_workouts
from homestretch.store.scope import Scope

#: Two routes of one name are the same if their lengths differ by less: files are drawn with other points.
SAME_LENGTH = 0.005


def take_in(context: Context, scope: Scope, data: bytes, *, tried: bool = False) -> CoachImport:
    """Add what a file of the coach holds and is not there yet, or only say what that is; return its names.

    Rules become a new version of the rules, and each plan a new one whose newest version waits for approval. What is
    there already, with the same content, is left alone. Raises NotACoachFile, and Conflict for rules that can't hold
    together with those that are there.
    """
    scope.must("coach: edit")
    document = read_file(data)
    rules = _rules(document)
    built = [(one, _workout(one)) for one in document.get("workouts", ())]
    for route in document.get("routes", ()):  # what can't be read is refused before anything is kept
        planned_routes.read_lines(route["gpx"].encode(), f"{route['name']}.gpx")
    with context.database.read() as reader:
        there = newest_rules(reader, scope.athlete_id)[1]
        new_rules = [rule for rule in rules if not any(is_same(one, rule) for one in there)]
        new_plans = _new(document.get("plans", []), _known_plans(reader, scope), lambda plan: _digests(plan)[-1])
        known = {
            _content(one.name, one.sport, one.document["steps"]) for one in list_workouts(reader, scope.athlete_id)
        }
        new_workouts = _new(built, known, lambda pair: _content(pair[0]["name"], pair[0]["sport"], pair[0]["steps"]))
        drawn = list_routes(reader, scope)
        new_routes = [one for one in document.get("routes", ()) if not any(_is_drawn(one, route) for route in drawn)]
    found = CoachImport(
        tried=tried,
        rules=[rule.text or rule.kind for rule in new_rules],
        plans=[plan["title"] for plan in new_plans],
        workouts=[workout.name for _, workout in new_workouts],
        routes=[route["name"] for route in new_routes],
        there=len(rules) + len(built) + len(document.get("plans", ())) + len(document.get("routes", ())),
    )
    found["there"] -= sum(len(one) for one in (new_rules, new_plans, new_workouts, new_routes))
    if tried:
        return found
    if new_rules:
        add_rules(context, scope, new_rules, "Taken from a file.")
    for plan in new_plans:
        _keep(context, scope, plan)
    for one, workout in new_workouts:
        workouts.add(context, scope, workout, one["hard"])
    for route in new_routes:
        gpx = route["gpx"].encode()
        planned_routes.import_file(
            context, scope, gpx, f"{route['name']}.gpx", name=route["name"], sport=route["sport"]
        )
    return found


def _rules(document: CoachFile) -> list[Rule]:
    rules, wrong = read_rules([*document.get("rules", ())])
    if wrong:
        raise NotACoachFile(reason=" ".join(wrong[:5]))
    return rules


def _workout(one: FileWorkout) -> Workout:
    workout = Workout(one["name"], one["sport"], read_steps(one["steps"]), one["description"], tuple(one["tags"]))
    must_be_sound(workout)
    return workout


def _new[T](all_of: Sequence[T], known: set[str], content: Callable[[T], str]) -> list[T]:
    """Return what is not known by its content, each once."""
    seen, new = set(known), []
    for one in all_of:
        key = content(one)
        if key not in seen:
            seen.add(key)
            new.append(one)
    return new


def _is_drawn(one: FileRoute, route: StoredRoute) -> bool:
    near = abs(one["length_m"] - route.length_m) <= SAME_LENGTH * route.length_m
    return near and (one["name"], one["sport"]) == (route.name, route.sport)


def _content(name: str, sport: str, steps: object) -> str:
    return orjson.dumps([name, sport, steps], option=orjson.OPT_SORT_KEYS).decode()


def _known_plans(reader: Reader, scope: Scope) -> set[str]:
    """Return the digests of all versions that are there."""
    every = (stored.versions_of(reader, scope, plan) for plan in stored.plan_ids(reader, scope))
    return {row.digest for rows in every for row in rows}


def _digests(plan: FilePlan) -> list[str]:
    return [digest_of(one["body"]) for one in plan["versions"]]


def _keep(context: Context, scope: Scope, plan: FilePlan) -> None:
    """Keep a plan with its versions; the newest one waits for approval, and its sessions have new ids."""
    ids: dict[str, str] = {}
    now = context.clock()
    numbers: dict[int, int] = {}
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        plan_id = stored.put_plan(session, scope, public_id(), plan["title"][:200], now)
        for place, one in enumerate(plan["versions"], start=1):
            new = _version(one, _renamed(one["body"], ids), numbers, newest=place == len(plan["versions"]))
            numbers[one["version"]] = stored.put_version(session, scope, plan_id, new, now)


def _version(one: FileVersion, body: PlanBody, numbers: dict[int, int], *, newest: bool) -> stored.NewVersion:
    kept = one["status"] if one["status"] in ("rejected", "infeasible") else "superseded"
    return stored.NewVersion(
        parent=None if one["parent"] is None else numbers.get(one["parent"]),
        status="proposed" if newest and one["status"] != "infeasible" else kept,
        rules_version=None,
        thresholds=one["thresholds"],
        algorithm=one["algorithm"][:60],
        author=one["author"][:60],
        why=one["why"][:400],
        cause=one["cause"],
        document=body,
        digest=digest_of(body),
    )


def _renamed(body: PlanBody, ids: dict[str, str]) -> PlanBody:
    """Return a plan whose sessions have ids of this database, the same ones in each of its versions."""
    made: PlanBody = orjson.loads(orjson.dumps(body))
    for week in made["weeks"]:
        for day in week["days"]:
            for session in day["sessions"]:
                session["id"] = ids.setdefault(session["id"], public_id())
    return made
