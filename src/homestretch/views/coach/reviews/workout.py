"""The review of a workout: its figures, each work step against its target, and sentences from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from homestretch.analysis.measure.metric import metrics as described
from homestretch.coach.compliance import Compliance, DoneSession, DoneStep, Planned, WorkStep, compliance
from homestretch.coach.step_windows import measured_steps, work_steps
from homestretch.errors import NotFound
from homestretch.model.coach.plan import sessions_of
from homestretch.model.coach.session import Session, session_document
from homestretch.model.coach.sports import coach_sport
from homestretch.model.coach.thresholds import Thresholds
from homestretch.model.coach.workout import Quantity
from homestretch.model.documents.coach_reviews import (
    ReviewFigure,
    ReviewPoint,
    ReviewScore,
    ReviewStep,
    Tone,
    WorkoutReview,
)
from homestretch.model.moment import instant
from homestretch.model.sport import Sport
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.queries.activities import metrics_of
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import activity, resolve
from homestretch.views.coach.plans import find_session
from homestretch.views.coach.progress import progress_around
from homestretch.views.coach.reviews.efforts import effort_of
from homestretch.views.coach.reviews.points import listed, point
from homestretch.views.coach.thresholds import thresholds_on
from homestretch.views.kit.statistics_scope import day as local_day
from homestretch.views.kit.today import local_now

#: What is told of a workout besides its plan, and how much of it is worth a sentence.
FIGURES = ("intensity", "weighted_power", "decoupling", "run_decoupling", "efficiency", "run_efficiency", "session_rpe")
DRIFT_PCT = 5.0


@dataclass(frozen=True, slots=True)
class Paired:
    """An activity with the session that it did, and the plan that the session is of."""

    done: Session
    session: Session | None
    plan: str | None


def workout_review(reader: Reader, scope: Scope, now_ms: int, name: str) -> WorkoutReview:
    """Return the review of an activity, or of the session that it did, by either's id. Raises NotFound."""
    paired = _paired(reader, scope, now_ms, name)
    done, session = paired.done, paired.session
    score, steps = (None, []) if session is None else _scored(reader, scope, session, done)
    figures = _figures(reader, scope, done.id)
    return WorkoutReview(
        kind="workout",
        activity=done.id,
        title=done.title,
        day=done.date,
        minutes=done.minutes,
        load=done.load or None,
        session=None if session is None else session_document(session),
        plan=paired.plan,
        score=None if score is None else _score_document(score, steps),
        figures=figures,
        points=_points(session, done, score, steps, figures),
    )


def _paired(reader: Reader, scope: Scope, now_ms: int, name: str) -> Paired:
    try:
        row = resolve(reader, scope, name)
    except NotFound:
        return _of_session(reader, scope, now_ms, name)
    when = local_day(row.local_ms)
    version = stored.approved_version(reader, scope)
    every: list[Session] = [] if version is None else sessions_of(version.document["weeks"])
    progress = progress_around(reader, scope, every, when, when, _now(reader, scope, now_ms))
    done = progress.done.get(row.public_id)
    if done is None:  # hidden, deleted, or a leg: it counts nowhere, and did no session
        seconds = row.moving_s or row.elapsed_s or 0.0
        sport = coach_sport(Sport(row.sport, row.sub_sport))
        return Paired(Session(row.public_id, when.isoformat(), sport, round(seconds / 60), 0.0, row.name), None, None)
    session = progress.session_of(done.id)
    found = next((one for one in every if one.id == session), None)
    return Paired(done, found, None if found is None or version is None else version.plan)


def _of_session(reader: Reader, scope: Scope, now_ms: int, name: str) -> Paired:
    """Return a session with the activity that did it. Raises NotFound."""
    found = find_session(reader, scope, name)
    if found is None:
        raise NotFound(what="activity", id=name)
    when = date.fromisoformat(found.session.date)
    every = sessions_of(stored.find_version(reader, scope, found.plan, found.version).document["weeks"])
    done = progress_around(reader, scope, every, when, when, _now(reader, scope, now_ms)).activity_of(name)
    if done is None:
        raise NotFound(what="activity that did session", id=name)
    return Paired(done, found.session, found.plan)


def _now(reader: Reader, scope: Scope, now_ms: int) -> datetime:
    return instant(local_now(reader, scope, now_ms))


def _quantities(thresholds: Thresholds) -> dict[Quantity, float]:
    quantities: tuple[Quantity, ...] = ("power", "speed", "css", "lthr", "hr_max")
    return {one: value for one in quantities if (value := thresholds.of(one)) is not None}


