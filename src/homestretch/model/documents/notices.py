"""Documents about notices, and the channels that send them. Times are UTC ms."""

from typing import Literal, TypedDict

from homestretch.model.documents.sinks import SinkField

type Digest = Literal["off", "daily", "weekly"]
type ChannelState = Literal["ready", "backed_off", "stopped"]
type AddressState = Literal["open", "unconfirmed", "confirmed"]
type MailSecurity = Literal["tls", "starttls", "none"]


class Notice(TypedDict):
    """What somebody should know of; `page` is the address in the app of what it is about."""

    id: str
    at_ms: int
    code: str
    text: str
    seen: bool
    connection: str | None
    page: str | None


class Notices(TypedDict):
    """Notices, the newest first."""

    items: list[Notice]
    unseen: int


class NoticeKind(TypedDict):
    """What a notice can be about; `sent`: channels send it unless somebody chose otherwise."""

    key: str
    group: Literal["training", "sources", "account", "server"]
    title: str
    sent: bool
    digestible: bool
    urgent: bool


class NoticeWay(TypedDict):
    """How notices can be sent: `secret` is the title of what is kept encrypted, null for nothing.

    One that is not `ready` lacks something that an administrator sets up; one that is `by_device` is turned on in the
    browser that it sends to.
    """

    key: str
    name: str
    fields: list[SinkField]
    secret: str | None
    secret_required: bool
    ready: bool
    by_device: bool


class NoticeChannel(TypedDict):
    """Where an account's notices are sent (`place` names it), the `kinds` that are, and how it stands.

    Nothing is sent to an e-mail address that is `unconfirmed`; one that is `open` was there before addresses were.
    """

    id: str
    way: str
    name: str
    place: str
    settings: dict[str, str]
    has_secret: bool
    kinds: list[str]
    paused: bool
    state: ChannelState
    reason: str | None
    retry_at_ms: int | None
    sent_ms: int | None
    address_state: AddressState


class NoticeWishes(TypedDict):
    """How an account wants its notices sent: quiet hours are minutes of the day in `zone`, null for no such hours."""

    quiet_from: int | None
    quiet_until: int | None
    zone: str
    digest: Digest
    health_values: bool


class NoticeSettings(TypedDict):
    """Kinds of notices, ways to send them, and what an account chose."""

    kinds: list[NoticeKind]
    ways: list[NoticeWay]
    channels: list[NoticeChannel]
    wishes: NoticeWishes


class PushKey(TypedDict):
    """The key by which push services know this server: a public point of P-256 in base64url."""

    public_key: str


class PushDevice(TypedDict):
    """The channel of the device that turned on push."""

    channel: str


class MailServer(TypedDict):
    """The server that sends e-mail for Homestretch."""

    host: str
    port: int
    security: MailSecurity
    username: str | None
    has_password: bool
    sender: str


class MailServerSettings(TypedDict):
    """The server that sends e-mail; null for none."""

    server: MailServer | None
