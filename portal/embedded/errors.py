"""What can go wrong while the portal starts, each with what to do about it."""


class EmbeddedError(Exception):
    """A start that cannot go on: says what happened and what the person at the keyboard can do."""

    def __init__(self, what_happened: str, what_to_do: str) -> None:
        super().__init__(f"{what_happened}\n{what_to_do}")
        self.what_happened = what_happened
        self.what_to_do = what_to_do


class PortInUseError(EmbeddedError):
    """Another program listens where the web server should."""


class DiskFullError(EmbeddedError):
    """The disk that holds the data has too little room."""


class DataVersionError(EmbeddedError):
    """The data directory was written by a release that this one cannot read."""


class DataIncompleteError(EmbeddedError):
    """The data directory lacks a file without which its data cannot be opened."""


class AlreadyRunningError(EmbeddedError):
    """Another run uses the same data directory."""


class BinaryMissingError(EmbeddedError):
    """The wheel that carries a server is not installed or has no build for this machine."""


class AccountError(EmbeddedError):
    """The account at work may not run PostgreSQL or use the data."""


class ServiceFailedError(EmbeddedError):
    """A program of the portal did not start, or ended by itself."""
