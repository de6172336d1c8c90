"""Documents about sources: what providers are, connections to them, runs, gaps, the log, notices. Times are UTC ms."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from homestretch.api.shapes.base import Shape

type Answers = Annotated[dict[str, Annotated[str, Field(max_length=20_000)]], Field(max_length=20)]


class Choice(BaseModel):
    """A value to choose, and what it is called."""

    value: str
    title: str


class AskedField(BaseModel):
    """One field of a form for a person."""

    key: str
    title: str
    kind: Literal["text", "password", "code", "switch", "number", "day", "choice", "long", "path", "callback"]
    help: str
    default: str | float | bool | None
    required: bool
    choices: list[Choice]
    least: float | None
    most: float | None
    variable: str | None


class AuthMethod(BaseModel):
    """A way to sign in."""

    key: str
    title: str
    help: str
    fields: list[AskedField]


class SourceKind(BaseModel):
    """A kind of data that a provider has, and what one entry is about."""

    key: str
    title: str
    span: Literal["activity", "day", "block", "once", "file"]


class SourceTerms(BaseModel):
    """What a provider lets us do with what it gives."""

    may_link: bool
    may_show: bool
    may_share: bool
    may_compare: bool
    may_blend: bool
    may_export: bool
    may_llm: bool
    keep_days: int | None


class SourceDescription(BaseModel):
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


class SyncRun(BaseModel):
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


class OpenQuestion(BaseModel):
    """What a provider asks before it lets us in."""

    text: str
    fields: list[AskedField]


class Quota(BaseModel):
    """How many requests of so many seconds are spent."""

    seconds: int
    most: int
    quota_used: int


class Backlog(BaseModel):
    """How many items are in each state; a backfill goes down from `reached` to `first`."""

    wanted: int
    have: int
    none: int
    failed: int
    gone: int
    eta_s: float | None
    reached: str | None
    first: str | None


class Connection(BaseModel):
    """An account at a provider, as it stands; its schedule does not go below `least_ms`."""

    id: str
    source: str
    name: str
    label: str
    state: Literal["ready", "running", "backed_off", "question", "sign_in", "paused"]
    reason: str | None
    retry_at_ms: int | None
    question: OpenQuestion | None
    schedule: str | None
    least_ms: int
    next_ms: int | None
    good_ms: int | None
    paused: bool
    settings: dict[str, Any]
    run: SyncRun | None
    last: SyncRun | None
    requests_today: int
    quota: list[Quota]
    backlog: Backlog
    created_ms: int


class Connections(BaseModel):
    """The athlete's connections, and the providers there are."""

    items: list[Connection]
    available: list[SourceDescription]


class NewSignIn(Shape):
    """How to sign in: one of the provider's ways, and the answers to its fields."""

    method: Annotated[str, Field(max_length=40)]
    answers: Answers


class NewConnection(NewSignIn):
    """A provider to sign in to."""

    source: Annotated[str, Field(max_length=40)]


class NewAnswer(Shape):
    """Answers to the open question."""

    answers: Answers


class ConnectionChange(Shape):
    """What changes; a schedule of null means by hand only."""

    settings: dict[str, str | float | bool | None] | None = None
    schedule: Annotated[str, Field(max_length=100)] | None = None
    paused: bool | None = None


class NewSync(Shape):
    """What a sync by hand looks at again; nothing given: as by schedule."""

    since: date | None = None
    until: date | None = None
    backfill: bool = False


class Again(Shape):
    """Days to fetch again, of one kind or of all."""

    since: date
    until: date
    kind: Annotated[str, Field(max_length=40)] | None = None


class Asked(BaseModel):
    """The proposal, already approved, by which something was asked of a provider."""

    proposal: str


class Wanted(BaseModel):
    """How many items are wanted again."""

    wanted: int


class Losses(BaseModel):
    """What a disconnect with `purge` would delete; what is `cached` goes without it too."""

    activities: int
    only_here: int
    files: int
    days: int
    cached: int
    payloads: int


class GapRow(BaseModel):
    """A kind, and a letter per day: h have, n nothing there, w wanted, f failed, g gone, . unknown."""

    kind: str
    title: str
    states: str


class Gaps(BaseModel):
    """What we have of a provider, day by day."""

    from_: Annotated[str, Field(alias="from")]
    to: str
    rows: list[GapRow]


class LogActivity(BaseModel):
    """An activity that a line of a log leads to."""

    id: str
    name: str


class LogLine(BaseModel):
    """A line of a connection's log: the run in which it was written, if any, and the activity made of what came.

    `quiet` is whether it says only that nothing was new.
    """

    id: str
    at_ms: int
    level: Literal["info", "warning", "error"]
    code: str
    quiet: bool
    run: str | None
    text: str
    activity: LogActivity | None


class SyncLog(BaseModel):
    """Lines of a log, the newest first; `next` is where older ones begin."""

    items: list[LogLine]
    next: str | None


class SourceEntry(BaseModel):
    """One thing that a provider has."""

    kind: str
    key: str
    since: str
    until: str
    state: Literal["wanted", "have", "none", "failed", "gone"]
    form: str | None
    note: str | None
    details: dict[str, Any]


class Notice(BaseModel):
    """What the athlete should know of."""

    id: str
    at_ms: int
    code: str
    text: str
    seen: bool
    connection: str | None


class Notices(BaseModel):
    """Notices, the newest first."""

    items: list[Notice]
    unseen: int


class ScheduleTimes(BaseModel):
    """When a schedule is due next."""

    times_ms: list[int]
