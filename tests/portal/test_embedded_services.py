import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
from redis import Redis

from portal.embedded.data_directory import CHECKOUT, DataDirectory
from portal.embedded.errors import DataIncompleteError, ServiceFailedError
from portal.embedded.postgres import SOCKET_NAME
from portal.embedded.processes import Child, Program
from portal.embedded.services import Services

Running = tuple[Services, dict[str, str]]
STARTER = """
import sys, time
from pathlib import Path
from portal.embedded.data_directory import DataDirectory
from portal.embedded.services import Services
data = DataDirectory(Path(sys.argv[1]))
data.acquire()
addresses = Services(data, {}, for_tests=True).start()
data.announce(**addresses)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory in which a cluster has been made, for tests that start it again."""
    path = tmp_path_factory.mktemp("embedded")
    with started(path):
        return path


@pytest.fixture
def running(place: Path) -> Iterator[Running]:
    with started(place) as found:
        yield found


@contextmanager
def started(path: Path, *, for_tests: bool = True, **environment: str) -> Iterator[Running]:
    data = DataDirectory(path)
    data.acquire()
    services = Services(data, environment, for_tests=for_tests)
    try:
        yield services, services.start()
    finally:
        services.stop()
        data.release()


def answers(addresses: dict[str, str]) -> bool:
    with psycopg.connect(addresses["DATABASE_URL"]) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def processes_in(path: Path) -> list[psutil.Process]:
    everybody = psutil.process_iter(["cwd"])
    return [process for process in everybody if (process.info["cwd"] or "").startswith(str(path))]


def gone_within(seconds: float, path: Path) -> bool:
    deadline = time.monotonic() + seconds
    while processes_in(path) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not processes_in(path)


def test_the_portals_role_has_no_power_over_roles_or_row_security(running: Running) -> None:
    _services, addresses = running
    with psycopg.connect(addresses["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == (False, False, False, False)


def test_the_cluster_has_checksums_and_a_locale_that_does_not_depend_on_the_machine(running: Running) -> None:
    _services, addresses = running
    with psycopg.connect(addresses["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT current_setting('data_checksums'), current_setting('server_encoding'), datlocprovider, datlocale "
            "FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row == ("on", "UTF8", "b", "C.UTF-8")


def test_the_database_listens_on_no_network_port(running: Running) -> None:
    services, _addresses = running
    postgres = services.children[0].process
    assert postgres is not None
    assert psutil.Process(postgres.pid).net_connections("inet") == []


def test_a_wrong_password_opens_neither_database_nor_queue(running: Running) -> None:
    _services, addresses = running
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(addresses["DATABASE_URL"], password="wrong")
    with pytest.raises(Exception, match=r"(?i)invalid username-password|WRONGPASS"):
        Redis.from_url(addresses["REDIS_URL"].replace("://:", "://:wrong")).ping()


def test_secrets_are_readable_by_their_owner_only(running: Running, place: Path) -> None:
    data = DataDirectory(place)
    data.announce(url="http://127.0.0.1:8000/")
    modes = {name: oct((place / name).stat().st_mode & 0o777) for name in ("secrets.json", "running.json")}
    assert modes == {"secrets.json": "0o600", "running.json": "0o600"}
    assert (place / "postgres").stat().st_mode & 0o077 == 0
    assert (place / "redis" / "redis.conf").stat().st_mode & 0o077 == 0


def test_a_second_start_keeps_the_data_of_database_and_queue(tmp_path: Path) -> None:
    for expected in (1, 2):
        with started(tmp_path, for_tests=False) as (_services, addresses):
            with psycopg.connect(addresses["DATABASE_URL"]) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS visit (id int GENERATED ALWAYS AS IDENTITY)")
                connection.execute("INSERT INTO visit DEFAULT VALUES")
                assert connection.execute("SELECT count(*) FROM visit").fetchone() == (expected,)
                assert connection.execute("SHOW fsync").fetchone() == ("on",)
            assert Redis.from_url(addresses["REDIS_URL"]).incr("visits") == expected
    assert processes_in(tmp_path) == []


def test_what_the_environment_names_is_not_started(place: Path) -> None:
    with started(place, DATABASE_URL="postgres://elsewhere/portal") as (services, addresses):
        assert addresses["DATABASE_URL"] == "postgres://elsewhere/portal"
        assert [child.program.name for child in services.children] == ["redis"]


def test_nothing_outlives_a_parent_that_was_killed_and_the_next_start_recovers(place: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", STARTER, str(place)], cwd=CHECKOUT) as parent:
        while not DataDirectory(place).running():
            assert parent.poll() is None
            time.sleep(0.05)
        assert processes_in(place) != []
        parent.kill()
    assert gone_within(10, place)
    with started(place) as (_services, addresses):
        assert answers(addresses)


def test_a_mark_left_by_a_power_cut_does_not_hinder_the_start(place: Path) -> None:
    """The number in the mark belongs to a living process of somebody else, as after a reboot."""
    mark = f"{os.getppid()}\n{place / 'postgres'}\n1\n5432\n"
    (place / "postgres" / "postmaster.pid").write_text(mark)
    (place / "postgres" / f"{SOCKET_NAME}.lock").write_text(mark)
    with started(place) as (_services, addresses):
        assert answers(addresses)
    assert not (place / "postgres" / "postmaster.pid").exists()


@pytest.mark.parametrize(
    "name", ["a" * 110, "comma, 'quote' \"double\" ñ%"], ids=["too long", "odd characters"]
)
def test_a_path_that_no_socket_can_have_still_works_and_leaves_nothing_behind(
    tmp_path: Path, name: str
) -> None:
    with started(tmp_path / name) as (_services, addresses):
        directory = Path((tmp_path / name / "socket-directory").read_text())
        assert answers(addresses)
    assert not directory.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has directories that its helpers cannot enter")
def test_root_can_keep_the_data_below_a_directory_closed_to_others(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with started(closed / "data") as (services, addresses):
        assert answers(addresses)
        pids = [child.process.pid for child in services.children if child.process]
        assert 0 not in {psutil.Process(pid).uids().effective for pid in pids}
    assert closed.stat().st_mode & 0o777 == 0o700


def test_lost_secrets_are_reported_with_what_to_do(place: Path) -> None:
    secrets = place / "secrets.json"
    kept = secrets.read_text()
    secrets.unlink()
    try:
        with pytest.raises(DataIncompleteError, match="make clean-data"), started(place):
            pass
        secrets.write_text(json.dumps(dict.fromkeys(json.loads(kept), "other")))
        with pytest.raises(DataIncompleteError, match="does not open its database"), started(place):
            pass
    finally:
        secrets.write_text(kept)
    assert gone_within(5, place)


def test_a_server_that_dies_at_once_is_reported_with_the_end_of_its_log(place: Path) -> None:
    settings = place / "postgres" / "postgresql.auto.conf"
    kept = settings.read_text()
    settings.write_text("no_such_setting = 1\n")
    try:
        with pytest.raises(ServiceFailedError, match="no_such_setting") as caught, started(place):
            pass
    finally:
        settings.write_text(kept)
    assert "postgres ended by itself with code" in caught.value.what_happened


def test_stopping_ends_a_child_that_ignores_the_request(tmp_path: Path) -> None:
    command = ["sh", "-c", "trap '' TERM; sleep 60 & sleep 60"]
    program = Program("stubborn", command, tmp_path / "log", tmp_path, {}, patience_seconds=0.3)
    child = Child(program).start()
    time.sleep(0.2)
    child.stop()
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL
    assert processes_in(tmp_path) == []
