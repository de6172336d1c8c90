"""Selectors: which sessions a rule means. All that a selector names must hold; an empty one means every session."""

from collections.abc import Callable, Mapping

from homestretch.coach.checking.params import amount, word
from homestretch.model.coach.rule import Param
from homestretch.model.coach.session import Session

type Selector = Mapping[str, Param]

_EQUAL: Mapping[str, Callable[[Session], Param]] = {
    "sport": lambda session: session.sport,
    "purpose": lambda session: session.purpose,
    "template": lambda session: session.template,
    "hard": lambda session: session.hard,
    "long": lambda session: session.long,
    "indoor": lambda session: session.indoor,
}


def selects(selector: Selector, session: Session) -> bool:
    """Return whether a session is meant."""
    least = amount(selector, "min_minutes")
    if least is not None and session.minutes < least:
        return False
    return all(_EQUAL[key](session) == value for key, value in selector.items() if key in _EQUAL)


def described(selector: Selector) -> str:
    """Return a selector in a few words, such as `hard run`; `session` where it names nothing."""
    parts = [key if selector[key] else f"not {key}" for key in ("hard", "long", "indoor") if key in selector]
    parts += [text for key in ("purpose", "template", "sport") if (text := word(selector, key))]
    least = amount(selector, "min_minutes")
    of_sport = word(selector, "sport") or word(selector, "template") or word(selector, "purpose")
    if not of_sport:
        parts.append("session")
    return " ".join(parts) + (f" of {least:g} min or more" if least is not None else "")


def plural(selector: Selector) -> str:
    """Return the sessions that a selector means, in words: `hard run sessions`."""
    text = described(selector)
    head, of, rest = text.partition(" of ")
    return f"{head if head.endswith('session') else f'{head} session'}s{of}{rest}"


def named(session: Session) -> str:
    """Return what a session is called in a sentence: its purpose, else its title, template or sport."""
    return session.purpose or session.title or session.template or session.sport
