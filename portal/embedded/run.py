"""`make run`: everything the portal consists of, started in order, watched, and stopped in order."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.embedded.data_directory import DataDirectory, default_path
from portal.embedded.processes import Child, Program
from portal.embedded.programs import (
    COMMAND_ENDS,
    WORKER_READY,
    beat_program,
    management_program,
    web_program,
    worker_program,
)
from portal.embedded.services import Services
from portal.embedded.steps import Console
from portal.embedded.stopping import StopRequested, StopSignals
from portal.embedded.web_address import WebAddress

POLL_SECONDS = 0.1
ACCOUNT_COLUMN_WIDTH = 32
READY_TIMEOUT_SECONDS = 90.0
SEE_LOG = "The log above says why; the other logs are beside it. What was saved before is kept."
TRACEBACK = "Traceback (most recent call last)"


def run_portal(console: Console, environment: Mapping[str, str]) -> int:
    """Run the portal until somebody stops it; gives the exit code, raises EmbeddedError when it cannot."""
    data = DataDirectory(default_path())
    address = WebAddress.from_environment(environment)
    portal = Portal(console, environment, data, address)
    with StopSignals(portal.force) as signals:
        portal.signals = signals
        data.acquire()
        try:
            portal.start()
            portal.watch()
        except StopRequested:
            return 0
        finally:
            portal.stop()
            data.release()
    return 0


@dataclass
class Portal:
    """One run of the portal."""

    console: Console
    environment: Mapping[str, str]
    data: DataDirectory
    address: WebAddress
    signals: StopSignals = field(default_factory=lambda: StopSignals(lambda: None))
    children: list[Child] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.services = Services(self.data, self.environment, step=self.console.step)

    def start(self) -> None:
        """Start everything and say where it is."""
        self.console.line(self.console.colour("bold", "Starting the portal"))
        self.address.check_free()
        self.data.check_space()
        addresses = self.services.start()
        self.signals.check()
        site = {"SITE_URL": self.address.url.rstrip("/"), **self.environment}
        environment = child_environment(site, addresses, self.data)
        self.data.announce(url=self.address.url, **addresses)
        with self.console.step("Preparing the database and the content"):
            accounts = self._prepare(environment)
        with self.console.step("Starting the web server, the worker and the scheduler"):
            self._start_programs(environment)
        self._print_welcome(accounts)

    def watch(self) -> None:
        """Wait until a stop is asked for; raises EmbeddedError when a program ends by itself."""
        while True:
            self._check_all_alive()
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """Stop web, scheduler, worker, Redis and PostgreSQL, in this order, each in its own way."""
        if not self.children and not self.services.children:
            return
        with self.console.step("Stopping"):
            while self.children:
                self.children[-1].stop()
                self.children.pop()
            self.services.stop()

    def force(self) -> None:
        """End every program at once: the second Ctrl-C."""
        for child in [*self.children, *self.services.children]:
            child.force()

    def _start_child(self, program: Program) -> Child:
        child = Child(program)
        self.children.append(child.start())
        return child

    def _prepare(self, environment: Mapping[str, str]) -> str:
        """Bring database and content to this version, showing how far that is; gives the list of accounts."""
        program = management_program(self.data.logs, environment, "prepare", "demo_accounts")
        child = self._start_child(program)
        shown = 0
        while child.is_running:
            self.signals.check()
            shown = self._show_lines(child, shown)
            time.sleep(POLL_SECONDS)
        if child.wait() != 0:
            raise child.failure(SEE_LOG)
        self._show_lines(child, shown)
        self.children.remove(child)
        return child.output().split(COMMAND_ENDS)[1].strip()

    def _show_lines(self, child: Child, shown: int) -> int:
        """Print the complete lines after the first `shown`, and give how many have been shown now."""
        # Of a command that fails, the message at the end shows the last lines of its traceback.
        lines = child.output().split(COMMAND_ENDS)[0].split(TRACEBACK)[0].split("\n")[:-1]
        for line in lines[shown:]:
            self.console.line(f"    {line}")
        return len(lines)

    def _start_programs(self, environment: Mapping[str, str]) -> None:
        """Start worker and web server and, once they answer, the scheduler, which nobody waits for."""
        logs = self.data.logs
        worker = self._start_child(worker_program(logs, environment))
        web = self._start_child(web_program(logs, environment, self.address.host, self.address.port))
        self._wait_until_ready(web, worker)
        schedule = self.data.path / "celerybeat-schedule"
        beat = Child(beat_program(logs, environment, schedule)).start()
        # Before the web server, which is stopped first, so that the order of stopping stays.
        self.children.insert(-1, beat)

    def _wait_until_ready(self, web: Child, worker: Child) -> None:
        deadline = time.monotonic() + READY_TIMEOUT_SECONDS
        while True:
            self._check_all_alive()
            late = None if WORKER_READY in worker.output() else worker
            late = late or (None if self.address.answers("/healthz") else web)
            if late is None:
                return
            if time.monotonic() > deadline:
                raise late.failure(SEE_LOG)
            time.sleep(POLL_SECONDS)

    def _check_all_alive(self) -> None:
        self.signals.check()
        for child in [*self.children, *self.services.children]:
            if not child.is_running:
                raise child.failure(SEE_LOG)

    def _print_welcome(self, accounts: str) -> None:
        title = self.console.colour("bold", f"The portal is ready: {self.address.url}")
        lines = ["", title, ""]
        lines += [f"  {line.expandtabs(ACCOUNT_COLUMN_WIDTH)}" for line in accounts.splitlines()]
        lines += [
            "",
            f"  Logs: {self.data.logs}",
            f"  E-mails: {self.data.path / 'mail'}",
            "  Ctrl-C stops everything and keeps the data.",
            "",
        ]
        for line in lines:
            self.console.line(line)


def child_environment(
    environment: Mapping[str, str], addresses: Mapping[str, str], data: DataDirectory
) -> dict[str, str]:
    """Give the environment in which the portal's own programs run."""
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        **environment,
        **addresses,
        "PORTAL_DATA_DIR": str(data.path),
        "PYTHONUNBUFFERED": "1",
    }
