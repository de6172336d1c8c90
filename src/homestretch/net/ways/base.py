"""What a way to send notices is: a description with its settings, and a function that sends a message."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from homestretch.errors import HomestretchError
from homestretch.net.budget import Reply
from homestretch.net.field import Field
from homestretch.net.reach import Reach
from homestretch.net.ways.web_push import PushKey


class NotSent(HomestretchError):
    """{name} refused the message ({reason}). Check the settings of this channel and send a test."""

    status = 409


class DeviceGone(HomestretchError):
    """{name} takes no notifications any more. Turn them on again on that device."""

    status = 409


class NoMailServer(HomestretchError):
    """No server for e-mail is set up. Ask an administrator to do that in Settings › Server."""

    status = 409


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: a title, sentences, the `page` of the app that it is about, and that page's whole address (None
    where the app's is not known).

    `id` is the same when it is sent again. `stop` is the address that ends this channel without a sign-in.
    """

    id: str
    title: str
    lines: tuple[str, ...]
    at_ms: int
    urgent: bool = False
    kinds: tuple[str, ...] = ()
    link: str | None = None
    stop: str | None = None
    page: str = "/"

    @property
    def text(self) -> str:
        """The sentences, each on a line."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes e-mail: `security` is tls, starttls or none, `sender` the address in From."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    sender: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a way is opened with: its settings by key, its secret, its reach, and what the server has for it."""

    settings: Mapping[str, str]
    secret: str = field(default="", repr=False)
    reach: Reach = "public"
    mail: MailServer | None = None
    push: PushKey | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A way to send notices. `secret` is the title of what is kept encrypted, `name_key` the setting that names one.

    One that is `by_device` is turned on by the device that it sends to. `send` raises Unreachable for what passes, and
    NotSent, PrivateAddress, ReservedAddress for what does not; DeviceGone for a device that takes no more.
    """

    key: str
    name: str
    name_key: str
    fields: tuple[Field, ...]
    send: Callable[[Opening, Message], None]
    secret: str | None = None
    secret_required: bool = False
    by_device: bool = False


def accepted(name: str, reply: Reply) -> None:
    """Pass a reply that took the message. Raises NotSent."""
    if not 200 <= reply.status < 300:
        body = reply.body[:200].decode(errors="replace").strip()
        raise NotSent(name=name, reason=f"{reply.status}: {body}" if body else str(reply.status))
