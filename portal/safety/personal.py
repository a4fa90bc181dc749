"""What this app knows about a person: her copy of it, and its erasure."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.safety.models import Allowance, Block, Report, ReportChange, Suspension
from portal.safety.services.evidence import evidence_leave


def export_blocks(user: User) -> list[dict[str, Any]]:
    """Return whom a person keeps away; never who keeps her away."""
    return [
        {"person": block.known_as, "since": _moment(block.created_at)}
        for block in Block.objects.filter(blocker=user).order_by("id")
    ]


def export_reports(user: User) -> list[dict[str, Any]]:
    """Return what a person reported, in her words; never what was reported about her, nor by whom."""
    return [
        {
            "kind": report.kind,
            "category": str(report.get_category_display()),
            "text": report.text,
            "status": str(report.get_status_display()),
            "created_at": _moment(report.created_at),
            "decided_at": _moment(report.decided_at),
        }
        for report in Report.objects.filter(reporter=user).order_by("id")
    ]


def export_suspensions(user: User) -> list[dict[str, Any]]:
    """Return when a person's account was closed, why, and what she answered."""
    return [
        {
            "reason": suspension.reason,
            "started_at": _moment(suspension.started_at),
            "until": _moment(suspension.until),
            "lifted_at": _moment(suspension.lifted_at),
            "appeal": suspension.appeal,
            "appealed_at": _moment(suspension.appealed_at),
        }
        for suspension in Suspension.objects.filter(user=user).order_by("id")
    ]


def export_moderation(user: User) -> list[dict[str, Any]]:
    """Return what a person of the team decided: when, and what became of it; nothing of whom it was about."""
    decided = ReportChange.objects.filter(actor=user).exclude(report__reporter=user).order_by("id")
    return [
        {"at": _moment(change.at), "status": change.to_status, "measure": change.measure, "note": change.note}
        for change in decided
    ]


def erase_safety(user: User) -> None:
    """Delete a person's blocks and those against her, what she reported in her words, and who she was in decisions."""
    Block.objects.filter(blocker=user).delete()
    Block.objects.filter(blocked=user).delete()
    Allowance.objects.filter(user=user).delete()
    evidence_leave(person=user)
    Report.objects.filter(reporter=user).update(reporter=None, text="")
    Report.objects.filter(decided_by=user).update(decided_by=None)
    ReportChange.objects.filter(actor=user).update(actor=None)
    Suspension.objects.filter(suspended_by=user).update(suspended_by=None)
    Suspension.objects.filter(lifted_by=user).update(lifted_by=None)
    # What she answered is hers, whatever is kept of the suspension.
    Suspension.objects.filter(user=user).update(appeal="")


def _moment(value: datetime | None) -> str | None:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None
