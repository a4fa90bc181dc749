"""What the app does in the background."""

from celery import shared_task

from connect.services.directory import directory_counts_add_up, directory_rebuild
from connect.services.response_habits import habits_refresh_all
from connect.services.successions import successions_sweep


@shared_task
def add_up_directory_counts() -> int:
    """Replace the addends of each count of the directory by their sum."""
    return directory_counts_add_up()


@shared_task
def rebuild_directory() -> int:
    """Make the whole directory anew: what another path left behind, or places and topics that have other names."""
    return directory_rebuild()


@shared_task
def refresh_response_habits() -> int:
    """Look anew at how everybody answers, because questions grow old without anybody doing anything."""
    return habits_refresh_all()


@shared_task
def ask_about_left_officials() -> int:
    """Ask to whom passes what officials left behind whose departure was not noticed when it happened."""
    return successions_sweep()
