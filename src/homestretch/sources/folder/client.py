"""A folder as a source: walked, its files read whole, and nothing in it touched."""

import errno
import getpass
import os
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from homestretch import files
from homestretch.net.budget import RateLimitedClient, SignInAgain, UnexpectedResponse, Unreachable, WrongCredentials
from homestretch.net.secret import Secret, SecretStore
from homestretch.sources._disk import owner_of
from homestretch.sources._zip import gunzipped, members
from homestretch.sources.base import Answer, ItemPage, RemoteAccount, RemoteItem
from homestretch.sources.folder.layout import form_of, kind_of

NAME = "The folder"
#: What was written to within so many seconds may be written to still.
SETTLE_S = 5.0
#: Bounds of a folder: files, folders within folders, bytes of one file, files in one zip.
MOST_FILES, DEEPEST, MOST_BYTES, MOST_MEMBERS = 200_000, 24, 300_000_000, 5_000


class NoFolder(WrongCredentials):
    """The server has no folder {folder} ({reason}). Enter the full path, such as /srv/activities. In a container, mount
    the folder first.
    """


class MayNotRead(WrongCredentials):
    """The server runs as {user} and may not read {folder}, which belongs to {owner}. Allow it, for example with: chmod
    o+rx {folder}
    """


class NotThere(Unreachable):
    """{folder} is not available ({reason}). If it is on a device or network share, connect it. Imported activities
    stay.
    """


