"""Questions that an official asked for her municipality and that nobody has answered: a colleague follows them on."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.handovers import Handover
from portal.accounts.models import User
from portal.places.models import Municipality
from share.models import Thread, ThreadReader


def held_questions(user: User, municipality: Municipality) -> list[str]:
    """Return the keys of her questions for a municipality that wait for an answer that helps."""
    return [str(key) for key in _open(municipality).filter(author=user).values_list("pk", flat=True)]


def pass_on_questions(
    user: User, municipality: Municipality, successor: User | None, keys: Sequence[str]
) -> int:
    """Let a colleague follow the questions; whoever asked stays who asked. Says how many it was."""
    if successor is None:
        return 0
    threads = _open(municipality).filter(pk__in=[int(key) for key in keys])
    passed = 0
    for key in threads.values_list("pk", flat=True):
        row, is_new = ThreadReader.objects.get_or_create(
            thread_id=key, user=successor, defaults={"is_following": True}
        )
        if not is_new and not row.is_muted:
            ThreadReader.objects.filter(pk=row.pk).update(is_following=True)
        passed += 1
    return passed


def _open(municipality: Municipality) -> QuerySet[Thread]:
    waiting = Thread.objects.shown().filter(kind=Thread.Kind.QUESTION, accepted=0, closed_at__isnull=True)
    return waiting.filter(municipality=municipality)


QUESTIONS = Handover(
    id="questions",
    label=_("Preguntas abiertas del municipio en Intercambiar"),
    held=held_questions,
    pass_on=pass_on_questions,
    order=12,
)
