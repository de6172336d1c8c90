"""`homestretch health`: days, nights, trends, weight and notes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, say_json, say_table
from homestretch.model.documents.health import HealthNight, HealthTrend
from homestretch.model.documents.insights import HealthInsight, HealthInsights

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.store.scope import Scope

COMMAND = typer.Typer(help="Show days, nights and trends of your health; enter weight and notes.", no_args_is_help=True)
WEIGHT = typer.Typer(help="Enter and list weight.", no_args_is_help=True)
NOTES = typer.Typer(help="List, remove and restore notes.", no_args_is_help=True)
COMMAND.add_typer(WEIGHT, name="weight")
COMMAND.add_typer(NOTES, name="notes")
FORMATS = ["%Y-%m-%d"]
DayArgument = Annotated[datetime | None, typer.Argument(formats=FORMATS, help="Day. By default today.")]
DayOption = Annotated[datetime | None, typer.Option("--day", formats=FORMATS, help="Day. By default today.")]
From = Annotated[datetime | None, typer.Option("--from", formats=FORMATS, help="First day. By default 90 days ago.")]
To = Annotated[datetime | None, typer.Option("--to", formats=FORMATS, help="Last day. By default today.")]
EntryId = Annotated[str, typer.Argument(help="Id of the entry.")]
NoteId = Annotated[str, typer.Argument(help="Id of the note.")]


@contextmanager
def _opened(athlete: str | None) -> Iterator[tuple["App", "Scope", date]]:
    """Open the data folder; yields the App, the scope, and today's date where the athlete lives."""
    from homestretch.views.kit.today import today

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            now = today(reader, scope, app.context.clock())
        yield app, scope, now


def _date(given: datetime | None) -> date | None:
    return None if given is None else given.date()


