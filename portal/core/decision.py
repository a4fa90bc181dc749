"""The answer to "may she?": yes, or no with a reason that a page can show."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, and why not. True in a boolean context when it is."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Go on when allowed.

        Raises:
            PermissionDenied: it is not; the message is the reason.
        """
        if not self.allowed:
            raise PermissionDenied(str(self.reason))


ALLOWED = Decision(True)


def denied(reason: str | Promise) -> Decision:
    """Say no, with the sentence that the page shows."""
    return Decision(False, reason)
