"""The document of a note."""

from typing import TypedDict


class Note(TypedDict):
    """A note about a file or its content: a code, with how many or where after a colon; and in words."""

    code: str
    text: str
