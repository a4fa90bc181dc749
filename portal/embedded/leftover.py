"""What an earlier run that was cut off may have left behind on a cluster."""

import signal
from pathlib import Path

import psutil

PATIENCE_SECONDS = 10.0


def end_leftover_server(directory: Path, socket_name: str) -> None:
    """See that no server of an earlier run is left on a cluster, and that a stale mark of one is gone.

    After a power cut the number in the mark may belong to any program; PostgreSQL would refuse to start.
    """
    mark = directory / "postmaster.pid"
    try:
        process = psutil.Process(int(mark.read_text().split()[0]))
        is_ours = Path(process.cwd()) == directory.resolve()
    except (OSError, ValueError, IndexError, psutil.Error):
        is_ours = False
    if not is_ours:
        for stale in (mark, directory / f"{socket_name}.lock"):
            stale.unlink(missing_ok=True)
        return
    try:
        process.wait(PATIENCE_SECONDS)
    except psutil.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(PATIENCE_SECONDS)
