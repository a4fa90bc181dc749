"""`python -m portal.embedded exec -- COMMAND`: a command with the portal's database and queue at hand."""

import time
from collections.abc import Mapping, Sequence

from portal.embedded.data_directory import DataDirectory, default_path
from portal.embedded.errors import AlreadyRunningError
from portal.embedded.job import run_job
from portal.embedded.run import child_environment
from portal.embedded.services import Services

JOIN_TIMEOUT_SECONDS = 60.0
NAMES = ("DATABASE_URL", "REDIS_URL")


def run_command(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command with services of the environment, of the portal that runs here, or started for it alone.

    Gives the command's exit code.
    """
    data = DataDirectory(default_path())
    if all(environment.get(name) for name in NAMES):
        return run_job(command, child_environment(environment, {}, data))
    try:
        data.acquire()
    except AlreadyRunningError:
        return run_job(command, child_environment(environment, _join(data), data))
    services = Services(data, environment)
    try:
        addresses = services.start()
        data.announce(**addresses)
        return run_job(command, child_environment(environment, addresses, data))
    finally:
        services.stop()
        data.release()


def _join(data: DataDirectory) -> dict[str, str]:
    """Give the addresses of the services that run on this data, waiting for those that are starting."""
    deadline = time.monotonic() + JOIN_TIMEOUT_SECONDS
    while not data.running():
        if time.monotonic() > deadline:
            raise AlreadyRunningError(
                f"Another command holds the data in {data.path} and has not finished starting.",
                "Wait until it is ready, or stop it, and try again.",
            )
        time.sleep(0.1)
    running = data.running()
    return {name: running[name] for name in NAMES}
