"""The archive as the settings describe it."""

from pathlib import Path

from homestretch.archive.archive import Archive
from homestretch.archive.bucket import Bucket
from homestretch.archive.folder import Folder
from homestretch.archive.object_store import Account, ObjectStore
from homestretch.archive.protocol import Place
from homestretch.settings import Settings


def archive_of(settings: Settings) -> Archive:
    """Return the archive that the settings describe."""
    root = settings.archive_dir
    return Archive(root, tuple(_place(root, word, settings) for word in settings.originals_places))


def _place(root: Path, word: str, settings: Settings) -> Place:
    if word == "folder":
        return Folder(root)
    return ObjectStore(word, _account(settings))


def backup_bucket(settings: Settings) -> Bucket | None:
    """Return where backups are copied to, or None."""
    return None if settings.backup_bucket is None else bucket_at(settings, settings.backup_bucket)


def bucket_at(settings: Settings, address: str) -> Bucket:
    """Return the place of an address such as s3://bucket/prefix, asked with the key of the settings."""
    return Bucket(address, _account(settings))


def _account(settings: Settings) -> Account:
    secret = settings.s3_secret_access_key
    return Account(
        settings.s3_endpoint or "",
        settings.s3_region or "",
        settings.s3_access_key_id or "",
        "" if secret is None else secret.get_secret_value(),
    )
