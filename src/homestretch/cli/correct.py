"""`homestretch correct`: lists the tools of an activity, shows what one would change, and applies it."""

from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, say_json, say_table

if TYPE_CHECKING:
    from homestretch.model.documents.corrections import (
        CorrectionField,
        CorrectionPreview,
        CorrectionTool,
    )

#: What to write for each kind of value.
_WRITTEN = {
    "number": "NUMBER",
    "instant": "TIME, such as 1:02:30",
    "stretches": "TIME-TIME,TIME-TIME",
    "laps": "TIME,TIME/work,TIME/rest",
}


def COMMAND(
    activity: Annotated[str, typer.Argument(help="Id of the activity.")],
    tool: Annotated[str | None, typer.Argument(help="The tool. Without one, the tools are listed.")] = None,
    values: Annotated[list[str] | None, typer.Argument(help="What it asks for, such as start=5:00.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would change, and save nothing.")] = False,
    undo: Annotated[int | None, typer.Option(help="Undo a correction, by its number.", metavar="NUMBER")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Correct an activity: crop, split, spikes, altitude, laps. The original stays, and each correction can be undone.

    Times are since the start. What is not given is as suggested.
    """
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.measure.measuring import measure_due
    from homestretch.flow.edit.corrections import correct
    from homestretch.flow.edit.edits import set_undone
    from homestretch.views.activities.activity import resolve
    from homestretch.views.activities.corrections import preview_of, tools_of

    with opened(athlete) as (app, scope, beside):
        with app.database.read() as reader:
            row = resolve(reader, scope, activity)
            tools = [] if undo is not None else tools_of(reader, scope, activity)["items"]
        if tool is None and undo is None:
            say_json({"items": tools}) if json else _say_tools(tools)
            return
        if undo is not None:
            set_undone(app.context, scope, undo, "undo")
            print(f"Correction {undo} undone.")
        else:
            asked = _values(tools, str(tool), values or [])
            with app.database.read() as reader:
                seen = preview_of(reader, scope, activity, str(tool), asked)
            number = None if preview else correct(app.context, scope, row.id, str(tool), asked)
            say_json({"edit": number, "preview": seen}) if json else _say(seen, activity, number)
            if preview:
                return
        if not beside:
            with Decoders(app.settings) as decoders:
                measure_due(app.context, scope.athlete_id, decoders)


def _say_tools(tools: "list[CorrectionTool]") -> None:
    rows = [
        (one["key"], one["title"], one["lacks"] or " ".join(_asked(field) for field in one["fields"])) for one in tools
    ]
    say_table(("tool", "name", "values"), rows)


def _asked(field: "CorrectionField") -> str:
    written = _WRITTEN.get(field["kind"]) or "|".join(choice["key"] for choice in field["choices"])
    found = f"{field['key']}={written}"
    return found if field["required"] else f"[{found}]"


def _say(seen: "CorrectionPreview", activity: str, number: int | None) -> None:
    if not seen["is_changed"]:
        print("This would change nothing.")
        return
    rest = seen["rest"]
    heads = ("value", "before", "after") if rest is None else ("value", "whole", "first", "second")
    columns = [seen["before"], seen["after"], *([] if rest is None else [rest])]
    say_table(heads, [(name, *(_figure(name, column[name]) for column in columns)) for name in seen["changes"]])
    if number is not None:
        print(f"Corrected. To undo it: homestretch correct {activity} --undo {number}")


def _figure(name: str, value: float | None) -> str:
    if value is None:
        return ""
    return duration(value) if name in ("elapsed_s", "timer_s", "moving_s") else f"{value:.1f}"


def _values(tools: "list[CorrectionTool]", key: str, given: list[str]) -> dict[str, object]:
    """Return the values of a tool: those given as `name=value`, else those that are suggested."""
    tool = next((one for one in tools if one["key"] == key), None)
    if tool is None:
        raise typer.BadParameter(f"there is no tool {key}. Use one of {', '.join(one['key'] for one in tools)}.")
    fields = {one["key"]: one for one in tool["fields"]}
    found: dict[str, object] = dict(tool["suggested"])
    for word in given:
        name, equals, text = word.partition("=")
        if not equals or name not in fields:
            raise typer.BadParameter(f"{word} is no value of {key}. It takes {' '.join(map(_asked, fields.values()))}.")
        found[name] = _read(fields[name], text)
    return found


def _read(field: "CorrectionField", text: str) -> object:
    try:
        if field["kind"] == "number":
            return float(text)
        if field["kind"] == "instant":
            return _seconds(text)
        if field["kind"] == "stretches":
            ends = [one.partition("-")[::2] for one in text.split(",")]
            return [[_seconds(begin), _seconds(end)] for begin, end in ends]
        if field["kind"] == "laps":
            laps = [one.partition("/")[::2] for one in text.split(",")]
            return [{"at": _seconds(at), "label": label or None} for at, label in laps]
    except ValueError as error:
        raise typer.BadParameter(f"{field['key']} can't be {text}. Write {_asked(field)}.") from error
    return text


def _seconds(text: str) -> float:
    """Return a time as people write it, `1:02:30`, `5:00` or in seconds, as seconds. Raises ValueError."""
    found = 0.0
    for part in text.strip().split(":"):
        found = 60 * found + float(part)
    return found
