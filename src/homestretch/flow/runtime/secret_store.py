"""Secrets of connections, sealed: with keys of their own, and renewed by one process at a time."""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import select, update

from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.net.secret import Secret
from homestretch.settings import Settings
from homestretch.store.database import Writer
from homestretch.store.queries.mail import mail_settings, put_mail_settings
from homestretch.store.queries.model_settings import model_settings, put_model_settings
from homestretch.store.queries.notices import channels_of, set_channel
from homestretch.store.queries.push import push_key, put_push_key
from homestretch.store.queries.second_factors import all_factors, reseal_factor
from homestretch.store.queries.sessions import forget_id_tokens
from homestretch.store.queries.shares import sealed_tokens, set_share
from homestretch.store.queries.sign_in import providers, put_provider
from homestretch.store.tables.kept import connections
from homestretch.store.tables.ops import connection_state
from homestretch.store.tables.sinks import sinks

KEY_FILE = "secret.key"
#: Who renews a token is given so long; an exchange over the network is well within it.
WAIT_S = 55.0


class KeyMissing(HomestretchError):
    """The stored sign-in was encrypted with the key {key}, which is not in {file} or HOMESTRETCH_SECRET_KEY. Put the
    key back or sign in again.
    """

    status = 409
    exit_code = 3


class KeyGiven(HomestretchError):
    """The keys come from HOMESTRETCH_SECRET_KEY, so change them there. Put a new key and a space before the old one,
    restart, and run `homestretch keys rotate` again. Then remove the old key.
    """

    status = 409
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that seal and open; the first one seals. Each sealed text begins with the id of its key."""

    file: Path
    all: tuple[str, ...]

    def seal(self, text: str) -> str:
        """Return a text sealed."""
        return f"{_id(self.all[0])}:{Fernet(self.all[0]).encrypt(text.encode()).decode()}"

    def open(self, sealed: str) -> str:
        """Return a sealed text. Raises KeyMissing."""
        name, _, token = sealed.partition(":")
        key = next((key for key in self.all if _id(key) == name), None)
        try:
            if key is not None:
                return Fernet(key).decrypt(token.encode()).decode()
        except InvalidToken:
            pass  # a sealed text that was damaged is as good as one without its key
        raise KeyMissing(key=name, file=self.file)


def _id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:8]


def keys(settings: Settings) -> Keys:
    """Return the keys: those of the environment or of /run/secrets, else those of the data folder, made once."""
    file = settings.data_dir / KEY_FILE
    if settings.secret_key is not None:
        return Keys(file, tuple(settings.secret_key.get_secret_value().split()))
    if not file.exists():
        write_keys(file, [Fernet.generate_key().decode()], exclusive=True)
    return Keys(file, tuple(file.read_text(encoding="ascii").split()))


def write_keys(file: Path, lines: Sequence[str], *, exclusive: bool = False) -> None:
    """Write keys, on the disk before they are used; of two processes that make the first one, one wins."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
        out.write("\n".join(lines) + "\n")
        out.flush()
        os.fsync(out.fileno())
    if exclusive:
        with contextlib.suppress(FileExistsError):
            os.link(part, file)
        part.unlink()
    else:
        part.replace(file)


def rotate(context: Context) -> int:
    """Seal everything with a new key and forget the old ones; return how many secrets that was. Raises KeyGiven."""
    if context.settings.secret_key is not None:
        raise KeyGiven
    old = keys(context.settings)
    write_keys(old.file, [Fernet.generate_key().decode(), *old.all])
    count = reseal(context)
    write_keys(old.file, [keys(context.settings).all[0]])
    return count


