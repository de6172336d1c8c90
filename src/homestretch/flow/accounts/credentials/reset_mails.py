"""Links for a new password by e-mail: asked for by anybody, sent to confirmed addresses of whoever has the account.

Whoever asks learns nothing: the answer and its time are the same whether there is such an account. What was typed is
not kept; a job sends the mails.
"""

import logging

from homestretch.errors import HomestretchError
from homestretch.flow.accounts.accounts import TooManyTries, charge, digest
from homestretch.flow.accounts.credentials.resets import new_path
from homestretch.flow.accounts.passwords import folded
from homestretch.flow.notices.mail import mail_server
from homestretch.flow.runtime.context import Actor, Context, public_id
from homestretch.flow.security.log import record
from homestretch.net.ways.base import Message
from homestretch.net.ways.email import send_mail
from homestretch.store.queries import password_resets as stored
from homestretch.store.queries.password_resets import Reachable

log = logging.getLogger("homestretch.sign_in")
#: So long a link is open.
OPEN_MS = 3_600_000


class NoLinksByMail(HomestretchError):
    """This server sends no links by e-mail. Ask an administrator for one."""

    status = 409


class TooManyLinks(TooManyTries):
    """Too many requests for a new password. Try again in {retry_after_s} seconds."""


def ask(context: Context, name: str, *, address: str) -> None:
    """Keep that a link is wanted for the accounts of a user name or an e-mail address.

    Raises NoLinksByMail, TooManyLinks.
    """
    with context.database.read() as reader:
        if not stored.mails_links(reader, context.settings):
            raise NoLinksByMail
    try:
        charge(context, [f"reset:{digest(folded(name))}", f"address:reset {address}"])
    except TooManyTries as error:
        raise TooManyLinks(**error.details) from error
    with context.database.write() as session:
        meant = {one.account_id for one in stored.reachable(session) if _is_meant(one, name)}
        for account_id in meant or [None]:
            stored.add_request(session, account_id, address, context.clock())


def _is_meant(one: Reachable, name: str) -> bool:
    return any([folded(one.username) == folded(name), folded(one.address) == folded(name)])


def waiting(context: Context) -> list[int]:
    """Return the requests that wait for an answer."""
    with context.database.read() as reader:
        return stored.requests(reader)


def answer(context: Context, request_id: int) -> None:
    """Send a link to the confirmed addresses of the account that a request is about; it ends an earlier one.

    What fails is logged: whoever asked may be a stranger, and can ask again. Raises KeyMissing.
    """
    server, home, now = mail_server(context), context.settings.known_address, context.clock()
    with context.database.write() as session:
        request = stored.take_request(session, request_id)
        there = stored.reachable(session)
    mine = [one for one in there if request is not None and one.account_id == request.account_id]
    if request is None or not mine or server is None or home is None or request.asked_ms + OPEN_MS < now:
        return
    try:
        charge(context, [f"reset mail:{request.account_id}"])
    except TooManyTries:
        log.warning("too many links by e-mail", extra={"account": request.account_id})
        return
    account_id, username, _ = mine[0]
    with context.database.write() as session:
        path = new_path(session, account_id, None, now + OPEN_MS)
        actor = Actor("server", None, request.address)
        record(session, context, "reset_link_mailed", account=account_id, actor=actor)
    message = _message(context, username, f"{home}{path}")
    for one in mine:
        try:
            send_mail(server, one.address, message)
        except HomestretchError as error:
            log.warning("link not sent by e-mail", extra={"account": account_id, "reason": str(error)})


def _message(context: Context, username: str, link: str) -> Message:
    lines = (
        f"Somebody asked for a new password for {username} in Homestretch. The link below sets one. It works once, "
        "within an hour.",
        "If that was not you, ignore this message: without the link nothing changes.",
    )
    return Message(public_id(), "Set a new password", lines, context.clock(), link=link)
