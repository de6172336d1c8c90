"""The library of workouts: built by hand or read from files, changed, removed and restored; no version is lost."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from homestretch import formats
from homestretch.analysis.athlete.history import History
from homestretch.coach.workouts.resolve import is_hard, of_sport
from homestretch.coach.workouts.sound import must_be_sound
from homestretch.coach.workouts.thresholds import thresholds_for
from homestretch.errors import BadRequest, NotFound
from homestretch.flow.derive.commit import Arrival, keep_arrivals, keep_outcomes
from homestretch.flow.derive.decode.decode_original import DecodeTask, decode_original
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.coach.workout import Workout, step_documents
from homestretch.model.moment import instant
from homestretch.model.notes import sentence
from homestretch.store.database import Writer
from homestretch.store.queries import workouts as store
from homestretch.store.queries.thresholds import dated
from homestretch.store.scope import Scope

#: What a file that gives its workout no name calls it.
UNNAMED = "Workout"
#: A workout's file has at most so many bytes.
MOST_BYTES = 5_000_000


class NotAWorkout(BadRequest):
    """{reason}"""

    status = 422
    exit_code = 1


def add(context: Context, scope: Scope, workout: Workout, hard: bool | None = None) -> str:
    """Keep a workout that a person built; return its id. Raises BadRequest."""
    scope.must("coach: edit")
    must_be_sound(workout)
    with context.database.write() as session:
        made = _new(workout, _hard(context, session, scope.athlete_id, workout) if hard is None else hard)
        store.put_workouts(session, scope.athlete_id, context.clock(), [made])
    return made.public_id


def change(context: Context, scope: Scope, workout_id: str, workout: Workout, hard: bool | None = None) -> None:
    """Replace a workout, which keeps its id; what it was stays in the store. Raises BadRequest, NotFound."""
    scope.must("coach: edit")
    must_be_sound(workout)
    now = context.clock()
    with context.database.write() as session:
        before = _found(session, scope, workout_id)
        if before.removed_ms is not None:
            raise NotFound(what="workout", id=workout_id)
        hard = _hard(context, session, scope.athlete_id, workout) if hard is None else hard
        made = replace(_new(workout, hard), public_id=before.public_id, original=before.original, replaces=before.id)
        if "file" in before.document:
            made.document["file"] = before.document["file"]
        store.set_aside(session, before.id, public_id(), now)
        store.put_workouts(session, scope.athlete_id, now, [made])


def remove(context: Context, scope: Scope, workout_id: str) -> None:
    """Remove a workout from the library; `restore` brings it back."""
    _set_removed(context, scope, workout_id, context.clock())


def restore(context: Context, scope: Scope, workout_id: str) -> None:
    """Bring a removed workout back."""
    _set_removed(context, scope, workout_id, None)


def import_file(
    context: Context, scope: Scope, data: bytes, file_name: str, *, name: str | None = None, sport: str | None = None
) -> list[str]:
    """Read the workouts of a file into the library and return their ids; its bytes are kept.

    The same bytes again are the same workouts. `name` and `sport` replace what the file says. Raises NotAWorkout.
    """
    scope.must("coach: edit")
    if len(data) > MOST_BYTES:
        raise BadRequest(reason=f"A workout's file has at most {MOST_BYTES // 1_000_000} MB.")
    context.must_have_room(len(data))
    found = [_named(workout, file_name, name, sport) for workout in _read(data, file_name)]
    for workout in found:
        must_be_sound(workout)
    digest = hashlib.sha256(data).hexdigest()
    prepared = decode_original(context.archive, DecodeTask(digest, file_name, data))
    with context.database.write() as session:
        keep_arrivals(context, session, scope.athlete_id, [Arrival(digest, len(data), file_name)])
        keep_outcomes(context, session, scope.athlete_id, [prepared])
        return _keep(context, session, scope.athlete_id, digest, file_name, found)


def add_imported(context: Context, athlete_id: int) -> int:
    """Read workouts that came with the ordinary import into the library; return how many there were."""
    with context.database.read() as reader:
        waiting = store.unread_originals(reader, reading_formats(), athlete_id)
    added = 0
    for original in waiting:
        data = context.archive.read(original.digest)
        found = [_named(workout, original.path) for workout in formats.decode(data, original.path).workouts]
        with context.database.write() as session:
            added += len(_keep(context, session, athlete_id, original.digest, original.path, found))
    return added


def waiting_athletes(context: Context) -> list[int]:
    """Return the athletes with files of workouts that are not in the library yet."""
    with context.database.read() as reader:
        return sorted({one.athlete_id for one in store.unread_originals(reader, reading_formats())})


def reading_formats() -> list[str]:
    """Return the keys of the formats that hold workouts."""
    return [form.key for form in formats.formats().values() if form.workouts]


def _read(data: bytes, file_name: str) -> Sequence[Workout]:
    decoded = formats.decode(data, file_name)
    if decoded.recordings:
        raise NotAWorkout(reason=f"{file_name} is an activity, not a workout. Import it with the other activities.")
    if not decoded.workouts:
        why = " ".join(sentence(note) for note in decoded.notes if note != "not_a_recording")
        raise NotAWorkout(
            reason=f"{file_name} holds no workout that can be read. {
                why or 'Use ZWO, ERG, MRC, FIT, Garmin JSON, TrainingPeaks JSON, or the text of intervals.icu.'
            }"
        )
    return decoded.workouts


def _named(workout: Workout, file_name: str, name: str | None = None, sport: str | None = None) -> Workout:
    """Return a workout under the name wanted, else its own, else that of its file."""
    if sport is not None and sport != workout.sport:
        workout = of_sport(workout, sport)
    own = workout.name if workout.name != UNNAMED else _stem(file_name) or UNNAMED
    return replace(workout, name=" ".join((name or own).split()))


def _keep(
    context: Context, session: Writer, athlete_id: int, digest: str, file_name: str, found: Sequence[Workout]
) -> list[str]:
    """Keep the workouts of a file, unless they are there; removed ones come back. Return their ids."""
    there = store.workouts_of_original(session, athlete_id, digest)
    for one in there:
        if one.removed_ms is not None:
            store.set_removed(session, one.id, None)
    if there:
        return [one.public_id for one in there]
    hard = [_hard(context, session, athlete_id, workout) for workout in found]
    new = [_new(workout, each, digest, _stem(file_name)) for workout, each in zip(found, hard, strict=True)]
    store.put_workouts(session, athlete_id, context.clock(), new)
    return [one.public_id for one in new]


def _new(workout: Workout, hard: bool, original: str | None = None, file: str | None = None) -> store.NewWorkout:
    content = store.WorkoutContent(
        steps=step_documents(workout.steps), description=workout.description, tags=[*workout.tags]
    )
    if file:
        content["file"] = file
    return store.NewWorkout(public_id(), workout.name.strip(), workout.sport, hard, content, original)


def _hard(context: Context, session: Writer, athlete_id: int, workout: Workout) -> bool:
    """Return whether a workout is a hard one by today's thresholds."""
    day = instant(context.clock()).date()
    history = History.of(*dated(session, athlete_id))
    return is_hard(workout, thresholds_for(history, workout.sport, day))


def _stem(file_name: str) -> str:
    return file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].strip()[:200]


def _set_removed(context: Context, scope: Scope, workout_id: str, removed_ms: int | None) -> None:
    scope.must("coach: edit")
    with context.database.write() as session:
        store.set_removed(session, _found(session, scope, workout_id).id, removed_ms)


def _found(session: Writer, scope: Scope, workout_id: str) -> store.StoredWorkout:
    found = store.find_workout(session, scope.athlete_id, workout_id)
    if found is None:
        raise NotFound(what="workout", id=workout_id)
    return found
