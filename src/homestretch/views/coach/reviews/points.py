"""Sentences of reviews."""

from homestretch.model.documents.coach_reviews import ReviewPoint, Tone


def point(tone: Tone, text: str) -> ReviewPoint:
    """Return a sentence with its tone."""
    return ReviewPoint(tone=tone, text=text)


def listed(words: list[str]) -> str:
    """Return words as a list in a sentence."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "nothing"
