"""What the catalogue does in the background."""

from celery import shared_task

from portal.catalog.services import lexicon_rebuild


@shared_task
def gather_words() -> int:
    """Gather anew the words that "did you mean" proposes."""
    return lexicon_rebuild()
