"""The pytest plugin, tried by running pytest on a test of two lines."""

import os
import subprocess
import sys
from pathlib import Path

from portal.embedded.data_directory import CHECKOUT

INNER_TEST = """
import os
from pathlib import Path

def test_addresses():
    Path({result!r}).write_text(os.environ["DATABASE_URL"] + " " + os.environ["REDIS_URL"])
"""
PYTEST = ("-m", "pytest", "-c", "pyproject.toml", "-p", "no:cacheprovider", "-q")


def start_pytest(place: Path, name: str, **environment: str) -> tuple[subprocess.Popen[bytes], Path]:
    result = place / f"{name}.txt"
    test = place / f"test_{name}.py"
    test.write_text(INNER_TEST.format(result=str(result)))
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    kept = {key: value for key, value in kept.items() if not key.startswith("PYTEST_")}
    # The other plugins take seconds to load and play no part here.
    kept["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    process = subprocess.Popen(
        [sys.executable, *PYTEST, str(test)],
        cwd=CHECKOUT,
        env={**kept, "PORTAL_DATA_DIR": str(place / "data"), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return process, result


def test_two_runs_at_once_get_servers_of_their_own(tmp_path: Path) -> None:
    started = [start_pytest(tmp_path, name) for name in ("one", "two")]
    for process, _result in started:
        output, _none = process.communicate(timeout=60)
        assert process.returncode == 0, output.decode()
    addresses = [result.read_text().split() for _process, result in started]
    assert len({database for database, _queue in addresses}) == 2
    assert len({queue for _database, queue in addresses}) == 2
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"test", "test-2"}
    assert not list(tmp_path.glob("data/*/postgres/postmaster.pid"))


def test_a_run_with_servers_of_its_own_starts_none(tmp_path: Path) -> None:
    named = {"DATABASE_URL": "postgres://elsewhere/portal", "REDIS_URL": "redis://elsewhere/0"}
    process, result = start_pytest(tmp_path, "three", **named)
    process.communicate(timeout=60)
    assert result.read_text() == "postgres://elsewhere/portal redis://elsewhere/0"
    assert not (tmp_path / "data").exists()
