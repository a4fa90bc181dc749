"""Work that comes with time; the rows are the record of what is to be done, so a run that was lost loses nothing."""

from celery import shared_task

from portal.safety import services


@shared_task
def end_suspensions() -> int:
    """Open the accounts whose suspension is over, every minute."""
    return services.suspensions_end_due()


@shared_task
def forget_allowances() -> int:
    """Delete what accounts sent more than a week ago, every night."""
    return services.allowances_forget()


@shared_task
def forget_evidence() -> int:
    """Erase the copies whose day has come, every night."""
    return services.evidence_forget()
