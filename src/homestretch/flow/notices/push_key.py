"""The key by which push services know this server: made once, and kept encrypted."""

from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import KeyMissing, keys
from homestretch.net.ways.web_push import PushKey, base64url, from_base64url, new_key, public_key
from homestretch.store.queries.push import push_key, put_push_key


def push_key_of(context: Context) -> PushKey | None:
    """Return the server's key for push services; None before it is made. Raises KeyMissing."""
    with context.database.read() as reader:
        sealed = push_key(reader)
    if sealed is None:
        return None
    home = context.settings.public_url or ""
    private = from_base64url(keys(context.settings).open(sealed))
    return PushKey(private, home if home.startswith("https://") else None)


def public_push_key(context: Context) -> str:
    """Return the public key, base64url, made where there is no other yet.

    One whose encryption key is lost is replaced: of the devices that know it, the secrets are lost as well.
    """
    with context.database.write() as session:
        sealed = push_key(session)
        if sealed is None or not _opens(context, sealed):
            fresh = keys(context.settings).seal(base64url(new_key()))
            put_push_key(session, fresh, context.clock(), instead_of=sealed)
    found = push_key_of(context)
    assert found is not None
    return base64url(public_key(found.private))


def _opens(context: Context, sealed: str) -> bool:
    try:
        keys(context.settings).open(sealed)
    except KeyMissing:
        return False
    return True
