"""Where data comes from: each provider is a folder with `source.py`, which describes it once, and `decode.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from homestretch.model.health.measurement import Wellness
from homestretch.model.recording import Decoded
from homestretch.model.terms import Terms
from homestretch.net.budget import Limits, Permit, RateLimitedClient
from homestretch.net.field import Field
from homestretch.net.secret import Secret, SecretStore
from homestretch.registry import load

#: The fields of an activity that can be changed there, of which each says something already.
CORRECTED = ("name", "description", "sport", "gear", "link")


@dataclass(frozen=True, slots=True)
class SetUpStep:
    """One step of what a person does at the provider before they sign in, and what they copy from here for it."""

    text: str
    copy: str = ""


@dataclass(frozen=True, slots=True)
class AuthMethod:
    """A way to sign in: what it asks, what it is good for, and what has to be set up at the provider before."""

    key: str
    title: str
    help: str
    fields: tuple[Field, ...]
    steps: tuple[SetUpStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that a provider has.

    `span` says what one item is: an `activity`, a `day`, a `block` of days in one answer, `once` (all there is), a
    `file` that is listed beside the activities, or the `status` that every run begins with (see StatusClient).
    Blocks are `block_days` long and begin at days whose number since 1970 is a multiple of `block_days`. The list of a
    kind that is not `fetched` says all there is.
    """

    key: str
    title: str
    span: Literal["activity", "day", "block", "once", "file", "status"]
    #: The switch among the settings that it is asked for by.
    switch: str = ""
    #: It is asked for where somebody wants it, and is not missed where it was not allowed.
    optional: bool = False
    block_days: int = 27
    fetched: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.block_days <= 366:
            raise ValueError("block_days is from 1 to 366")


@dataclass(frozen=True, slots=True)
class RemoteItem:
    """One thing that a provider has, from and to a local day; `version` differs once it was changed there.

    `details` are what its list says of an activity, by these names where it says so: `name`, `description`, `sport` and
    `sub_sport` (ours), `start` (ISO, on the local clock), `start_utc` (ISO), `elapsed_s`, `moving_s`, `distance_m`,
    `gear` (its key of the gear), `gear_name`, `device`, `file` (the name that it was uploaded under), `url`, `workout`
    (its key of the planned workout that was done). `held`: something came for the item already, so that an empty answer
    is one too.
    """

    kind: str
    key: str
    since: str
    until: str
    version: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    held: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came for an item, exactly as received: a `file` goes to the archive, anything else is a payload.

    `form` says what it is (`fit`, `tcx`, `gpx`, `json`); a file that came in a zip has its name in there. What is
    `unfinished` the provider still works on: it is asked for again for some days.
    """

    name: str
    form: str
    data: bytes
    file: bool = False
    kind: str | None = None
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class ItemPage:
    """A page of what a provider has: the answer as it came, the items read from it, where the next page begins."""

    answer: Answer
    items: tuple[RemoteItem, ...]
    next: int | None = None


@dataclass(frozen=True, slots=True)
class RemoteAccount:
    """A provider's account: the name to show, the zone of its days, and what its addresses need.

    `key` identifies the account; `here` marks a place on this server, which needs no network. `lacks` are the kinds
    that the person did not allow. `since` is the day on which the account began.
    """

    label: str
    key: str = ""
    zone: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    here: bool = False
    lacks: tuple[str, ...] = ()
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What a provider says before anything else is asked: the account as it is now, and whether there is news.

    `mark` differs once there is something new, and is empty where the provider does not say. `since` is the first local
    day that may be new, where that is before yesterday. `details` are handed back at the next run.
    """

    account: RemoteAccount
    mark: str
    since: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change at a provider: `what` of its activity `key`, or a new activity made of a file.

    For an `upload` the `key` is empty, `value` the file's name, `data` its bytes; for `gear` it is the provider's key,
    for a `link` the key of the activity at another source, which `details` name. `messages` are about no activity: the
    value is our webhook address. A planned `session` is what a workout there (`key`, empty for a new one) becomes:
    `data` is the workout in the source's `workout_format`, empty to take it away; `details` are `external_id` (ours),
    `digest`, `date`, `start` (HH:MM or None), `was` (the day that it is on there), `name`, `note`, `sport`, `minutes`
    and `indoor`.
    """

    what: Literal["name", "description", "gear", "sport", "link", "upload", "messages", "session"]
    key: str
    value: str
    data: bytes = b""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What a provider made of a change: its answer as it came, and the key of the activity.

    With a `task` it is still at it, and is to be asked again.
    """

    answer: Answer
    key: str | None = None
    task: str | None = None


class Client(Protocol):
    """A signed-in account; every exchange goes through the client it was made with."""

    def remote_account(self) -> RemoteAccount:
        """Return the provider's account."""
        ...

    def activities(self, start: int, page: int, since: str | None) -> ItemPage:
        """Return a page of at most `page` activities, the newest first, back to a local day, from a place on."""
        ...

    def fetch(self, item: RemoteItem) -> Sequence[Answer]:
        """Return what the provider has of an item; empty where it has nothing."""
        ...


@runtime_checkable
class StatusClient(Protocol):
    """A client that can say with few requests whether there is anything new; without news a run ends there."""

    def status(self, known: Mapping[str, object]) -> Status:
        """Return how things are; `known` are the details of the last time, empty at first."""
        ...


