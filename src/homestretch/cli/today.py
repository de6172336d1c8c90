"""`homestretch today`: today at a glance."""

from collections.abc import Iterator

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import amount, duration, goal_amount, kilometres, say_json
from homestretch.model.documents.goals import GoalStanding
from homestretch.model.documents.health import HealthCard
from homestretch.model.documents.today import LastActivity, Need, NeedKind, NextUp, Today, WeekGlance


def COMMAND(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show how you are, what you did, what comes next, and what needs an answer."""
    from homestretch.views.today.today import today_document

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = today_document(reader, scope, app.context.clock())
    if json:
        say_json(found)
        return
    for line in _lines(found):
        print(line)


def _lines(found: Today) -> Iterator[str]:
    yield found["headline"]["text"]
    form = found["form"]
    if form is not None:
        ramp = "" if form["ramp"] is None else f" ({form['ramp']:+.0f} in a week)"
        yield f"Form {form['form']:+.0f}, fitness {form['fitness']:.0f}{ramp}, fatigue {form['fatigue']:.0f}"
    yield from (_night(card) for card in found["health"] or [] if card["value"] is not None)
    if found["last"] is not None:
        yield _last(found["last"])
    if found["activities"]:
        yield _week(found["week"])
    yield from (_goal(goal) for goal in found["goals"])
    yield from _next(found["next"])
    yield from (_need(need) for need in found["needs"])


def _night(card: HealthCard) -> str:
    def shown(value: float | None) -> str:
        return duration(value) if card["unit"] == "s" else f"{value:.0f}"

    usual = "" if card["low"] is None else f" (usual {shown(card['low'])} to {shown(card['high'])})"
    unit = "" if card["unit"] in ("s", "") else f" {card['unit']}"
    return f"{card['name']} {shown(card['value'])}{unit}{usual}"


def _last(last: LastActivity) -> str:
    figures = [kilometres(last["distance_m"]), duration(last["moving_s"] or last["elapsed_s"])]
    figures += [] if last["load"] is None else [f"load {last['load']:.0f}"]
    day = last["start_local"][:10]
    return f"Last: {last['name']}, {day}, {', '.join(figure for figure in figures if figure)} ({last['id']})"


def _week(week: WeekGlance) -> str:
    done, before, planned = week["done"], week["last_week"], week["planned"]
    of = "" if planned is None else f" of {duration(60 * planned['minutes'])}"
    return (
        f"Week: {duration(done['moving_s'])}{of}, load {done['load']:.0f}; "
        f"last week at this point {duration(before['moving_s'])}, load {before['load']:.0f}"
    )


def _goal(goal: GoalStanding) -> str:
    done, target = (goal_amount(goal["kind"], goal[key]) for key in ("done", "target"))
    left = amount(goal["days_left"], "day")
    return f"Goal: {goal['sport'] or 'all sports'}, {done} of {target} this {goal['period']}, {left} left"


def _next(up: NextUp) -> Iterator[str]:
    session, room, race = up["session"], up["room"], up["race"]
    if session is not None:
        yield f"Next: {session['title']}, {session['date']}, {session['minutes']} min, load {session['load']:.0f}"
    if room is not None:
        yield f"A load of {room['hold']:.0f} today holds your fitness; {room['done']:.0f} is done."
    if race is not None:
        yield f"{race['name']}, {race['day']}: in {amount(race['days'], 'day')}"


def _need(need: Need) -> str:
    name, count, detail = need["name"], need["count"], need["detail"]
    family = f" ({detail})" if detail else ""
    sentences: dict[NeedKind, str] = {
        "sign_in": f"{name} ({detail}): sign in again with `homestretch connect`.",
        "items": f"{name} ({detail}): {amount(count, 'item')} failed; see `homestretch status`.",
        "questions": f"{amount(count, 'possible duplicate')} to review: homestretch matches list",
        "proposals": f"{amount(count, 'change')} to approve: homestretch changes list",
        "threshold": f"{name}{family} {need['value'] or 0:g} {need['unit']} suggested: homestretch thresholds list",
        "gear": f"{detail} on {name} is due: homestretch gear",
        "files": f"{amount(count, 'file')} could not be read in import {need['id']}.",
    }
    return sentences[need["kind"]]