def reseal(context: Context) -> int:
    """Seal everything with the first key; return how many secrets that was."""
    with context.database.read() as reader:
        stored = reader.rows(select(connections.c.id).where(connections.c.secret.is_not(None)))
    for row in stored:
        StoredSecret(context, row.id).renew(dict)
    found = keys(context.settings)
    with context.database.write() as session:
        sealed = session.rows(select(sinks.c.id, sinks.c.secret).where(sinks.c.secret.is_not(None)))
        for row in sealed:
            again = found.seal(found.open(row.secret))
            session.run(update(sinks).where(sinks.c.id == row.id).values(secret=again))
        for provider in providers(session):
            if provider.secret is not None:
                again = found.seal(found.open(provider.secret))
                put_provider(session, replace(provider, secret=again), context.clock())
        for factor in all_factors(session):
            again_or_none = None if factor.secret is None else found.seal(found.open(factor.secret))
            reseal_factor(session, factor.account_id, again_or_none)
        for share_id, token in sealed_tokens(session):
            set_share(session, share_id, {"token": _again(found, token)})
        forget_id_tokens(session)  # only to sign out at the provider too
        _reseal_ways(session, found, context.clock())
        model = model_settings(session)
        if model is not None and model.key is not None:
            again = found.seal(found.open(model.key))
            put_model_settings(session, replace(model, key=again), context.clock())
        for row in session.rows(select(connection_state.c.connection_id, connection_state.c.question)):
            if row.question is not None:
                question = json.loads(row.question)
                question["state"] = found.seal(found.open(question["state"]))
                mine = connection_state.c.connection_id == row.connection_id
                session.run(update(connection_state).where(mine).values(question=json.dumps(question)))
    return len(stored) + len(sealed)


def _reseal_ways(session: Writer, found: Keys, now: int) -> None:
    """Seal what notices are sent with: the secrets of channels, of the mail server, and the key for push services."""
    for channel in channels_of(session):
        if channel.secret is not None:
            set_channel(session, channel.id, {"secret": found.seal(found.open(channel.secret))})
    mail = mail_settings(session)
    if mail is not None and mail.password is not None:
        put_mail_settings(session, replace(mail, password=found.seal(found.open(mail.password))), now)
    push = push_key(session)
    if push is not None:
        put_push_key(session, found.seal(found.open(push)), now, instead_of=push)


def _again(found: Keys, token: str) -> str:
    """Return a link's token sealed again, or nothing where its key is lost: the link opens, and can't be copied."""
    try:
        return found.seal(found.open(token))
    except KeyMissing:
        return ""


@dataclass(frozen=True, slots=True)
class StoredSecret:
    """A connection's secret as it lies in the store (see `net.secret.SecretStore`)."""

    context: Context
    connection_id: int

    def read(self) -> Secret:
        """Return the secret as it is now. Raises KeyMissing."""
        return self._read()[0]

    def renew(self, renewed: Callable[[Secret], Secret]) -> Secret:
        """Replace the secret by what `renewed` makes of the one that is stored now, and return it.

        Others who would renew it wait, and then find the new one. Raises Occupied, KeyMissing.
        """
        with lease(self.context, f"token:{self.connection_id}", wait_s=WAIT_S):
            stored, revision = self._read()
            fresh = renewed(stored)
            if fresh is stored or self._replace(fresh, revision):
                return fresh
            return self.read()  # somebody signed in again in between: that holds

    def _read(self) -> tuple[Secret, int]:
        mine = select(connections.c.secret, connections.c.secret_revision).where(connections.c.id == self.connection_id)
        with self.context.database.read() as reader:
            row = reader.row(mine)
        if row is None or row.secret is None:
            return {}, -1
        found: Secret = json.loads(keys(self.context.settings).open(row.secret))
        return found, row.secret_revision

    def _replace(self, secret: Secret, revision: int) -> bool:
        sealed = keys(self.context.settings).seal(json.dumps(secret))
        mine = (connections.c.id == self.connection_id) & (connections.c.secret_revision == revision)
        with self.context.database.write() as session:
            changed = update(connections).where(mine).values(secret=sealed, secret_revision=revision + 1)
            return bool(session.run(changed))