class CannotTake(UnexpectedResponse):
    """{what} in {folder} can't be imported: {reason}."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file of use: its path below the folder, and a mark that changes with every state."""

    path: str
    kind: str
    form: str
    size: int
    modified_ns: int

    @property
    def version(self) -> str:
        """What differs once it was changed."""
        return f"{self.modified_ns}-{self.size}"

    @property
    def day(self) -> str:
        """The day on which it was written, of UTC."""
        return datetime.fromtimestamp(self.modified_ns // 1_000_000_000, UTC).date().isoformat()


@dataclass(slots=True)
class Walk:
    """A folder being walked: the files of use, and notes about those that were left out."""

    root: Path
    found: list[Found] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def whole(self) -> None:
        """Walk everything. Raises NotThere where its root can't be read, UnexpectedResponse where it has no bounds."""
        try:
            if self.root.resolve(strict=True) != self.root:
                raise OSError(errno.ELOOP, files.LED)
            self._below(self.root, (), first=True)
        except OSError as error:
            raise NotThere(name=NAME, folder=self.root, reason=error.strerror or "it can't be read") from error
        self.found.sort(key=lambda one: (one.modified_ns, one.path), reverse=True)
        self.notes.sort()

    def _below(self, folder: Path, way: tuple[str, ...], *, first: bool = False) -> None:
        try:
            with os.scandir(folder) as listing:
                inner = sorted(listing, key=lambda one: one.name)
        except OSError as error:
            if first or not self.root.is_dir():
                raise  # a device that goes while it is looked at takes nothing with it
            self.notes.append(f"not_readable:{'/'.join(way)}:{error.strerror}")
            return
        for one in inner:
            if one.is_symlink():
                self._link(one, way)
            elif one.is_dir(follow_symlinks=False):
                if not one.name.startswith(".") and len(way) < DEEPEST:
                    self._below(folder / one.name, (*way, one.name))
            else:
                self._file(one, way)

    def _link(self, one: os.DirEntry[str], way: tuple[str, ...]) -> None:
        """Follow no link: what it leads to within the folder is found there, and what is outside was not given."""
        target = Path(one.path).resolve()
        if not target.is_relative_to(self.root):
            self.notes.append(f"leads_out:{'/'.join((*way, one.name))}")

    def _file(self, one: os.DirEntry[str], way: tuple[str, ...]) -> None:
        form = form_of(one.name)
        kind = kind_of((*self.root.parts, *way)) if form else None
        if form is None or kind is None:
            return
        about = one.stat(follow_symlinks=False)
        path = "/".join((*way, one.name))
        if not stat.S_ISREG(about.st_mode):
            return
        if about.st_size > MOST_BYTES:
            self.notes.append(f"too_large_to_read:{path}")
            return
        self.found.append(Found(path, kind, form, about.st_size, about.st_mtime_ns))
        if len(self.found) > MOST_FILES:
            raise CannotTake(what="The content", folder=self.root, reason=f"there are more than {MOST_FILES} files")


class FolderSignIn:
    """Looks whether a folder can be read; there is nothing secret about it."""

    def begin(self, method: str, answers: Mapping[str, str]) -> Secret:
        """Return where it is. Raises NoFolder, MayNotRead."""
        path = files.named(answers["path"])
        if not path.is_absolute():
            raise NoFolder(name=NAME, folder=path, reason="not a full path")
        try:
            path = path.resolve(strict=True)
            if not path.is_dir():
                raise NoFolder(name=NAME, folder=path, reason="it is a file")
            next(path.iterdir(), None)
            may = os.access(path, os.R_OK | os.X_OK)
        except PermissionError:
            may = False
        except OSError as error:
            raise NoFolder(name=NAME, folder=path, reason=error.strerror or "it can't be read") from error
        if not may:
            raise MayNotRead(name=NAME, folder=path, owner=owner_of(path), user=getpass.getuser())
        return {"path": str(path), "held": False}

    def resume(self, state: Mapping[str, Any], answers: Mapping[str, str]) -> Secret:
        """Nothing is ever asked."""
        raise SignInAgain(name=NAME, reason="no question is open")


class Folder:
    """A folder that is watched."""

    def __init__(self, secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> None:
        self.secret_store, self.calls = secret_store, calls
        self.secret = secret_store.read()
        self.root = Path(str(self.secret["path"]))
        self.walk: Walk | None = None

    def remote_account(self) -> RemoteAccount:
        """Return the folder itself: one path is one account."""
        return RemoteAccount(str(self.root), str(self.root), here=True)

    def activities(self, start: int, page: int, since: str | None) -> ItemPage:
        """Return a page of its files, the newest first, and the inventory as JSON. Raises NotThere."""
        walk = self._walked()
        part = walk.found[start : start + page]
        files = [{"path": one.path, "size": one.size, "modified_ns": one.modified_ns} for one in part]
        body = orjson.dumps({"files": files, "notes": [] if start else walk.notes}, option=orjson.OPT_SORT_KEYS)
        after = start + len(part)
        return ItemPage(
            Answer(f"files-{start}.json", "json", body),
            tuple(_item(one) for one in part),
            after if after < len(walk.found) else None,
        )

    def fetch(self, item: RemoteItem) -> Sequence[Answer]:
        """Return a file, or those of a zip.

        Raises NotThere, and CannotTake or UnexpectedResponse for what can't be read yet.
        """
        data = self._read(item.key)
        return tuple(_unpacked(item.key, data)) if data else ()

    def _walked(self) -> Walk:
        if self.walk is None:
            walk = Walk(self.root)
            walk.whole()
            if not walk.found and self.secret.get("held"):
                raise NotThere(name=NAME, folder=self.root, reason="the folder is empty now")
            if walk.found and not self.secret.get("held"):
                self.secret = self.secret_store.renew(lambda stored: {**stored, "held": True})
            self.walk = walk
        return self.walk

    def _read(self, key: str) -> bytes | None:
        """Return the bytes of a file that stands still, or None where it is gone."""
        root = self.root
        try:
            place = (root / key).resolve(strict=True)
            if not place.is_relative_to(root):
                raise self._refused(key, "it is a link to a file outside the folder")
            before = self._settled(place, key)
            data = files.read(place, MOST_BYTES, links=False)
            after = place.stat()
        except FileNotFoundError:
            self._must_be_there("it disappeared")
            return None
        except PermissionError as error:
            who = f"it belongs to {owner_of(root / key)}, and {getpass.getuser()} may not read it"
            raise self._refused(key, who) from error
        except OSError as error:
            self._must_be_there(error.strerror or "it disappeared")
            raise self._refused(key, error.strerror or "it can't be read") from error
        if (after.st_mtime_ns, after.st_size) != (before.st_mtime_ns, before.st_size):
            raise self._refused(key, "it is still being written")
        return data

    def _settled(self, place: Path, key: str) -> os.stat_result:
        """Return what a file is once it stands still for a while. Raises CannotTake where it does not."""
        about = place.stat()
        left = SETTLE_S - (time.time() - about.st_mtime)
        if not 0 < left <= SETTLE_S:  # what is of tomorrow was written by a clock that is wrong, and stands still
            return about
        self.calls.rest(left)
        again = place.stat()
        if (again.st_mtime_ns, again.st_size) != (about.st_mtime_ns, about.st_size):
            raise self._refused(key, "it is still being written")
        return again

    def _must_be_there(self, reason: str) -> None:
        if not self.root.is_dir():
            raise NotThere(name=NAME, folder=self.root, reason=reason)

    def _refused(self, key: str, reason: str) -> CannotTake:
        return CannotTake(name=NAME, what=key, folder=self.root, reason=reason)


def _item(one: Found) -> RemoteItem:
    details = {"file": one.path.rpartition("/")[2]}
    return RemoteItem(one.kind, one.path, one.day, one.day, one.version, details)


def _unpacked(path: str, data: bytes) -> Iterator[Answer]:
    """Yield the files in a file; one of a zip is called by its way in there."""
    name = path.rpartition("/")[2]
    form = form_of(name) or "file"
    if form == "zip":
        for inner, content in members(data, NAME, path, _is_plain, MOST_MEMBERS, MOST_BYTES):
            way = [part for part in inner.split("/") if part.strip(". ")]
            yield from (replace(one, name="/".join((name, *way[:-1], one.name))) for one in _unpacked(inner, content))
    elif form.endswith(".gz"):
        yield Answer(name[: -len(".gz")], form.removesuffix(".gz"), gunzipped(data, NAME, path, MOST_BYTES), file=True)
    else:
        yield Answer(name, form, data, file=True)


def _is_plain(path: str) -> bool:
    form = form_of(path.rpartition("/")[2])
    return form is not None and form != "zip" and "__MACOSX" not in path


def sign_in(calls: RateLimitedClient) -> FolderSignIn:
    """Return how to sign in."""
    return FolderSignIn()


def client(secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> Folder:
    """Return a folder that is watched."""
    return Folder(secret_store, remote_account, calls)
