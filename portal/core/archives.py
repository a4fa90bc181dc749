"""What Python's ZIP library lets through of a damaged archive."""

import lzma
import struct
import zlib
from zipfile import BadZipFile

# Wrong names, offsets, sizes, extra fields, packed data.
UNREADABLE = (
    BadZipFile, EOFError, OSError, OverflowError, RuntimeError, ValueError, lzma.LZMAError, struct.error, zlib.error,
)  # fmt: skip
