"""What is done about conversations in the background."""

from celery import shared_task

from portal.facets.addends import addends_add_up
from share.models import ListCount
from share.services.post_telling import posts_tell
from share.services.thread_notices import questions_tell


@shared_task
def add_up_thread_counts() -> int:
    """Replace the addends of each count of conversations by their sum."""
    return addends_add_up(model=ListCount)


@shared_task
def tell_posts() -> int:
    """Tell of new posts whoever follows: queued with each of them, and every minute what was left."""
    return posts_tell()


@shared_task
def tell_new_questions() -> int:
    """Tell of new questions whoever works in their areas: what was told is not told again."""
    return questions_tell()
