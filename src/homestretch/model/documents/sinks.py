"""Sinks: where an athlete's days are sent, and whether what is there is what we hold."""

from typing import Literal, TypedDict

from homestretch.model.documents.sources import Choice

type SinkState = Literal["ready", "backed_off", "stopped", "paused", "fetched"]


class SinkField(TypedDict):
    """A setting of a sink, as a form asks it."""

    key: str
    title: str
    kind: str
    help: str
    default: str
    required: bool
    choices: list[Choice]


class SinkKind(TypedDict):
    """Where days can be sent to."""

    key: str
    name: str
    fields: list[SinkField]


class SinkKinds(TypedDict):
    """Everything that days can be sent to."""

    items: list[SinkKind]


class SinkDocument(TypedDict):
    """A sink: `kinds` are those that are sent, `pending_days` the changed days that are not there yet.

    Secrets are never among the settings. `state`: `fetched` is one that is asked by the other side; a `stopped` one
    needs a person, for the `reason`.
    """

    id: str
    sink: str
    name: str
    user: str
    settings: dict[str, str]
    has_password: bool
    kinds: list[str]
    state: SinkState
    reason: str | None
    retry_at: str | None
    pushed_at: str | None
    whole_until: str | None
    pending_days: int
    samples_sent: int


class Sinks(TypedDict):
    """An athlete's sinks, the oldest first."""

    items: list[SinkDocument]


class NewSinkMade(TypedDict):
    """A sink that was added; `token` opens /metrics/health where it is fetched, and is shown only here."""

    id: str
    sink: str
    token: str | None


class SinkPush(TypedDict):
    """What a push sent; `error` is why it was not finished."""

    id: str
    sink: str
    samples: int
    notes: list[str]
    error: str | None


class SinkPushes(TypedDict):
    """What each push sent."""

    items: list[SinkPush]


class SinkDifference(TypedDict):
    """A series that differs: its samples here and there, and how many of ours are missing there."""

    series: str
    ours: int
    there: int
    missing: int


class SinkCheck(TypedDict):
    """Both sides compared: `equal` is null where the other side can't be asked."""

    id: str
    sink: str
    equal: bool | None
    ours: int | None
    there: int | None
    differences: list[SinkDifference]


class SinkChecks(TypedDict):
    """Each sink, compared with what we hold."""

    items: list[SinkCheck]
