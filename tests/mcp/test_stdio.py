"""`homestretch mcp`: a real process, and the real client library at its other end."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from homestretch.app import App
from homestretch.errors import BadRequest, NotFound, SignInNeeded
from homestretch.flow.accounts.accounts import create_account, set_up
from homestretch.flow.accounts.credentials.tokens import create_token
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.mcp._runtime.stdio import visitor_of
from homestretch.store.scope import Scope
from tests.formats import golden
from tests.mcp.clients import call_with
from tests.served import PATIENCE_S, ask, environment, serving
from tests.taking import take_in

HELLO = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}},
}  # fmt: skip


def say(data: Path, *messages: dict[str, Any], arguments: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    """Send messages, close standard input, and wait for the end."""
    lines = "".join(json.dumps(message) + "\n" for message in messages)
    command = [sys.executable, "-m", "homestretch", "mcp", *arguments]
    return subprocess.run(
        command, env=environment(data), input=lines, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )


def test_a_folder_with_one_athlete(sqlite_context: Context, scope: Scope, decoders: Decoders, unused_port: int) -> None:
    """Without an account, without anything switched on, alone and beside a server that starts later."""
    take_in(sqlite_context, scope, decoders, {"run.fit": encode(golden.run(600))})
    sqlite_context.database.close()
    data = sqlite_context.settings.data_dir
    env = environment(data)

    async def talk() -> None:
        command = StdioServerParameters(command=sys.executable, args=["-m", "homestretch", "mcp"], env=env)
        async with Client(stdio_client(command)) as client:
            found = await call_with(client, "activities", {"from": "2026-05-03", "to": "2026-05-03"})
            assert found.document["total"] == 1
            beside = serving(env, unused_port)
            await asyncio.to_thread(beside.__enter__)
            try:
                assert (await asyncio.to_thread(ask, unused_port, "GET", "/health"))[0] == 200
                assert (await call_with(client, "activities", {})).document["total"] == 1
            finally:
                await asyncio.to_thread(beside.__exit__, None, None, None)

    asyncio.run(talk())


def test_nothing_but_the_protocol_is_printed_and_it_ends_with_its_input(tmp_path: Path) -> None:
    """Also in a folder that does not exist yet, and after what is no message."""
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    listing = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "activities", "arguments": {}}}
    done = say(tmp_path / "data", HELLO, ready, listing)
    assert done.returncode == 0, done.stderr
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(message["jsonrpc"] == "2.0" for message in messages)
    assert messages[0]["result"]["serverInfo"]["name"] == "homestretch"
    # What was asked before the input ended is answered, or cut off by its end.
    assert {message.get("id") for message in messages} <= {1, 2}


def test_several_athletes_need_a_name_or_a_token(sqlite_context: Context) -> None:
    app = App(sqlite_context)
    set_up(sqlite_context, "anna", "long enough")
    ben = create_account(sqlite_context, "ben", "long enough", is_admin=False)
    tokens = {use: create_token(sqlite_context, ben, "x", use)[1] for use in ("mcp", "health")}
    with pytest.raises(BadRequest, match="--athlete"):
        visitor_of(app, None, None)
    for wrong in ("hs_wrong", tokens["health"]):
        with pytest.raises(SignInNeeded):
            visitor_of(app, None, wrong)
    with pytest.raises(NotFound):
        visitor_of(app, "anna", tokens["mcp"])
    assert visitor_of(app, "ben", None).scope.athlete_id == visitor_of(app, None, tokens["mcp"]).scope.athlete_id
    assert visitor_of(app, "ben", None).scope.use == "model"


def test_a_refusal_is_a_sentence_and_an_exit_code(tmp_path: Path) -> None:
    refused = say(tmp_path / "data", HELLO, arguments=("--token", "hs_wrong"))
    assert (refused.stdout, refused.returncode) == ("", 3) and "Sign in first." in refused.stderr
