"""What every document that is sent is made of, and what an error answers."""

import re
from collections.abc import Iterable
from typing import Annotated, Any, TypedDict

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, model_validator, with_config

#: Deeper than any document of ours, and than a database's own reader of documents takes.
DEEPEST = 50
#: What is published of an answer that is bytes.
BINARY = {"type": "string", "format": "binary"}
LARGEST_INTEGER = (1 << 63) - 1
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any) -> Any:
    """Return what was sent. Raises ValueError for what a database can't hold.

    That is text with NUL or half a character, an integer beyond 64 bits, and what is nested without end.
    """
    level = [value]
    for _ in range(DEEPEST):
        for each in level:
            _check(each)
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return value
    raise ValueError("nested too deeply")


def _check(value: Any) -> None:
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise ValueError("this text contains a character that can't be stored")
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise ValueError("this number is too large")


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else ()


#: The number of something, as it stands in an address.
type Number = Annotated[int, Path(ge=1, lt=1 << 63)]


class Shape(BaseModel):
    """A document; what it does not name is refused when taken."""

    model_config = ConfigDict(extra="forbid")
    _storable = model_validator(mode="before")(storable)


@with_config(ConfigDict(extra="forbid"))
class InvalidField(TypedDict):
    """A field of a request that does not fit, by its path with dots, and why."""

    field: str
    reason: str


class Problem(BaseModel):
    """What went wrong: `code` for programs, `detail` for people, and further details by their names.

    A request that does not fit has the code `invalid`; its `fields` are those that do not.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str | float | bool] = Field(init=False)
    type: str
    title: str
    status: int
    code: str
    detail: str
    fields: list[InvalidField] = []
