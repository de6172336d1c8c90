"""How long the texts of an activity may be, whoever wrote them."""

from typing import Any

#: Characters of a name and of anything else that stands in one line; of a description.
LONGEST_NAME, LONGEST_TEXT = 200, 20_000


def shorten(noun: Any, *names: str, longest: int = LONGEST_NAME) -> None:
    """Cut these texts of a frozen noun that is being made, so that no file can fill every page with one of them."""
    for name in names:
        text = getattr(noun, name)
        if text is not None and len(text) > longest:
            object.__setattr__(noun, name, text[: longest - 1] + "…")
