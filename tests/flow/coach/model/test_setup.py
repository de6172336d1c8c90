"""Setting up a model: what is refused, where the key is (and is not), what a test of the connection finds."""

import logging

import pytest

from homestretch.errors import BadRequest
from homestretch.flow.coach.model.agreement import agree, revoke
from homestretch.flow.coach.model.ask import ask
from homestretch.flow.coach.model.setup import NewModelSettings, check_model, remove_model, set_model
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import rotate
from homestretch.net.reach import ReservedAddress
from homestretch.store.queries.model_calls import list_calls
from homestretch.store.queries.model_settings import model_settings
from homestretch.store.scope import Scope
from homestretch.views.coach.model.state import model_check, model_setup
from tests.fakes.language_model.server import FakeModel, Json, Page, Status
from tests.flow.coach.model.asking import Waits, a_note

KEY = "sk-very-secret-0123456789"
READY = Json({"answer": "ready"})
GOOD = Json({"text": "You rode at {m:power}."})


def new(url: str, *models: str, **more: object) -> NewModelSettings:
    return NewModelSettings(url=url, models=[(one, None, None) for one in models], **more)  # type: ignore[arg-type]


def test_the_key_is_nowhere_but_encrypted(
    sqlite_context: Context, scope: Scope, fake: FakeModel, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the files, not in what is shown or kept of a call, not in a log; also where the endpoint repeats it."""
    caplog.set_level(logging.DEBUG)
    fake.key = KEY
    set_model(sqlite_context, new(fake.url, "small", key=f" {KEY}\n"))
    agree(sqlite_context, scope, fake.url, names=False)
    fake.script = [*[Status(500, f"Incorrect API key provided: {KEY}")] * 3, GOOD]
    assert ask(sqlite_context, scope, a_note(), Waits().patience()).why == "server"
    assert ask(sqlite_context, scope, a_note()).value is not None
    assert fake.headers[-1]["authorization"] == f"Bearer {KEY}"
    with sqlite_context.database.read() as reader:
        shown = [str(model_setup(reader, 0)), repr(model_settings(reader)), str(list_calls(reader, scope, None, 9))]
    files = [file.read_bytes() for file in sqlite_context.settings.data_dir.rglob("*") if file.is_file()]
    assert all(KEY not in one for one in (*shown, caplog.text)) and all(KEY.encode() not in one for one in files)
    rotate(sqlite_context)
    assert ask(sqlite_context, scope, a_note()).cached
    fake.script = [READY]
    assert check_model(sqlite_context).why is None, "the key is still the same with other keys of ours"


def test_a_key_stays_with_its_server(sqlite_context: Context, fake: FakeModel) -> None:
    def has_key() -> bool:
        with sqlite_context.database.read() as reader:
            found = model_settings(reader)
        return found is not None and found.key is not None

    set_model(sqlite_context, new("http://127.0.0.1:9/v1", "small", key=KEY))
    set_model(sqlite_context, new("http://127.0.0.1:9/v1/other", "small"))
    assert has_key()
    set_model(sqlite_context, new("http://127.0.0.1:10/v1", "small"))
    assert not has_key(), "a key is not sent to another server than it was entered for"
    set_model(sqlite_context, new("http://127.0.0.1:9/v1", "small", key=KEY))
    set_model(sqlite_context, new("http://127.0.0.1:9/v1", "small", key=""))
    assert not has_key()


@pytest.mark.parametrize(
    ("url", "models", "more", "says"),
    [
        ("ftp://x/v1", ("a",), {}, "http://"),
        ("http://", ("a",), {}, "http://"),
        ("http://[x", ("a",), {}, "no address|not an address"),
        ("http://127.0.0.1:99999/v1", ("a",), {}, "not an address"),
        ("http://me:secret@127.0.0.1/v1", ("a",), {}, "own field"),
        ("http://127.0.0.1/v1?key=x", ("a",), {}, "own field"),
        ("http://127.0.0.1/v1", ("a", "a"), {}, "twice"),
        ("http://127.0.0.1/v1", ("a b",), {}, "blanks"),
        ("http://127.0.0.1/v1", ("a",), {"usd_a_day": 1.0}, "prices"),
        ("http://127.0.0.1/v1", ("a",), {"kind": "openrouter"}, "vendor"),
        ("http://127.0.0.1/v1", ("a",), {"keep_days": 0}, "days"),
        ("http://127.0.0.1/v1", ("a",), {"key": "schlüssel"}, "Copy it again"),
    ],
)
def test_what_can_t_be_is_refused_and_nothing_is_changed(
    sqlite_context: Context, url: str, models: tuple[str, ...], more: dict[str, object], says: str
) -> None:
    before = set_model(sqlite_context, new("http://127.0.0.1:9/v1", "small"))
    with pytest.raises(BadRequest, match=says):
        set_model(sqlite_context, new(url, *models, **more))
    with pytest.raises(ReservedAddress):
        set_model(sqlite_context, new("http://169.254.169.254/v1", "small"))
    with sqlite_context.database.read() as reader:
        assert model_settings(reader) == before


def test_the_kind_follows_from_the_address(sqlite_context: Context) -> None:
    found = [
        set_model(sqlite_context, new(url, "vendor/a"))
        for url in (
            "https://openrouter.ai/api/v1/",
            "http://127.0.0.1:11434/v1",
            "http://127.0.0.1:1234/v1/chat/completions",
        )
    ]
    assert [(one.kind, one.output) for one in found] == [
        ("openrouter", "tool"),
        ("ollama", "native"),
        ("openai", "tool"),
    ]
    assert found[2].url == "http://127.0.0.1:1234/v1"


@pytest.mark.parametrize("output", ["tool", "native", "prompted"])
@pytest.mark.parametrize("kind", ["openai", "ollama"])
def test_every_output_mode_gives_an_answer(
    sqlite_context: Context, scope: Scope, fake: FakeModel, kind: str, output: str
) -> None:
    set_model(sqlite_context, new(fake.url, "small", kind=kind, output=output))
    agree(sqlite_context, scope, fake.url, names=False)
    fake.script = [GOOD]
    assert ask(sqlite_context, scope, a_note()).value is not None
    (asked,) = fake.asked
    assert ("tools" in asked) == (output == "tool") and asked["max_tokens"] == 3_000
    assert (asked.get("response_format", {}).get("type") == "json_schema") == (output == "native")


def test_a_test_of_the_connection_says_what_is_wrong(
    sqlite_context: Context, scope: Scope, fake: FakeModel, unused_port: int
) -> None:
    assert model_check(*check_model(sqlite_context))["problem"] is not None
    set_model(sqlite_context, new(f"http://127.0.0.1:{unused_port}/v1", "small"))
    assert check_model(sqlite_context).why == "unreachable"
    set_model(sqlite_context, new(fake.url))
    only_listed = check_model(sqlite_context)
    assert (only_listed.why, only_listed.models) == ("off", ("small", "vendor/large"))
    fake.key = KEY
    set_model(sqlite_context, new(fake.url, "small", key="wrong"))
    assert check_model(sqlite_context).why == "key"
    set_model(sqlite_context, new(fake.url, "small", "gone", key=KEY))
    fake.script = [READY]
    gone = check_model(sqlite_context)
    assert (gone.why, gone.model) == ("unknown_model", "gone")
    set_model(sqlite_context, new(fake.url, "small"))
    fake.models_step, fake.script = Page(), [READY]
    fine = check_model(sqlite_context)
    assert (fine.why, fine.models, fine.model) == (None, (), "small"), "not every endpoint lists its models"


def test_a_test_that_passes_ends_a_stop(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    set_model(sqlite_context, new(fake.url, "small"))
    agree(sqlite_context, scope, fake.url, names=False)
    fake.script = [Status(402)]
    assert ask(sqlite_context, scope, a_note()).why == "credits"
    fake.script = [READY, GOOD]
    assert check_model(sqlite_context).why is None
    assert ask(sqlite_context, scope, a_note()).value is not None


def test_an_agreement_is_to_one_endpoint_and_can_be_taken_back(
    sqlite_context: Context, scope: Scope, fake: FakeModel, unused_port: int
) -> None:
    fake.usual = GOOD
    set_model(sqlite_context, new(fake.url, "small"))
    agree(sqlite_context, scope, fake.url, names=False)
    assert ask(sqlite_context, scope, a_note()).value is not None
    set_model(sqlite_context, new(fake.url, "small", names=True))
    assert ask(sqlite_context, scope, a_note()).why == "not_agreed", "names are more than was agreed to"
    with pytest.raises(Exception, match="Look again"):
        agree(sqlite_context, scope, fake.url, names=False)
    set_model(sqlite_context, new(f"http://127.0.0.1:{unused_port}/v1", "small"))
    assert ask(sqlite_context, scope, a_note()).why == "not_agreed", "another endpoint is another agreement"
    set_model(sqlite_context, new(fake.url, "small"))
    revoke(sqlite_context, scope)
    assert ask(sqlite_context, scope, a_note()).why == "not_agreed" and len(fake.asked) == 1
    remove_model(sqlite_context)
    assert ask(sqlite_context, scope, a_note()).why == "off"
