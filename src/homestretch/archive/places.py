"""The archive as the settings describe it."""

from pathlib import Path

from homestretch.archive.archive import Archive
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
    secret = settings.s3_secret_access_key
    account = Account(
        settings.s3_endpoint or "",
        settings.s3_region or "",
        settings.s3_access_key_id or "",
        "" if secret is None else secret.get_secret_value(),
    )
    return ObjectStore(word, account)