@COMMAND.command("day")
def show_day(day: DayArgument = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show what was measured on a day, and by which source and device."""
    from homestretch.model.health.kinds import KINDS
    from homestretch.views.health.day import health_day

    with _opened(athlete) as (app, scope, now), app.database.read() as reader:
        found = health_day(reader, scope, _date(day) or now, now)
    if json:
        say_json(found)
        return
    print(found["day"] + (" (so far)" if found["partial"] else ""))
    say_table(
        ("measure", "value", "unit", "source", "device", "others"),
        [
            (
                KINDS[key].name,
                _number(measure["value"]),
                measure["unit"],
                measure["source"],
                measure["device"],
                ", ".join(f"{other['source']} {_number(other['value'])}" for other in measure["alternatives"]),
            )
            for key, measure in found["measures"].items()
        ],
    )
    if found["night"] is not None:
        _say_night(found["night"])
    for note in found["notes"]:
        print(f"{note['name']}{': ' + note['text'] if note['text'] else ''}")


@COMMAND.command("night")
def show_night(day: DayArgument = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show the night before a day: times, stages, and what was measured in it."""
    from homestretch.views.health.night import night_detail

    with _opened(athlete) as (app, scope, now), app.database.read() as reader:
        found = night_detail(reader, scope, _date(day) or now, now)
    if json:
        say_json(found)
        return
    _say_night(found)
    if found["efficiency_pct"] is not None:
        print(f"Efficiency: {found['efficiency_pct']:.0f} % of the sleep window")
    if found["debt_s"] is not None:
        print(f"Sleep debt: {duration(found['debt_s'])}")


@COMMAND.command("trend")
def show_trend(
    key: Annotated[str, typer.Argument(help="Measure, such as steps or resting_heart_rate_bpm; see `health kinds`.")],
    since: From = None,
    to: To = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show a measure day by day, with what was usual before each day."""
    from homestretch.views.health.trend import health_trend, stretch_of

    with _opened(athlete) as (app, scope, now), app.database.read() as reader:
        found = health_trend(reader, scope, key, stretch_of(now, _date(since), _date(to)), now)
    if json:
        say_json(found)
        return
    _say_trend(found)


@COMMAND.command("kinds")
def list_kinds(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List the measures that there are, with their first and last day."""
    from homestretch.views.health.trend import health_kinds

    with _opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = health_kinds(reader, scope)
    if json:
        say_json(found)
        return
    say_table(
        ("measure", "name", "unit", "first", "last"),
        [(kind["key"], kind["name"], kind["unit"], kind["first"], kind["last"]) for kind in found["items"]],
    )


@COMMAND.command("insights")
def show_insights(day: DayOption = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show what your days say about training, sleep and notes, as of the last full month before a day."""
    from homestretch.views.health.insights import health_insights

    with _opened(athlete) as (app, scope, now), app.database.read() as reader:
        answers = health_insights(reader, scope, _date(day) or now)
    if json:
        say_json(answers)
        return
    _say_insights(answers)


@WEIGHT.command("add")
def add_weight(
    kg: Annotated[float, typer.Argument(help="Weight in kg.")],
    day: DayOption = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Enter a weight."""
    from homestretch.flow.edit.health import Entry, add_entry

    with _opened(athlete) as (app, scope, now):
        on = _date(day) or now
        made = add_entry(app.context, scope, Entry("weight_kg", kg, on))
    if json:
        say_json({"id": made, "kind": "weight_kg", "day": on.isoformat(), "value": kg})
    else:
        print(f"{kg:g} kg on {on}. Undo with `homestretch health weight remove {made}`.")


@WEIGHT.command("list")
def list_weight(since: From = None, to: To = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List weighings by every source, with the trend."""
    from homestretch.views.health.entries import weight_trend
    from homestretch.views.health.trend import stretch_of

    with _opened(athlete) as (app, scope, now), app.database.read() as reader:
        found = weight_trend(reader, scope, stretch_of(now, _date(since), _date(to)), now)
    if json:
        say_json(found)
        return
    trend = {one["day"]: one["value"] for one in found["trend"]}
    rows = []
    for item in found["items"]:
        smooth = f"{trend[item['day']]:.1f}" if item["day"] in trend else None
        rows.append((item["id"], item["day"], f"{item['value']:.1f}", smooth, item["source"]))
    say_table(("id", "day", "kg", "trend", "source"), rows)
    if found["rate_kg_per_week"] is not None:
        print(f"{found['rate_kg_per_week']:+.2f} kg a week ({found['rate_low']:+.2f} to {found['rate_high']:+.2f})")


@WEIGHT.command("remove")
def remove_weight(entry: EntryId, athlete: AthleteOption = None) -> None:
    """Remove a weight that was entered by hand."""
    from homestretch.flow.edit.health import remove_entry

    with opened(athlete) as (app, scope, _):
        remove_entry(app.context, scope, entry)
    print(f"Removed. Undo with `homestretch health weight restore {entry}`.")


@WEIGHT.command("restore")
def restore_weight(entry: EntryId, athlete: AthleteOption = None) -> None:
    """Bring a removed weight back."""
    from homestretch.flow.edit.health import restore_entry

    with opened(athlete) as (app, scope, _):
        restore_entry(app.context, scope, entry)
    print("Restored.")


@COMMAND.command("note")
def add_note(
    kind: Annotated[str, typer.Argument(help="ill, injured, travel, alcohol, late_meal, mood, soreness or note.")],
    day: DayOption = None,
    until: Annotated[datetime | None, typer.Option(formats=FORMATS, help="Last day, for several days.")] = None,
    text: Annotated[str | None, typer.Option(help="Free text.")] = None,
    level: Annotated[int | None, typer.Option(min=1, max=5, help="From 1 to 5, for mood and soreness.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Note something of a day or of several days."""
    from homestretch.flow.edit import health

    with _opened(athlete) as (app, scope, now):
        on = _date(day) or now
        last = _date(until) or on
        made = health.add_note(app.context, scope, health.Note(kind, on, last, level, text))
    if json:
        days = {"day": on.isoformat(), "until": last.isoformat()}
        say_json({"id": made, "kind": kind, **days, "level": level, "text": text})
    else:
        print(f"Noted. Undo with `homestretch health notes remove {made}`.")


@NOTES.command("list")
def list_notes(since: From = None, to: To = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List notes, the newest first."""
    from homestretch.views.health.entries import health_notes_of
    from homestretch.views.health.trend import stretch_of

    with _opened(athlete) as (app, scope, now), app.database.read() as reader:
        found = health_notes_of(reader, scope, stretch_of(now, _date(since), _date(to)))
    if json:
        say_json(found)
        return
    say_table(
        ("id", "note", "from", "to", "level", "text"),
        [
            (note["id"], note["name"], note["day"], note["until"], note["level"], note["text"])
            for note in found["items"]
        ],
    )


@NOTES.command("remove")
def remove_note(note: NoteId, athlete: AthleteOption = None) -> None:
    """Remove a note."""
    from homestretch.flow.edit import health

    with opened(athlete) as (app, scope, _):
        health.remove_note(app.context, scope, note)
    print(f"Removed. Undo with `homestretch health notes restore {note}`.")


@NOTES.command("restore")
def restore_note(note: NoteId, athlete: AthleteOption = None) -> None:
    """Bring a removed note back."""
    from homestretch.flow.edit import health

    with opened(athlete) as (app, scope, _):
        health.restore_note(app.context, scope, note)
    print("Restored.")


def _say_night(night: HealthNight) -> None:
    print(f"Night: {night['start'][:16]} to {night['end'][11:16]}, asleep {duration(night['asleep_s'])}", end="")
    stages = night["stages"]
    parts = (("deep", stages["deep_s"]), ("light", stages["light_s"]), ("REM", stages["rem_s"]),
             ("awake", stages["awake_s"]))  # fmt: skip
    print("".join(f", {name} {duration(length)}" for name, length in parts if length is not None), end="")
    print(f", score {night['score']:.0f}" if night["score"] is not None else "")


def _say_insights(answers: HealthInsights) -> None:
    """Print the questions, those with an answer that is shown first, and what is to be kept in mind with it."""
    by_question: dict[str, list[HealthInsight]] = {}
    for one in answers["items"]:
        by_question.setdefault(one["question"], []).append(one)
    for question, items in sorted(by_question.items(), key=lambda asked: not any(one["shown"] for one in asked[1])):
        print(question)
        for one in items:
            print(f"  {one['outcome_name']}: {one['answer']}")
        if any(one["shown"] for one in items):
            print(f"  {items[0]['caveat']}")


def _say_trend(trend: HealthTrend) -> None:
    usual = {band["day"]: f"{_number(band['low'])} to {_number(band['high'])}" for band in trend["baseline"]}
    say_table(
        ("day", f"{trend['name']} ({trend['unit']})" if trend["unit"] else trend["name"], "usual", "source", "device"),
        [
            (day["day"], _number(day["value"]), usual.get(day["day"]), day["source"], day["device"])
            for day in trend["days"]
        ],
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")
