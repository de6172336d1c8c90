"""People's edits of an activity, and which of them still hold."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from homestretch.analysis import corrections
from homestretch.model.documents.activity import Edit, EditValue
from homestretch.model.editable import START
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries.edits import CORRECT, edit_rows, undone
from homestretch.store.queries.samples import Stored
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import accounts


def edits_of(reader: Reader, scope: Scope, subjects: Sequence[str], start_ms: int) -> list[Edit]:
    """Return the edits of the recordings named, oldest first, each with who made it and whether it was undone.

    A correction is a sentence, with its times since `start_ms`.
    """
    rows = edit_rows(reader, scope.athlete_id, subjects)
    taken_back = undone(rows)
    names = {row.id: row.username for row in reader.rows(select(accounts.c.id, accounts.c.username))}
    return [_edit(row, names, start_ms, row.id in taken_back) for row in rows if row.verb not in ("undo", "redo")]


def _edit(row: Row[Any], names: dict[int, str], start_ms: int, is_undone: bool) -> Edit:
    return {
        "id": str(row.id),
        "at": iso(row.at_ms),
        "verb": row.verb,
        "field": row.field,
        "value": _value(row, start_ms),
        "by": names.get(row.account_id),
        "undone": is_undone,
    }


def _value(row: Stored, start_ms: int) -> EditValue:
    if row.verb == CORRECT:
        since = corrections.moved(row.field, row.value, lambda at_ms: (at_ms - start_ms) / 1000)
        return corrections.in_words(row.field, since)
    value: EditValue = row.value["start"] if row.field == START else row.value
    return value
