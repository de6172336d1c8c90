"""The fields of an activity that a person may change, with their limits: one table for edits, API and CLI."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from homestretch.model.texts import LONGEST_NAME, LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Editable:
    """A field: `number` and `whole` lie from `least` to `most`, `text` has at most `longest` characters.

    `tags` are at most `most` of at most `longest` characters; a `choice` is one of `choices`. `help` says in the CLI
    what it is.
    """

    kind: Literal["text", "number", "whole", "yes_no", "time", "tags", "choice"]
    help: str
    least: float = 0
    most: float = 0
    longest: int = LONGEST_NAME
    choices: tuple[str, ...] = ()


START, TAGS, WORKOUT_TYPE = "start", "tags", "workout_type"
#: What a workout was for; the first one is what athletes compare.
WORKOUT_TYPES = ("race", "long", "intervals", "tempo", "easy", "recovery", "commute", "test")
EDITABLE: Mapping[str, Editable] = {
    "name": Editable("text", "Name."),
    "description": Editable("text", "Description.", longest=LONGEST_TEXT),
    "sport": Editable("text", "Sport, such as running.", longest=40),
    "sub_sport": Editable("text", "Sub-sport, such as trail.", longest=40),
    "hidden": Editable("yes_no", "Hide it from lists and totals."),
    "rpe": Editable("number", "Perceived effort, 0 to 10.", least=0, most=10),  # Borg's CR10
    "feel": Editable("whole", "Feeling, 1 (bad) to 5 (very good).", least=1, most=5),
    "route_name": Editable("text", "Name of its route."),
    "gear": Editable("text", "Id of the gear, or none.", longest=12),
    TAGS: Editable("tags", "Tags, separated by commas; empty for none.", most=20, longest=40),
    WORKOUT_TYPE: Editable("choice", f"One of {', '.join(WORKOUT_TYPES)}.", choices=WORKOUT_TYPES),
    START: Editable("time", "Start time, such as 2026-11-20T07:30.", longest=40),
}


def clean_tag(tag: str) -> str:
    """Return a tag as it is kept: in lower case, words separated by one space; empty where nothing is left."""
    return " ".join(tag.lower().split())
