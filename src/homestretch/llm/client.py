"""Makes one request to a language model. The only file that knows pydantic-ai: import it when a model is asked.

Nothing is tried again here but an answer that has faults, once: what to do about a failure is the caller's.
"""

import asyncio
import functools
import json
import math
from collections.abc import AsyncIterable, Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
from openai import AsyncOpenAI
from pydantic_ai import (
    Agent,
    AgentStreamEvent,
    ModelRetry,
    ModelSettings,
    RunContext,
    UsageLimits,
    capture_run_messages,
)
from pydantic_ai.exceptions import (
    ContentFilterError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelTimeoutError,
    ToolFailed,
    UnexpectedModelBehavior,
    UsageLimitExceeded,
    UserError,
)
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ModelResponsePart,
    PartDeltaEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    ToolCallPart,
    UserPromptPart,
)
from pydantic_ai.models import Model
from pydantic_ai.models.ollama import OllamaModel
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.models.openrouter import OpenRouterModel, OpenRouterModelSettings
from pydantic_ai.output import NativeOutput, PromptedOutput
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.ollama import OllamaProvider
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.providers.openrouter import OpenRouterProvider
from pydantic_ai.usage import RunUsage

from homestretch.errors import HomestretchError
from homestretch.llm.endpoint import Endpoint, Failure, Reply, Request, Trouble
from homestretch.llm.transport import NothingSent, ReachTransport, Recorder

TEMPERATURE = 0.2
#: The SDK insists on a key; local endpoints take any.
NO_KEY = "none"
#: OpenRouter: providers that keep nothing and take what we send; no others.
PROVIDERS = {"data_collection": "deny", "zdr": True, "require_parameters": True, "allow_fallbacks": True}
CONNECT_S = 10.0
#: So many bytes are taken for a token where an endpoint does not count.
BYTES_A_TOKEN = 3.5
#: No call takes more; what an endpoint says beyond that is nonsense, which must not break what is kept.
MOST_TOKENS, MOST_DOLLARS = 1_000_000_000, 1_000_000.0


class Stop(Exception):
    """Whoever takes the text wants no more."""


class OurFault(Exception):
    """A tool, a check or whoever takes the text failed: not the endpoint's doing."""


type Taker = Callable[[str], None]


def run[T](endpoint: Endpoint, request: Request[T], on_text: Taker | None = None) -> Reply[T]:
    """Make a request and return the reply, in a thread without an event loop of its own.

    `on_text` is given pieces of a plain text (`output` is str) as they come, and may raise Stop. Never raises for what
    an endpoint does.
    """
    return asyncio.run(_run(endpoint, request, on_text, ReachTransport(endpoint.reach)))


def preview[T](endpoint: Endpoint, request: Request[T]) -> bytes:
    """Return the body (JSON) that a request would send; nothing is sent."""
    return asyncio.run(_run(endpoint, request, None, NothingSent())).sent


async def _run[T](
    endpoint: Endpoint, request: Request[T], on_text: Taker | None, transport: httpx2.AsyncBaseTransport
) -> Reply[T]:
    recorder, usage, rejected, left = Recorder(), RunUsage(), list[str](), list[str]()
    taken = _Taken(on_text or (lambda _: None))
    timeout = httpx2.Timeout(endpoint.timeout_s, connect=min(CONNECT_S, endpoint.timeout_s))
    value, failure = None, None
    async with httpx2.AsyncClient(
        transport=transport, timeout=timeout, follow_redirects=False, event_hooks={"request": [recorder]}
    ) as http:
        with capture_run_messages() as messages:
            try:
                agent = _agent(endpoint, request, http)
                if on_text is None:  # what is streamed is checked as it comes
                    _checked(agent, request, rejected, left)
                result = await agent.run(
                    request.data,
                    message_history=list(_history(request)),
                    model_settings=_settings(endpoint, request),
                    usage=usage,
                    usage_limits=_limits(request),
                    event_stream_handler=None if on_text is None else taken,
                )
                value = result.output
                failure = _unfinished(_endings(messages)[-1:])
            # An endpoint can send anything, and the libraries then raise anything.
            except Exception as error:
                ours = _cause(error, OurFault)
                if ours is not None and ours.__cause__ is not None:
                    raise ours.__cause__ from None
                failure = _failure(error, endpoint.key)
                if failure.trouble == "wrong_answer" and "content_filter" in _endings(messages):
                    failure = Failure("filtered", failure.detail)
    counted = _bounded(usage.input_tokens), _bounded(usage.output_tokens)
    tokens_in, tokens_out = counted if any(counted) else _estimated(recorder.body, messages, taken.characters)
    return Reply(
        value=None if failure is not None else value,
        failure=failure,
        sent=recorder.body,
        rejected=rejected,
        faults=left,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        cost=_cost(messages),
        provider=_provider(messages),
    )


