"""Code's own texts: what is said where no model is connected, or none gave an answer that may be shown."""

from collections.abc import Sequence
from datetime import date

from homestretch.coach.operations import Advice, Drop, Move, Replace, Scale
from homestretch.flow.coach.texts.reading import Given, advice_now, parsed_words, week_review, workout_review
from homestretch.model.coach.plan import WeekDocument
from homestretch.model.documents.coach_reviews import ReviewPoint
from homestretch.model.documents.coach_texts import KeptText, SuggestedChange, TextPoint
from homestretch.store.queries.plans import StoredVersion

PHASES = {
    "transition": "easy weeks to rest and to begin again",
    "base": "endurance, and the strength to train more",
    "build": "hard sessions that are like the event",
    "taper": "less training, to be fresh on the day",
    "race": "the week of the event",
}


def plain(headline: str, points: Sequence[ReviewPoint] = (), changes: Sequence[SuggestedChange] = ()) -> KeptText:
    """Return a text of code, whose numbers are in it."""
    return KeptText(
        by="code",
        headline=headline,
        points=[TextPoint(tone=one["tone"], text=one["text"], source="", evidence=[]) for one in points],
        question=None,
        unknown=[],
        operations=[*changes],
        refused=[],
        rules=[],
        facts={},
        hidden=0,
        truncated=0,
    )


def of_workout(given: Given, name: str) -> KeptText:
    """Return the review of a workout by code. Raises NotFound."""
    review = workout_review(given.reader, given.shown, given.now_ms, name)
    return plain(f"{review['title']}: {review['minutes']} min, load {review['load'] or 0:g}", review["points"])


def of_week(given: Given, day: str) -> KeptText:
    """Return the review of a week by code."""
    review = week_review(given.reader, given.shown, given.now_ms, date.fromisoformat(day))
    return plain(f"Week of {review['monday']}: load {review['done_load']:g}", review["points"])


def of_explanation(version: StoredVersion, today: str) -> KeptText:
    """Return what a plan is for, phase by phase, and why this week looks as it does."""
    weeks = version.document["weeks"]
    points = [ReviewPoint(tone="watch", text=words) for words in version.document["dropped"]]
    for phase in dict.fromkeys(one["phase"] for one in weeks):
        of = [one for one in weeks if one["phase"] == phase]
        many = f"{len(of)} weeks" if len(of) > 1 else "1 week"
        words = f"{phase.capitalize()}, {many} from {of[0]['monday']}: {PHASES[phase]}."
        points.append(ReviewPoint(tone="neutral", text=words))
    week = _week_of(weeks, today)
    aim = f"Week of {week['monday']}: aims at load {week['goal']}. {week['why']}"
    points.append(ReviewPoint(tone="neutral", text=aim))
    sessions = [one for day in week["days"] for one in day["sessions"] if one["hard"] or one["long"]]
    points += [ReviewPoint(tone="neutral", text=f"{one['date']}, {one['title']}: {one['why']}") for one in sessions[:2]]
    return plain(f"{version.title}: {len(weeks)} weeks from {weeks[0]['monday']}", points)


def _week_of(weeks: Sequence[WeekDocument], today: str) -> WeekDocument:
    """Return the week that has a day in it, else the first one."""
    begun = [one for one in weeks if one["monday"] <= today]
    return begun[-1] if begun else weeks[0]


def of_change(given: Given, version: StoredVersion) -> KeptText:
    """Return what the last days advise to change of a version that is in force; of others, nothing."""
    base, advice = advice_now(given.reader, given.shown, given.now_ms)
    if base is None or (base.plan, base.version) != (version.plan, version.version) or not advice:
        return plain(
            "Without a model your words can't be read. Nothing speaks for a change as the last days went; move, "
            "shorten or drop sessions in the calendar."
        )
    changes = [found for one in advice if (found := _suggested(one)) is not None]
    points = [ReviewPoint(tone="neutral", text=one.why) for one in advice if one.why]
    return plain("Without a model your words can't be read. This is what the last days advise.", points, changes)


def _suggested(advice: Advice) -> SuggestedChange | None:
    """Return an advised change as texts have it; None for one that only planning again makes."""
    made = SuggestedChange(op="drop", id=None, to=None, template=None, minutes=None, factor=None, why=advice.why)
    match advice:
        case Drop():
            return {**made, "id": advice.id}
        case Move():
            return {**made, "op": "move", "id": advice.id, "to": advice.to}
        case Scale():
            return {**made, "op": "scale", "id": advice.id, "factor": advice.factor}
        case Replace():
            return {
                **made, "op": "replace", "id": advice.id, "template": advice.with_, "minutes": advice.minutes,
                "factor": advice.factor,
            }  # fmt: skip
        case _:
            return None


def of_rules(given: Given, words: str) -> KeptText:
    """Return what the parser makes of words; parts without a kind are for the form."""
    parts = parsed_words(words, given.today)
    left = sum(one["kind"] is None for one in parts)
    made = plain(
        "Everything was understood." if not left else "Some parts were not understood. Enter these by the form."
    )
    return {**made, "rules": parts}