class SignIn(Protocol):
    """How an account is got into, in one step or two."""

    def begin(self, method: str, answers: Mapping[str, str]) -> Secret:
        """Return the secret of a signed-in account. Raises Question where one more answer is needed."""
        ...

    def resume(self, state: Mapping[str, Any], answers: Mapping[str, str]) -> Secret:
        """Go on after a Question, perhaps in another process; after WrongCode it may be tried again."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """A provider: what it is called, how one signs in, what it has, what it allows. `module` does the work.

    One that pushes sends of itself: there is no sign-in, and it is asked nothing.
    """

    key: str
    name: str
    auth: Literal["password", "oauth", "key", "folder", "push"]
    auth_methods: tuple[AuthMethod, ...]
    kinds: tuple[Kind, ...]
    limits: Limits
    terms: Terms
    module: str
    settings: tuple[Field, ...] = ()
    schedule: str = "0 */6 * * *"
    #: The schedule of a place on this server (`RemoteAccount.here`), where it differs.
    schedule_here: str | None = None
    webhooks: bool = False
    #: Whether what was allowed there can be ended from here (`OAUTH.revoke` of the module).
    revokes: bool = False
    #: The fields that `write.py` can change there.
    writes: tuple[str, ...] = ()
    #: The format of workouts (by the key of a format) that it takes a planned session in.
    workout_format: str = ""
    #: Whether a new activity there is made from a file, and not from its fields alone.
    takes_files: bool = True
    home: str = ""
    #: Where a person sees an activity there, with `{key}` in it.
    page: str = ""
    #: Whether what it answers of an activity may be a recording that no file format knows, which `decode.py` reads.
    records: bool = False
    #: Whether a file there may be replaced by another under the same key, so that a new version is fetched again.
    replaces: bool = False
    #: Runs look so many days back for activities that were changed or deleted there, and once a week at all of them.
    recent_days: int = 90
    #: So many days are read again once a week, for a provider that corrects days long after; 0: none.
    reread_days: int = 0
    #: The first day of a backfill where neither the athlete nor the account says one; the backfill then ends after
    #: `empty_days` without any data.
    oldest: str = ""
    empty_days: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        fetched = self.records or any(kind.fetched for kind in self.kinds)
        if fetched and not all(self.terms.allows(use) for use in ("show", "share", "keep")):
            raise ValueError("terms: what is fetched is kept, shown and shared, so they must allow that")

    def first_schedule(self, remote_account: RemoteAccount | None) -> str:
        """Return the schedule that a connection begins with."""
        return (self.schedule_here if remote_account is not None and remote_account.here else None) or self.schedule

    def least_ms(self, remote_account: Mapping[str, Any] | None) -> int:
        """Return the least time between two syncs, ms, of a connection whose `remote_account` is as stored."""
        here = self.limits.least_here_ms if remote_account and remote_account.get("here") else None
        return here or self.limits.least_ms

    def sign_in(self, calls: RateLimitedClient) -> SignIn:
        """Return the way in; what it needs is imported now."""
        made: SignIn = load("homestretch.sources", self.module).sign_in(calls)
        return made

    def revoke(self, calls: RateLimitedClient, secret: Secret) -> None:
        """End there what the person allowed. Raises NotAllowed, and what calls do."""
        load("homestretch.sources", self.module).OAUTH.revoke(calls, secret)

    def client(self, secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> Client:
        """Return a client of a signed-in account."""
        made: Client = load("homestretch.sources", self.module).client(secret_store, remote_account, calls)
        return made

    @property
    def version(self) -> str:
        """Return the version of what reads the payloads."""
        return f"{self.key}:{self._decoder().VERSION}"

    def decode(self, kind: str, payload: bytes) -> Wellness:
        """Return what a payload says; bad data gives notes and never raises."""
        found: Wellness = self._decoder().decode(kind, payload)
        return found

    def now(self, client: Client, change: Change) -> str:
        """Return what the field of a change says there now, as a list would; empty for nothing.

        Raises what calls do, and ChangeRejected where the activity is not there any more.
        """
        said: str = load("homestretch.sources", f"{self.key}.write").now(client, change)
        return said

    def write(self, client: Client, change: Change, permit: Permit) -> Written:
        """Make a change there that a person has approved; made twice it is made once.

        Raises what calls do, and ChangeRejected with the provider's reason.
        """
        done: Written = load("homestretch.sources", f"{self.key}.write").write(client, change, permit)
        return done

    def follow(self, client: Client, task: str) -> Written:
        """Ask for the outcome of a change that the provider was still at. Raises ChangeRejected."""
        done: Written = load("homestretch.sources", f"{self.key}.write").follow(client, task)
        return done

    def recording(self, data: bytes) -> Decoded:
        """Return the recordings in an answer about an activity; bad data gives notes and never raises."""
        found: Decoded = self._decoder().recording(data)
        return found

    def _decoder(self) -> Any:
        return load("homestretch.sources", f"{self.key}.decode")

    @property
    def status_kind(self) -> str:
        """The kind of what its client says of its state, empty where it says nothing."""
        return next((kind.key for kind in self.kinds if kind.span == "status"), "")

    def kind(self, key: str) -> Kind | None:
        """Return a kind of thing by its key."""
        return next((kind for kind in self.kinds if kind.key == key), None)
