"""A field of a form, described once: a door asks it of a person, and its value is checked against this."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form for a person: at sign-in, or as a setting of the connection with a `default`.

    A `long` text has several lines; `choices` are (value, title). A `path` leads to a place on the server, which only
    its administrators may name. A `callback` is an address of ours; its default is a path, which the
    API or the command line completes.
    """

    key: str
    title: str
    kind: Literal["text", "password", "code", "switch", "number", "day", "choice", "long", "path", "callback"] = "text"
    help: str = ""
    default: Any = None
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    least: float | None = None
    most: float | None = None
    #: The environment variable that a command reads it from where it is not given.
    variable: str | None = None
    #: What the same variable was called in programs that Homestretch takes over from.
    aliases: tuple[str, ...] = ()
