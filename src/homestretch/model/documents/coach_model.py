"""Documents about the language model: how it is set up, what was agreed to, calls, and prompts."""

from typing import Literal, NotRequired, TypedDict

from homestretch.model.coach.model_reasons import Why


class WhyNot(TypedDict):
    """Why a model is not asked or gave no answer, and the sentence for the athlete; `until` where it ends by itself."""

    why: Why
    sentence: str
    until: NotRequired[str]


class ModelAgreement(TypedDict):
    """That data of the athlete may be sent: where to, and whether with names and notes."""

    endpoint: str
    names: bool
    at: str


class ModelSpending(TypedDict):
    """What was spent or is reserved today (UTC), and the limits; null: no limit."""

    day: str
    calls: int
    tokens: int
    usd: float
    tokens_limit: int | None
    usd_limit: float | None


class ModelState(TypedDict):
    """Whether a model can be asked for an athlete: `not_now` says why it can't.

    Without an `agreement` nothing is sent; one to another endpoint does not count, nor one without names where names
    are sent.
    """

    endpoint: str | None
    models: list[str]
    names: bool
    agreement: ModelAgreement | None
    not_now: WhyNot | None
    spending: ModelSpending


class UsedModelDocument(TypedDict):
    """A model that is asked, with its prices in US dollars for a million tokens."""

    name: str
    price_in: float | None
    price_out: float | None


class ModelSettingsDocument(TypedDict):
    """How the model is set up; the key is never shown, only whether there is one."""

    url: str
    kind: Literal["openai", "openrouter", "ollama"]
    output: Literal["tool", "native", "prompted"]
    models: list[UsedModelDocument]
    has_key: bool
    tokens_a_day: int | None
    usd_a_day: float | None
    keep_days: int
    names: bool
    timeout_s: int


class ModelSetup(TypedDict):
    """How the model is set up, null where there is no model, and why it is not asked at the moment."""

    settings: ModelSettingsDocument | None
    stopped: WhyNot | None


class ModelCheck(TypedDict):
    """What a test of the connection found; `models` are those that the endpoint lists."""

    ok: bool
    problem: WhyNot | None
    detail: str
    model: str | None
    models: list[str]
    ms: int | None


class ModelCallRow(TypedDict):
    """A call of a model: how it ended, and what it took."""

    id: str
    at: str
    action: str
    endpoint: str
    model: str | None
    provider: str | None
    outcome: str
    sentence: str
    tokens_in: int | None
    tokens_out: int | None
    usd: float | None
    ms: int | None
    kept: bool


class ModelAttempt(TypedDict):
    """One request of a call: which model, and what went wrong."""

    model: str
    trouble: str | None
    detail: str


class ModelCall(ModelCallRow):
    """The same with what was sent and answered (both JSON or plain text; null once deleted) and what was refused."""

    sent: str | None
    answer: str | None
    rejected: list[str]
    attempts: list[ModelAttempt]
    prompt_sha256: str | None
    context_digest: str


class PromptVersion(TypedDict):
    """A version of a prompt for an action and a pattern; 0 is the built-in one. `tested`: it may be activated."""

    action: str
    pattern: str
    version: int
    parent: int | None
    sha256: str
    note: str
    author: str | None
    at: str | None
    active: bool
    tested: bool


class PromptText(PromptVersion):
    """The same with its text, and the end that every prompt of the action has."""

    text: str
    tail: str


class PromptRunDocument(TypedDict):
    """A test run: what was sent and answered (JSON), what is wrong with the answer, and what it took."""

    id: str
    model: str
    sent: str
    answer: str
    faults: list[str]
    tokens_in: int
    tokens_out: int
    usd: float
    ms: int


class PromptDiff(TypedDict):
    """What changed from one version to another: lines after "- ", "+ " or two blanks."""

    action: str
    pattern: str
    before: int
    after: int
    lines: list[str]
