"""E-mail, by the server that an administrator set up."""

import ipaddress
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape

from homestretch.errors import BadRequest
from homestretch.model.moment import instant
from homestretch.net.budget import Unreachable
from homestretch.net.field import Field
from homestretch.net.ways.base import MailServer, Message, NoMailServer, NotSent, Opening, Way

TIMEOUT_S = 30.0
#: Replies from here on are final, and lower ones pass.
FINAL = 500


class NotEncrypted(BadRequest):
    """Without encryption only a server on this machine may send e-mail. Choose TLS or STARTTLS."""


def send_mail(server: MailServer, to: str, message: Message) -> None:
    """Send an e-mail. Raises Unreachable, NotSent, NotEncrypted."""
    must_be_private(server)
    try:
        with _connected(server) as open_:
            if server.username:
                open_.login(server.username, server.password or "")
            open_.send_message(letter(server, to, message))
    except smtplib.SMTPAuthenticationError as error:
        raise NotSent(name=server.host, reason="user name or password is wrong") from error
    except UnicodeEncodeError as error:  # smtplib signs in with ASCII only
        raise NotSent(name=server.host, reason="user name and password can only have letters of ASCII") from error
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _failure(server, code, said) from error
    except smtplib.SMTPResponseException as error:
        raise _failure(server, error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotSent(name=server.host, reason=str(error)) from error
    except ssl.SSLCertVerificationError as error:
        raise NotSent(name=server.host, reason=error.verify_message) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(name=server.host, reason=str(error) or type(error).__name__) from error


def must_be_private(server: MailServer) -> None:
    """Pass a server to which messages go encrypted, or that is on this machine. Raises NotEncrypted."""
    if server.security == "none" and not _is_here(server.host):
        raise NotEncrypted


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _connected(server: MailServer) -> smtplib.SMTP:
    """Return a connection, encrypted as it is set. A server without STARTTLS is refused, never asked in clear."""
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=ssl.create_default_context())
    made = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    try:
        if server.security == "starttls":
            made.starttls(context=ssl.create_default_context())
    except BaseException:
        made.close()
        raise
    return made


def _failure(server: MailServer, code: int, said: bytes | str) -> NotSent | Unreachable:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    kind = NotSent if code >= FINAL else Unreachable
    return kind(name=server.host, reason=f"{code} {text}".strip())


def letter(server: MailServer, to: str, message: Message) -> EmailMessage:
    """Return a message as an e-mail: text and HTML, marked as made by a program."""
    made = EmailMessage(policy=SMTP)
    made["From"] = formataddr(("Homestretch", server.sender))
    made["To"] = to
    made["Subject"] = message.title
    made["Date"] = format_datetime(instant(message.at_ms))
    made["Message-ID"] = f"<{message.id}@{server.sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    if message.stop:
        made["List-Unsubscribe"] = f"<{message.stop}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content("\n\n".join([message.text, *filter(None, (message.link,))]) + "\n")
    made.add_alternative(_html(message), subtype="html")
    return made


def _html(message: Message) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in message.lines)
    link = f'<p><a href="{escape(message.link)}">Homestretch</a></p>' if message.link else ""
    return f"<!doctype html><html><body>{lines}{link}</body></html>"


def _send(opening: Opening, message: Message) -> None:
    if opening.mail is None:
        raise NoMailServer
    send_mail(opening.mail, opening.settings["to"], message)


WAY = Way("email", "E-mail", "to", (Field("to", "Address", required=True),), _send)
