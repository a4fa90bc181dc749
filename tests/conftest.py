"""What all tests share."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

from portal.pages.translations import compile_catalogs

# Every push looks at some examples of each law; `HYPOTHESIS_PROFILE=thorough make test` looks at many. A busy machine
# is slow, and that is no fault of the law.
settings.register_profile(
    "push", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", max_examples=400, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "push"))


def pytest_configure() -> None:
    """Compile the translations before anything is translated, because a process reads them once."""
    compile_catalogs()


@pytest.fixture
def real_data() -> Path:
    """The folder of real public files that REAL_DATA names; the test is skipped where there is none."""
    folder = os.environ.get("REAL_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("REAL_DATA names no folder with the real public files")
    return Path(folder)


@pytest.fixture(autouse=True)
def _forget_what_is_cached() -> None:
    """Begin each test with nothing kept from the one before."""
    cache.clear()
