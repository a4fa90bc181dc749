"""Where the web server listens, and whether it can."""

import errno
import http.client
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

import psutil

from portal.embedded.errors import EmbeddedError, PortInUseError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
HIGHEST_PORT = 65535
OPEN_TO_ALL = {"0.0.0.0": DEFAULT_HOST, "": DEFAULT_HOST}  # noqa: S104


@dataclass(frozen=True)
class WebAddress:
    """A host and a port of this machine."""

    host: str
    port: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "WebAddress":
        """Read PORTAL_HOST (shells use HOST for themselves) and PORT; raises EmbeddedError for a bad port."""
        text = environment.get("PORT") or str(DEFAULT_PORT)
        if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
            raise EmbeddedError(
                f"PORT is {text!r}, which is not a port.",
                f"Give a number from 1 to {HIGHEST_PORT}: make run PORT=8001",
            )
        return cls(environment.get("PORTAL_HOST") or DEFAULT_HOST, int(text))

    @property
    def url(self) -> str:
        """Give the address to type into a browser on this machine."""
        return f"http://{OPEN_TO_ALL.get(self.host, self.host)}:{self.port}/"

    def check_free(self) -> None:
        """Raise PortInUseError when another program listens here, naming it where the system tells."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise self._refusal(error) from error

    def answers(self, path: str) -> bool:
        """Say whether the server answers a path with 200 now."""
        host = OPEN_TO_ALL.get(self.host, self.host)
        connection = http.client.HTTPConnection(host, self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _refusal(self, error: OSError) -> EmbeddedError:
        if error.errno == errno.EADDRINUSE:
            return PortInUseError(
                f"Port {self.port} on {self.host} is already in use{self._user()}.",
                f"Stop that program, or give the portal another port: make run PORT={self.port + 1}",
            )
        return EmbeddedError(
            f"The web server may not listen on {self.host}:{self.port}: {os.strerror(error.errno or 0)}.",
            "Give it another port: make run PORT=8001",
        )

    def _user(self) -> str:
        try:
            for connection in psutil.net_connections("tcp"):
                is_listening = connection.status == psutil.CONN_LISTEN and connection.pid
                if is_listening and connection.laddr and connection.laddr.port == self.port:
                    return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
        except psutil.Error:
            return ""
        return ""
