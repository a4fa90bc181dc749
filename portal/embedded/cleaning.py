"""`make clean-data`: removing everything that the portal has kept on this machine."""

import shutil
import sys

from portal.embedded.data_directory import DataDirectory, default_path
from portal.embedded.errors import DataVersionError
from portal.embedded.steps import Console

CONFIRMATION = "yes"


def clean_data(console: Console) -> int:
    """Remove the data directory after the person at the keyboard has confirmed it; gives the exit code."""
    data = DataDirectory(default_path())
    if not data.path.exists():
        console.line(f"There is no data in {data.path}.")
        return 0
    if not data.is_ours:
        raise DataVersionError(
            f"{data.path} does not look like the portal's data: it has no file VERSION. Nothing was removed.",
            "Check PORTAL_DATA_DIR. If that directory may go, remove it yourself.",
        )
    data.acquire()
    try:
        console.line(
            f"This removes every account, answer and file kept in {data.path}. There is no way back."
        )
        console.line(f"Type {CONFIRMATION} and Enter to go on:")
        if sys.stdin.readline().strip() != CONFIRMATION:
            console.line("Nothing was removed.")
            return 1
        with console.step("Removing the data"):
            shutil.rmtree(data.path)
    finally:
        data.release()
    return 0
