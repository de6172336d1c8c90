"""Corrects an activity's samples: an edit like others, applied whenever the activity is made, and undone at will."""

from homestretch.analysis import corrections
from homestretch.errors import Conflict, NotFound
from homestretch.flow.derive.commit import mint
from homestretch.flow.derive.correct import moved_ms
from homestretch.flow.edit.edits import record_edit, refresh_subjects, subject_of
from homestretch.flow.runtime.context import Context
from homestretch.merge.fuse import assemble
from homestretch.model.recording import Recording
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.corrected import activity_and_primary, members_of
from homestretch.store.queries.edits import CORRECT, edit_rows
from homestretch.store.queries.identities import PART
from homestretch.store.queries.recordings import whole_recording_in
from homestretch.store.queries.samples import Stored, samples_of
from homestretch.store.queries.splits import PART_KEY
from homestretch.store.scope import Scope


def correct(context: Context, scope: Scope, activity_id: int, key: str, values: corrections.Values) -> int:
    """Correct an activity's samples, by times in seconds since its start; return the number of the edit.

    Raises BadRequest, NotFound, Conflict where it can't be corrected so or nothing would change.
    """
    scope.must("activities: edit")
    asked = corrections.checked(key, values)
    with context.database.write() as session:
        subject = subject_of(session, scope, activity_id)
        row, primary = activity_and_primary(session, activity_id)
        if row is None:
            raise NotFound(what="activity", id=activity_id)
        if primary is None:
            raise Conflict(reason="This activity has several legs. Correct each of them on its own page.")
        shown = corrections.moved(key, asked, lambda at_s: row.start_ms + round(1000 * at_s))
        _must_change(session, row, key, shown)
        by_ms = moved_ms(primary)
        recorded = corrections.moved(key, shown, lambda at_ms: at_ms - by_ms)
        if corrections.correction_of(key).rest is not None:
            recorded = _with_part(context, session, scope, subject, row, recorded)
        number = record_edit(session, context, scope, subject, CORRECT, key, recorded)
        refresh_subjects(session, scope, [subject])
    return number


def _with_part(
    context: Context, session: Writer, scope: Scope, subject: str, row: Stored, values: corrections.Values
) -> dict[str, corrections.Value]:
    """Return a split's values with the key of what becomes an activity of its own, and both sports.

    Whoever splits again where it was split before gets that activity back, with all that was said of it.
    """
    subjects = [one.key for one in members_of(session, activity_id=row.id)] or [subject]
    earlier = [edit.value for edit in edit_rows(session, scope.athlete_id, subjects) if edit.verb == CORRECT]
    same = (one[PART_KEY] for one in earlier if PART_KEY in one and one["at"] == values["at"])
    part = next(same, f"{PART}{values['at']}:{subject}")
    mint(context, session, scope.athlete_id, [part])
    sport = {} if values.get("sport") in (None, row.sport) else {"sport": values["sport"]}
    own = {key: value for key, value in values.items() if key != "sport"}
    return {"rest_sport": row.sport, **own, **sport, PART_KEY: part}


def _must_change(reader: Reader, row: Stored, key: str, values: corrections.Values) -> None:
    found = samples_of(reader, row)
    if found is None:
        raise Conflict(reason="This activity has no samples to correct.")
    recording: Recording = assemble(*found, None, whole_recording_in)
    lacks = corrections.correction_of(key).lacks(recording)
    if lacks is not None:
        raise Conflict(reason=lacks)
    if corrections.corrected(recording, [(key, values)]) is recording:
        raise Conflict(reason="This would change nothing. Choose other values.")
