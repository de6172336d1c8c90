"""Strava is asked to tell us of what is new: once, by an application's one place, and only where it can reach us."""

import json
from dataclasses import replace
from typing import Any

import pytest

from homestretch.errors import BadRequest, Forbidden
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync.webhooks import challenge, receive
from homestretch.flow.writeback import proposals
from homestretch.flow.writeback.applying import apply_changes, due_changes
from homestretch.registry import load
from homestretch.sources.registry import sources
from homestretch.sources.strava.source import SOURCE
from homestretch.store.scope import Scope
from homestretch.views.sources.proposals import proposal_list
from tests.fakes.strava import FakeStrava
from tests.sources.strava.linked import Linked

HOME = "https://home.example"


def reached(linked: Linked, url: str | None = HOME) -> Context:
    """Return the world of a server that is at this address."""
    return replace(linked.context, settings=linked.context.settings.model_copy(update={"public_url": url}))


def asked(linked: Linked, context: Context) -> Any:
    """Ask for messages, do what the job does, and return what became of it."""
    proposals.ask_for_messages(context, linked.scope, linked.id)
    for number in due_changes(context):
        apply_changes(context, number)
    with context.database.read() as reader:
        return proposal_list(reader, linked.scope, [], 10)["items"][0]


def test_strava_is_asked_once(context: Context, scope: Scope, fake: FakeStrava) -> None:
    """A place that the application had before is given up; Strava asks whether we want it, and we say so."""
    linked = Linked.at(context, scope, fake)
    there = reached(linked)
    fake.places[7] = "https://old.example/hook"
    fake.ask = lambda _url, query: challenge(there, "strava", query)
    done = asked(linked, there)
    assert (done["state"], done["field"], done["undoable"]) == ("applied", "messages", False), done["note"]
    assert list(fake.places.values()) == [f"{HOME}/api/webhooks/strava"]
    writes = [hit.url for hit in fake.counts.hits if not hit.url.startswith("GET ")]
    assert [url.split()[0] for url in writes] == ["DELETE", "POST"]
    assert asked(linked, there)["state"] == "applied"
    assert [hit.url for hit in fake.counts.hits if not hit.url.startswith("GET ")] == writes, "it is so already"


def test_a_server_that_is_not_reached_is_told_so(context: Context, scope: Scope, fake: FakeStrava) -> None:
    linked = Linked.at(context, scope, fake)
    done = asked(linked, reached(linked))
    assert done["state"] == "failed" and "callback url" in done["note"] and fake.places == {}


@pytest.mark.parametrize("url", [None, "http://home.example", "http://127.0.0.1:8080"])
def test_only_an_open_address_is_given(
    sqlite_context: Context, scope: Scope, fake: FakeStrava, url: str | None
) -> None:
    linked = Linked.at(sqlite_context, scope, fake)
    with pytest.raises(BadRequest, match="HOMESTRETCH_PUBLIC_URL"):
        proposals.ask_for_messages(reached(linked, url), linked.scope, linked.id)
    with pytest.raises(Forbidden):
        proposals.ask_for_messages(reached(linked), replace(linked.scope, role="viewer"), linked.id)
    wish = proposals.ProposedChange(linked.id, "x", "messages", "", None, "https://evil.example")
    with pytest.raises(BadRequest, match="can't change"):
        proposals.propose(reached(linked), linked.scope, [wish])


def test_forged_messages_all_day_spend_a_small_part_of_what_it_allows(
    sqlite_context: Context, scope: Scope, fake: FakeStrava
) -> None:
    fake.limits, fake.reads, fake.with_limits = [10**6] * 2, [10**6] * 2, False
    linked = Linked.at(sqlite_context, scope, fake)
    linked.run()
    event = json.dumps({"object_type": "activity", "owner_id": fake.account.id}).encode()
    begun, asked = linked.clock.ms, 0
    while linked.clock.ms < begun + 86_400_000:
        linked.clock.ahead(minutes=5)
        receive(linked.context, "strava", {}, event)
        if linked.due:
            asked += sum(linked.run().values())
    assert 50 < asked < 0.25 * min(most for seconds, most in SOURCE.limits.windows if seconds == 86_400)


@pytest.mark.parametrize("key", sorted(key for key, source in sources().items() if source.webhooks))
def test_whether_messages_are_signed_is_said(key: str) -> None:
    """What is unsigned names its person to anybody; what is signed does not without the secret."""
    webhook = load("homestretch.sources", f"{key}.webhook")
    event = json.dumps({"object_type": "activity", "owner_id": 7, "secret": "x", "notifications": [], "events": []})
    assert webhook.SIGNED is (webhook.owner({}, event.encode(), {}) is None)
