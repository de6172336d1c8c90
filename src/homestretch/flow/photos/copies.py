"""Makes the pictures of photos, one photo at a time, in a process of its own that ends when they are made."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from homestretch.errors import BadRequest, HomestretchError
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.photos.files import copy_path
from homestretch.flow.photos.pictures import Pictures, PictureTask, Trouble, failed, make_pictures
from homestretch.flow.runtime.context import Context
from homestretch.model.media.photos import EDGES

#: A photo of 100 megapixels takes much memory: requests wait for each other.
_one = Lock()


class NotAPhoto(BadRequest):
    """{name} is not a photo that can be shown. Add JPEG, PNG or WebP files."""

    status = 422


class UnreadableHeic(BadRequest):
    """{name} is a HEIC photo, which can't be read here. Export it as JPEG, or choose “Most compatible” under Camera,
    Formats on the phone.
    """

    status = 422


class TooManyPixels(BadRequest):
    """{name} has more than 100 megapixels. Make it smaller and add it again."""

    status = 422


class DamagedPhoto(BadRequest):
    """{name} can't be read: it is damaged or cut off. Copy it again from where it came from."""

    status = 422


class PhotoTakesTooMuch(BadRequest):
    """{name} takes more time or memory than a photo may. Save it again as JPEG and add that."""

    status = 422


class PhotoLost(HomestretchError):
    """The file of {name} is missing or damaged in the archive. Run `homestretch verify`, or add the photo again."""

    status = 410


ERRORS: dict[Trouble, type[HomestretchError]] = {
    "no_photo": NotAPhoto,
    "heic": UnreadableHeic,
    "too_many_pixels": TooManyPixels,
    "damaged": DamagedPhoto,
    "too_large": PhotoTakesTooMuch,
    "too_slow": PhotoTakesTooMuch,
    "lost": PhotoLost,
}


@contextmanager
def one_decoder(context: Context) -> Iterator[Decoders]:
    """Give one decoder for a block; other requests wait."""
    with _one, Decoders(context.settings.model_copy(update={"decoders": 1})) as decoders:
        yield decoders


def must_be_photo(pictures: Pictures, name: str) -> None:
    """Raise what is wrong with a photo."""
    if pictures.trouble is not None:
        raise ERRORS[pictures.trouble](name=name)


def task_of(context: Context, digest: str, data: bytes | None = None) -> PictureTask:
    """Return the task of making the pictures of a photo."""
    paths = {edge: copy_path(context.settings, digest, edge) for edge in EDGES}
    return PictureTask(context.archive, digest, paths, data)


def read_pictures(decoders: Decoders, tasks: Iterable[PictureTask]) -> Iterator[tuple[PictureTask, Pictures]]:
    """Yield what each photo gave, in any order."""
    works = ((None, task) for task in tasks)
    made = decoders.run(
        make_pictures,
        failed,
        works,
        weight=lambda task: len(task.data or b""),
        patience_s=lambda task: task.archive.patience_s,
    )
    for _, task, pictures in made:
        yield task, pictures


def picture_of(context: Context, digest: str, name: str, edge: int, others: Iterable[str] = ()) -> Path:
    """Return the picture of a photo with this longer edge (px), which is made where it is missing.

    Those of the `others` that are missing too are made with it: a page asks for all of them. Raises PhotoLost, …
    """
    path = copy_path(context.settings, digest, edge)
    if path.exists():
        return path
    context.must_have_room()
    with one_decoder(context) as decoders:
        if path.exists():
            return path  # made while this one waited
        missing = [one for one in others if one != digest and not copy_path(context.settings, one, edge).exists()]
        tasks = [task_of(context, one) for one in (digest, *dict.fromkeys(missing))]
        made = {task.digest: pictures for task, pictures in read_pictures(decoders, tasks)}
    must_be_photo(made[digest], name)
    return path
