"""A source whose terms forbid a use disappears from exactly that use, and from no other."""

import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from homestretch.errors import ForbiddenByTerms
from homestretch.flow.edit import merging
from homestretch.flow.imports.manual_entry import enter
from homestretch.flow.maintenance.backup import back_up
from homestretch.flow.runtime.context import Context
from homestretch.model.terms import USES, Terms
from homestretch.sources.base import Source
from homestretch.sources.registry import sources
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import recordings
from homestretch.store.tables.kept import arrivals, identities
from homestretch.views.activities.activity import original_of
from homestretch.views.activities.export import gpx_of
from homestretch.views.activities.matches import explained
from homestretch.views.page.compare import compare_month
from homestretch.views.sources.coverage import entry_list
from tests.fakes.garmin import FakeGarmin
from tests.fakes.strava import FakeStrava
from tests.flow.edit.test_merging import watch_and_head_unit
from tests.inline import Came, Worlds
from tests.sources.connected import TODAY, Connected
from tests.sources.strava.linked import Linked
from tests.taking import listed, row_id

#: Terms that forbid one thing, and what they forbid of the uses of a list of activities.
OF_LISTS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nothing": ({}, set()),
    "link": ({"may_link": False}, {"link"}),
    "compare": ({"may_compare": False}, {"compare", "link"}),  # what is compared nowhere is linked nowhere
    "share": ({"may_share": False}, {"share"}),
    "show": ({"may_show": False}, {"show", "share", "compare", "link"}),
    "keep": ({"keep_days": 7}, {"keep"}),
}
#: The same of the uses of recordings.
OF_RECORDINGS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nothing": ({}, set()),
    "link": ({"may_link": False}, {"link", "blend"}),  # what stays alone is blended with nothing
    "compare": ({"may_compare": False}, {"compare"}),
    "blend": ({"may_blend": False}, {"blend"}),
    "export": ({"may_export": False}, {"export"}),
    "model": ({"may_llm": False}, {"model"}),
}


@pytest.fixture
def strava(at_once: None) -> Iterator[FakeStrava]:
    """A fake Strava with five activities."""
    with FakeStrava() as made:
        yield made


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("worlds"))


@pytest.mark.parametrize("forbidden", OF_LISTS)
def test_what_a_source_lists(
    sqlite_context: Context, scope: Scope, strava: FakeStrava, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    forbidden: str,
) -> None:  # fmt: skip
    flags, lost = OF_LISTS[forbidden]
    _give(monkeypatch, "strava", Terms(**{"may_blend": False, **flags}))
    newest = max(strava.account.activities.values(), key=lambda one: one.start)
    enter(sqlite_context, scope, {
        "start_local": newest.start.isoformat(), "sport": "cycling", "elapsed_s": newest.summary()["elapsed_time"],
        "distance_m": newest.summary()["distance"], "name": "Mine",
    })  # fmt: skip
    linked = Linked.at(sqlite_context, scope, strava)
    linked.run()
    assert _uses_of_list(linked, tmp_path) == {"show", "share", "compare", "link", "keep"} - lost


def _give(monkeypatch: pytest.MonkeyPatch, key: str, terms: Terms) -> Source:
    source = replace(sources()[key], terms=terms)
    monkeypatch.setitem(sources(), key, source)
    return source


def _uses_of_list(linked: Linked, tmp_path: Path) -> set[str]:
    """Return what is to be seen done with what a source lists."""
    others = replace(linked.scope, role="editor")
    with linked.context.database.read() as reader:
        grid = compare_month(reader, linked.scope, TODAY.replace(day=1), linked.clock())
        seen = entry_list(reader, linked.scope, linked.id, "all", "activity")
        shared = entry_list(reader, others, linked.id, "all", "activity")
        assert len(seen) == len(shared) == 5
        assert bool(compare_month(reader, others, TODAY.replace(day=1), linked.clock())["sources"]) == (
            bool(grid["sources"]) and any(one["details"] for one in shared)
        )
    cells = [cell for item in grid["items"] for cell in item["cells"].values()]
    back_up(linked.context, tmp_path / "backup.tar")
    with tarfile.open(tmp_path / "backup.tar") as tar:
        file = tar.extractfile("tables/remote_items.jsonl")
        assert file is not None
        kept = b"Weltschmerz" in file.read()
    found = {
        "show": any(one["details"] for one in seen),
        "share": any(one["details"] for one in shared),
        "compare": bool(grid["sources"]),
        "link": any(cell["state"] in ("ok", "differs") for cell in cells),
        "keep": kept,
    }
    return {use for use, done in found.items() if done}


