"""Turns the encryption of backups on and off, which the security log keeps."""

from homestretch.flow.maintenance import encryption
from homestretch.flow.runtime.context import Context
from homestretch.flow.security.log import record


def encrypt_backups(context: Context) -> str:
    """Encrypt backups with a new key from now on, and return it. Raises Conflict, BadBackupKey."""
    key = encryption.make_key(context.settings)
    with context.database.write() as session:
        record(session, context, "backup_key_made")
    return key


def stop_encrypting_backups(context: Context) -> None:
    """Encrypt no more backups; older ones still open. Raises Conflict, BadBackupKey."""
    encryption.stop_encrypting(context.settings)
    with context.database.write() as session:
        record(session, context, "backup_key_removed")
