"""What answers for workouts: the library, what of it is scheduled, and the calendar."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from garminconnect import workout as models
from pydantic import ValidationError

from tests.fakes.garmin.asked import Ask, Reply, missing, told, wrong

_MODELS: dict[int, type[models.BaseWorkout]] = {
    1: models.RunningWorkout, 2: models.CyclingWorkout, 4: models.SwimmingWorkout, 5: models.StrengthWorkout,
    6: models.FitnessEquipmentWorkout, 10: models.MultiSportWorkout,
}  # fmt: skip
_FIRST_WORKOUT, _FIRST_SCHEDULE = 1_500_000_001, 2_500_000_001
_LONGEST_DESCRIPTION = 1024
_SORTED = ("UPDATE_DATE", "CREATED_DATE", "WORKOUT_NAME")


def _steps(of: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for step in of:
        yield step
        yield from _steps(step.get("workoutSteps") or [])


def _checked(ask: Ask) -> dict[str, Any]:
    """Return a workout that was sent; 400 where Garmin, or the library's own model, would not take it."""
    body = ask.json()
    sport = (body.get("sportType") or {}).get("sportTypeId")
    try:
        _MODELS.get(int(sport or 0), models.BaseWorkout).model_validate(body)
    except ValidationError as problem:
        ask.fake.problems.append(f"no workout: {problem}")
        raise wrong("invalid workout") from problem
    orders = [step["stepOrder"] for segment in body["workoutSegments"] for step in _steps(segment["workoutSteps"])]
    if len(orders) != len(set(orders)) or not orders:
        raise wrong("stepOrder must be unique")
    for step in (one for segment in body["workoutSegments"] for one in _steps(segment["workoutSteps"])):
        target = step.get("targetType") or {}
        if "targetValueOne" in target:
            ask.fake.problems.append("target values in targetType vanish")
        if target.get("workoutTargetTypeId") == 6 and (sport == 2 or step.get("targetValueOne", 0) > 12):
            ask.fake.problems.append("pace.zone with watts shows km/h")
    if len(body.get("description") or "") > _LONGEST_DESCRIPTION:
        raise wrong("description too long")
    return body


def _workout(ask: Ask) -> dict[str, Any]:
    try:
        return ask.account.workouts[int(ask.parts["id"])]
    except (KeyError, ValueError) as gone:
        raise missing() from gone


def _create(ask: Ask) -> Reply:
    body, account = _checked(ask), ask.account
    number = _FIRST_WORKOUT + account.made
    account.made += 1
    account.workouts[number] = {**body, "workoutId": number, "ownerId": account.profile_id, "updated": account.made}
    return told(account.workouts[number])


def _change(ask: Ask) -> Reply:
    before, body = _workout(ask), _checked(ask)
    if body.get("workoutId") != before["workoutId"]:
        raise wrong("workoutId must match")
    ask.account.made += 1
    ask.account.workouts[before["workoutId"]] = {**body, "ownerId": before["ownerId"], "updated": ask.account.made}
    return Reply(204)


def _delete(ask: Ask) -> Reply:
    """Delete a workout; it is scheduled no more."""
    number, account = _workout(ask)["workoutId"], ask.account
    del account.workouts[number]
    account.schedules = {key: one for key, one in account.schedules.items() if one[0] != number}
    return Reply(204)


def _list(ask: Ask) -> Reply:
    start, limit = int(ask.one("start", "0")), int(ask.one("limit", "100"))
    if not 0 < limit <= 999 or ask.one("orderBy", _SORTED[0]) not in _SORTED:
        raise wrong("limit or orderBy")
    found = sorted(ask.account.workouts.values(), key=lambda one: -one["updated"])
    names = ("workoutId", "ownerId", "workoutName", "sportType", "description")
    told_of = names if ask.account.lists_descriptions else names[:-1]
    return told([{name: one.get(name) for name in told_of} for one in found[start : start + limit]])


def _schedule(ask: Ask) -> Reply:
    number, day = _workout(ask)["workoutId"], ask.json().get("date")
    try:
        date.fromisoformat(str(day))
    except ValueError as bad:
        raise wrong("date") from bad
    account = ask.account
    key = _FIRST_SCHEDULE + account.scheduled
    account.scheduled += 1
    account.schedules[key] = (number, str(day))
    return told({"workoutScheduleId": key, "workout": {"workoutId": number}, "calendarDate": day})


def _unschedule(ask: Ask) -> Reply:
    try:
        del ask.account.schedules[int(ask.parts["id"])]
    except (KeyError, ValueError) as gone:
        raise missing() from gone
    return Reply(204)


def _calendar(ask: Ask) -> Reply:
    year, month = int(ask.parts["year"]), int(ask.parts["month"])
    if not 0 <= month <= 11:
        raise wrong("month is from 0 to 11")
    begins, account = f"{year}-{month + 1:02}-", ask.account
    names = {number: one["workoutName"] for number, one in account.workouts.items()}
    items: list[dict[str, Any]] = [
        {"id": key, "itemType": "workout", "date": day, "workoutId": number, "title": names[number]}
        for key, (number, day) in account.schedules.items() if day.startswith(begins)
    ]  # fmt: skip
    items += [
        {"id": number, "itemType": "activity", "date": day, "title": account.facts(number).name, "workoutId": None}
        for _, day, number in account.newest() if day.startswith(begins)
    ]  # fmt: skip
    return told({"startDayOfMonth": 0, "numOfDaysInMonth": 31, "month": month, "year": year, "calendarItems": items})


WORKOUTS = (
    ("GET", "/workout-service/workouts", _list),
    ("POST", "/workout-service/workout", _create),
    ("GET", "/workout-service/workout/{id}", lambda ask: told(_workout(ask))),
    ("PUT", "/workout-service/workout/{id}", _change),
    ("DELETE", "/workout-service/workout/{id}", _delete),
    ("POST", "/workout-service/schedule/{id}", _schedule),
    ("DELETE", "/workout-service/schedule/{id}", _unschedule),
    ("GET", "/calendar-service/year/{year}/month/{month}", _calendar),
)
