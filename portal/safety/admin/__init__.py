"""The team's queue of reports, and suspensions."""

from portal.safety.admin import reports, suspensions

__all__ = ["reports", "suspensions"]
