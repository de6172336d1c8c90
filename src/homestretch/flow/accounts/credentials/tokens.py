"""API tokens: made, shown once, revoked, and known again by their hash."""

import secrets
from collections.abc import Collection

from sqlalchemy import delete, insert, select

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.accounts.accounts import Caller, digest
from homestretch.flow.runtime.context import Context
from homestretch.flow.security.log import record
from homestretch.model.documents.people import TOKEN_RIGHTS, TOKEN_SCOPES
from homestretch.store.database import Reader
from homestretch.store.tables.kept import accounts, tokens


def caller_of_token(reader: Reader, token: str) -> Caller | None:
    """Return whose API token it is, or None."""
    found = (
        select(accounts.c.id, accounts.c.username, tokens.c.scope, tokens.c.id.label("token_id"))
        .join(tokens, tokens.c.account_id == accounts.c.id)
        .where(tokens.c.token_hash == digest(token))
    )
    row = reader.row(found)
    if row is None:
        return None
    scope, *may = row.scope.split()
    return Caller(row.id, row.username, False, scope, row.token_id, may=tuple(may))


def create_token(
    context: Context, account_id: int, name: str, scope: str, may: Collection[str] = ()
) -> tuple[int, str]:
    """Create an API token and return its id and the token itself, which is not kept and never shown again.

    `may` is what a token for MCP may do besides reading about training.
    """
    if scope not in TOKEN_SCOPES:
        raise BadRequest(reason=f"A token's scope is one of {', '.join(TOKEN_SCOPES)}.")
    if may and (scope != "mcp" or not set(may) <= set(TOKEN_RIGHTS)):
        raise BadRequest(reason=f"Only a token for MCP takes more rights: {' or '.join(TOKEN_RIGHTS)}.")
    if not name.strip():
        raise BadRequest(reason="Give the token a name, such as what you use it for.")
    token = f"hs_{secrets.token_urlsafe(32)}"
    words = " ".join((scope, *(right for right in TOKEN_RIGHTS if right in may)))
    row = {"account_id": account_id, "name": name.strip()[:100], "scope": words, "token_hash": digest(token)}
    with context.database.write() as session:
        made = session.add(insert(tokens), {**row, "created_ms": context.clock()})
        record(session, context, "token_made", account=account_id, details={"scope": words})
    return made, token


def revoke_token(context: Context, account_id: int, token_id: int) -> None:
    """Revoke one of the account's tokens."""
    with context.database.write() as session:
        if not session.run(delete(tokens).where(tokens.c.id == token_id, tokens.c.account_id == account_id)):
            raise NotFound(what="token", id=token_id)
        record(session, context, "token_revoked", account=account_id)
