"""A small load of four connections on a server of this machine."""

import socket
import statistics
import threading
import time
from dataclasses import dataclass

CONNECTIONS = 4


@dataclass(frozen=True)
class Load:
    """What a load saw: requests per second, the median time of one in milliseconds, bytes of the answer's body."""

    per_second: float
    median_ms: float
    bytes: int


def ask(port: int, path: str, *, seconds: float, cookie: str = "") -> Load:
    """Ask for a page over four kept connections for some seconds.

    Raises:
        RuntimeError: an answer was not 200.
    """
    request = _request(path, cookie)
    for _warm_up in range(8):
        size = _Connection(port).exchange(request)
    times: list[float] = []
    end = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_ask_until, args=(port, request, end, times)) for _ in range(CONNECTIONS)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    return Load(len(times) / elapsed, statistics.median(times) * 1000, size)


def _ask_until(port: int, request: bytes, end: float, times: list[float]) -> None:
    connection = _Connection(port)
    while (start := time.perf_counter()) < end:
        connection.exchange(request)
        times.append(time.perf_counter() - start)


def _request(path: str, cookie: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept: text/html",
        "Accept-Encoding: gzip",
        "X-Forwarded-Proto: https",
        "X-Forwarded-For: 127.0.0.1",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


class _Connection:
    """A kept connection that opens again when the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def exchange(self, request: bytes) -> int:
        """Send a request and read the whole answer; returns the size of its body."""
        for attempt in range(2):
            try:
                if self.socket is None:
                    self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
                self.socket.sendall(request)
                return self._read()
            except ConnectionError:
                self.socket = None
                if attempt:
                    raise
        raise AssertionError("unreachable")

    def _read(self) -> int:
        assert self.socket is not None
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._receive()
        head, _, body = data.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.split(b"\r\n")[0].decode())
        lower = head.lower()
        length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
        size = len(body)
        while size < length:
            size += len(self._receive())
        if b"connection: close" in lower:
            self.socket.close()
            self.socket = None
        return length

    def _receive(self) -> bytes:
        assert self.socket is not None
        data = self.socket.recv(1 << 16)
        if not data:
            raise ConnectionResetError
        return data
