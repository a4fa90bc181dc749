"""The database and the queue that a command needs: those of the environment, or our own."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from portal.embedded.data_directory import CHECKOUT, DataDirectory
from portal.embedded.postgres import EmbeddedPostgres
from portal.embedded.privileges import account_for
from portal.embedded.processes import Child
from portal.embedded.redis import EmbeddedRedis

Step = Callable[[str], AbstractContextManager[object]]


def silent_step(_title: str) -> AbstractContextManager[object]:
    """Show nothing, for callers whose output belongs to another program."""
    return nullcontext()


@dataclass
class Services:
    """PostgreSQL and Redis for one data directory, whose lock the caller holds.

    What `environment` already names with DATABASE_URL or REDIS_URL is left alone.
    """

    data: DataDirectory
    environment: Mapping[str, str]
    for_tests: bool = False
    step: Step = silent_step
    _started: list[EmbeddedPostgres | EmbeddedRedis] = field(default_factory=list)

    def start(self) -> dict[str, str]:
        """Start what is missing and give the complete DATABASE_URL and REDIS_URL; undo all when one fails."""
        addresses = {name: self.environment.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
        try:
            if not addresses["DATABASE_URL"]:
                addresses["DATABASE_URL"] = self._start_postgres()
            if not addresses["REDIS_URL"]:
                addresses["REDIS_URL"] = self._start_redis()
        except BaseException:
            self.stop()
            raise
        return addresses

    def stop(self) -> None:
        """Stop what was started here, the last first."""
        while self._started:
            self._started.pop().stop()

    @property
    def children(self) -> list[Child]:
        """Give the servers' processes, for who watches over them."""
        return [service.child for service in self._started if service.child is not None]

    def _start_postgres(self) -> str:
        self.data.check_version()
        account = account_for(self.data.postgres, CHECKOUT)
        postgres = EmbeddedPostgres(self.data, account, self.for_tests)
        title = "Creating the PostgreSQL database" if self.data.is_new else "Starting PostgreSQL"
        with self.step(title):
            self._started.append(postgres)
            postgres.start()
        return postgres.url

    def _start_redis(self) -> str:
        redis = EmbeddedRedis(self.data, account_for(self.data.redis, CHECKOUT), self.for_tests)
        with self.step("Starting Redis"):
            self._started.append(redis)
            redis.start()
        return redis.url
