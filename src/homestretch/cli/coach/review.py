"""`homestretch coach review`: what was done beside what was planned."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table

if TYPE_CHECKING:
    from homestretch.model.documents.coach_reviews import BlockReview, WeekReview, WorkoutReview


def COMMAND(
    of: Annotated[str | None, typer.Argument(help="Id of an activity or session, or a day for its week.")] = None,
    block: Annotated[bool, typer.Option("--block", help="The block of weeks that has this day.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Review a workout, a week (by default this one) or a block of weeks, in figures and sentences."""
    from homestretch.views.coach.reviews.block import block_review
    from homestretch.views.coach.reviews.week import week_review
    from homestretch.views.coach.reviews.workout import workout_review
    from homestretch.views.kit.today import today

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        now = app.context.clock()
        day = today(reader, scope, now) if of is None else _day(of)
        if day is None and of is not None:
            found = workout_review(reader, scope, now, of)
            say_json(found) if json else _say_workout(found)
        elif day is not None and block:
            weeks = block_review(reader, scope, now, day)
            say_json(weeks) if json else _say_block(weeks)
        elif day is not None:
            week = week_review(reader, scope, now, day)
            say_json(week) if json else _say_week(week)


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _say_workout(review: "WorkoutReview") -> None:
    print(f"{review['title']}, {review['day']}: {review['minutes']} min, load {review['load'] or 0:g}")
    if review["session"] is not None:
        session = review["session"]
        print(f"Planned: {session['title']}, {session['minutes']} min, load {session['load']:g}")
    for point in review["points"]:
        print(f"- {point['text']}")
    if review["score"] is not None and review["score"]["steps"]:
        say_table(
            ("step", "target", "held", "score"),
            [
                (step["number"], f"{step['low']:g} to {step['high']:g} {step['unit']}", step["value"], step["score"])
                for step in review["score"]["steps"]
            ],
        )


def _say_week(review: "WeekReview") -> None:
    planned = "" if review["planned_minutes"] is None else f" of {review['planned_minutes']} planned"
    print(f"Week of {review['monday']}: {review['done_minutes']} min{planned}, load {review['done_load']:g}")
    for point in review["points"]:
        print(f"- {point['text']}")
    for one in review["sessions"]:
        print(f"  {one['date']}  {one['title']}: {one['state']}")


def _say_block(review: "BlockReview") -> None:
    phase = "" if review["phase"] is None else f" ({review['phase']})"
    print(f"Block{phase} from {review['start']} to {review['end']}")
    for point in review["points"]:
        print(f"- {point['text']}")
    say_table(
        ("week", "kind", "min", "planned", "load", "planned", "hard", "sessions"),
        [
            (
                week["monday"],
                week["kind"],
                week["done_minutes"],
                week["planned_minutes"],
                week["done_load"],
                week["planned_load"],
                week["hard_done"],
                f"{week['sessions_done']}/{week['sessions']}",
            )
            for week in review["weeks"]
        ],
    )
