"""How much one account may send, as each app declares it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise

from portal.core.registry import Registry


@dataclass(frozen=True)
class SendingLimit:
    """How often an account may do one thing within a window of time.

    Args:
        id: at most 40 characters of a slug ("messages-a-minute").
        most: for an account that people know.
        most_when_new: for an account in its first days, or one that belongs to no municipality.
        window: windows begin at multiples of this length, so that a limit needs one row.
        message: said to the person when she has reached it: what happened and what to do.
    """

    id: str
    most: int
    most_when_new: int
    window: timedelta
    message: str | Promise
    order: int = 0


sending_limits: Registry[SendingLimit] = Registry("sending limits")
