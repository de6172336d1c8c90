"""Changes at providers: proposed, approved, made once, taken back; and nothing leaves that nobody approved."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

import homestretch
from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.edit import edits
from homestretch.flow.runtime.context import Context
from homestretch.flow.writeback import proposals as proposing
from homestretch.flow.writeback import source_priority
from homestretch.flow.writeback.applying import apply_changes, due_changes
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.compare import Compared
from homestretch.net import budget as calls
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import connection_state, remote_items
from homestretch.views.activities.activity import resolve
from homestretch.views.page.compare import changes_of, compare_activity, compare_month
from homestretch.views.sources.proposals import proposal_list
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.formats import golden
from tests.sources.connected import Connected
from tests.sources.joined import again, joined
from tests.sources.ridewithgps.test_sync import KEY
from tests.taking import listed, row_id, shown, take_in

FIRST = datetime(2026, 11, 10, 7, tzinfo=UTC)
MONTH = date(2026, 11, 1)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRideWithGPS]:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    with FakeRideWithGPS(*(trip(k, FIRST + timedelta(days=k)) for k in range(1, 4))) as made:
        yield made
        assert made.problems == []


@pytest.fixture
def connected(context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders) -> Connected:
    """Three trips there and here, the first of which is called otherwise here."""
    made = joined(context, scope, fake, "ridewithgps", "key", KEY)
    made.run()
    come(made, decoders)
    first = listed(made.context, scope)[0]
    edits.change(made.context, scope, row_id(made.context, scope, first["id"]), {"name": "Over the hill"})
    fake.counts.reset()
    return made


def come(connected: Connected, decoders: Decoders) -> None:
    decode_stale(connected.context, connected.scope.athlete_id)
    rederive(connected.context, connected.scope.athlete_id, decoders)


def grid(connected: Connected) -> Compared:
    with connected.context.database.read() as reader:
        return compare_month(reader, connected.scope, MONTH, connected.clock())


def propose(connected: Connected, **only: Any) -> list[int]:
    wanted = changes_of(grid(connected), **only)
    return proposing.propose(connected.context, connected.scope, [proposing.ProposedChange(*one) for one in wanted])


def proposals(connected: Connected, *states: str) -> list[Any]:
    with connected.context.database.read() as reader:
        return proposal_list(reader, connected.scope, list(states), 100)["items"]


def go(connected: Connected) -> None:
    """Do what the job does, until nothing is due."""
    for _ in range(10):
        for number in due_changes(connected.context):
            apply_changes(connected.context, number)


def written(fake: FakeRideWithGPS) -> list[str]:
    """Return what was asked that is no question."""
    return [hit.url for hit in fake.counts.hits if not hit.url.startswith("GET ")]


def test_a_month_is_compared(connected: Connected) -> None:
    found = grid(connected)
    assert [column["source"] for column in found["sources"]] == ["ridewithgps"] and found["others"] == []
    name = connected.id
    cells = [item["cells"][name] for item in found["items"]]
    assert [cell["state"] for cell in cells] == ["ok", "ok", "differs"]
    assert cells[2]["fields"]["name"]["here"] == "Over the hill" and not cells[2]["fields"]["name"]["same"]
    assert cells[2]["url"] == f"https://ridewithgps.com/trips/{cells[2]['key']}"
    with connected.context.database.read() as reader:
        row = resolve(reader, connected.scope, found["items"][2]["activity"]["id"])
        one = compare_activity(reader, connected.scope, row, connected.clock())
    assert one["items"] == [found["items"][2]]


def test_an_approved_change_is_made_once_and_taken_back(connected: Connected, fake: FakeRideWithGPS) -> None:
    [number] = propose(connected)
    assert propose(connected) == [number], "the same wish is the same proposal"
    go(connected)
    assert written(fake) == [] and fake.trips[1]["name"] != "Over the hill", "nobody has approved it"
    [shown_] = proposals(connected, "open")
    assert (shown_["before"], shown_["after"]) == (fake.trips[1]["name"], "Over the hill")
    before = fake.trips[1]["name"]
    proposing.approve(connected.context, connected.scope, [number])
    go(again(connected))
    assert fake.trips[1]["name"] == "Over the hill"
    assert len(written(fake)) == 1 and grid(connected)["items"][2]["cells"][connected.id]["state"] == "ok"
    [done] = proposals(connected)
    assert done["state"] == "applied" and done["undoable"]
    with pytest.raises(Conflict):
        proposing.approve(connected.context, connected.scope, [number])
    proposing.revert(connected.context, connected.scope, number)
    go(connected)
    assert fake.trips[1]["name"] == before
    assert [one["state"] for one in proposals(connected)] == ["applied", "undone"]


def test_what_is_rejected_never_leaves(connected: Connected, fake: FakeRideWithGPS) -> None:
    numbers = propose(connected)
    proposing.reject(connected.context, connected.scope, numbers)
    go(connected)
    assert written(fake) == []
    with pytest.raises(Conflict):
        proposing.reject(connected.context, connected.scope, numbers)
    with pytest.raises(NotFound):
        proposing.approve(connected.context, connected.scope, [999])


def test_a_missing_activity_is_uploaded_by_task(
    connected: Connected, fake: FakeRideWithGPS, decoders: Decoders, scope: Scope
) -> None:
    noon = int(datetime(2026, 11, 15, 12, tzinfo=UTC).timestamp() * 1000)
    take_in(connected.context, scope, decoders, {"run.fit": encode(golden.run(400, noon))})
    [number] = propose(connected, fields=["upload"])
    proposing.approve(connected.context, connected.scope, [number])
    count = len(fake.trips)
    go(connected)
    [done] = [one for one in proposals(connected) if one["field"] == "upload"]
    assert done["state"] == "applied" and len(fake.trips) == count + 1 and str(done["key"]) in map(str, fake.trips)
    assert sum("POST" in url for url in written(fake)) == 1


@pytest.mark.parametrize(("fault", "state"), [(503, "approved"), (429, "approved"), ("cut", "applied")])
def test_faults_delay_a_change_and_never_double_it(
    connected: Connected, fake: FakeRideWithGPS, fault: str | int, state: str
) -> None:
    [number] = propose(connected)
    proposing.approve(connected.context, connected.scope, [number])
    fake.fault("PUT *", fault, times=3 if fault == 503 else 1)
    go(connected)
    assert [(one["state"], bool(one["note"])) for one in proposals(connected)] == [(state, state == "approved")]
    connected.clock.ahead(hours=5)
    go(again(connected))
    assert [(one["state"], one["note"]) for one in proposals(connected)] == [("applied", None)]
    assert fake.trips[1]["name"] == "Over the hill"


def test_what_a_provider_refuses_is_said_and_can_be_tried_again(connected: Connected, fake: FakeRideWithGPS) -> None:
    [number] = propose(connected)
    proposing.approve(connected.context, connected.scope, [number])
    fake.fault("PUT *", 422, times=10)
    go(connected)
    [failed] = proposals(connected)
    assert failed["state"] == "failed" and "rejected the change" in failed["note"]
    assert "change_failed" in connected.told()
    fake.faults._all.clear()
    proposing.approve(connected.context, connected.scope, [number])
    go(connected)
    assert [one["state"] for one in proposals(connected)] == ["applied"]


def test_what_was_deleted_there_is_in_no_mass_proposal(connected: Connected, fake: FakeRideWithGPS) -> None:
    """It is brought there again where somebody asks for that, of one activity; and what is not known is not missing."""
    del fake.trips[2]
    connected.clock.ahead(days=8)
    connected.run()
    one = grid(connected)["items"][1]
    assert (one["cells"][connected.id]["state"], one["cells"][connected.id]["key"]) == ("deleted", "2")
    assert grid(connected)["others"] == [] and propose(connected, fields=["upload"]) == []
    alone: Compared = {**grid(connected), "items": [one]}
    assert changes_of(alone, fields=["name"], again=True) == [] and changes_of(alone, again=True) == []
    [wanted] = changes_of({**alone, "items": [{**one, "activity": {**one["activity"], "formats": ["fit"]}}]},
                          [connected.id], ["upload"], again=True)  # fmt: skip
    assert wanted.field == "upload"
    with connected.context.database.write() as session:
        session.run(update(connection_state).values(whole_ms=None))
        session.run(delete(remote_items).where(remote_items.c.key == "2"))
    assert grid(connected)["items"][1]["cells"][connected.id]["state"] == "unknown"
    assert propose(connected, fields=["upload"]) == []


def test_an_order_of_sources_lets_open_proposals_be_looked_at_again(connected: Connected, scope: Scope) -> None:
    context, [number] = connected.context, propose(connected)
    [before] = proposals(connected, "open")
    for name, found in (("Along it", ("open", "Along it")), (before["before"], ("rejected", "Along it"))):
        first = listed(context, scope)[0]["id"]
        edits.change(context, scope, row_id(context, scope, first), {"name": name})
        assert source_priority.order_preview(context, scope, ["ridewithgps"])["proposals"] == 1
        assert proposals(connected)[0]["after"] != name, "only asked"
        source_priority.order_sources(context, scope, ["ridewithgps"])
        [one] = proposals(connected)
        assert (one["state"], one["after"]) == found
    assert "now the same" in one["note"] and one["id"] == str(number)


def test_nonsense_is_refused(connected: Connected, scope: Scope) -> None:
    activity = listed(connected.context, scope)[0]["id"]
    wish = proposing.ProposedChange(connected.id, activity, "horoscope", "1", "a", "b")
    with pytest.raises(BadRequest, match="can't change horoscope"):
        proposing.propose(connected.context, scope, [wish])
    with pytest.raises(NotFound):
        proposing.propose(connected.context, scope, [proposing.ProposedChange("x", activity, "name", "1", "a", "b")])
    with pytest.raises(NotFound):
        proposing.propose(
            connected.context, scope, [proposing.ProposedChange(connected.id, "x", "name", "1", "a", "b")]
        )
    assert shown(connected.context, scope, activity)["name"] == "Over the hill"


def test_permits_are_made_in_one_place() -> None:
    """What is not a question leaves with a permit alone, and only an approved proposal makes one."""
    home = Path(homestretch.__file__).parent
    makers = {
        place.relative_to(home).as_posix()
        for place in home.rglob("*.py")
        if "Permit" in (text := place.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Permit"
    }
    assert makers == {"flow/writeback/applying.py"}
