"""A table of measurements before it is imported: what it is taken for, and what has to be asked."""

import json

from homestretch.formats.measurements_csv.stated import MARK
from homestretch.store.scope import Scope
from homestretch.views.health.table_preview import table_preview

SCOPE = Scope(1)
DARK = b"when,mass\n03/04/2026,70.5\n04/05/2026,70.9\n"


def test_what_is_surely_understood_needs_no_question() -> None:
    seen = table_preview(SCOPE, b"date,weight kg,steps\n2026-05-01,70.5,8000\n2026-05-02,70.3,9000\n", "x.csv")
    assert (seen["understood"], seen["format"], seen["date"]) == (True, "measurements_csv", 0)
    assert [(one["place"], one["kind"], one["scale"]) for one in seen["columns"]] == [
        (1, "weight_kg", 1.0), (2, "steps", 1.0),
    ]  # fmt: skip
    assert (seen["measurements"], seen["first"], seen["last"], seen["unread"]) == (4, "2026-05-01", "2026-05-02", 0)
    assert table_preview(SCOPE, b"date,weight\n2026-05-01,120\n2026-05-02,121\n", "x.csv")["understood"] is False


def test_what_is_chosen_is_shown_as_it_would_be_imported() -> None:
    dark = table_preview(SCOPE, DARK, "x.csv")
    assert (dark["format"], dark["understood"], dark["date"], dark["columns"]) == (None, False, None, [])
    assert (dark["header"], dark["rows"][0], dark["measurements"]) == (["when", "mass"], ["03/04/2026", "70.5"], 0)
    said = {"date": 0, "month_first": True, "columns": [[1, "weight_kg", 1.0]]}
    seen = table_preview(SCOPE, MARK + json.dumps(said).encode() + b"\n" + DARK, "x.csv")
    assert (seen["format"], seen["understood"], seen["header"]) == ("measurements_csv", True, dark["header"])
    assert (seen["measurements"], seen["first"], seen["last"]) == (2, "2026-03-04", "2026-04-05")
    assert seen["month_first"] is True


def test_kinds_have_their_units_with_ours_first() -> None:
    kinds = {one["key"]: one["units"] for one in table_preview(SCOPE, b"", "x.csv")["kinds"]}
    assert [unit["name"] for unit in kinds["weight_kg"]] == ["kg", "lb", "st"]
    assert [unit["name"] for unit in kinds["steps"]] == [""]
    assert all(units[0]["scale"] == 1.0 for units in kinds.values())
