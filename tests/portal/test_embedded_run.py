"""`make run` as a person meets it, with a site of a few lines instead of the portal's own, for speed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from portal.embedded.data_directory import CHECKOUT, DataDirectory
from portal.embedded.errors import AlreadyRunningError
from portal.embedded.redis import free_port
from portal.embedded.web_address import WebAddress

SITE = """
import os
from django.http import HttpResponse
from django.urls import path
DEBUG = True
SECRET_KEY = "only-for-this-test"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "small_site"
INSTALLED_APPS = ["small_app"]
USE_TZ = True
CELERY_BROKER_URL = os.environ["REDIS_URL"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
urlpatterns = [path("healthz", lambda request: HttpResponse("ok"))]
"""
PREPARE = """
import os
import psycopg
from django.core.management.base import BaseCommand

class Command(BaseCommand):
    def handle(self, *args, **options):
        if os.environ.get("FAIL_TO_PREPARE"):
            raise RuntimeError("the content is broken")
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS start (id int GENERATED ALWAYS AS IDENTITY)")
            connection.execute("INSERT INTO start DEFAULT VALUES")
            number = connection.execute("SELECT count(*) FROM start").fetchone()[0]
        self.stdout.write(f"this is start number {number}")
"""
ACCOUNTS = """
from django.core.management.base import BaseCommand

class Command(BaseCommand):
    def handle(self, *args, **options):
        self.stdout.write("practitioner  ana@example.org  secret")
"""
READY = "The portal is ready"
PATIENCE_SECONDS = 60


class Run:
    """One `python -m portal.embedded run` in a terminal that the test reads."""

    def __init__(self, place: Path, port: int, **environment: str) -> None:
        clean = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
        }
        settings = {"DJANGO_SETTINGS_MODULE": "small_site", "PYTHONPATH": str(place / "site")}
        self.output_file = place / f"output-{time.monotonic_ns()}"
        with self.output_file.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal.embedded", "run"],
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=CHECKOUT,
                env={
                    **clean,
                    **settings,
                    "PORT": str(port),
                    "PORTAL_DATA_DIR": str(place / "data"),
                    **environment,
                },
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self.output_file.read_text()

    def wait_until_ready(self) -> "Run":
        wait_for(lambda: READY in self.output or self.process.poll() is not None)
        assert READY in self.output, self.output
        return self

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def start_number(run: Run) -> int:
    return int(run.output.split("this is start number ")[1].split()[0])


def can_acquire(path: Path) -> bool:
    data = DataDirectory(path)
    try:
        data.acquire()
    except AlreadyRunningError:
        return False
    data.release()
    return True


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("run")
    commands = path / "site" / "small_app" / "management" / "commands"
    commands.mkdir(parents=True)
    (path / "site" / "small_site.py").write_text(SITE)
    for package in (commands, commands.parent, commands.parent.parent):
        (package / "__init__.py").touch()
    (commands / "prepare.py").write_text(PREPARE)
    (commands / "demo_accounts.py").write_text(ACCOUNTS)
    return path


@pytest.fixture
def start(place: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def start_one(port: int = 0, **environment: str) -> Run:
        runs.append(Run(place, port or free_port(), **environment))
        return runs[-1]

    yield start_one
    for run in runs:
        if run.process.poll() is None:
            run.process.terminate()
            run.process.wait(PATIENCE_SECONDS)


def test_one_command_opens_everything_and_ctrl_c_leaves_nothing(
    place: Path, start: Callable[..., Run]
) -> None:
    port = free_port()
    run = start(port).wait_until_ready()
    assert WebAddress("127.0.0.1", port).answers("/healthz")
    assert f"http://127.0.0.1:{port}/" in run.output
    assert "ana@example.org" in run.output
    assert "this is start number" in run.output

    second = start(port)
    assert second.process.wait(PATIENCE_SECONDS) == 1
    assert "already running" in second.output
    assert f"http://127.0.0.1:{port}/" in second.output

    joined = subprocess.run(
        [sys.executable, "-m", "portal.embedded", "exec", "--", "sh", "-c", "echo $DATABASE_URL; exit 7"],
        env={**os.environ, "PORTAL_DATA_DIR": str(place / "data"), "DATABASE_URL": "", "REDIS_URL": ""},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert joined.returncode == 7
    assert joined.stdout.strip() == DataDirectory(place / "data").running()["DATABASE_URL"]

    family = run.family()
    assert {"postgres", "redis-server"} <= {process.name() for process in family}
    assert run.end() == 0
    assert [process for process in family if process.is_running()] == []
    WebAddress("127.0.0.1", port).check_free()


def test_a_second_start_keeps_the_data_and_a_killed_supervisor_takes_all_along(
    place: Path, start: Callable[..., Run]
) -> None:
    run = start().wait_until_ready()
    first = start_number(run)
    run.process.kill()
    wait_for(lambda: can_acquire(place / "data"))
    run = start().wait_until_ready()
    assert start_number(run) == first + 1
    family = run.family()
    assert len(family) >= 6
    run.process.kill()
    _gone, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []


def test_a_program_that_dies_ends_the_run_with_the_end_of_its_log(
    place: Path, start: Callable[..., Run]
) -> None:
    run = start().wait_until_ready()
    family = run.family()
    web = next(process for process in family if "portal.wsgi:application" in process.cmdline())
    web.kill()
    assert run.process.wait(PATIENCE_SECONDS) == 1
    assert "web ended by itself with code -9" in run.output
    assert str(place / "data" / "logs" / "web.log") in run.output
    _gone, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []


def test_content_that_cannot_be_prepared_stops_the_start_with_its_reason(start: Callable[..., Run]) -> None:
    run = start(FAIL_TO_PREPARE="1")
    assert run.process.wait(PATIENCE_SECONDS) == 1
    assert "prepare ended by itself with code 1" in run.output
    assert "the content is broken" in run.output


def test_a_port_in_use_is_named_before_anything_starts(start: Callable[..., Run]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = start(port)
        assert run.process.wait(PATIENCE_SECONDS) == 1
    assert f"Port {port} on 127.0.0.1 is already in use" in run.output
    assert f"make run PORT={port + 1}" in run.output
    assert "Starting PostgreSQL" not in run.output


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_refused_in_words(start: Callable[..., Run], port: str) -> None:
    run = start(PORT=port)
    assert run.process.wait(PATIENCE_SECONDS) == 1
    assert f"PORT is {port!r}, which is not a port" in run.output
