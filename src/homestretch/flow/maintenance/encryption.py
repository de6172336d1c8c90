"""Backups encrypted with age (age-encryption.org): one key writes and reads them, also in the program `age`.

The server has the key, for it reads each backup back. Older keys still open what was written with them.
"""

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from homestretch import files
from homestretch.errors import Conflict, HomestretchError
from homestretch.flow.runtime.secret_store import write_keys
from homestretch.settings import Settings

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

#: The key that is used now, and those of older backups; `age --identity` takes both files.
KEY_FILE, OLD_KEYS = "backup.key", "backup.old.key"
MOST_BYTES = 100_000
#: How every encrypted file begins.
MAGIC = b"age-encryption.org/"
#: What pyrage says where no key fits; it has one error for that and for a file that is cut off.
_NO_KEY = "No matching keys"


class NoBackupKey(HomestretchError):
    """{path} is encrypted, and no key here opens it. Put its key into HOMESTRETCH_BACKUP_KEY, or into the file
    {file}.
    """

    exit_code = 2


class BadBackupKey(HomestretchError):
    """There is no valid backup key in {place}. A key is a line that begins with AGE-SECRET-KEY-1."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class BackupKeys:
    """The keys of backups: the first encrypts, if `on`, and all decrypt."""

    file: Path
    all: tuple[str, ...] = ()
    on: bool = False

    @property
    def first(self) -> str | None:
        """The key that encrypts, or None: backups are not encrypted."""
        return self.all[0] if self.on else None

    def write(self, file: BinaryIO, pieces: Iterable[bytes]) -> None:
        """Write the pieces of a backup into a file, encrypted if there is a key. Raises OSError, and as they do."""
        if self.first is None:
            file.writelines(pieces)
            return
        import pyrage

        source, target = _Pieces(pieces), _Target(file)
        try:
            pyrage.encrypt_io(source, target, [_identity(self.first, self.file).to_public()])
        except (pyrage.EncryptError, OSError):
            for error in (source.error, target.error):
                if error is not None:
                    raise error from None  # as it was before it went through the library
            raise

    @contextlib.contextmanager
    def decrypted(self, path: object, file: BinaryIO) -> Iterator[IO[bytes]]:
        """Yield what an encrypted backup holds, to be read from first to last. Raises as `reading` does."""
        reading, writing = os.pipe()
        failed: list[Exception] = []
        source = _Source(file)
        thread = threading.Thread(target=self._decrypt, args=(source, writing, failed), name="decrypt", daemon=True)
        thread.start()
        try:
            with os.fdopen(reading, "rb") as plain:
                if not plain.peek(1):
                    thread.join()
                    if source.error is None and any(_NO_KEY in str(error) for error in failed):
                        raise NoBackupKey(path=path, file=self.file)
                    if failed:
                        raise EOFError("the encrypted file is cut off or damaged")
                yield plain
                while plain.read(1 << 16):
                    pass
        finally:
            thread.join()
            if source.error is not None:
                raise source.error  # rather than what a stream looks like that ends too early
        if failed:
            raise EOFError("the encrypted file is cut off or damaged")

    def _decrypt(self, file: "_Source", writing: int, failed: list[Exception]) -> None:
        import pyrage

        with contextlib.suppress(BrokenPipeError), os.fdopen(writing, "wb") as plain:
            try:
                pyrage.decrypt_io(file, plain, [_identity(key, self.file) for key in self.all])
            except (pyrage.DecryptError, OSError, BadBackupKey) as error:
                failed.append(error)


@contextlib.contextmanager
def reading(settings: Settings, path: object, file: BinaryIO) -> Iterator[tuple[IO[bytes], bool]]:
    """Yield what a backup holds, decrypted, and whether it was encrypted: then it is read from first to last only.

    Where it is cut off or damaged the stream ends too early, and the end of the block raises EOFError, or what
    reading the file raised. Raises NoBackupKey or BadBackupKey, for an encrypted one only.
    """
    encrypted = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    if encrypted:
        with backup_keys(settings).decrypted(path, file) as plain:
            yield plain, True
    else:
        yield file, False


def backup_keys(settings: Settings) -> BackupKeys:
    """Return the keys: those of HOMESTRETCH_BACKUP_KEY or of /run/secrets, else those in the data folder.

    Raises BadBackupKey.
    """
    file, old = settings.data_dir / KEY_FILE, settings.data_dir / OLD_KEYS
    if settings.backup_key is not None:
        found = _keys(settings.backup_key.get_secret_value(), "HOMESTRETCH_BACKUP_KEY")
        return BackupKeys(file, found, on=True)
    now = _keys(_text(file), file) if file.exists() else ()
    before = _keys(_text(old), old) if old.exists() else ()
    return BackupKeys(file, now + before, on=bool(now))


def make_key(settings: Settings) -> str:
    """Make a new key for backups, and return it; the one before still opens its backups. Raises Conflict."""
    import pyrage

    stop_encrypting(settings)
    key = str(pyrage.x25519.Identity.generate())
    write_keys(settings.data_dir / KEY_FILE, ["# Opens the backups of Homestretch. Keep a copy elsewhere.", key])
    return key


def stop_encrypting(settings: Settings) -> None:
    """Encrypt no more backups; the key still opens those that there are. Raises Conflict."""
    if settings.backup_key is not None:
        raise Conflict(reason="The backup key is set by HOMESTRETCH_BACKUP_KEY. Change it there.")
    found = backup_keys(settings)
    if found.all:
        write_keys(settings.data_dir / OLD_KEYS, found.all)
        found.file.unlink(missing_ok=True)


def _text(file: Path) -> str:
    """Return what a file of keys holds, which a person may have put there. Raises BadBackupKey."""
    try:
        return files.read(file, MOST_BYTES).decode("utf-8", "replace")
    except OSError as error:
        raise BadBackupKey(place=file) from error


def _keys(text: str, place: Path | str) -> tuple[str, ...]:
    words = [word for line in text.splitlines() if not line.lstrip().startswith("#") for word in line.split()]
    for word in words:
        _identity(word, place)
    if not words:
        raise BadBackupKey(place=place)
    return tuple(words)


def _identity(key: str, place: Path | str) -> "Identity":
    import pyrage

    try:
        return pyrage.x25519.Identity.from_str(key)
    except pyrage.IdentityError as error:
        raise BadBackupKey(place=place) from error


class _Pieces:
    """Pieces of bytes as a file to read from; `error` is what they raised."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._left:
                self._left = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        found, self._left = self._left[:size], self._left[size:]
        return bytes(found)


class _Source:
    """A file to read from; `error` is what it raised."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except BaseException as error:
            self.error = error
            raise


class _Target:
    """A file to write to; `error` is what it raised."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except BaseException as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Leave that to who opened the file."""
