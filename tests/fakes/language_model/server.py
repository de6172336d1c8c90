"""An endpoint that speaks OpenAI's protocol on loopback: chat completions (plain and streamed), models, every fault.

A test scripts what the model says, step by step; everything that was asked is in `asked`.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast

TOKENS_IN, TOKENS_OUT = 200, 50


@dataclass(frozen=True)
class Text:
    """A plain text, streamed in pieces of some characters; `gate` is waited for before each piece but the first."""

    text: str
    pieces: int = 7
    gate: threading.Event | None = None


@dataclass(frozen=True)
class Json:
    """An answer with a schema, given in the way that the request asks for: tool call, JSON mode or text."""

    document: object
    as_text: bool = False


@dataclass(frozen=True)
class Call:
    """A call of a tool, before which the model may say something."""

    name: str
    arguments: Mapping[str, object]
    text: str | None = None


@dataclass(frozen=True)
class Status:
    """A refusal by status."""

    status: int
    message: str = "no"
    headers: Mapping[str, str] = field(default_factory=dict)
    code: str | None = None


@dataclass(frozen=True)
class Inside:
    """An answer 200 with an error in it, as OpenRouter gives where a provider behind it fails."""

    code: int = 502


@dataclass(frozen=True)
class Page:
    """An answer 200 that is a page of a proxy."""

    body: bytes = b"<html><body>Sign in to the WLAN</body></html>"
    kind: str = "text/html"


@dataclass(frozen=True)
class Slow:
    """An answer that takes longer than anybody waits."""

    seconds: float = 3.0


@dataclass(frozen=True)
class Finish:
    """An answer that ends for a reason of the provider's, such as `error`, `length` or `content_filter`."""

    reason: str


@dataclass(frozen=True)
class Breaks:
    """A stream that breaks after a text: with an error chunk, or (`quiet`) by a closed connection."""

    text: str
    quiet: bool = False


type Step = Text | Json | Call | Status | Inside | Page | Slow | Finish | Breaks | Callable[[dict[str, Any]], "Step"]


