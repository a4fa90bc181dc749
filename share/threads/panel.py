"""What Intercambiar shows beside things of the catalogue, on the home page and about topics."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.db.models import Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.catalog.kinds import entry_kinds
from portal.catalog.models import Entry
from portal.catalog.ways import Way
from portal.topics.labels import topic_labels
from share.models import RoutedQuestion, Thread

MOST_BESIDE = 5
# Nobody counts further than that.
_COUNTED = 100


def discussion_panel(request: HttpRequest, entry: Entry) -> dict[str, Any] | None:
    """Show the newest conversations about a thing, and the way to begin one; the same for everybody of a level.

    Whether she may write is asked where the way leads.
    """
    kind = entry_kinds.get(entry.kind) if entry.kind in entry_kinds else None
    if kind is None or not kind.is_discussed:
        return None
    found = Thread.objects.visible_to(request.user).shown().about(entry.kind, entry.object_id)
    threads = list(found.for_list().order_by("-last_post_at", "-id")[: MOST_BESIDE + 1])
    about = urlencode({"sobre": f"{entry.kind}:{entry.object_id}"})
    return {
        "threads": threads[:MOST_BESIDE],
        "ask_url": f"{reverse('share:thread-create')}?{about}",
        "all_url": f"{reverse('share:thread-list')}?{about}" if len(threads) > MOST_BESIDE else "",
    }


def threads_card(user: User) -> dict[str, Any] | None:
    """Tell a person what is new in the conversations that she follows, and what she was asked; two queries."""
    unread = Thread.objects.visible_to(user).shown().unread_by(user, is_following=True)
    asked = RoutedQuestion.objects.filter(user=user, status=RoutedQuestion.Status.ASKED)
    open_ones = Thread.objects.visible_to(user).shown().filter(closed_at__isnull=True)
    newest = asked.filter(thread__in=open_ones).select_related("thread").order_by("-asked_at")
    questions = list(newest[:3])
    waiting = {"unread": unread[:_COUNTED].count(), "questions": [row.thread for row in questions]}
    return waiting if any(waiting.values()) else None


def questions_by_topic(reader: Any, topics: Collection[str]) -> dict[str, Way]:
    """Return the way to the conversations on each topic, for topics with one that the reader may read; one query."""
    labels = topic_labels()
    known = [topic for topic in dict.fromkeys(topics) if topic in labels]
    threads = Thread.objects.visible_to(reader).shown().order_by()
    each = [
        threads.answering("topic", [topic])
        .annotate(topic_slug=Value(topic))
        .values_list("topic_slug", flat=True)[:1]
        for topic in known
    ]
    found = set(each[0].union(*each[1:], all=True)) if each else set()
    return {
        topic: Way(
            text=_("Preguntas sobre %(topic)s") % {"topic": labels[topic]},
            url=f"{reverse('share:thread-list')}?{urlencode({'topic': topic})}",
        )
        for topic in known
        if topic in found
    }
