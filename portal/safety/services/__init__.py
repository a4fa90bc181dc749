"""Keeping people apart, reports, suspensions, and how much one account may send."""

from portal.safety.services.allowances import LimitReached, allowance_take, allowances_forget
from portal.safety.services.blocks import block_add, block_remove
from portal.safety.services.decisions import Measures, ReportConflict, report_decide
from portal.safety.services.evidence import evidence_forget
from portal.safety.services.reports import ThingGone, report_send
from portal.safety.services.suspensions import (
    SuspensionRefused,
    suspension_appeal,
    suspension_lift,
    suspension_start,
    suspensions_end_due,
)

__all__ = [
    "LimitReached",
    "Measures",
    "ReportConflict",
    "SuspensionRefused",
    "ThingGone",
    "allowance_take",
    "allowances_forget",
    "block_add",
    "block_remove",
    "evidence_forget",
    "report_decide",
    "report_send",
    "suspension_appeal",
    "suspension_lift",
    "suspension_start",
    "suspensions_end_due",
]
