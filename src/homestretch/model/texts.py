"""Texts of files: how long they may be, and how their letters are encoded."""

from typing import Any, Literal

#: Characters of a name and of anything else that stands in one line; of a description.
LONGEST_NAME, LONGEST_TEXT = 200, 20_000


def shorten(noun: Any, *names: str, longest: int = LONGEST_NAME) -> None:
    """Cut these texts of a frozen noun that is being made, so that no file can fill every page with one of them."""
    for name in names:
        text = getattr(noun, name)
        if text is not None and len(text) > longest:
            object.__setattr__(noun, name, text[: longest - 1] + "…")


def encoding_of(data: bytes) -> Literal["utf-8", "cp1252"]:
    """Return how the letters of a text are written that does not say it, or says UTF-8 and may be wrong.

    Old programs write Windows' Western European letters (cp1252, all of Latin-1 with them). It is that where not one
    letter beyond ASCII is UTF-8; a text with both is UTF-8 that is damaged.
    """
    if data.isascii() or not data.decode("utf-8", "ignore").isascii():
        return "utf-8"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "utf-8"
    return "cp1252"
