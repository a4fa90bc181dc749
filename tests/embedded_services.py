"""A pytest plugin that gives the tests a PostgreSQL and a Redis before Django's settings are read.

Loaded early, with `-p tests.embedded_services`. The workers of pytest-xdist inherit the addresses.
"""

import os
from collections.abc import Iterator
from itertools import count

import pytest

from portal.embedded.data_directory import DataDirectory, default_path
from portal.embedded.errors import AlreadyRunningError, EmbeddedError
from portal.embedded.services import Services

NAMES = ("DATABASE_URL", "REDIS_URL")
_running: list[tuple[Services, DataDirectory]] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Start what the environment does not name; a wrapper, so that it comes before pytest-django."""
    asks_only = early_config.known_args_namespace.version or early_config.known_args_namespace.help
    if not asks_only and not all(os.environ.get(name) for name in NAMES):
        try:
            start_services()
        except EmbeddedError as error:
            raise pytest.UsageError(str(error)) from error
    try:
        yield
    except BaseException:
        stop_services()
        raise


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop what was started here."""
    stop_services()


def start_services() -> None:
    """Start the servers with settings made for tests and put their addresses into the environment."""
    data = own_directory()
    services = Services(data, os.environ, for_tests=True)
    try:
        os.environ.update(services.start())
    except BaseException:
        data.release()
        raise
    _running.append((services, data))


def stop_services() -> None:
    """Stop the servers and take their addresses out of the environment."""
    while _running:
        services, data = _running.pop()
        for name in NAMES:
            os.environ.pop(name, None)
        services.stop()
        data.release()


def own_directory() -> DataDirectory:
    """Take the first of `test`, `test-2`, … that no other test run is using."""
    for number in count(1):
        data = DataDirectory(default_path() / ("test" if number == 1 else f"test-{number}"))
        try:
            data.acquire()
        except AlreadyRunningError:
            continue
        return data
    raise AssertionError("count() never ends")
