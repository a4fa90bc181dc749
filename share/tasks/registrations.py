"""What registrations do in the background."""

from celery import shared_task

from share.services.offers import absences_sweep, offers_sweep, person_leaves
from share.services.organiser_digest import registrations_tell
from share.services.registration_notices import steps_tell
from share.services.reminders import reminders_plan, reminders_sweep


@shared_task
def sweep_offers() -> int:
    """End offers whose time is over, and give what is free to those who wait."""
    return offers_sweep()


@shared_task
def sweep_absences() -> int:
    """Take off the lists who left the network or was suspended."""
    return absences_sweep()


@shared_task
def free_places_of(user_id: int) -> None:
    """Take somebody off the lists who has just left, if she may not come any more."""
    person_leaves(user_id=user_id)


@shared_task
def tell_steps() -> int:
    """Tell people what happened to their registrations: queued with each step, and every minute what was left."""
    return steps_tell()


@shared_task
def send_reminders() -> int:
    """Send the reminders that are due."""
    return reminders_sweep()


@shared_task
def plan_reminders() -> int:
    """Plan what an interrupted publication left unplanned."""
    return reminders_plan()


@shared_task
def tell_organisers() -> int:
    """Tell organisers who registered since yesterday."""
    return registrations_tell()