def _scored(
    reader: Reader, scope: Scope, session: Session, done: Session
) -> tuple[Compliance, list[tuple[WorkStep, DoneStep | None]]]:
    thresholds = _quantities(thresholds_on(reader, scope, session.sport, date.fromisoformat(session.date)))
    wanted = work_steps(session.steps, session.sport, thresholds)
    measured: tuple[DoneStep, ...] = ()
    if wanted:
        channel = "power_w" if session.sport == "ride" else "speed_mps"
        effort = effort_of(reader, scope, done.id, channel)
        laps = [(round(lap["start_s"]), round(lap["end_s"])) for lap in activity(reader, scope, done.id)["laps"]]
        measured = measured_steps(session.steps, session.sport, thresholds, effort, laps)
    score = compliance(
        Planned(session.minutes, session.load, wanted), DoneSession(done.minutes, done.load or None, measured)
    )
    by_number = {one.i: one for one in measured}
    return score, [(step, by_number.get(step.i)) for step in wanted]


def _score_document(score: Compliance, steps: Sequence[tuple[WorkStep, DoneStep | None]]) -> ReviewScore:
    scores = {one.i: one for one in score.steps}
    return ReviewScore(
        total=score.total,
        label=score.label,
        duration=score.duration,
        load=score.load,
        work=score.work,
        notes=[*score.notes],
        basis=[*score.basis],
        colour=score.colour,
        steps=[
            ReviewStep(
                number=number,
                low=round(step.low, 2),
                high=round(step.high, 2),
                unit="W" if step.high > 20 else "m/s",
                planned_s=step.seconds,
                value=None if done is None else round(done.value, 2),
                done_s=None if done is None else done.seconds,
                score=scores[step.i].score if step.i in scores else None,
                side=scores[step.i].side if step.i in scores else None,
            )
            for number, (step, done) in enumerate(steps, 1)
        ],
    )


def _figures(reader: Reader, scope: Scope, name: str) -> list[ReviewFigure]:
    known = metrics_of(reader, scope.athlete_id, resolve(reader, scope, name).id)
    of = [described()[key] for key in FIGURES]
    return [
        ReviewFigure(key=one.key, name=one.name, value=round(known[one.number], one.decimals), unit=one.unit)
        for one in of
        if one.number in known
    ]


def _points(
    session: Session | None,
    done: Session,
    score: Compliance | None,
    steps: Sequence[tuple[WorkStep, DoneStep | None]],
    figures: Sequence[ReviewFigure],
) -> list[ReviewPoint]:
    points: list[ReviewPoint] = []
    if session is None:
        points.append(point("neutral", "No session was planned for this."))
    elif score is not None and score.total is not None:
        tone: Tone = "good" if score.label == "as planned" else "neutral" if score.label == "close" else "watch"
        words = (score.label or "").capitalize()
        basis = listed(list(score.basis))
        points.append(point(tone, f"{words}: {score.total:.0f} of 100, by {basis}."))
        points += [point("watch", _step_sentence(*step)) for step in _off_target(score, steps)[:3]]
        if "power" not in score.basis and session.steps and not steps and score.work is None:
            points.append(point("neutral", "The work steps could not be compared: their targets need a threshold."))
        if "easier" in score.notes and not session.hard:
            points.append(point("neutral", "Easier than planned, which does no harm on an easy day."))
        if "harder" in score.notes and not session.hard:
            points.append(point("watch", "Harder than an easy day should be: the next hard session may suffer."))
    for figure in figures:
        if figure["key"] in ("decoupling", "run_decoupling"):
            points.append(_drift(figure["value"]))
    return points


def _off_target(
    score: Compliance, steps: Sequence[tuple[WorkStep, DoneStep | None]]
) -> list[tuple[int, WorkStep, DoneStep | None]]:
    low = {one.i for one in score.steps if one.score is not None and one.score < 85 and score.work is not None}
    return [(number, step, done) for number, (step, done) in enumerate(steps, 1) if step.i in low]


def _step_sentence(number: int, step: WorkStep, done: DoneStep | None) -> str:
    watts = step.high > 20
    target = f"{step.low:.0f} to {step.high:.0f} W" if watts else f"{step.low:.2f} to {step.high:.2f} m/s"
    if done is None:
        return f"Work step {number} was left out ({target} for {_clock(step.seconds)} planned)."
    value = f"{done.value:.0f} W" if watts else f"{done.value:.2f} m/s"
    return f"Work step {number}: {value} for {_clock(done.seconds)}; {target} for {_clock(step.seconds)} was planned."


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _drift(percent: float) -> ReviewPoint:
    if percent > DRIFT_PCT:
        return point("watch", f"Heart rate drifted {percent:.1f} % against pace or power: a sign of fatigue.")
    return point("good", f"Heart rate stayed with the pace or power ({percent:.1f} % of drift).")
