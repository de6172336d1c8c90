"""Packed originals in an object store: S3 and what speaks it (MinIO, Garage, Ceph, R2 …), Google Cloud or Azure.

The library, obstore, is imported with the first question.
"""

import contextlib
import hashlib
import io
import math
import os
import re
import secrets
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from homestretch.archive.folder import DIGEST, key_of
from homestretch.archive.protocol import Digest, ObjectStoreFails, OriginalMissing

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig, S3Config
    from obstore.store import ObjectStore as Store

#: One request may take so long; what is large is read and written in pieces of this size, each a request.
REQUEST_S = 30.0
CONNECT_S = 5.0
PIECE = 5 << 20
#: How often a request is tried again, with a back-off, and how long at most.
RETRIES = 2
RETRY_S = 60.0
#: How long an answer holds to whether the store can be used, and how long it is waited for.
FAULT_HOLDS_S = 30.0
FAULT_S = 3.0
PROBES = "probe"
#: Up to so many originals are asked for one by one, more in a list of all.
A_FEW = 20
#: What is fetched up to this size stays in memory.
IN_MEMORY = 8 << 20
TOO_SLOW = "it answers too slowly"
#: What S3 says where only the object is missing; without it the whole bucket may be.
NO_KEY = "NoSuchKey"
#: What a store says where an object is empty, so that no first bytes can be asked for.
NO_BYTES = "non-2xx status code: 416"
#: What its errors say, and what we say.
REASONS = (
    ("NoSuchBucket", "there is no such bucket"),
    ("SignatureDoesNotMatch", "it refuses the secret key"),
    ("InvalidAccessKeyId", "it does not know the access key"),
    ("non-2xx status code: 403", "it refuses access (403): check what the key may do"),
    ("builder error", "plain http needs an endpoint that begins with http://"),
    ("operation timed out", TOO_SLOW),
    ("error sending request", "it does not answer"),
    ("request or response body error", "the connection breaks off"),
)
_STATUS = re.compile(r"non-2xx status code: (\d+ [\w ]+)")


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks an S3 store, and where it is: for what is empty, the variables AWS_… and the machine's role count."""

    endpoint: str = ""
    region: str = ""
    key_id: str = ""
    secret: str = field(default="", repr=False)

    def config(self) -> "S3Config":
        """Return these as the library takes them."""
        # Not every store knows how to delete many at once.
        config: S3Config = {"disable_bulk_delete": True}
        if self.endpoint:
            config |= {"endpoint": self.endpoint, "region": "us-east-1"}
        if self.region:
            config["region"] = self.region
        if self.key_id:
            config["access_key_id"] = self.key_id
        if self.secret:
            config["secret_access_key"] = self.secret
        return config


