"""From a topic to the encounters about it, and from an encounter to what else there is about its topics."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.catalog.kinds import things_visible_to
from portal.catalog.models import Entry
from portal.catalog.ways import Way, ways_onward
from portal.topics.labels import topic_labels
from share.models import Event
from share.querysets.events import KIND

# Topics that a page leads on from, and things that it shows.
_TOPICS = 3
_THINGS = 4
# What Intercambiar shows by itself.
_OWN = (KIND, "thread")


def events_by_topic(reader: Any, topics: Collection[str]) -> dict[str, Way]:
    """Return the way to what is to come about each topic, for topics with at least one event that the reader finds.

    One query, which stops at the first event of each topic.
    """
    labels = topic_labels()
    known = [topic for topic in dict.fromkeys(topics) if topic in labels]
    coming = Event.objects.listed_for(reader).upcoming().filter(status=Event.Status.PUBLISHED)
    found = [
        coming.answering("topic", [topic])
        .order_by()
        .annotate(topic=Value(topic))
        .values_list("topic", flat=True)[:1]
        for topic in known
    ]
    there = set(found[0].union(*found[1:], all=True)) if found else set()
    return {topic: _way(topic, str(labels[topic])) for topic in known if topic in there}


def ways_of_event(reader: Any, event: Event) -> list[Way]:
    """Return where an event's topics lead beyond encounters: people who can help, and what else apps know."""
    by_topic = ways_onward(reader, event.topics[:_TOPICS])
    here = reverse("share:event-list")
    return [way for ways in by_topic.values() for way in ways if not way.url.startswith(here)]


def things_about_the_same(reader: Any, entry: Entry | None) -> list[Entry]:
    """Return solutions, questionnaires and whatever else is about what an event is about."""
    if entry is None:
        return []
    others = things_visible_to(reader).exclude(kind__in=_OWN)
    return list(others.related_to(entry).defer("body", "search")[:_THINGS])


def _way(topic: str, label: str) -> Way:
    return Way(
        text=_("Encuentros por venir sobre %(topic)s") % {"topic": label},
        url=f"{reverse('share:event-list')}?{urlencode({'topic': topic})}",
    )
