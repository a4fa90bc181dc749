"""Reading a file on one processor while what was read of it before is written on another."""

from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.utils.translation import get_language, override

from inspire.importing.places import CityFinder
from inspire.importing.records import Chunk, ParsedChunk, parsed_chunks
from inspire.importing.rows import RowReader
from portal.core.tabular import Table

Made = TypeVar("Made")


def read_ahead(table: Table, reader: RowReader, make: Callable[[Chunk], Made]) -> Generator[Made, None, None]:
    """Read a file chunk by chunk, and yield what is made of each while the next ones are being read.

    One thread reads, and never asks the database: the towns of a chunk are looked up by the caller's thread, in its
    transaction. Three chunks are held at most. To be closed (`contextlib.closing`): the thread ends with it.

    Args:
        make: called in that thread, for one chunk after the other; must not use the database either.

    Raises:
        TableError: the file turns out to be damaged on the way.
    """
    language = get_language()
    chunks = parsed_chunks(table, reader)

    def parse() -> ParsedChunk | None:
        with override(language):
            return next(chunks, None)

    def finish(parsed: ParsedChunk, cities: CityFinder) -> Made:
        with override(language):
            return make(parsed.finished(reader, cities))

    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
    try:
        making: Future[Made] | None = None
        coming = thread.submit(parse)
        while parsed := coming.result():
            made, making = making, thread.submit(finish, parsed, parsed.cities())
            coming = thread.submit(parse)
            if made is not None:
                yield made.result()
        if making is not None:
            yield making.result()
    finally:
        thread.shutdown(cancel_futures=True)
