"""Documents about sources: what providers are, connections to them and their syncs. Times are UTC ms."""

from typing import Literal, TypedDict

FieldKind = Literal["text", "password", "code", "switch", "number", "day", "choice", "long", "path", "callback"]
Span = Literal["activity", "day", "block", "once", "file", "status"]
ConnectionState = Literal["ready", "running", "backed_off", "question", "sign_in", "paused"]


class Choice(TypedDict):
    """A value to choose, and what it is called."""

    value: str
    title: str


class AskedField(TypedDict):
    """One field of a form for a person."""

    key: str
    title: str
    kind: FieldKind
    help: str
    default: str | float | bool | None
    required: bool
    choices: list[Choice]
    least: float | None
    most: float | None
    variable: str | None
    aliases: list[str]


class SetUpStep(TypedDict):
    """One step of what a person does at the provider before signing in, and what they copy for it."""

    text: str
    copy: str


class AuthMethod(TypedDict):
    """A way to sign in."""

    key: str
    title: str
    help: str
    fields: list[AskedField]
    steps: list[SetUpStep]


class SourceKind(TypedDict):
    """A kind of data that a provider has, and what one entry is about."""

    key: str
    title: str
    span: Span


class SourceTerms(TypedDict):
    """What a provider lets us do with what it gives; `keep_days` of null is forever."""

    may_link: bool
    may_show: bool
    may_share: bool
    may_compare: bool
    may_blend: bool
    may_export: bool
    may_llm: bool
    keep_days: int | None


class SourceDescription(TypedDict):
    """A provider, described: forms and badges are made from this. It can be asked for `messages` about what is new."""

    key: str
    name: str
    note: str
    home: str
    schedule: str
    auth_methods: list[AuthMethod]
    settings: list[AskedField]
    kinds: list[SourceKind]
    terms: SourceTerms
    messages: bool


class SyncRun(TypedDict):
    """A sync: `left` is what it still has to fetch, null until it has looked what there is."""

    id: str
    reason: Literal["schedule", "hand", "first"]
    state: Literal["waiting", "running", "done", "stopped", "failed"]
    requests: int
    fetched: int
    empty: int
    failed: int
    left: int | None
    asked_ms: int
    began_ms: int | None
    ended_ms: int | None
    note: str | None


class OpenQuestion(TypedDict):
    """What a provider asks before it lets us in."""

    text: str
    fields: list[AskedField]


class Quota(TypedDict):
    """How many requests of so many seconds are spent."""

    seconds: int
    most: int
    quota_used: int


class ItemStates(TypedDict):
    """How many items are in each state; `reached` is the last day that is wanted, `first` the first of all."""

    wanted: int
    have: int
    none: int
    failed: int
    gone: int
    reached: str | None
    first: str | None


class Backlog(ItemStates):
    """How many items are in each state; a backfill goes down from `reached` to `first`."""

    eta_s: float | None


class Connection(TypedDict):
    """An account at a provider, as it stands; its schedule does not go below `least_ms`.

    `settings` are the values of the provider's own settings, by the keys of their fields; `lacks` are the titles of
    the kinds of data that the person did not allow there.
    """

    id: str
    source: str
    name: str
    label: str
    state: ConnectionState
    reason: str | None
    retry_at_ms: int | None
    question: OpenQuestion | None
    schedule: str | None
    least_ms: int
    next_ms: int | None
    good_ms: int | None
    paused: bool
    settings: dict[str, str | float | bool | None]
    run: SyncRun | None
    last: SyncRun | None
    requests_today: int
    quota: list[Quota]
    backlog: Backlog
    lacks: list[str]
    created_ms: int


class Connections(TypedDict):
    """The athlete's connections, and the providers there are."""

    items: list[Connection]
    available: list[SourceDescription]


class Asked(TypedDict):
    """The proposal, already approved, by which something was asked of a provider."""

    proposal: str


class Wanted(TypedDict):
    """How many items are wanted again."""

    wanted: int


class Losses(TypedDict):
    """What a disconnect with `purge` would delete; what is `cached` goes without it too."""

    activities: int
    only_here: int
    files: int
    days: int
    cached: int
    payloads: int


class ScheduleTimes(TypedDict):
    """When a schedule is due next."""

    times_ms: list[int]
