"""Keeps and reads which server sends e-mail."""

from dataclasses import asdict, dataclass, field

from sqlalchemy import delete, select

from homestretch.model.documents.notices import MailSecurity
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import settings

KEY = "mail"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that sends e-mail, and the address in From; `password` is encrypted and in no repr."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)


def mail_settings(reader: Reader) -> MailSettings | None:
    """Return the server that sends e-mail; None where none is set up."""
    found = reader.scalar(select(settings.c.value).where(settings.c.key == KEY))
    return None if found is None else MailSettings(**found)


def put_mail_settings(session: Writer, new: MailSettings | None, now: int) -> None:
    """Keep the server that sends e-mail (None: no server)."""
    session.run(delete(settings).where(settings.c.key == KEY))
    if new is not None:
        session.put(settings, [{"key": KEY, "value": asdict(new), "set_ms": now}])
