"""The fields of an activity that a person may change, with their limits: one table for edits, API and CLI."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from homestretch.model.texts import LONGEST_NAME, LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Editable:
    """A field: `number` and `whole` lie from `least` to `most`, `text` has at most `longest` characters.

    `help` says in the CLI what it is.
    """

    kind: Literal["text", "number", "whole", "yes_no", "time"]
    help: str
    least: float = 0
    most: float = 0
    longest: int = LONGEST_NAME


START = "start"
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
    START: Editable("time", "Start time, such as 2026-11-20T07:30.", longest=40),
}
