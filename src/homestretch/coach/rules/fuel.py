"""Eating and drinking: long sessions say what to take."""

from collections.abc import Iterable

from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import clock, figure, hours, joined
from homestretch.model.coach.rule import Rule, Violation


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    least, fasted, sport = (
        amount(rule.params, "min_hours") or 0.0,
        amount(rule.params, "fasted_max_hours"),
        word(rule.params, "sport"),
    )
    for session in schedule.sessions:
        if sport and session.sport != sport:
            continue
        time = round(session.minutes / 60, 2)
        is_fasted = (session.fuel or "").lower().startswith("fasted")
        if fasted is not None and is_fasted and session.minutes > 60 * fasted:
            text = (
                f"{session.sport} of {clock(session.minutes)} on {session.date} fasted, at most {clock(60 * fasted)}."
            )
            yield breach(rule, session.date, time, fasted, [session], text)
        elif session.minutes >= 60 * least and not session.fuel:
            text = f"{session.sport} of {clock(session.minutes)} on {session.date} says nothing about fuel."
            yield breach(rule, session.date, time, least, [session], text)


def note(rule: Rule) -> str:
    """Return what a session of this rule takes along, such as `80 g carbs an hour`; "" where nothing is asked for."""
    carbs, fluid = amount(rule.params, "carbs_g_h"), amount(rule.params, "fluid_ml_h")
    said = [f"{figure(carbs)} g carbs"] if carbs is not None else []
    said += [f"{figure(fluid)} ml fluid"] if fluid is not None else []
    return f"{joined(said)} an hour" if said else ""


def _sentence(rule: Rule) -> str:
    least, fasted = amount(rule.params, "min_hours") or 0.0, amount(rule.params, "fasted_max_hours")
    of = f"{word(rule.params, 'sport')} sessions" if word(rule.params, "sport") else "Sessions"
    said = f"{of} from {hours(least)}: {note(rule) or 'with a note on fuel'}"
    limit = f"; fasted at most {hours(fasted)}" if fasted is not None else ""
    return f"{said[:1].upper()}{said[1:]}{limit}."


KIND = RuleKind(
    key="fuel",
    title="Fuel",
    topic="other",
    about="What long sessions take along; the plan writes it on them.",
    fields=(
        Field("min_hours", "Sessions from", "number", high=12, required=True, unit="h"),
        Field("carbs_g_h", "Carbohydrates", "number", high=150, unit="g/h"),
        Field("fluid_ml_h", "Fluid", "number", high=2000, unit="ml/h"),
        Field("fasted_max_hours", "Fasted, at most", "number", high=4, unit="h"),
        Field("sport", "Sport", "sport"),
    ),
    sentence=_sentence,
    check=_check,
)