class FakeModel:
    """The endpoint, for the block in which it is entered. Without a step in `script` it gives the `usual` one.

    `key`: what is refused without it. `cost`, in dollars, stands in each answer as OpenRouter writes it. `provider`
    None: an endpoint that does not name one.
    """

    def __init__(self, key: str | None = None) -> None:
        self.key = key
        self.script: list[Step] = []
        self.usual: Step = Text("Yes.")
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.models: Sequence[str] = ("small", "vendor/large")
        self.models_step: Status | Page | None = None
        self.cost: float | None = None
        self.provider: str | None = "Somebody"
        self.tokens = (TOKENS_IN, TOKENS_OUT)
        self._lock = threading.Lock()
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        """The base address."""
        assert self._server is not None, "not started"
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        self._server = _Server(self)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()
        self._server = None

    def again(self) -> None:
        """Forget everything, for the next test."""
        self.key, self.script, self.usual = None, [], Text("Yes.")
        self.asked, self.headers, self.models_step = [], [], None
        self.cost, self.provider, self.tokens = None, "Somebody", (TOKENS_IN, TOKENS_OUT)

    def step(self, body: dict[str, Any], headers: dict[str, str]) -> Step:
        """Take down a request and return what to do."""
        with self._lock:
            self.asked.append(body)
            self.headers.append(headers)
            step = self.script.pop(0) if self.script else self.usual
        return step(body) if callable(step) else step


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, fake: FakeModel) -> None:
        self.fake = fake
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hung up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def fake(self) -> FakeModel:
        return cast(_Server, self.server).fake

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing."""

    def _known(self) -> bool:
        return self.fake.key is None or self.headers.get("Authorization") == f"Bearer {self.fake.key}"

    def do_GET(self) -> None:
        step = self.fake.models_step
        if isinstance(step, Page):
            self._reply(200, step.body, step.kind)
        elif isinstance(step, Status):
            self._refuse(step)
        elif not self._known():
            self._refuse(Status(401, "No auth credentials found"))
        elif self.path == "/v1/models":
            data = [{"id": name, "object": "model", "created": 1, "owned_by": "us"} for name in self.fake.models]
            self._json({"object": "list", "data": data})
        else:
            self._refuse(Status(404, "Not Found"))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        step = self.fake.step(body, {name.lower(): value for name, value in self.headers.items()})
        if not self._known():
            step = Status(401, "No auth credentials found")
        elif self.path != "/v1/chat/completions":
            step = Status(404, "Not Found")
        elif body["model"] not in self.fake.models:
            step = Status(404, f"The model {body['model']} does not exist", code="model_not_found")
        match step:
            case Status():
                self._refuse(step)
            case Page():
                self._reply(200, step.body, step.kind)
            case Slow():
                time.sleep(step.seconds)
                self._refuse(Status(504))
            case Inside():
                self._json({"error": {"message": "Provider returned error", "code": step.code}, "user_id": "u"})
            case _ if body.get("stream"):
                self._stream(body, step)
            case _:
                self._json(self._completion(body, step))

    def _refuse(self, step: Status) -> None:
        body = json.dumps({"error": {"message": step.message, "type": "x", "code": step.code}}).encode()
        self._reply(step.status, body, "application/json", step.headers)

    def _json(self, document: object) -> None:
        self._reply(200, json.dumps(document).encode(), "application/json")

    def _reply(self, status: int, body: bytes, kind: str, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _usage(self) -> dict[str, Any]:
        read, written = self.fake.tokens
        usage: dict[str, Any] = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
        return usage | ({} if self.fake.cost is None else {"cost": self.fake.cost})

    def _head(self, body: dict[str, Any], kind: str) -> dict[str, Any]:
        head = {"id": "gen-1", "object": kind, "created": 1_700_000_000, "model": body["model"]}
        return head | ({} if self.fake.provider is None else {"provider": self.fake.provider})

    def _completion(self, body: dict[str, Any], step: Any) -> dict[str, Any]:
        message, finish = _message(body, step)
        choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish, "logprobs": None}
        return {**self._head(body, "chat.completion"), "choices": [choice], "usage": self._usage()}

    def _stream(self, body: dict[str, Any], step: Any) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        head = self._head(body, "chat.completion.chunk")
        for delta in _deltas(body, step):
            choice = {"index": 0, "delta": delta, "finish_reason": None, "logprobs": None}
            self._event({**head, "choices": [choice]})
        if isinstance(step, Breaks):
            if not step.quiet:
                error = {"code": 502, "message": "Provider disconnected"}
                choice = {"index": 0, "delta": {"content": ""}, "finish_reason": "error"}
                self._event({**head, "error": error, "choices": [choice]})
            self.close_connection = True
            return
        _, finish = _message(body, step)
        last = {"index": 0, "delta": {}, "finish_reason": finish, "logprobs": None}
        self._event({**head, "choices": [last]})
        self._event({**head, "choices": [], "usage": self._usage()})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _event(self, document: object) -> None:
        self.wfile.write(b"data: " + json.dumps(document).encode() + b"\n\n")
        self.wfile.flush()


def _message(body: dict[str, Any], step: Any) -> tuple[dict[str, Any], str]:
    match step:
        case Text():
            return {"content": step.text}, "stop"
        case Breaks():
            return {"content": step.text}, "stop"
        case Finish():
            return {"content": "Half of"}, step.reason
        case Call():
            return {"content": step.text, "tool_calls": [_tool_call(step.name, step.arguments)]}, "tool_calls"
        case Json():
            names = [tool["function"]["name"] for tool in body.get("tools", ())]
            if "final_result" in names and not step.as_text:
                return {"content": None, "tool_calls": [_tool_call("final_result", step.document)]}, "tool_calls"
            return {"content": json.dumps(step.document)}, "stop"
    raise AssertionError(step)


def _tool_call(name: str, arguments: object) -> dict[str, Any]:
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return {"id": f"call_{name}", "type": "function", "function": {"name": name, "arguments": text}}


def _deltas(body: dict[str, Any], step: Any) -> Iterator[dict[str, Any]]:
    message, _ = _message(body, step)
    text, gate = message.get("content") or "", getattr(step, "gate", None)
    size = getattr(step, "pieces", 7)
    for start in range(0, len(text), size):
        if start and gate is not None:
            gate.wait(10)
        yield {"role": "assistant", "content": text[start : start + size]}
    for number, call in enumerate(message.get("tool_calls", ())):
        yield {"role": "assistant", "content": None, "tool_calls": [{"index": number, **call}]}