class ObjectStore:
    """Keeps packed originals in a bucket, under the same names as in a folder.

    Whatever the store says, an original counts as kept only when it was read back, byte for byte.
    """

    patience_s = 3 * RETRY_S

    def __init__(self, address: str, account: Account) -> None:
        """Take an address such as s3://bucket/prefix."""
        self.address = address.rstrip("/")
        self.account = account
        self._fault: tuple[float, str | None] = (-math.inf, None)

    def __reduce__(self) -> tuple[type["ObjectStore"], tuple[str, Account]]:
        """Travel between processes without connections: those of one process never answer in another."""
        return ObjectStore, (self.address, self.account)

    @property
    def name(self) -> str:
        """Return its address."""
        return self.address

    @cached_property
    def _store(self) -> "Store":
        return self._opened(REQUEST_S, RETRIES)

    def _opened(self, seconds: float, retries: int) -> "Store":
        from obstore.exceptions import BaseError
        from obstore.store import S3Store, from_url

        options: ClientConfig = {
            "allow_http": self.account.endpoint.startswith("http://"),
            "timeout": timedelta(seconds=seconds),
            "connect_timeout": timedelta(seconds=min(CONNECT_S, seconds)),
        }
        again: RetryConfig = {"max_retries": retries, "retry_timeout": timedelta(seconds=RETRY_S)}
        try:
            if self.address.startswith("s3:"):
                config = self.account.config()
                return S3Store.from_url(self.address, config=config, client_options=options, retry_config=again)
            return from_url(self.address, client_options=options, retry_config=again)
        except (BaseError, ValueError) as error:
            raise ObjectStoreFails(place=self.name, reason=_reason(error)) from error

    def prepare(self) -> None:
        """Make nothing: a bucket is made by who pays for it."""

    def fault(self) -> str | None:
        """Return why the store can't be used, or None; asked at most once in half a minute."""
        asked, fault = self._fault
        if time.monotonic() - asked > FAULT_HOLDS_S:
            try:
                self._must_answer(self._opened(FAULT_S, 0))
                fault = None
            except ObjectStoreFails as error:
                fault = f"{self.name}: {error.details['reason']}"
            self._fault = (time.monotonic(), fault)
        return fault

    def opened(self, digest: Digest) -> IO[bytes]:
        """Fetch an original and open it. Raises OriginalMissing, ObjectStoreFails."""
        return self._fetched(key_of(digest))

    def put(self, digest: Digest, draft: Path) -> None:
        """Keep what a file holds, and read it back. Raises ObjectStoreFails."""
        self._put(key_of(digest), draft.read_bytes() if draft.stat().st_size <= PIECE else draft)
        draft.unlink()

    def has(self, digest: Digest) -> bool:
        """Return whether an original is there. Raises ObjectStoreFails."""
        return digest in self.sizes([digest])

    def sizes(self, digests: Collection[Digest]) -> dict[Digest, int]:
        """Return the bytes of the originals that are there; of many from a list of all. Raises ObjectStoreFails."""
        import obstore

        if len(digests) > A_FEW:
            wanted = set(digests)
            return {digest: size for digest, size in self._listed() if digest in wanted}
        found = {}
        for digest in digests:
            with contextlib.suppress(OriginalMissing), self._asking(digest):
                found[digest] = obstore.head(self._store, key_of(digest))["size"]
        return found

    def remove(self, digest: Digest) -> None:
        """Remove an original, if it is there. Raises ObjectStoreFails."""
        import obstore

        with contextlib.suppress(OriginalMissing), self._asking(digest):
            obstore.delete(self._store, key_of(digest))

    def digests(self) -> Iterator[Digest]:
        """Yield the digest of every original in the bucket. Raises ObjectStoreFails."""
        return (digest for digest, _ in self._listed())

    def _listed(self) -> Iterator[tuple[Digest, int]]:
        import obstore

        with self._asking("", sure=True):
            for portion in obstore.list(self._store, chunk_size=1000):
                for found in portion:
                    digest = Path(found["path"]).stem
                    if DIGEST.fullmatch(digest) and found["path"] == key_of(digest):
                        yield digest, found["size"]

    def probe(self) -> bool:
        """Write, read, list and remove an object, small and large; return whether it heeds "only if it is new".

        Raises ObjectStoreFails.
        """
        import obstore
        from obstore.exceptions import AlreadyExistsError

        key = f"{PROBES}/{secrets.token_hex(8)}"
        try:
            with self._asking(key):
                obstore.put(self._store, key, b"first", mode="create")
            try:
                with self._asking(key):
                    obstore.put(self._store, key, b"second", mode="create")
                heeds = False
            except AlreadyExistsError:
                heeds = True
            with tempfile.NamedTemporaryFile() as large:
                large.write(os.urandom(2 * PIECE))
                large.flush()
                self._put(key, Path(large.name))
            self._must_answer(self._store)
        finally:
            with contextlib.suppress(OriginalMissing), self._asking(key):
                obstore.delete(self._store, key)
        return heeds

    def _put(self, key: str, content: bytes | Path) -> None:
        import obstore
        from obstore.exceptions import AlreadyExistsError

        # In pieces, and few at once, each of them is there in time on a slow line too; they know no condition.
        send = partial(obstore.put, self._store, key, content, chunk_size=PIECE, max_concurrency=2)
        try:
            with self._asking(key):
                send(mode="create" if isinstance(content, bytes) else "overwrite")
        except AlreadyExistsError:
            if self._holds(key, content):
                return
            with self._asking(key):
                send(mode="overwrite")
        if not self._holds(key, content):
            raise ObjectStoreFails(place=self.name, reason="it took a file and does not give it back")

    def _fetched(self, key: str) -> tempfile.SpooledTemporaryFile[bytes]:
        import obstore

        late = time.monotonic() + 2 * RETRY_S
        spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by who reads)
        try:
            with self._asking(key):
                size = self._first_piece(key, spool)
                for start in range(PIECE, size, PIECE):
                    if time.monotonic() > late:
                        raise ObjectStoreFails(place=self.name, reason=TOO_SLOW)
                    spool.write(obstore.get_range(self._store, key, start=start, length=min(PIECE, size - start)))
            spool.seek(0)
        except BaseException:
            spool.close()
            raise
        return spool

    def _first_piece(self, key: str, spool: IO[bytes]) -> int:
        """Fetch the beginning of an object, and return the size of all."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            found = obstore.get(self._store, key, options={"range": (0, PIECE)})
        except BaseError as error:
            if NO_BYTES in str(error):
                return 0
            raise
        spool.write(found.bytes())
        return found.meta["size"]

    def _holds(self, key: str, content: bytes | Path) -> bool:
        """Return whether an object is there and has just this content."""
        with content.open("rb") if isinstance(content, Path) else io.BytesIO(content) as ours:
            wanted = hashlib.file_digest(ours, "sha256").digest()
        try:
            with self._fetched(key) as theirs:
                return hashlib.file_digest(theirs, "sha256").digest() == wanted
        except OriginalMissing:
            return False

    def _must_answer(self, store: "Store") -> None:
        """Ask for a list of nothing: a bucket that is not there says of an object only that there is none."""
        import obstore

        with self._asking("", sure=True):
            next(iter(obstore.list(store, prefix="none", chunk_size=1)), None)

    @contextlib.contextmanager
    def _asking(self, key: str, *, sure: bool = False) -> Iterator[None]:
        """Turn the library's errors into ours. Raises OriginalMissing, ObjectStoreFails, AlreadyExistsError."""
        from obstore.exceptions import AlreadyExistsError, BaseError

        try:
            yield
        except AlreadyExistsError:
            raise
        except FileNotFoundError as error:
            if not sure and NO_KEY not in str(error):
                self._must_answer(self._store)
            raise OriginalMissing(digest=Path(key).stem) from error
        except (BaseError, OSError) as error:
            raise ObjectStoreFails(place=self.name, reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    """Return what an error of the library says, short: it goes on with the whole request."""
    text = str(error)
    known = next((ours for theirs, ours in REASONS if theirs in text), None)
    if known is None and (status := _STATUS.search(text)):
        known = f"it answers {status[1]}"
    return known or text.partition("\n")[0].rpartition(" - ")[2][:200] or type(error).__name__
