"""Copies of what was reported, once its author's account is erased: kept while there is a reason, then gone."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import User
from portal.safety.models import Report, ReportChange, Suspension

# How long a copy outlives its author's account (Ley 25.326, art. 16 inc. 5; docs/data-protection.md).
KEPT_FOR = timedelta(days=365)


def evidence_leave(*, person: User) -> None:
    """Erase the copies of what a person wrote, whose account is being erased, in the caller's transaction.

    Kept until a day are those of reports that nobody has decided yet, and of one that her account is closed for now:
    whoever was hurt, and the network, may need them before a court.
    """
    about_her = Report.objects.filter(person=person)
    active = Suspension.objects.filter(report=OuterRef("pk"), user=person, lifted_at__isnull=True)
    needed = about_her.filter(Q(status=Report.Status.OPEN) | Exists(active))
    keys = list(needed.values_list("pk", flat=True))
    until = timezone.localdate() + KEPT_FOR
    Report.objects.filter(pk__in=keys).update(evidence_until=until)
    _erase(about_her.exclude(pk__in=keys))
    kept = Suspension.objects.filter(user=person, report__in=keys)
    Suspension.objects.filter(user=person).exclude(pk__in=kept).delete()
    # The account stays closed because it is erased; nothing may open it when the time is over.
    kept.filter(lifted_at__isnull=True).update(lifted_at=timezone.now())


@transaction.atomic
def evidence_forget() -> int:
    """Erase the copies whose day has come; returns how many."""
    due = Report.objects.filter(evidence_until__lt=timezone.localdate())
    keys = list(due.select_for_update(of=("self",)).values_list("pk", flat=True))
    found = Report.objects.filter(pk__in=keys)
    _close_undecided(found)
    Suspension.objects.filter(report__in=keys, user__erased_at__isnull=False).delete()
    return _erase(found)


def _close_undecided(reports: QuerySet[Report]) -> None:
    """Close what nobody decided in all that time: there is nothing left to look at."""
    left = list(reports.filter(status=Report.Status.OPEN))
    Report.objects.filter(pk__in=[report.pk for report in left]).update(
        status=Report.Status.DISMISSED, decided_at=timezone.now()
    )
    ReportChange.objects.bulk_create(
        ReportChange(report=report, from_status=Report.Status.OPEN, to_status=Report.Status.DISMISSED)
        for report in left
    )


def _erase(reports: QuerySet[Report]) -> int:
    """Leave the fact that something was reported and decided, and nothing of who or what."""
    keys = list(reports.values_list("pk", flat=True))
    ReportChange.objects.filter(report__in=keys).update(note="")
    # Of a person's page the key is hers.
    return Report.objects.filter(pk__in=keys).update(
        evidence={}, text="", person=None, object_id=0, evidence_until=None
    )
