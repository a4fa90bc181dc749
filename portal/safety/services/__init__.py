"""Keeping people apart, reports, suspensions, and how much one account may send."""

from portal.safety.services.allowances import LimitReached, allowance_take

__all__ = ["LimitReached", "allowance_take"]