def _own[**P, R](function: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    """Call a function of ours: what it raises is kept apart from what the endpoint does. Raises OurFault for a bug."""
    try:
        return function(*args, **named)
    except (HomestretchError, ModelRetry, Stop):
        raise
    except Exception as error:
        raise OurFault from error


def _bounded(tokens: int) -> int:
    """Return a count of tokens as it may be: endpoints have sent less than none."""
    return min(max(tokens, 0), MOST_TOKENS)


def _agent[T](endpoint: Endpoint, request: Request[T], http: httpx2.AsyncClient) -> Agent[None, T]:
    output: Any = request.output
    if request.output is not str:
        output = {"tool": output, "native": NativeOutput(output), "prompted": PromptedOutput(output)}[endpoint.output]
    return Agent(
        _model(endpoint, request.model, http),
        output_type=output,
        instructions=request.instructions,
        tools=[*_limited(request)],
        retries={"output": 1, "tools": 2},
    )


def _checked[T](agent: Agent[None, T], request: Request[T], rejected: list[str], left: list[str]) -> None:
    """Let the agent check answers: one with faults is refused once, and taken with them the second time."""

    @agent.output_validator
    def _check(run: RunContext[None], value: T) -> T:
        faults = list(_own(request.check, value))
        if faults and run.retry == 0:
            rejected.extend(faults)
            raise ModelRetry("Write the whole answer again without these faults:\n" + "\n".join(faults))
        left[:] = faults
        return value


def _model(endpoint: Endpoint, name: str, http: httpx2.AsyncClient) -> Model:
    """Return the model; the SDK's own tries are off, for it would repeat what has to wait."""
    client = AsyncOpenAI(base_url=endpoint.url, api_key=endpoint.key or NO_KEY, max_retries=0, http_client=http)
    profile = OpenAIModelProfile(
        openai_chat_streaming_requires_finish_reason=True,  # without it a broken stream looks like a short answer
        openai_chat_supports_max_completion_tokens=(urlsplit(endpoint.url).hostname or "").endswith("openai.com"),
    )
    if endpoint.kind == "openrouter":
        return OpenRouterModel(name, provider=OpenRouterProvider(openai_client=client), profile=profile)
    if endpoint.kind == "ollama":
        return OllamaModel(name, provider=OllamaProvider(openai_client=client), profile=profile)
    return OpenAIChatModel(name, provider=OpenAIProvider(openai_client=client), profile=profile)


def _settings[T](endpoint: Endpoint, request: Request[T]) -> ModelSettings:
    settings = OpenRouterModelSettings(
        timeout=endpoint.timeout_s, temperature=TEMPERATURE, max_tokens=request.max_tokens
    )
    if endpoint.kind == "openrouter":
        settings["openrouter_provider"] = PROVIDERS  # type: ignore[typeddict-item]
        settings["openrouter_usage"] = {"include": True}
    return settings


def _limits[T](request: Request[T]) -> UsageLimits:
    requests = 3 + (request.most_tool_calls + 2 if request.tools else 0)
    return UsageLimits(request_limit=requests, total_tokens_limit=request.token_limit)


def _limited[T](request: Request[T]) -> Iterator[Callable[..., object]]:
    """Yield the tools, which together are called so often at most and give no longer answers than allowed."""
    calls = iter(range(request.most_tool_calls))

    def limited(tool: Callable[..., object]) -> Callable[..., object]:
        @functools.wraps(tool)
        def called(*args: object, **named: object) -> object:
            if next(calls, None) is None:
                raise ToolFailed("No more tool calls are left. Answer from what you have.")
            try:
                found = _own(tool, *args, **named)
            except HomestretchError as error:
                raise ToolFailed(str(error)) from None
            if len(json.dumps(found, ensure_ascii=False, default=str).encode()) > request.tool_bytes:
                raise ToolFailed("The answer is too long. Ask for less, such as fewer days.")
            return found

        return called

    return map(limited, request.tools)


def _history[T](request: Request[T]) -> Iterator[ModelMessage]:
    for question, answer in request.history:
        yield ModelRequest(parts=[UserPromptPart(question)])
        yield ModelResponse(parts=[TextPart(answer)])


class _Taken:
    """Passes the text of a streamed answer on, and counts its characters."""

    def __init__(self, on_text: Taker) -> None:
        self._on_text = on_text
        self.characters = 0

    async def __call__(self, _run: RunContext[None], events: AsyncIterable[AgentStreamEvent]) -> None:
        async for event in events:
            if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart):
                # What a model says before it calls a tool is a text of its own.
                self._take(f"\n{event.part.content}" if self.characters else event.part.content)
            elif isinstance(event, PartDeltaEvent) and isinstance(event.delta, TextPartDelta):
                self._take(event.delta.content_delta)

    def _take(self, text: str) -> None:
        self.characters += len(text)
        _own(self._on_text, text)


