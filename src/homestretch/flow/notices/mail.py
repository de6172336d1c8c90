"""The server that sends e-mail: set by administrators, and tried."""

from dataclasses import dataclass

from homestretch.errors import BadRequest
from homestretch.flow.runtime.context import Context, public_id
from homestretch.flow.runtime.secret_store import keys
from homestretch.flow.security.log import record
from homestretch.model.documents.notices import MailSecurity
from homestretch.net.ways.base import MailServer, Message, NoMailServer
from homestretch.net.ways.email import must_be_private, send_mail
from homestretch.store.queries.mail import MailSettings, mail_settings, put_mail_settings


@dataclass(frozen=True, slots=True)
class NewMailServer:
    """A server for e-mail, as it is set: a password that is None stays as it is."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    username: str | None = None
    password: str | None = None


def set_mail_server(context: Context, new: NewMailServer | None) -> None:
    """Set the server that sends e-mail (None: no server). Raises BadRequest, NotEncrypted."""
    if new is not None:
        must_be_address(new.sender)
        must_be_private(MailServer(new.host, new.port, new.security, new.sender))
    with context.database.write() as session:
        record(session, context, "settings_changed", details={"settings": ["mail"]})
        if new is None:
            put_mail_settings(session, None, context.clock())
            return
        before = mail_settings(session)
        # A password goes to the server and the name that it was entered for, and to no other.
        same = before is not None and (before.host, before.username) == (new.host, new.username)
        sealed = before.password if before is not None and same else None
        if new.password is not None:
            sealed = keys(context.settings).seal(new.password) if new.password else None
        kept = MailSettings(new.host, new.port, new.security, new.sender, new.username, sealed)
        put_mail_settings(session, kept, context.clock())


def must_be_address(text: str) -> None:
    """Pass what looks like an e-mail address. Raises BadRequest."""
    name, at, place = text.rpartition("@")
    if (
        not (name and at and place)
        or not text.isascii()
        or not text.isprintable()
        or any(one in text for one in " ,;<>")
    ):
        raise BadRequest(reason=f"{text} is not an e-mail address. Write it as name@example.com.")


def mail_server(context: Context) -> MailServer | None:
    """Return the server that sends e-mail, with its password; None for none. Raises KeyMissing."""
    with context.database.read() as reader:
        found = mail_settings(reader)
    if found is None:
        return None
    password = None if found.password is None else keys(context.settings).open(found.password)
    return MailServer(found.host, found.port, found.security, found.sender, found.username, password)


def send_test(context: Context, to: str) -> None:
    """Send a test to an address. Raises BadRequest, NoMailServer, NotSent, Unreachable, KeyMissing."""
    must_be_address(to)
    server = mail_server(context)
    if server is None:
        raise NoMailServer
    text = "This is a test. Homestretch can send e-mail."
    send_mail(server, to, Message(public_id(), "Test from Homestretch", (text,), context.clock()))