@pytest.mark.parametrize("forbidden", OF_RECORDINGS)
def test_what_a_source_recorded(worlds: Worlds, forbidden: str) -> None:
    flags, lost = OF_RECORDINGS[forbidden]
    terms = Terms(**flags)
    files = watch_and_head_unit()
    watch = Came("watch.fit", files["watch.fit"])
    unit = Came("unit.fit", files["unit.fit"], "somewhere", "1", terms.forbidden)
    with worlds.fresh() as context:
        for one in (watch, unit):
            worlds.bring(context, [one])
        uses = _uses_of_recording(context, Scope(1), terms)
        assert uses == {"link", "blend", "compare", "export", "model"} - lost
        before = worlds.settled(context)
        assert worlds.rebuilt(context) == before
        # The athlete's own copy of the same file is free of these terms.
        worlds.bring(context, [replace(unit, name="own.fit", source="file", key=None, terms=None)])
        assert _uses_of_recording(context, Scope(1), Terms()) == {"link", "blend", "compare", "export", "model"}
        before = worlds.settled(context)
        assert worlds.rebuilt(context) == before


def _uses_of_recording(context: Context, scope: Scope, terms: Terms) -> set[str]:
    """Return what is to be seen done with the head unit's recording."""
    with context.database.read() as reader:
        items = listed(context, scope)
        query = select(identities.c.public_id, arrivals.c.path).join(recordings, recordings.c.id == identities.c.id)
        came = query.join(arrivals, arrivals.c.digest == recordings.c.digest)
        ids = {row.path: row.public_id for row in reader.rows(came)}
        unit, watch = ids["unit.fit"], ids["watch.fit"]
        found = {
            "link": len(items) == 1,
            "blend": len(items) == 1 and items[0]["avg_power_w"] is not None,
            "compare": _allowed(explained, reader, scope, unit, watch),
            "export": _allowed(original_of, reader, scope, unit, unit),
            "model": terms.allows("model"),  # nothing gives recordings to a model yet
        }
    return {use for use, done in found.items() if done}


def _allowed(use: Any, *arguments: Any) -> bool:
    try:
        use(*arguments)
    except ForbiddenByTerms:
        return False
    return True


def test_a_merge_by_hand_is_refused(worlds: Worlds) -> None:
    files = watch_and_head_unit()
    apart = Terms(may_link=False, may_export=False).forbidden
    with worlds.fresh() as context:
        worlds.bring(context, [Came("watch.fit", files["watch.fit"])])
        worlds.bring(context, [Came("unit.fit", files["unit.fit"], "somewhere", "1", apart)])
        one, other = (row_id(context, Scope(1), item["id"]) for item in listed(context, Scope(1)))
        with pytest.raises(ForbiddenByTerms, match="merging"):
            merging.join(context, Scope(1), one, other)
        assert len(listed(context, Scope(1))) == 2


def test_a_file_is_not_exported(worlds: Worlds) -> None:
    """Not as it came, and not as GPX."""
    with worlds.fresh() as context:
        came = Came("unit.fit", watch_and_head_unit()["unit.fit"], "somewhere", "1", Terms(may_export=False).forbidden)
        worlds.bring(context, [came])
        [item] = listed(context, Scope(1))
        with context.database.read() as reader:
            from homestretch.views.activities.activity import resolve

            row = resolve(reader, Scope(1), item["id"])
            for export in (
                lambda: gpx_of(reader, Scope(1), row),
                lambda: original_of(reader, Scope(1), item["id"], None),
            ):
                with pytest.raises(ForbiddenByTerms):
                    export()


def test_terms_are_written_on_arrivals(
    sqlite_context: Context, scope: Scope, fake: FakeGarmin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they were when the file came; whatever the source allows later, this holds."""
    _give(monkeypatch, "garmin", Terms(may_blend=False, may_llm=False))
    Connected.to(sqlite_context, scope, fake, days=False, wellness=False).run()
    with sqlite_context.database.read() as reader:
        written = {row.terms for row in reader.rows(select(arrivals.c.terms))}
    assert written == {"blend model"}


def test_terms_that_contradict_each_other() -> None:
    for wrong in ({"may_show": False}, {"may_share": False}, {"keep_days": 7}, {"may_blend": False, "keep_days": 0}):
        with pytest.raises(ValueError, match=r"may_blend|keep_days"):
            Terms(**wrong)
    assert Terms().forbidden is None and {use for use in USES if not Terms().allows(use)} == set()