def _unfinished(endings: Iterable[str | None]) -> Failure | None:
    """Return what is wrong with an answer that came, by how it ended."""
    for ending in endings:
        if ending == "content_filter":
            return Failure("filtered", "The service ended the answer.")
        if ending == "error":
            return Failure("server", "The answer broke off.")
        if ending == "length":
            return Failure("limit", "The answer is longer than allowed.")
    return None


def _endings(messages: Iterable[ModelMessage]) -> list[str | None]:
    return [one.finish_reason for one in messages if isinstance(one, ModelResponse)]


def _estimated(sent: bytes, messages: Iterable[ModelMessage], streamed: int) -> tuple[int, int]:
    """Return the tokens of an answer that came without a count, by its length; zero where no answer began."""
    parts = [part for one in messages if isinstance(one, ModelResponse) for part in one.parts]
    written = max(streamed, sum(len(_written(part)) for part in parts))
    return (math.ceil(len(sent) / BYTES_A_TOKEN), math.ceil(written / BYTES_A_TOKEN)) if written else (0, 0)


def _written(part: ModelResponsePart) -> str:
    if isinstance(part, ToolCallPart):
        return part.args_as_json_str()
    return part.content if isinstance(part, TextPart) else ""


def _noted(messages: Iterable[ModelMessage], name: str) -> list[object]:
    """Return what the endpoint noted under a name with its answers."""
    details = [one.provider_details or {} for one in messages if isinstance(one, ModelResponse)]
    return [one[name] for one in details if one.get(name) is not None]


def _cost(messages: Iterable[ModelMessage]) -> float | None:
    costs = [one for one in _noted(messages, "cost") if isinstance(one, int | float)]
    total = float(sum(costs)) if costs else math.nan
    return min(total, MOST_DOLLARS) if total >= 0 else None


def _provider(messages: Iterable[ModelMessage]) -> str | None:
    found = _noted(messages, "downstream_provider")
    return str(found[-1]) if found else None


#: The first that fits says what happened; those with more ancestors come first.
_TROUBLES: tuple[tuple[type[Exception], Trouble], ...] = (
    (Stop, "stopped"),
    (ModelRateLimitError, "rate_limited"),
    (ModelQuotaExceededError, "credits"),
    (ModelAuthenticationError, "key"),
    (ModelNotFoundError, "unknown_model"),
    (ModelContextWindowExceededError, "too_long"),
    (ModelRequestRejectedError, "rejected"),
    (ModelTimeoutError, "slow"),
    (ModelRequestTimeout, "slow"),
    (ModelConnectionError, "unreachable"),
    (ContentFilterError, "filtered"),
    (UsageLimitExceeded, "limit"),
    (UserError, "rejected"),
    (ModelAPIError, "server"),
)


def _failure(error: Exception, key: str | None) -> Failure:
    refused = _cause(error, HomestretchError)
    if refused is not None:
        return Failure("address", str(refused))
    if isinstance(error, httpx2.HTTPError):
        return Failure("unreachable", type(error).__name__)
    if isinstance(error, UnexpectedModelBehavior) and not isinstance(error, ContentFilterError):
        return Failure("wrong_answer" if _exhausted(error) else "server", _short(error, key))
    trouble: Trouble = next((trouble for kind, trouble in _TROUBLES if isinstance(error, kind)), "server")
    if trouble == "unreachable" and _cause(error, TimeoutError, httpx2.TimeoutException) is not None:
        trouble = "slow"
    if trouble == "server" and isinstance(error, ModelHTTPError) and error.status_code in (400, 413, 415, 422):
        trouble = "rejected"
    return Failure(trouble, _short(error, key), getattr(error, "retry_after", None))


def _exhausted(error: UnexpectedModelBehavior) -> bool:
    """Return whether the endpoint answered, and the model's answers could not be used."""
    text = error.message.lower()
    return "retries" in text or "token limit" in text or "content" in text


def _cause[E: BaseException](error: BaseException | None, *kinds: type[E]) -> E | None:
    while error is not None:
        if isinstance(error, kinds):
            return error
        error = error.__cause__ or error.__context__
    return None


def _short(error: Exception, key: str | None) -> str:
    """Return what an error says, on one line, without the key, which an endpoint may repeat."""
    text = " ".join(str(error).split()) or type(error).__name__
    return (text.replace(key, "…") if key else text)[:300]
