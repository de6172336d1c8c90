"""A second store beside the first, in which everything is derived again from the same originals, to compare."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_all
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.folder_lock import make_folder
from homestretch.store.database import Database, sqlite_url
from homestretch.store.dump import dumped, last_ids, lines, load
from homestretch.store.schema import migrate


@contextmanager
def rebuilt_beside(context: Context, decoders: Decoders) -> Iterator[Context]:
    """Yield a context with the same kept tables and originals in which everything was just derived again.

    It lies in a folder of its own in the data folder and is gone afterwards; the first one stays unchanged.
    Raises as make_folder does.
    """
    make_folder(context.settings.data_dir)
    with tempfile.TemporaryDirectory(prefix=".beside-", dir=context.settings.data_dir) as folder:
        place = Path(folder)
        database = Database(sqlite_url(place))
        try:
            migrate(database)
            with context.database.snapshot() as reader, database.write() as session:
                load(session, ((table.name, lines(reader, table)) for table in dumped()), last_ids(reader))
            settings = context.settings.model_copy(update={"data_dir": place, "database_url": database.url})
            second = replace(context, settings=settings, database=database)
            derive_all(second, decoders)
            yield second
        finally:
            database.close()
