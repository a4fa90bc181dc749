"""Who is acting, and from where, for the length of a request."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Acting:
    """The account behind the current work and the address it came from; both empty in a task or a command."""

    user_id: int | None = None
    address: str | None = None


NOBODY = Acting()
acting: ContextVar[Acting] = ContextVar("acting", default=NOBODY)
